"""An issue of 工作简报 as a paper: 报头, its parts, 版记; as PDF and as .docx (GB/T 9704)."""

from __future__ import annotations

from collections.abc import Iterator

from app.documents.letters.letter import Block, Heading, Letter, Masthead, Paragraph
from app.domain.records import Briefing, BriefingPart
from app.domain.records.briefing import MASTHEAD
from app.domain.values.masking import without_numbers
from app.services.letters.briefing_items import as_of_words
from app.services.letters.briefings import BriefingSeen
from app.services.office.letter_file import LetterFile, named

_CONTENTS_FROM = 3
"""With so many parts they are listed first (本期要目)."""


def letter_file(found: BriefingSeen) -> LetterFile:
    """The issue as it will be printed; one that is not issued says so."""
    one = found.record
    name = f"{one.masthead or MASTHEAD}_{one.year}年第{one.issue}期"
    return named(_letter(found), name)


def _letter(found: BriefingSeen) -> Letter:
    one = found.record
    draft = "" if found.issued else "（未印发，供审阅）"
    return Letter(
        title=_lines(one.parts[0].heading) if len(one.parts) == 1 else "",
        blocks=tuple(_blocks(one)),
        masthead=Masthead(
            one.masthead or MASTHEAD,
            f"{one.year}年第{one.issue}期{draft}",
            f"{one.editor or found.office}编",
            one.dated,
        ),
        colophon=tuple(_colophon(one)),
    )


def _blocks(one: Briefing) -> Iterator[Block]:
    if one.note.strip():
        yield from _paragraphs(f"编者按：{one.note.strip()}")
    if len(one.parts) >= _CONTENTS_FROM:
        yield Heading("本期要目")
        yield from (Paragraph(f"● {_lines(part.heading)}") for part in one.parts)
    for part in one.parts:
        if len(one.parts) > 1:
            yield Heading(_lines(part.heading))
        yield from _part(part)


def _part(part: BriefingPart) -> Iterator[Block]:
    yield from _paragraphs(part.text)
    if part.figures_as_of is not None:
        yield Paragraph(as_of_words(part.figures_as_of, part.figures_from))
    if part.source:
        yield Paragraph(f"（{part.source}）")


def _paragraphs(text: str) -> Iterator[Paragraph]:
    lines = (line.strip() for line in without_numbers(text).split("\n"))
    return (Paragraph(line) for line in lines if line)


def _lines(text: str) -> str:
    return " ".join(without_numbers(text).split())


def _colophon(one: Briefing) -> Iterator[str]:
    if one.recipients:
        yield f"主送：{one.recipients.rstrip('。；')}。"
    if one.copies_to:
        yield f"抄送：{one.copies_to.rstrip('。；')}。"
    signed = f"签发人：{one.approved_by}　" if one.approved_by else ""
    printed = f"（共印{one.printed}份）" if one.printed else ""
    if signed or printed:
        yield f"{signed}{printed}".strip()
