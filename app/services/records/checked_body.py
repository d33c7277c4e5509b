"""A body before it is saved: checked, with the reasons for what may stand."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from app.domain.checking import checks
from app.domain.checking.checks import Finding
from app.domain.kernel.errors import UserError
from app.domain.kernel.fields import by_name
from app.domain.kernel.readable import readable
from app.domain.records import Record
from app.services.records.asked_campaign import asked_of
from app.services.records.link_resolving import Links


class CheckFailed(UserError):
    """错误 block 已填完, and 核对 while keying; `findings` hold them all, with their fields."""

    def __init__(self, findings: list[Finding]) -> None:
        first = "".join(f"{f.sentence}{f.remedy}" for f in findings[:3])
        super().__init__("CHECK_FAILED", first, why=_how_many_more(len(findings) - 3))
        self.findings = findings


def _how_many_more(count: int) -> str:
    return f"另有{count}处。" if count > 0 else ""


def accepted(
    links: Links,
    record_type: type[Record],
    body: dict[str, Any],
    accept: Mapping[str, str],
    beyond: Sequence[Finding] = (),
) -> tuple[dict[str, Any], Record, list[Finding]]:
    """Check, and write down the reasons for those 核对 and 提醒 that are made and let stand.

    `beyond` are what the guards found.
    """
    record, found = checked(links, record_type, body)
    if beyond:
        found = checks.in_order(record_type, [*found, *beyond])
    if not accept:
        return body, record, found
    made = ((f.key, accept.get(f.key, accept.get(f.code))) for f in checks.open_notes(found))
    reasons = {key: reason.strip() for key, reason in made if reason is not None}
    if not all(reasons.values()):
        raise UserError("WHY", "保留提醒要写明理由。", remedy="请填写理由。")
    if not reasons:
        return body, record, found
    body = _with_acceptances(body, reasons)
    record = _as_record(record_type, body)
    return body, record, checks.answered(found, record)


def _with_acceptances(body: dict[str, Any], accept: Mapping[str, str]) -> dict[str, Any]:
    kept = [row for row in body.get("accepted", ()) if row["check"] not in accept]
    new = [{"id": code, "check": code, "reason": reason} for code, reason in accept.items()]
    return body | {"accepted": kept + new}


def checked(
    links: Links, record_type: type[Record], body: dict[str, Any]
) -> tuple[Record, list[Finding]]:
    """The record of a body and what the checks say; raises `CheckFailed` on a 错误, INVALID."""
    record = _as_record(record_type, body)
    campaign = asked_of(links, record_type, body)
    found = checks.check(record, today=links.office.today(), campaign=campaign)
    blocking = checks.errors(found)
    if blocking:
        raise CheckFailed(blocking)
    return record, found


def _as_record(record_type: type[Record], body: Mapping[str, Any]) -> Record:
    """The record of a body; raises `UserError` INVALID naming the field that does not fit."""
    try:
        return msgspec.convert(body, readable(record_type))
    except msgspec.ValidationError as error:
        found = _MEMBER.search(str(error))
        spec = by_name(record_type).get(found[1]) if found else None
        label = spec.label if spec else record_type.label
        raise UserError(
            "INVALID",
            f"“{label}”里有一个值不是它该有的样子。",
            why=f"（{error}）",
            remedy="请对照模板改正。",
        ) from error


_MEMBER = re.compile(r"\$\.([a-z_0-9]+)")
"""The member of a body that an error of msgspec speaks of."""
