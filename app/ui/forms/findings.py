"""From findings to what stands under a field and how the field looks."""

from __future__ import annotations

from collections.abc import Iterable

from app.domain.checking.checks import Finding, Severity
from app.ui.fields.editor import State
from app.ui.forms.messages import Message

ACCEPT = (("F2", "写明原因后接受"),)


def shown_for(findings: Iterable[Finding], question: str) -> tuple[State, list[Message]]:
    """The state of a field and its messages: 错误 first, then the question, then 提醒."""
    found = list(findings)
    errors = [f for f in found if f.severity is Severity.ERROR]
    notes = [f for f in found if f.severity is Severity.NOTE]
    asked = [Message("info", "退回", question)] if question else []
    messages = [*map(_error, errors), *asked, *map(_note, notes)]
    if errors:
        return State.ERROR, messages
    if asked:
        return State.ASKED, messages
    return State.NOTE if any(not f.accepted for f in notes) else State.PLAIN, messages


def _error(finding: Finding) -> Message:
    return Message("error", "错误", f"{finding.sentence}{finding.remedy}")


def _note(finding: Finding) -> Message:
    if finding.accepted:
        return Message("ok", "已接受", f"{finding.sentence}原因：{finding.accepted}")
    return Message("warning", "提醒", finding.sentence, ACCEPT)
