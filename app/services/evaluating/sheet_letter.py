"""考评结果 of one office as paper: its points with the evidence, what was said and answered."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from app.documents.drawing.layout import written_date
from app.documents.letters.letter import Block, Column, Grid, Letter, Paragraph
from app.domain.campaign.evaluation_places import plain
from app.services.evaluating.result_sheets import SheetRow, SheetSeen
from app.services.office.letter_file import LetterFile, named


def letter_file(found: SheetSeen) -> LetterFile:
    """The sheet as it stands, with the place once it is issued."""
    at = found.record.issued_at
    letter = Letter(
        title=f"{found.office}{found.record.title}结果",
        blocks=tuple(_blocks(found)),
        signer=found.maker,
        day=at.date() if at else found.record.as_of,
    )
    return named(letter, f"{found.record.title}_本单位结果")


def standing_words(found: SheetSeen) -> str:
    """总分 27.5 分，名次 1（11 个单位），12月20日定稿; before the 定稿 that it is not."""
    one = found.record
    full = sum((Decimal(row.line.full or 0) for row in found.rows), Decimal(0))
    total = f"总分 {points_words(one.total)} 分（满分 {plain(full)} 分）"
    if one.issued_at is None:
        return f"{total}，还没有定稿，可以申诉"
    return f"{total}，名次 {one.place}（{one.among} 个单位），{one.issued_at:%Y-%m-%d} 定稿"


def points_words(points: str | None) -> str:
    """Points as they are written; — where none were given."""
    return plain(Decimal(points)) if points else "—"


def _blocks(found: SheetSeen) -> Iterator[Block]:
    day = f"数字截至{written_date(found.record.as_of)}，" if found.record.as_of else ""
    yield Paragraph(f"{day}{standing_words(found)}。")
    columns = (
        Column("考评项目", 3), Column("满分", 1, 1), Column("得分", 1, 1), Column("依据", 5),
    )  # fmt: skip
    yield Grid("各项得分", columns, tuple(map(_row, found.rows)))
    told = tuple(line for row in found.rows for line in _told(row))
    if told:
        yield Grid(
            "申诉和答复",
            (Column("考评项目", 2), Column("申诉", 4), Column("答复", 4), Column("改为", 1, 1)),
            told,
        )


def _row(row: SheetRow) -> tuple[str, ...]:
    line = row.line
    why = "；".join(filter(None, (line.evidence, f"数：{line.figure}" if line.figure else "")))
    return line.name, points_words(line.full), points_words(line.points), why


def _told(row: SheetRow) -> Iterator[tuple[str, ...]]:
    for one in row.answers:
        changed = points_words(one.points) if one.points else "不改"
        yield row.line.name, one.said, one.answer, changed
    if row.waiting is not None:
        yield row.line.name, row.waiting.record.said, "等答复", ""
