"""What goes where on a 困难职工档案表: two sides that always look alike, and the rest on 续页.

The front has the head, the family and the story; the back what was done, the consent and the
places to sign. What does not fit is kept for the 续页 under its heading.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum

from app.documents.drawing.layout import MM, PAGE_HEIGHT, PAGE_WIDTH, SIZE_SMALL_5, Pen, Style
from app.documents.drawing.strips import (
    LABEL,
    LEAST,
    PROSE,
    VALUE,
    Cell,
    Strip,
    fitting,
    lay,
    pages,
)
from app.documents.people import person_sheet_data as data
from app.documents.people.person_sheet_data import PersonSheet
from app.domain.campaign.totals import amount
from app.domain.records import Person
from app.domain.values.dates import format_date
from app.domain.values.money import capital, format_money

WIDTH = 174 * MM
LEFT = (PAGE_WIDTH - WIDTH) / 2
BOTTOM = 31 * MM
"""The tables end here: below stand 编号 and QR code."""

SMALL = Style(size=SIZE_SMALL_5)
SMALL_LABEL = Style(LABEL.role, SIZE_SMALL_5, align=0.5)
MEMBER_HEIGHT = 9.6 * MM
MEMBERS_LEAST = 4
CASES_LEAST = 3
AIDS_LEAST = 38 * MM
STORY_LEAST = 34 * MM
OPINION_HEIGHT = 38 * MM
NOTE_MOST = 16 * MM
"""What 附件 and 备注 may take of the back; the rest goes on 续页."""

CONSENT = (
    "工会已告知本人：收集本表所列本人和家庭成员的信息（包括身份证号、健康状况、银行账户和"
    "未满十四周岁子女的信息），只用于困难职工的认定和帮扶，按规定保存和上报；公示时只公布姓名、"
    "单位、困难类别或帮扶情况；本人可以查阅、更正，也可以撤回同意。本人同意，并保证所填内容真实。"
)
OPINIONS = ("单位党组织或行政意见：", "基层工会意见：", "上级工会意见：")
DAY = "\u3000\u3000年\u3000\u3000月\u3000\u3000日"


class Side(Enum):
    """Which page of a file it is."""

    FRONT = "front"
    BACK = "back"
    MORE = "more"
    EMPTY = "empty"


START = {
    Side.FRONT: PAGE_HEIGHT - 29 * MM,
    Side.BACK: PAGE_HEIGHT - 15 * MM,
    Side.MORE: PAGE_HEIGHT - 29 * MM,
    Side.EMPTY: PAGE_HEIGHT / 2,
}
"""Where the tables of a page begin."""


@dataclass(slots=True)
class Leaf:
    """A page: its strips, and where the next one goes."""

    side: Side
    placed: list[tuple[Strip, float]] = field(default_factory=list)
    y: float = 0

    def __post_init__(self) -> None:
        """Begin where a page of this side begins."""
        self.y = START[self.side]

    def put(self, strips: Iterable[Strip]) -> None:
        """Place strips one below the other."""
        for strip in strips:
            self.placed.append((strip, self.y))
            self.y -= strip.height


@dataclass(frozen=True, slots=True)
class Part:
    """Strips under a name and column titles, which are repeated where they go on."""

    name: str
    strips: tuple[Strip, ...]
    titles: tuple[Strip, ...] = ()

    def head(self, pen: Pen, *, again: bool = False) -> list[Strip]:
        """What stands above the strips."""
        name = self.name + "（续）" * again
        return [lay(pen, [Cell(name, WIDTH, LABEL)]), *self.titles] if name else []


def plan(pen: Pen, sheet: PersonSheet) -> list[Leaf]:
    """The pages of one file: front, back, and as many 续页 as needed."""
    front, left = _front(pen, sheet)
    back, more = _back(pen, sheet)
    return [front, back, *_continued(pen, [*left, *more])]


def _begin(pen: Pen, leaf: Leaf, part: Part, bottom: float) -> list[Part]:
    """Put what fits of a part above `bottom`; answer what is left of it."""
    head = part.head(pen)
    here, rest = fitting(part.strips, leaf.y - bottom - _height(head))
    if here:
        leaf.put([*head, *here])
    return [Part(part.name, tuple(rest), part.titles)] if rest else []


def _continued(pen: Pen, parts: Sequence[Part]) -> list[Leaf]:
    leaves: list[Leaf] = []
    for part in parts:
        head = part.head(pen, again=True)
        taken = BOTTOM + _height(head)
        first = leaves[-1].y - taken if leaves else 0
        for number, body in enumerate(pages(part.strips, first, START[Side.MORE] - taken)):
            if number or not leaves:
                leaves.append(Leaf(Side.MORE))
            if body:
                leaves[-1].put([*head, *body])
    return [leaf for leaf in leaves if leaf.placed]


def _height(strips: Iterable[Strip]) -> float:
    return sum(strip.height for strip in strips)


def _front(pen: Pen, sheet: PersonSheet) -> tuple[Leaf, list[Part]]:
    leaf = Leaf(Side.FRONT)
    left = _begin(pen, leaf, Part("", tuple(_head(pen, sheet))), BOTTOM)
    left += _begin(pen, leaf, _family(pen, sheet.person), BOTTOM + STORY_LEAST)
    text = Cell(sheet.person.story, WIDTH, PROSE, prose=True, indent=2)
    story = Part(data.PERSON["story"].label, (lay(pen, [text]),))
    room = leaf.y - BOTTOM - _height(story.head(pen))
    if story.strips[0].height <= room:
        story = Part(story.name, (story.strips[0].stretched(room),))
    return leaf, left + _begin(pen, leaf, story, BOTTOM)


def _head(pen: Pen, sheet: PersonSheet) -> Iterable[Strip]:
    for row in data.HEAD:
        cells: list[Cell] = []
        for place in row:
            cells.append(Cell(data.label_of(place.field), place.label * MM, LABEL))
            cells.append(Cell(data.shown_value(sheet, place.field), place.value * MM, VALUE))
        yield lay(pen, cells)


def _family(pen: Pen, person: Person) -> Part:
    widths = [width * MM for _, width in data.MEMBERS]
    titles = ["\n".join(data.MEMBER[name].label for name in names[:2]) for names, _ in data.MEMBERS]
    rows = [[data.member_words(one, names) for names, _ in data.MEMBERS] for one in person.family]
    rows += [[""] * len(widths)] * (MEMBERS_LEAST - len(rows))
    return Part(
        "家庭成员",
        tuple(lay(pen, _cells(row, widths, SMALL), MEMBER_HEIGHT) for row in rows),
        (lay(pen, _cells(titles, widths, SMALL_LABEL)),),
    )


def _cells(texts: Sequence[str], widths: Sequence[float], style: Style) -> list[Cell]:
    return [Cell(text, width, style) for text, width in zip(texts, widths, strict=True)]


def _back(pen: Pen, sheet: PersonSheet) -> tuple[Leaf, list[Part]]:
    leaf = Leaf(Side.BACK)
    notes, left = _notes(pen, sheet.person)
    tail = [*_signed(pen, sheet.person), *notes, _makers(pen)]
    total = _total(pen, sheet)
    bottom = BOTTOM + _height(tail)
    cases = _begin(pen, leaf, _cases(pen, sheet), bottom + AIDS_LEAST)
    given = _aids(pen, sheet)
    aids = _begin(pen, leaf, given, bottom + total.height)
    if not aids:
        leaf.put([_empty(pen, given)] * int((leaf.y - bottom - total.height) // LEAST))
    leaf.put([total, *tail])
    return leaf, [*cases, *aids, *left]


def _table(
    pen: Pen, name: str, columns: Sequence[tuple[str, float]], rows: Sequence[Sequence[str]]
) -> Part:
    widths = [width * MM for _, width in columns]
    titles = lay(pen, _cells([title for title, _ in columns], widths, SMALL_LABEL))
    strips = tuple(lay(pen, _cells(row, widths, SMALL)) for row in rows)
    return Part(name, strips, (titles,))


def _cases(pen: Pen, sheet: PersonSheet) -> Part:
    rows = [data.case_words(case) for case in sheet.cases]
    rows += [("",) * len(data.CASES)] * (CASES_LEAST - len(rows))
    return _table(pen, "帮扶事项", data.CASES, rows)


def _aids(pen: Pen, sheet: PersonSheet) -> Part:
    rows = [data.aid_words(aid) for aid in sheet.aids] or [("",) * len(data.AIDS)]
    return _table(pen, "帮扶记录", data.AIDS, rows)


def _empty(pen: Pen, table: Part) -> Strip:
    """A row to write in by hand."""
    return lay(pen, [Cell("", filled.cell.width) for filled in table.titles[0].cells])


def _total(pen: Pen, sheet: PersonSheet) -> Strip:
    money = sum((amount(aid.money) for aid in sheet.aids), Decimal(0))
    goods = sum((amount(aid.goods_value) for aid in sheet.aids), Decimal(0))
    words = f"{capital(money)}\u3000¥{format_money(money)}" if sheet.aids else ""
    words += f"\u3000另有实物折价{format_money(goods)}元" if goods else ""
    return lay(pen, [Cell("金额合计（大写）", 48 * MM, LABEL), Cell(words, WIDTH - 48 * MM, VALUE)])


def _signed(pen: Pen, person: Person) -> Iterable[Strip]:
    """The places where people sign: consent, visit at home, what the notice brought, opinions."""
    label, third = 20 * MM, WIDTH / 3
    half = WIDTH / 2 - label
    consent = "\n".join([CONSENT, *_consent_facts(person)])
    own = ("本人（签名）：" + "\u3000" * 8 + DAY,)
    yield lay(
        pen,
        [
            Cell("知情同意", label, LABEL),
            Cell(consent, WIDTH - label, Style(size=SIZE_SMALL_5, leading=13), True, 2, own),
        ],
    )
    yield lay(
        pen,
        [
            Cell("入户核实", label, LABEL),
            Cell("核实人（两人签名）：", half, VALUE, prose=True, foot=(DAY,)),
            Cell("公示结果", label, LABEL),
            Cell("公示时间、结果：", half, VALUE, prose=True, foot=(DAY,)),
        ],
        16 * MM,
    )
    seal = ("负责人（签名）：" + "\u3000" * 5, "（盖章）" + DAY)
    opinions = [Cell(text, third, VALUE, prose=True, foot=seal) for text in OPINIONS]
    yield lay(pen, opinions, OPINION_HEIGHT)


def _consent_facts(person: Person) -> Iterable[str]:
    if person.consent_scope:
        yield f"另外告知和同意的内容：{person.consent_scope}"
    facts = []
    if person.consent_on:
        facts.append(f"同意日期：{format_date(person.consent_on)}")
    if person.consent_signed is not None:
        facts.append("纸质同意书已签" if person.consent_signed else "纸质同意书未签")
    if person.consent_withdrawn_on:
        facts.append(f"{format_date(person.consent_withdrawn_on)}撤回同意")
    if facts:
        yield "；".join(facts) + "。"


def _notes(pen: Pen, person: Person) -> tuple[list[Strip], list[Part]]:
    """附件 and 备注, each as far as there is room, and what is left of them."""
    here: list[Strip] = []
    left: list[Part] = []
    for name, text in (("附件", data.attachment_names(person)), ("备注", person.remarks)):
        cells = [Cell(name, 20 * MM, LABEL), Cell(text, WIDTH - 20 * MM, SMALL)]
        strips, rest = fitting([lay(pen, cells)], NOTE_MOST)
        here += strips
        left += [Part(name, tuple(rest))] if rest else []
    return here, left


def _makers(pen: Pen) -> Strip:
    cells = [
        Cell(text, width * MM, LABEL)
        for who in ("建档人", "审核人", "录入人")
        for text, width in ((who, 20), ("", 38))
    ]
    return lay(pen, cells)
