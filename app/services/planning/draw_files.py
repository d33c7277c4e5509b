"""抽取文件: a draw as a file for anybody, its list of units, and its check."""

from __future__ import annotations

import gzip
import io
import zlib
from pathlib import Path
from typing import Any

import msgspec

from app.domain.campaign.draw_file import (
    FORMAT,
    DrawFile,
    FileReplacement,
    FileStratum,
    FileUnit,
    verify,
)
from app.domain.campaign.random_draw import MOST_UNITS, Allocation, Frame, frame_from
from app.domain.codes import DRAW_SEED
from app.domain.kernel.errors import UserError
from app.domain.records import Draw
from app.exchange import strictjson
from app.exchange.files import appearing, opened, words_for
from app.services.office.office import Office
from app.services.records import saving
from app.services.records.link_resolving import Links
from app.services.records.units import name_of
from database.state.states import State
from database.store import attachments

FRAME_NAME, FRAME_TYPE = "抽样名单.txt.gz", "application/gzip"
LARGEST = 64 << 20
"""Bytes of a file of a draw, and of the list of units of one."""
_MOST_VALUES = 5 * MOST_UNITS
_SUFFIX = ".json"
_CHOOSE = "请选在“随机抽取”里导出的核验文件。"


def keep_frame(office: Office, frame: Frame) -> dict[str, Any]:
    """Keep the list of units beside the store; the row that the draw's 附件 gets.

    Raises `UserError` SCAN_TOO_LARGE.
    """
    packed = gzip.compress(frame.text, mtime=0)
    sha256, size = attachments.add(office.scans, io.BytesIO(packed))
    row = {"sha256": sha256, "name": FRAME_NAME, "type": FRAME_TYPE, "size": size}
    return {"id": sha256[:16], **row}


def frame_of_draw(office: Office, draw: Draw) -> Frame:
    """The list that was drawn from; raises `UserError` SCAN_MISSING, FRAME_BAD, FRAME_OTHER."""
    kept = next((one for one in draw.attachments if one.type == FRAME_TYPE), None)
    if kept is None:
        raise UserError("FRAME_BAD", "这次抽取没有附名单。", remedy="请作废，重新抽取。")
    with attachments.open_scan(office.scans, kept.sha256) as source:
        frame = frame_from(_unpacked(source.read(attachments.LIMIT)))
    if frame.sha256 != draw.frame_sha256:
        raise UserError(
            "FRAME_OTHER",
            "名单和抽取单上的校验值不符。",
            remedy="请向抽取的单位要原来的名单。",
        )
    return frame


def _unpacked(packed: bytes) -> bytes:
    """What a gzip file holds, as far as it is bounded."""
    reader = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    try:
        text = reader.decompress(packed, LARGEST)
    except zlib.error:
        text = b""
    if not reader.eof:
        raise UserError("FRAME_BAD", "名单读不出来。", remedy="请重新取得这份名单。")
    return text


def file_of(office: Office, state: State[Draw]) -> DrawFile:
    """A draw with its list; raises as `frame_of_draw`."""
    draw, frame = state.record, frame_of_draw(office, state.record)
    with office.store.read() as connection:
        campaign = Links(office, connection).campaigns.get(draw.campaign)
        own = name_of(connection, state.owner)
    return DrawFile(
        format=FORMAT,
        algorithm=draw.algorithm,
        number=draw.number,
        title=draw.title,
        office=own,
        campaign=campaign.title if campaign else draw.campaign,
        scope=draw.scope,
        parted_by=draw.parted_by,
        allocation=Allocation(draw.allocation),
        asked=draw.asked,
        drawn_at=draw.drawn_at.isoformat() if draw.drawn_at else "",
        drawn_by=draw.drawn_by,
        witnesses=draw.witnesses,
        seed=draw.seed,
        seed_from=DRAW_SEED.label_of(draw.seed_from),
        frame_sha256=draw.frame_sha256,
        strata=tuple(FileStratum(s.name, s.size or 0, s.number or 0) for s in draw.strata),
        results=tuple(FileUnit(r.stratum, r.place or 0, r.id, r.name) for r in draw.results),
        replacements=tuple(
            FileReplacement(
                one.stratum,
                one.place or 0,
                one.id,
                one.unit,
                one.name,
                one.reason,
                one.on.isoformat() if one.on else "",
                one.by,
            )
            for one in draw.replacements
        ),
        frame=tuple((unit.key, unit.stratum, unit.name) for unit in frame.units),
        void="已作废" if state.void else "",
    )


def check(office: Office, key: str) -> DrawFile:
    """Draw again what a draw (its id or 编号) says; raises as `verify` and `frame_of_draw`."""
    file = file_of(office, saving.show(office, Draw, key))
    verify(file)
    return file


def write_file(office: Office, key: str, out: Path) -> Path:
    """Write a draw (its id or 编号) for anybody to check; what was there is replaced.

    Raises as `check`, `EnvironmentProblem`.
    """
    place = out if out.suffix == _SUFFIX else out.with_name(out.name + _SUFFIX)
    file = check(office, key)
    with words_for(place), appearing(place) as target:
        target.write(msgspec.json.encode(file))
    return place


def verify_file(path: Path) -> DrawFile:
    """Check a file of a draw, with nothing but the file.

    Raises `UserError` DRAW_FILE, DRAW_UNKNOWN, DRAW_DIFFERS; `EnvironmentProblem`.
    """
    with words_for(path), opened(path) as source:
        raw = source.read(LARGEST + 1)
    if len(raw) > LARGEST:
        raise UserError(
            "DRAW_FILE", "文件太大，不是抽取文件。", remedy="请选“导出核验文件”做的文件。"
        )
    try:
        file = strictjson.decode(raw, DrawFile, depth=4, most=_MOST_VALUES)
    except ValueError as error:
        raise UserError(
            "DRAW_FILE",
            "这不是抽取文件，或已经损坏。",
            why=f"（{error}）",
            remedy=_CHOOSE,
        ) from error
    verify(file)
    return file
