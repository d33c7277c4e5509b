"""附件: scans, photographs and documents that belong to a record.

A form keeps the bytes at once (`keep_each`) and names them when its record is
saved, so that files added to a new or changed record live in its draft until then.
"""

from __future__ import annotations

import io
import mimetypes
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from app.documents.drawing.pictures import is_picture, lighter
from app.domain.kernel.errors import Cancelled, Problem, UserError
from app.domain.kernel.file_names import safe_file_name, shortened
from app.domain.kernel.progress import Cancel, Progress, Step, silent
from app.domain.records import Attachment, Record, body_of
from app.exchange.files import appearing, opened, words_for
from app.services.office.duties import needs, require_saving
from app.services.office.office import Office
from app.services.records import attachment_kinds, drafts
from app.services.records.drafts import Draft
from app.services.records.saving import Saved, find_one, save_within, show
from database.store import attachments
from database.store.engine import Connection

Rows = list[dict[str, Any]]
"""A record's 附件 as a form gives them."""
_READ_AT_MOST = 100 << 20
"""Bytes of a photograph before it is made smaller."""


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file to keep: where it lies, or its bytes, and what it is to be called."""

    source: Path | bytes
    name: str


@dataclass(frozen=True, slots=True)
class Kept:
    """What came of keeping files: rows for a record's 附件, and by name what was refused."""

    rows: tuple[dict[str, Any], ...]
    refused: tuple[tuple[str, Problem], ...]


