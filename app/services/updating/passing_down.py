"""A newer program that goes down with the answers (新版程序随回执下发), and is put together again.

It travels as records of the office that passes it down, in lines that any reader may hold. What
comes is only put together here: whether it may be installed is judged by its own signature, as
if it had come on a stick.
"""

from __future__ import annotations

import hashlib
from base64 import b64decode, b64encode
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from msgspec import structs

from app import __version__
from app.domain.kernel.errors import UserError
from app.domain.kernel.progress import Cancel, Progress, silent
from app.domain.records import UpdatePart, body_of
from app.exchange import files, zstdframe
from app.exchange.refusal import Refused
from app.exchange.updates import SUFFIX, number
from app.services.office.duties import needs
from app.services.office.office import Office
from app.services.packages.trust_store import trust_now
from app.services.records.append_revision import past_of, write
from app.services.updating.looking import signers, sound
from database.state import states
from database.state.filters import equal, live, owned_by
from database.state.states import State
from database.store.engine import Connection

FOLDER = "updates"
"""Beside the data: the newest update that was installed or came with an answer."""
LARGEST = 48 << 20
"""Bytes of an update file that goes down with answers; larger ones go by stick."""

_PIECE = 660_000
"""Bytes of a part before base64; a line of a package holds a megabyte."""


@needs("answer")
def pass_down(
    office: Office, path: Path, progress: Progress = silent, cancel: Cancel | None = None
) -> str:
    """Let an update file go down with the next answers; returns its version.

    What went down before is not sent any more. Raises `UserError` UPDATE_UNSOUND,
    UPDATE_STRANGER, UPDATE_TOO_LARGE, NOBODY_BELOW, `EnvironmentProblem`, `Cancelled`.
    """
    if office.identity.role == "township":
        raise UserError(
            "NOBODY_BELOW", "本单位没有下级，不写回执。", remedy="请用优盘把更新文件交给别人。"
        )
    with sound(path, signers(trust_now(office)), progress, cancel) as (update, _):
        version = update.header.version
        if update.size > LARGEST:
            raise UserError(
                "UPDATE_TOO_LARGE", "更新文件太大，不能随回执下发。", remedy="请用优盘交给各单位。"
            )
    with files.words_for(path):
        whole = path.read_bytes()
    with office.store.write() as connection:
        _take_back(office, connection)
        for part in _parts(version, whole):
            write(office, connection, UpdatePart, office.new_id(), body_of(part), op="create")
    return version


def passed_down(office: Office) -> str:
    """The version that goes down with the answers of this office now, if one does."""
    with office.store.read() as connection:
        found = states.find(
            connection, UpdatePart, live(), owned_by(office.identity.station), equal("part", 1)
        )
    return max((one.record.version for one in found), key=number, default="")


def take_back(office: Office) -> None:
    """No more answers bring what goes down now; who has it already, keeps it."""
    with office.store.write() as connection:
        _take_back(office, connection)


def _take_back(office: Office, connection: Connection) -> None:
    for one in states.find(connection, UpdatePart, live(), owned_by(office.identity.station)):
        past = past_of(connection, UpdatePart, one.id)
        body = body_of(structs.replace(one.record, owner="", data=""))
        write(office, connection, UpdatePart, one.id, body, op="void", why="不再下发", past=past)


def _parts(version: str, whole: bytes) -> Iterator[UpdatePart]:
    packed = zstdframe.compress(whole)
    pieces = [packed[at : at + _PIECE] for at in range(0, len(packed), _PIECE)]
    for place, piece in enumerate(pieces, 1):
        yield UpdatePart(
            version=version,
            sha256=hashlib.sha256(whole).hexdigest(),
            size=len(whole),
            part=place,
            parts=len(pieces),
            data=b64encode(piece).decode("ascii"),
        )


def arrived(connection: Connection) -> str:
    """The newest version of which every part came from above and that is newer than this one."""
    whole = _complete(connection)
    newest = max((version for version, _ in whole), key=number, default="")
    return newest if number(newest) > number(__version__) else ""


def put_together(office: Office) -> Path | None:
    """Write the newest update that arrived into the folder beside the data, if it is not there.

    What does not come together as it was cut up is left alone. Raises `EnvironmentProblem`.
    """
    with office.store.read() as connection:
        version = arrived(connection)
        complete = _complete(connection)
        parts = next((parts for (one, _), parts in complete.items() if one == version), [])
    target = office.folder.root / FOLDER / f"zoufang-{version}{SUFFIX}"
    if not version or target.exists():
        return target if version else None
    whole = _joined([one.record for one in parts])
    if whole is None:
        return None
    with files.words_for(target):
        target.parent.mkdir(exist_ok=True)
        with files.appearing(target) as out:
            out.write(whole)
    return target


def _complete(connection: Connection) -> Mapping[tuple[str, str], list[State[UpdatePart]]]:
    """By version and sha256 the parts, in order, where none is missing."""
    found: dict[tuple[str, str], dict[int, State[UpdatePart]]] = defaultdict(dict)
    for one in states.find(connection, UpdatePart, live()):
        record = one.record
        if number(record.version) and record.part is not None:
            found[record.version, record.sha256][record.part] = one
    return {
        key: [parts[place] for place in sorted(parts)]
        for key, parts in found.items()
        if sorted(parts) == list(range(1, (parts[min(parts)].record.parts or 0) + 1))
    }


def _joined(parts: list[UpdatePart]) -> bytes | None:
    """The file of which these are the parts; None where they do not come together."""
    size = parts[0].size or 0
    if size > LARGEST:
        return None
    try:
        packed = b"".join(b64decode(one.data, validate=True) for one in parts)
        whole = b"".join(zstdframe.decompress(packed, size))
    except (ValueError, Refused):
        return None
    return whole if hashlib.sha256(whole).hexdigest() == parts[0].sha256 else None
