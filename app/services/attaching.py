"""附件: scans, photographs and documents that belong to a record."""

from __future__ import annotations

import io
import mimetypes
from pathlib import Path
from typing import Any, BinaryIO

from app.documents.pictures import is_picture, lighter
from app.domain.errors import UserError
from app.domain.records import Attachment, body_of
from app.domain.text import clean_name
from app.exchange.files import appearing, words_for
from app.services.office import Office
from app.services.records import Saved, save, show
from database import scans

_READ_AT_MOST = 100 << 20
"""Bytes of a photograph before it is made smaller."""
_FORBIDDEN = dict.fromkeys(map(ord, '/\\:*?"<>|'), "_")


def attach(office: Office, type_name: str, key: str, path: Path, name: str | None = None) -> Saved:
    """Keep a file with a record (its id or 编号), called `name` or as the file is.

    Pictures become at most 1600 pixels long and lose place, time and camera. The
    bytes are kept before the record names them. Raises `UserError` SCAN_TOO_LARGE,
    PICTURE_BROKEN, EMPTY_FILE and as `records.save`.
    """
    record = show(office, type_name, key)
    data, kind = _content(path)
    title = _named(name or path.name, kind)
    sha256, size = scans.add(office.scans, io.BytesIO(data))
    rows = [row for row in _rows(record.record) if row["sha256"] != sha256]
    rows.append({"id": sha256[:16], "sha256": sha256, "name": title, "type": kind, "size": size})
    return save(office, type_name, {"attachments": rows}, record=record.id)


def detach(office: Office, type_name: str, key: str, sha256: str) -> Saved:
    """Take a file from a record; earlier versions keep it. Raises `UserError` NOT_ATTACHED."""
    record = show(office, type_name, key)
    rows = _rows(record.record)
    left = [row for row in rows if row["sha256"] != sha256]
    if len(left) == len(rows):
        raise UserError("NOT_ATTACHED", "这条记录没有这个附件。", remedy="请刷新后再试。")
    return save(office, type_name, {"attachments": left}, record=record.id)


def listed(office: Office, type_name: str, key: str) -> list[tuple[Attachment, bool]]:
    """The files of a record, and whether each is here (附件待到 when not)."""
    found = show(office, type_name, key).record.attachments
    return [(one, scans.has(office.scans, one.sha256)) for one in found]


def read(office: Office, sha256: str) -> BinaryIO:
    """The bytes of a file, to be closed by the caller; raises `UserError` SCAN_MISSING."""
    return scans.open_scan(office.scans, sha256)


def save_to(office: Office, sha256: str, out: Path) -> Path:
    """Write a file out for another program; raises `UserError` SCAN_MISSING."""
    with read(office, sha256) as source, words_for(out), appearing(out) as target:
        while piece := source.read(1 << 20):
            target.write(piece)
    return out


def _content(path: Path) -> tuple[bytes, str]:
    with words_for(path), path.open("rb") as source:
        data = source.read(_READ_AT_MOST + 1)
    if not data:
        raise UserError("EMPTY_FILE", "这个文件是空的。", remedy="请重新扫描或选择别的文件。")
    if is_picture(data) and len(data) <= _READ_AT_MOST:
        return lighter(data)
    if len(data) > scans.LIMIT:
        raise scans.too_large(scans.LIMIT)
    return data, mimetypes.guess_type(path.name)[0] or "application/octet-stream"


def _named(name: str, kind: str) -> str:
    """The name as any system can write it, with the ending that its type asks for."""
    plain = clean_name(name.translate(_FORBIDDEN)).strip(". ") or "附件"
    stem, _, ending = plain.rpartition(".")
    if kind.startswith("image/") and mimetypes.guess_type(plain)[0] != kind:
        plain = f"{stem or ending}{'.png' if kind == 'image/png' else '.jpg'}"
    return plain if len(plain) <= 200 else f"{plain[:180]}{Path(plain).suffix[:10]}"


def _rows(record: Any) -> list[dict[str, Any]]:
    return list(body_of(record).get("attachments", ()))
