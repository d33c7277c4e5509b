"""The 通报 of an 考评 as a letter by GB/T 9704, and before the 定稿 the points to be looked at."""

from __future__ import annotations

from collections.abc import Iterator

from app.documents.drawing.layout import written_date
from app.documents.letters.letter import Block, Column, Grid, Heading, Letter, Paragraph, to_write
from app.domain.campaign.evaluation_places import plain
from app.domain.checking.evaluation_rules import full_of
from app.services.evaluating.evaluation_seen import EvaluationSeen
from app.services.office.letter_file import LetterFile, named

_ABREAST = 5
"""So many criteria fit beside the names on one page."""


def letter_file(found: EvaluationSeen) -> LetterFile:
    """The 通报 of an issued 考评; of one that is not issued a sheet of points that says so."""
    return named(_letter(found), f"{found.record.title}_{'通报' if found.issued else '得分表'}")


def _letter(found: EvaluationSeen) -> Letter:
    blocks = tuple(_notice(found) if found.issued else _draft(found))
    at = found.record.issued_at
    what = "结果的通报" if found.issued else "得分表（未定稿，供核对）"
    return Letter(
        title=f"{found.office}关于{found.record.title}{what}",
        blocks=blocks,
        addressee=f"{'、'.join(name for _, name in sorted(found.units.items()))}：",
        signer=found.office,
        day=at.date() if at else None,
    )


def _notice(found: EvaluationSeen) -> Iterator[Block]:
    yield to_write("考评的依据和总的评价")
    yield Paragraph(_how(found))
    yield Heading("考评结果")
    yield _ranking(found)
    if found.record.commended:
        names = "、".join(found.units[one] for one in found.record.commended)
        yield Heading("表扬的单位")
        yield Paragraph(f"对{names}予以表扬。")
    yield Heading("下一步要求")
    yield to_write("对今后工作的要求")


def _draft(found: EvaluationSeen) -> Iterator[Block]:
    yield Paragraph(f"{_how(found)}对得分有不同意见的，请写明考评项目、理由和依据。")
    yield Heading("总分")
    yield _ranking(found)
    yield Heading("各项得分")
    yield from _points(found)


def _how(found: EvaluationSeen) -> str:
    record = found.record
    parts = [f"{one.name}{plain(full_of(one))}分" for one in record.criteria]
    day = f"数字截至{written_date(record.as_of)}，" if record.as_of else ""
    quoted = found.campaign if "“" in found.campaign else f"“{found.campaign}”"
    return (
        f"{quoted}考评{len(found.units)}个单位，{day}"
        f"考评项目为{'、'.join(parts)}，满分共{plain(found.full)}分。"
    )


def _ranking(found: EvaluationSeen) -> Grid:
    columns = (Column("名次", 1, 0.5), Column("单位", 4), Column("总分", 1, 1))
    rows = tuple((str(one.place), found.units[one.unit], plain(one.total)) for one in found.places)
    return Grid(f"名次表（满分{plain(found.full)}分）", columns, rows)


def _points(found: EvaluationSeen) -> Iterator[Grid]:
    criteria = found.record.criteria
    for at in range(0, len(criteria), _ABREAST):
        some = criteria[at : at + _ABREAST]
        columns = (Column("单位", 3), *(Column(one.name, 1.5, 1) for one in some))
        rows = tuple(
            (name, *(_cell(found, unit, one.id) for one in some))
            for unit, name in found.units.items()
        )
        yield Grid("得分（分）", columns, rows)


def _cell(found: EvaluationSeen, unit: str, criterion: str) -> str:
    points = found.counts.get((unit, criterion))
    return plain(points) if points is not None else "—"
