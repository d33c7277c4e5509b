"""逻辑检查 of what was received as a list to work through: what is open, returned, let stand.

A finding is open until its record is returned for it or it is let stand with a reason; either
holds until the office changes what was spoken about. What the office answered itself is 已说明.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from app.domain.checking.checks import Finding, Severity
from app.domain.checking.rules import RULES
from app.domain.kernel.collecting import uncollected
from app.domain.kernel.fields import by_name
from app.domain.kernel.progress import Cancel, Progress, silent
from app.domain.records import TYPES, Record, Review
from app.services.deciding.received_check import DIFFERING, Examined, examine
from app.services.office.office import Office
from app.services.records.units import everyone
from app.services.reviewing.stale_base import position
from app.services.reviewing.trays import still_stands
from database.books import let_stand
from database.books.let_stand import LetStandRow
from database.state import states
from database.state.filters import equal, live, owned_by
from database.state.states import State
from database.store.engine import Connection


class Standing(StrEnum):
    """Where a finding stands, in words."""

    OPEN = "待办"
    RETURNED = "已退回"
    LET = "已认可"
    SAID = "已说明"


_OF_FIELD = {
    "F01": "没有填写",
    "F02": "超出范围",
    "F03": "太长",
    "F04": "选项不对",
    "F05": "晚于今天",
    "F06": "填的不是它该有的样子",
}
_OF_OTHERS = {
    DIFFERING: "两处填写不一致",
    "G03": "同一单位同一天登记了几次走访",
    "G04": "本人或同户同一年已经有帮扶",
    "G05": "两级去同一个单位",
    "G07": "职工人数与名录相差很大",
    "G08": "两级走访、帮扶同一名职工",
}
_WORDS: Mapping[str, str] = {rule.code: rule.sentence for rule in RULES} | _OF_OTHERS
_RANK = {severity: place for place, severity in enumerate(Severity)}


class Line(NamedTuple):
    """One finding of one record; `h` is the version that was looked at.

    `rule` tells rules apart, `reason` is why it stands, `review` the word that returned it.
    """

    record: Examined
    owner_name: str
    finding: Finding
    rule: str
    standing: Standing
    reason: str = ""
    review: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """What tells it from all others: its record, and what was found there."""
        return self.record.id, finding_key(self.finding)

    @property
    def severity(self) -> str:
        """错误, 核对 or 提醒."""
        return self.finding.severity.value


class Look(NamedTuple):
    """All findings, the gravest first; how many records were looked at; the rules in words.

    `base` is the place in the log up to which this was read.
    """

    records: int
    lines: tuple[Line, ...]
    rules: Mapping[str, str]
    base: int


def finding_key(finding: Finding) -> str:
    """What a finding is let stand under."""
    place = (finding.field, str(finding.row or ""), finding.column)
    return "/".join((finding.key, *place)).rstrip("/")


def look(office: Office, *, progress: Progress = silent, cancel: Cancel | None = None) -> Look:
    """What every rule finds in the records of the offices below, and where it stands.

    Raises `Cancelled`.
    """
    with office.store.read() as connection, uncollected():
        base = position(connection)
        examined = examine(office, connection, progress=progress, cancel=cancel)
        names = {unit.code: unit.name for unit in everyone(connection)}
        spoken = _Spoken(office, connection)
        lines = [line for one in examined.found for line in _lines(one, names, spoken)]
        order = {code: place for place, code in enumerate(names)}
        lines.sort(key=lambda line: _place(line, order))
        return Look(examined.records, tuple(lines), _rules(lines), base)


def _place(line: Line, order: Mapping[str, int]) -> tuple[int, str, int, str, str]:
    one = line.record
    owner = order.get(one.owner, len(order))
    return _RANK[line.finding.severity], line.rule, owner, one.number, one.id


def _rules(lines: Sequence[Line]) -> Mapping[str, str]:
    """The words of each rule, from the first line that it found."""
    words: dict[str, str] = {}
    for line in lines:
        if line.rule not in words:
            words[line.rule] = rule_words(line)
    return words


def rule_words(line: Line) -> str:
    """What a rule asks, in words: 走访登记：“建议与意见”是空的。"""
    label, code = line.record.type.label, line.finding.code
    if code in _OF_FIELD:
        spec = by_name(line.record.type).get(line.finding.field)
        return f"{label}：“{spec.label if spec else '增加的项目'}”{_OF_FIELD[code]}"
    return f"{label}：{_WORDS.get(code, line.finding.sentence).rstrip('。')}"


def _lines(one: Examined, names: Mapping[str, str], spoken: _Spoken) -> Iterator[Line]:
    name = names.get(one.owner, one.owner)
    for finding in one.found:
        rule = f"{one.type.type_name}/{finding.code}"
        if finding.code in _OF_FIELD and finding.field:
            rule = f"{rule}/{finding.field}"
        standing, reason, review = spoken.of(one, finding)
        yield Line(one, name, finding, rule, standing, reason, review)


class _Spoken:
    """What was said of findings: by their office, by a return, by letting them stand."""

    def __init__(self, office: Office, connection: Connection) -> None:
        self._connection = connection
        self._let: dict[str, dict[str, LetStandRow]] = {}
        for row in let_stand.every(connection):
            self._let.setdefault(row.record, {})[row.finding] = row
        self._returns: dict[str, list[State[Review]]] = {}
        mine = owned_by(office.identity.station), equal("verdict", "return"), live()
        for review in states.iterate(connection, Review, *mine, order=("changed_at", "id")):
            self._returns.setdefault(review.record.target, []).append(review)

    def of(self, one: Examined, finding: Finding) -> tuple[Standing, str, str]:
        """Where a finding stands, why, and the review that returned it."""
        if let := self._let.get(one.id):
            row = let.get(finding_key(finding))
            if row is not None and row.h == one.h:
                return Standing.LET, row.reason, ""
        for review in self._returns.get(one.id, ()):
            if _asks(review.record, finding) and self._stands(one, review.record):
                return Standing.RETURNED, "", review.id
        if finding.accepted:
            return Standing.SAID, finding.accepted, ""
        return Standing.OPEN, "", ""

    def _stands(self, one: Examined, review: Review) -> bool:
        if review.target_h == one.h:
            return True
        state: State[Record] | None = states.get(
            self._connection, TYPES[one.type.type_name], one.id
        )
        return state is not None and still_stands(self._connection, state, review)


def _asks(review: Review, finding: Finding) -> bool:
    """Whether a return is about the field of a finding, or about the whole record."""
    fields = {question.field for question in review.questions}
    return not fields or finding.field in fields


def chosen(
    look: Look,
    *,
    standing: Standing | None = Standing.OPEN,
    station: str = "",
    rule: str = "",
    severity: str = "",
) -> Sequence[Line]:
    """The lines that all of these let through; empty ones let everything through."""
    return [
        line
        for line in look.lines
        if (standing is None or line.standing is standing)
        and (not station or line.record.owner == station)
        and (not rule or line.rule == rule)
        and (not severity or line.severity == severity)
    ]
