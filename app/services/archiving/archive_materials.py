"""总结, 调研报告 and plans in the archive: what is written in the 材料, its .docx and its scans."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from app.documents.archive.scan_pages import scan_page
from app.documents.drawing.fonts import shipped
from app.documents.drawing.layout import Pen
from app.documents.drawing.target import Target
from app.documents.letters.letter import Block, Heading, Letter, Paragraph
from app.documents.letters.letter_pdf import letter_pdf
from app.domain.codes import DOCUMENT_KIND
from app.domain.kernel.errors import UserError
from app.domain.kernel.fields import by_name, value_of
from app.domain.kernel.file_names import safe_file_name
from app.domain.records import Attachment, Document
from app.services.archiving import archive_scans
from app.services.archiving.archive_order import Volume
from app.services.letters.letter_order import PARTS
from app.services.office.office import Office
from app.services.records.units import name_of
from database.state import states
from database.state.filters import equal, live
from database.state.states import State
from database.store.engine import Connection

KINDS = ("summary", "research", "plan", "schedule")
"""The kinds of 材料 that are archived, in this order."""


def materials(connection: Connection, campaign: str, unit: str) -> list[State[Document]]:
    """Those of the campaign, kind by kind, by day."""
    found = states.find(connection, Document, live(), equal("campaign", campaign))
    mine = [
        one
        for one in found
        if one.record.kind in KINDS and (not unit or unit in (one.record.unit, one.record.owner))
    ]
    return sorted(mine, key=lambda one: (KINDS.index(one.record.kind), str(one.record.dated)))


def add_materials(
    office: Office,
    connection: Connection,
    volume: Volume,
    found: list[State[Document]],
    beside: Path,
) -> None:
    """Put them into the volume, and their files beside it."""
    for state in found:
        document = state.record
        volume.step("总结和材料")
        title = f"{DOCUMENT_KIND.label_of(document.kind)}　{document.title}"
        day = document.dated.isoformat() if document.dated else ""
        unit = name_of(connection, document.unit or document.owner)
        for pdf in _pages(office, volume, document, unit):
            volume.add(pdf, title, day)
        if document.attachments:
            folder = beside / safe_file_name(document.number, "材料")
            missing = archive_scans.copy_out(office, document.attachments, folder)
            volume.left_out += [f"{document.number} {name}（附件待到）" for name in missing]


def _pages(office: Office, volume: Volume, document: Document, unit: str) -> Iterator[bytes]:
    written = tuple(_written(document))
    if written:
        yield _letter(volume, Letter(document.title, written, "", unit, document.dated))
    for one in document.attachments:
        try:
            pdf = _of_file(office, volume, document, one)
        except UserError as problem:
            if problem.code != "SCAN_MISSING":
                volume.left_out.append(f"{document.number} {one.name}（{problem.what}）")
            continue
        if pdf:
            yield pdf
        else:
            volume.left_out.append(f"{document.number} {one.name}（不能在卷内显示，见附件）")


def _written(document: Document) -> Iterator[Block]:
    """What stands in the 材料 itself, part by part."""
    fields = by_name(Document)
    for part in PARTS:
        text = str(value_of(document, part))
        if text.strip():
            if part != PARTS[0]:
                yield Heading(fields[part].label)
            yield from (Paragraph(line) for line in text.split("\n") if line.strip())


def _letter(volume: Volume, letter: Letter) -> bytes:
    target = Target()
    letter_pdf(letter, target, cancel=volume.cancel)
    volume.lacking += target.lacking
    return target.data


def _of_file(office: Office, volume: Volume, document: Document, one: Attachment) -> bytes:
    """A file as pages: .docx and .txt as text, a picture or PDF as it looks; b"" of any other."""
    read = archive_scans.text_of(office, one)
    if read is not None:
        blocks = read.blocks or (Paragraph("（没有文字）"),)
        return _letter(volume, Letter(read.title or document.title, blocks))
    pen = Pen(shipped(), document.title)
    count = 0
    for jpeg in archive_scans.pages_of(office, one):
        volume.cancel.check()
        scan_page(pen, jpeg, f"材料 {document.number}：{one.name}")
        count += 1
    return pen.finish() if count else b""
