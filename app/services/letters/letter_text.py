"""What the two reports say, section by section: figures in sentences and tables, chosen records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from app.documents.drawing.layout import written_date
from app.documents.letters.letter import Block, Column, Grid, Heading, Paragraph, to_write
from app.domain.values.masking import without_numbers
from app.domain.values.money import format_money
from app.services.figures.totals_table import COLUMNS
from app.services.letters.letter_choices import HELPED, NOTED, SOLVED, UNSOLVED, Choice
from app.services.letters.letter_figures import LetterFigures

_NUMERALS = "一二三四五六七八九十"
_SHARES = {"慰问金": 1.7, "实物折价": 1.5}
_NO_ADDRESSEE = "没有写明对象"


def summary_blocks(found: LetterFigures, told: Sequence[Choice], text: str) -> Iterator[Block]:
    """总结报告 (R42); `text` is what was written in the 材料 already."""
    if text.strip():
        yield from _own(text)
    yield Heading("一、基本情况")
    yield Paragraph(_basis(found))
    yield from _coverage(found)
    yield _totals(found)
    yield Heading("二、主要做法")
    yield from _ways(found)
    yield from _notes(told)
    yield to_write("组织领导、动员部署、走访方式、宣传发动的做法")
    yield Heading("三、主要成效")
    yield from _results(found, told)
    yield Heading("四、存在的问题")
    yield from _problems(found, told)
    yield to_write("工作中的不足和原因")
    yield Heading("五、下一步打算")
    yield to_write("对突出问题的措施、计划和责任，成果转化的安排")


def research_blocks(
    found: LetterFigures, told: Sequence[Choice], own: Mapping[str, str]
) -> Iterator[Block]:
    """综合调研报告 with its four sections (R17); `own` is what was written of each already."""
    yield Heading("一、情况")
    yield from _own(own.get("situation", ""))
    yield Paragraph(_basis(found))
    yield from _coverage(found)
    yield _totals(found)
    yield from _ways(found)
    yield from _notes(told)
    if stories := tuple(_stories(told)):
        yield Heading("典型事例", 2)
        yield from stories
    yield Heading("二、分析")
    yield from _own(own.get("analysis", ""), "职工思想、就业、生活状况，权益落实情况和原因分析")
    yield Paragraph(_demand_words(found))
    yield _demands(found)
    yield Heading("三、建议")
    yield from _own(own.get("advice", ""), "对党委、政府和工会领导机关的建议")
    yield from _advice(told)
    yield Heading("四、对策")
    yield from _own(own.get("measures", ""), "工会自己要采取的措施")


def _own(text: str, missing: str = "") -> Iterator[Block]:
    """What somebody wrote, paragraph by paragraph; what is missing is asked for."""
    lines = [line.strip() for line in without_numbers(text).split("\n") if line.strip()]
    yield from map(Paragraph, lines)
    if not lines and missing:
        yield to_write(missing)


def _basis(found: LetterFigures) -> str:
    campaign, seen = found.campaign, found.seen
    issuer, named = campaign.issuer or "市总工会", campaign.title or campaign.short_title
    title = named if "《" in named else f"《{named}》"
    number = f"（{campaign.document_number}）" if campaign.document_number else ""
    met = found.total("走访职工")
    return (
        f"按照{issuer}{title}{number}要求，{seen.office}认真组织开展走访活动。"
        f"截至{written_date(seen.as_of)}，共走访企（事）业单位{found.total('走访单位')}户"
        f"（登记走访{found.visits:,}次），走访职工{_count(met)}人次。"
    )


def _count(value: int | Decimal | str) -> str:
    return value if isinstance(value, str) else f"{value:,}"


def _coverage(found: LetterFigures) -> Iterator[Block]:
    parts = [
        f"{figure.title}：应走访（覆盖）{figure.total.denominator:,}个，"
        f"已走访（覆盖）{figure.total.numerator:,}个，占{figure.total.percent}"
        for figure in found.seen.figures
        if figure.total.denominator
    ]
    if parts:
        yield Paragraph(f"{'；'.join(parts)}。")


def _totals(found: LetterFigures) -> Grid:
    """汇总表, as of its day."""
    seen = found.seen
    columns = (
        Column(seen.table.first, 2.5),
        *(Column(_title(name, unit), _SHARES.get(name, 1), 1) for name, unit in COLUMNS),
    )
    sums = [seen.table.total, *([seen.table.distinct] if seen.table.distinct else [])]
    rows = tuple(
        (
            row.name,
            *(_cell(value, unit) for value, (_, unit) in zip(row.values, COLUMNS, strict=True)),
        )
        for row in (*seen.table.rows, *sums)
    )
    return Grid(f"走访情况汇总表（截至{written_date(seen.as_of)}）", columns, rows)


def _title(name: str, unit: str) -> str:
    """A narrow heading: two characters a line, the unit below."""
    broken = f"{name[:2]}\n{name[2:]}" if len(name) > 3 else name
    return f"{broken}\n（{unit}）"


def _cell(value: int | Decimal | str, unit: str) -> str:
    if isinstance(value, str):
        return value
    return format_money(Decimal(value)) if unit == "元" else f"{value:,}"


def _ways(found: LetterFigures) -> Iterator[Block]:
    six = [f"{label}{count:,}次" for label, count in found.six if count]
    if six:
        yield Paragraph(f"落实“六个到位”：{'，'.join(six)}。")
    methods = [f"{label}{count:,}次" for label, count in found.methods if count]
    if methods:
        yield Paragraph(f"采取多种方式开展调查研究：{'，'.join(methods)}。")


def _results(found: LetterFigures, told: Sequence[Choice]) -> Iterator[Block]:
    """The sections of 三、, each under its own heading (一), (二) …; an empty one is left out."""
    money, goods = found.total("慰问金"), found.total("实物折价")
    aid = (
        f"帮扶困难职工{_count(found.total('帮扶人数'))}人，发放慰问（帮扶）金"
        f"{_cell(money, '元')}元，实物折价{_cell(goods, '元')}元。"
    )
    hazards = (
        f"发现隐患矛盾{found.hazards:,}件，已化解{found.hazards_closed:,}件，"
        f"向党政和上级工会都报告的{found.hazards_reported:,}件。"
    )
    sections: list[tuple[str, Sequence[Paragraph]]] = [
        ("倾听职工诉求", (Paragraph(_demand_words(found)),)),
        ("帮扶困难职工", (Paragraph(aid),)),
        ("排查化解隐患", (Paragraph(hazards),) if found.hazards else ()),
        ("典型事例", tuple(_stories(told))),
    ]
    for numeral, (title, text) in zip(_NUMERALS, (one for one in sections if one[1]), strict=False):
        yield Heading(f"（{numeral}）{title}", 2)
        yield from text


def _demand_words(found: LetterFigures) -> str:
    raised, closed = found.total("意见诉求"), found.total("已办结")
    late = f"，超过办理期限的{found.demands_late:,}件" if found.demands_late else ""
    return f"共收集意见诉求{_count(raised)}件，已办结{_count(closed)}件{late}。"


def _demands(found: LetterFigures) -> Grid:
    rows = tuple(
        (one.title, f"{one.raised:,}", f"{one.closed:,}")
        for one in found.seen.categories
        if one.raised
    )
    caption = f"意见诉求分类（截至{written_date(found.seen.as_of)}）"
    columns = (Column("类别", 3), Column("件数", 1, 1), Column("已办结", 1, 1))
    return Grid(caption, columns, rows or (("没有记录", "0", "0"),))


def _stories(told: Iterable[Choice]) -> Iterator[Paragraph]:
    return _numbered([one for one in told if one.sort in (SOLVED, HELPED)])


def _notes(told: Iterable[Choice]) -> Iterator[Block]:
    """First-hand words of the groups (R16)."""
    if notes := [one for one in told if one.sort == NOTED]:
        yield Heading("调查日志摘录", 2)
        yield from _numbered(notes)


def _problems(found: LetterFigures, told: Iterable[Choice]) -> Iterator[Block]:
    left = [one for one in told if one.sort == UNSOLVED]
    missed = [
        f"{figure.title}还有{figure.total.denominator - figure.total.numerator:,}个没有走访到"
        for figure in found.seen.figures
        if figure.total.denominator > figure.total.numerator
    ]
    if missed:
        yield Paragraph(f"一是走访覆盖有缺口：{'；'.join(missed)}。")
    if left:
        yield Paragraph("职工反映、还没有办结的突出问题：")
        yield from _numbered(left)


def _advice(told: Iterable[Choice]) -> Iterator[Block]:
    """What is not settled, by whom it is addressed to (R14)."""
    left = [one for one in told if one.sort == UNSOLVED]
    for addressee in dict.fromkeys(one.addressee for one in left):
        yield Paragraph(f"需要{addressee or _NO_ADDRESSEE}研究的问题：")
        yield from _numbered([one for one in left if one.addressee == addressee])


def _numbered(told: Iterable[Choice]) -> Iterator[Paragraph]:
    for place, one in enumerate(told, 1):
        yield Paragraph(f"{place}．{one.words}")