def keep_each(
    office: Office,
    files: Sequence[NewFile],
    *,
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> Kept:
    """Keep the bytes of files; a record names them when it is saved with the rows.

    One that cannot be kept does not stop the others, and a stop leaves the rest out.
    """
    rows: list[dict[str, Any]] = []
    refused: list[tuple[str, Problem]] = []
    with suppress(Cancelled):
        for number, file in enumerate(files):
            if cancel is not None:
                cancel.check()
            progress(Step("正在添加附件", number, len(files)))
            try:
                rows.append(keep(office, file.source, file.name))
            except Problem as problem:
                refused.append((file.name, problem))
    return Kept(tuple(rows), tuple(refused))


def keep(office: Office, source: Path | bytes, name: str) -> dict[str, Any]:
    """Keep the bytes of a file; the row that a record's 附件 gets.

    Pictures become at most 1600 pixels long and lose place, time and camera. Raises
    `UserError` SCAN_KIND, SCAN_TOO_LARGE, PICTURE_BROKEN, EMPTY_FILE.
    """
    data, kind = _content(source, name)
    title = _named(name, kind)
    sha256, size = attachments.add(office.scans, io.BytesIO(data))
    return {"id": sha256[:16], "sha256": sha256, "name": title, "type": kind, "size": size}


def kept_row(office: Office, sha256: str, name: str, kind: str) -> dict[str, Any]:
    """The row that a record's 附件 gets of a file kept before, called `name`, of this type."""
    size = attachments.size(office.scans, sha256)
    return {"id": sha256[:16], "sha256": sha256, "name": name, "type": kind, "size": size}


@needs("key")
def attach(
    office: Office, record_type: type[Record], key: str, path: Path, name: str | None = None
) -> Saved:
    """Keep a file with a record (its id or 编号), called `name` or as the file is.

    The bytes are kept before the record names them. Raises as `keep` and `records.save`.
    """
    record = show(office, record_type, key)
    new = keep(office, path, name or path.name)

    def added(rows: Rows) -> Rows:
        return [*(row for row in rows if row.get("sha256") != new["sha256"]), new]

    return change(office, record_type, record.id, added)


@needs("key")
def detach(office: Office, record_type: type[Record], key: str, sha256: str) -> Saved:
    """Take a file from a record; earlier versions keep it. Raises `UserError` NOT_ATTACHED."""

    def left(rows: Rows) -> Rows:
        kept = [row for row in rows if row.get("sha256") != sha256]
        if len(kept) == len(rows):
            raise UserError("NOT_ATTACHED", "这条记录没有这个附件。", remedy="请刷新后再试。")
        return kept

    return change(office, record_type, key, left)


def change(
    office: Office, record_type: type[Record], key: str, rows: Callable[[Rows], Rows]
) -> Saved:
    """Let a record have other 附件: what `rows` makes of those it has now. Raises as `save`."""
    require_saving(office, record_type)
    with office.store.write() as connection:
        return change_within(office, connection, record_type, key, rows)


def change_within(
    office: Office,
    connection: Connection,
    record_type: type[Record],
    key: str,
    rows: Callable[[Rows], Rows],
) -> Saved:
    """`change` as a part of a larger transaction: nothing that another adds meanwhile is lost."""
    state = find_one(connection, record_type, key)
    typed = {"attachments": rows(_rows(state.record))}
    return save_within(office, connection, record_type, typed, record=state.id)


def listed(office: Office, record_type: type[Record], key: str) -> list[tuple[Attachment, bool]]:
    """The files of a record, and whether each is here (附件待到 when not)."""
    found = show(office, record_type, key).record.attachments
    return [(one, attachments.has(office.scans, one.sha256)) for one in found]


def read(office: Office, sha256: str) -> BinaryIO:
    """The bytes of a file, to be closed by the caller; raises `UserError` SCAN_MISSING."""
    return attachments.open_scan(office.scans, sha256)


def save_to(office: Office, sha256: str, out: Path, *, document: bool = False) -> bool:
    """Write a file out under the name of `out`; tells whether it is a picture or document.

    With `document` nothing else is written. Raises `UserError` SCAN_MISSING and, with
    `document`, NOT_OPENED; `EnvironmentProblem`.
    """
    with read(office, sha256) as source:
        piece = source.read(attachment_kinds.HEAD)
        known = attachment_kinds.is_document(out.name, piece)
        if document:
            attachment_kinds.refuse_program(out.name, piece)
        with words_for(out), appearing(out) as target:
            while piece:
                target.write(piece)
                piece = source.read(1 << 20)
    return known


def missing(office: Office, names: Iterable[str]) -> frozenset[str]:
    """Which of these sha256 are not here yet (附件待到)."""
    return frozenset(one for one in names if not attachments.has(office.scans, one))


def add_to_draft(
    office: Office,
    record_type: type[Record],
    key: str,
    base: str | None,
    rows: Sequence[Mapping[str, Any]],
) -> Draft:
    """Add kept files to what is being typed elsewhere: the draft `key`, or the record of that id.

    Files take a moment to be kept, and the form may show another record by then.
    """
    draft = drafts.get(office, key)
    if draft is not None:
        typed, base = dict(draft.typed), draft.base
    else:
        typed = _typed_in(show(office, record_type, key).record) if base else {}
    new = {row["sha256"] for row in rows}
    there = [row for row in typed.get("attachments") or () if row.get("sha256") not in new]
    typed["attachments"] = [*there, *rows]
    return drafts.save(office, record_type, typed, key=key, base=base)


def _typed_in(record: Any) -> dict[str, Any]:
    """A record's body as a form would give it: what a campaign added stands beside the rest."""
    body = dict(body_of(record))
    return {**body.pop("extra", {}), **body}


def _content(source: Path | bytes, name: str) -> tuple[bytes, str]:
    own = name if isinstance(source, bytes) else source.name
    if not attachment_kinds.may_be_attached(own):
        raise UserError(
            "SCAN_KIND",
            f"“{safe_file_name(own)}”这种文件不能作附件。",
            remedy="可以添加照片、PDF、OFD 和 WPS、Word、Excel 文档；别的请先转成 PDF 或拍照。",
        )
    data = source if isinstance(source, bytes) else _bytes_of(source)
    if not data:
        raise UserError("EMPTY_FILE", "这个文件是空的。", remedy="请重新扫描或选择别的文件。")
    if is_picture(data) and len(data) <= _READ_AT_MOST:
        return lighter(data)
    if len(data) > attachments.LIMIT:
        raise attachments.too_large(attachments.LIMIT)
    if not attachment_kinds.is_document(own, data[: attachment_kinds.HEAD]):
        raise UserError(
            "SCAN_KIND",
            f"“{safe_file_name(own)}”的内容和名字不符，打不开。",
            remedy="请重新扫描，或用原来的程序打开它，另存一份再添加。",
        )
    return data, mimetypes.guess_type(own)[0] or "application/octet-stream"


def _bytes_of(path: Path) -> bytes:
    with words_for(path), opened(path) as source:
        return source.read(_READ_AT_MOST + 1)


def _named(name: str, kind: str) -> str:
    """The name as any system can write it, with the ending that its type asks for."""
    plain = safe_file_name(name)
    if kind.startswith("image/") and mimetypes.guess_type(plain)[0] != kind:
        stem, _, ending = plain.rpartition(".")
        plain = f"{stem or ending}{'.png' if kind == 'image/png' else '.jpg'}"
    return shortened(plain)


def _rows(record: Any) -> Rows:
    return list(body_of(record).get("attachments", ()))
