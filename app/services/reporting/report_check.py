"""逻辑检查 before a 报送: 错误, open 提醒, and what two computers wrote differently (R40)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from app.domain.checking import checks
from app.domain.checking.checks import Finding, Severity
from app.domain.kernel.progress import Cancel, Progress, Step, silent
from app.domain.records import TYPES, Record, body_of
from app.services.office.office import Office
from app.services.records import guard_marks
from app.services.records.asked_campaign import asked_of
from app.services.records.guards import Guards
from app.services.records.link_resolving import Links
from app.services.reporting.frozen_report import addressee, unsent
from database.log import revisions
from database.state import states
from database.state.states import State

KEPT = "已说明"
"""What stands with a reason is shown before 送审 as well, and keeps nothing back."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One line of the 逻辑检查 list: which record, where, what, and what to do."""

    type: str
    id: str
    number: str
    code: str
    severity: str
    field: str
    sentence: str
    remedy: str


def examine(
    office: Office,
    *,
    everything: bool = False,
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> list[Problem]:
    """逻辑检查 of what is to be sent (or of all own records): 错误, open 提醒, 填写不一致."""
    cancel = cancel or Cancel()
    with office.store.read() as connection:
        if everything:
            pairs = revisions.live_records(connection)
        else:
            rows = unsent(office, connection, addressee(office, connection))
            pairs = list(dict.fromkeys((row.type, row.id) for row in rows))
        found: list[Problem] = []
        links = Links(office, connection)
        guards, noted = Guards(links), guard_marks.noted(connection)
        for done, (type_name, record) in enumerate(pairs, 1):
            cancel.check()
            progress(Step("逻辑检查", done, len(pairs)))
            state = states.get(connection, TYPES[type_name], record)
            if state is not None and state.owner == office.identity.station:
                found += _problems(links, TYPES[type_name], state)
                if record in noted and not state.void:
                    found += _said(guards, state)
    return found


def _problems(links: Links, record_type: type[Record], state: State[Record]) -> Iterable[Problem]:
    if state.conflicts:
        fields = "、".join(sorted(state.conflicts))
        yield _problem(
            record_type,
            state,
            "X01",
            "错误",
            fields,
            "有两处填写不一致，还没有选定。",
            "请先选定。",
        )
    if state.void:
        return
    campaign = asked_of(links, type(state.record), body_of(state.record))
    found = checks.check(state.record, today=links.office.today(), campaign=campaign)
    yield from (_of_finding(state, finding) for finding in found if not finding.accepted)


def _said(guards: Guards, state: State[Record]) -> Iterable[Problem]:
    """What other records say against one, or did until it was answered with a reason."""
    for finding in guard_marks.said_of(guards, state):
        if finding.severity is not Severity.INFO:
            reason = f"已写明：{finding.accepted}" if finding.accepted else finding.remedy
            yield _of_finding(state, replace(finding, remedy=reason))


def _of_finding(state: State[Record], finding: Finding) -> Problem:
    severity = KEPT if finding.accepted else finding.severity.value
    rest = finding.field, finding.sentence, finding.remedy
    return _problem(type(state.record), state, finding.code, severity, *rest)


def _problem(record_type: type[Record], state: State[Record], *rest: str) -> Problem:
    return Problem(record_type.type_name, state.id, state.record.number, *rest)
