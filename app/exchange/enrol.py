"""The 报送单位登记 request: a new writer asks to be known (package format §3, §7)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from pathlib import Path

import msgspec

from app.domain.kernel.readable import readable
from app.domain.merging.revision import Revision, seal
from app.exchange.envelope import Envelope
from app.exchange.keys import SigningKey, is_age_recipient
from app.exchange.names import STATION, WRITER
from app.exchange.packagereader import Package
from app.exchange.packagewriter import Sealed, seal_package
from app.exchange.records import Good
from app.exchange.refusal import Refused

LONGEST_MACHINE = 255


class EnrolRequest(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a new writer says of itself.

    `signing_key` is `ssh-ed25519 <base64>`, `age` its recipient, `machine` the
    marker of the PC, `supersedes` the writer it takes the place of.
    """

    signing_key: str
    age: str
    station: str
    machine: str
    supersedes: str | None = None


def seal_enrol(
    path: Path,
    envelope: Envelope,
    request: EnrolRequest,
    *,
    record_id: str,
    by: str,
    key: SigningKey,
    recipients: Sequence[str],
) -> Sealed:
    """Write the enrol package; `record_id` is a UUIDv7, `by` the operator's id."""
    revision = Revision(
        id=record_id,
        type="enrol",
        schema=1,
        parents=(),
        writer=envelope.writer,
        at=envelope.created,
        by=by,
        op="create",
        body=msgspec.to_builtins(request),
    )
    return seal_package(path, envelope, key=key, recipients=recipients, lines=[seal(revision)])


def read_enrol(package: Package) -> EnrolRequest:
    """The one request in an enrol package; RECORD_INVALID, or SIGNER_NOT_WRITER for another key."""
    lines = list(islice(package.lines(), 2))
    if len(lines) != 1:
        raise Refused("RECORD_INVALID", "不是一条")
    (only,) = lines
    if not isinstance(only, Good):
        raise Refused("RECORD_INVALID", only.reason)
    request = _request(only)
    if request.signing_key != package.signer.text or request.station != package.header.station:
        raise Refused("SIGNER_NOT_WRITER", package.header.writer)
    return request


def _request(line: Good) -> EnrolRequest:
    try:
        request = msgspec.convert(line.revision.body, readable(EnrolRequest))
    except msgspec.ValidationError as error:
        raise Refused("RECORD_INVALID", str(error)) from error
    replaced = request.supersedes
    if (
        not is_age_recipient(request.age)
        or not STATION.fullmatch(request.station)
        or len(request.machine) > LONGEST_MACHINE
        or not (replaced is None or WRITER.fullmatch(replaced))
    ):
        raise Refused("RECORD_INVALID", "enrol")
    return request
