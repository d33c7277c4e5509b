"""记录单: one record a page or more, its short fields as pairs, its texts and tables below."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from app.documents.drawing.layout import (
    AREA_WIDTH,
    LEFT,
    MM,
    PAGE_WIDTH,
    SIZE_2,
    SIZE_SMALL_4,
    Style,
    written_date,
)
from app.documents.drawing.slip import (
    GAP,
    HEADING,
    ROW,
    START,
    TITLE,
    Block,
    Column,
    Flow,
    Pairs,
    Table,
    Texts,
    print_slip,
)
from app.documents.drawing.target import Out
from app.domain.kernel.progress import Cancel, Progress, silent

BODY = Style(size=SIZE_SMALL_4, leading=21)
_SHORT = 16
"""Characters of a value beside which another pair has room."""
_WIDE, _WIDTH = 3, 156
"""How much wider a column of long words is than another; millimetres of a table."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A short field: its label and value."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class LongText:
    """A long text under its label, over as many pages as it takes."""

    label: str
    text: str

    def texts(self) -> Texts:
        yield self.label, self.label + self.text

    def draw(self, flow: Flow) -> None:
        if not flow.fits(GAP + ROW + 2 * BODY.pitch):
            flow.turn()
        flow.take(GAP)
        flow.pen.text(LEFT, flow.take(ROW).bottom + 1.6 * MM, self.label, HEADING)
        for paragraph in self.text.splitlines():
            for line in flow.pen.lines(paragraph, AREA_WIDTH, BODY, 2 * BODY.size):
                box = flow.take(BODY.pitch)
                flow.pen.paragraph(box, [line], BODY)


@dataclass(frozen=True, slots=True)
class Rows:
    """A table of rows; `long` says which columns hold sentences."""

    label: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    long: frozenset[str] = frozenset()


Part = Fact | LongText | Rows


@dataclass(frozen=True, slots=True)
class RecordPaper:
    """One record: what it is, its fields in their order, whether it is 作废."""

    title: str
    parts: tuple[Part, ...]
    void: bool = False


@dataclass(frozen=True, slots=True)
class _Facts:
    """Short fields, apart from what stands above them."""

    pairs: Pairs

    def texts(self) -> Texts:
        return self.pairs.texts()

    def draw(self, flow: Flow) -> None:
        flow.take(GAP)
        self.pairs.draw(flow)


@dataclass(frozen=True, slots=True)
class _Leaf:
    """Another record begins on a page of its own."""

    title: str

    def texts(self) -> Texts:
        yield "标题", self.title

    def draw(self, flow: Flow) -> None:
        flow.turn()
        flow.pen.text(PAGE_WIDTH / 2, START - SIZE_2, self.title, TITLE)
        flow.take(SIZE_2 + GAP)


def record_papers(
    papers: Sequence[RecordPaper],
    out: Out,
    *,
    office: str,
    made_on: date,
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> int:
    """Write the papers to `out`, each from a new page on, and answer the pages.

    Raises `EnvironmentProblem`, `Cancelled`.
    """
    blocks: list[Block] = []
    for place, paper in enumerate(papers):
        blocks += [_Leaf(_title(paper))] if place else []
        blocks += _blocks(paper)
    foot = f"{office}　{written_date(made_on)}"
    return print_slip(out, _title(papers[0]), blocks, foot=foot, progress=progress, cancel=cancel)


def _title(paper: RecordPaper) -> str:
    return f"{paper.title}（已作废）" if paper.void else paper.title


def _blocks(paper: RecordPaper) -> Iterator[Block]:
    for short, some in groupby(paper.parts, lambda part: isinstance(part, Fact)):
        if short:
            facts = [one for one in some if isinstance(one, Fact)]
            yield _Facts(Pairs(tuple(_paired(facts)), label=34))
            continue
        for one in some:
            if isinstance(one, LongText):
                yield one
            elif isinstance(one, Rows):
                yield _table(one)


def _paired(facts: Sequence[Fact]) -> Iterator[tuple[tuple[str, str], ...]]:
    """Two short facts to a row, a long one alone."""
    waiting: tuple[str, str] | None = None
    for fact in facts:
        pair = (fact.label, fact.value)
        if len(fact.value) > _SHORT or len(fact.label) > _SHORT // 2:
            yield from ((waiting,),) if waiting else ()
            yield (pair,)
            waiting = None
        elif waiting:
            yield (waiting, pair)
            waiting = None
        else:
            waiting = pair
    yield from ((waiting,),) if waiting else ()


def _table(rows: Rows) -> Table:
    shares = [_WIDE if name in rows.long else 1 for name in rows.headings]
    columns = tuple(
        Column(name, _WIDTH * share / sum(shares))
        for name, share in zip(rows.headings, shares, strict=True)
    )
    return Table(rows.label, columns, rows.rows)
