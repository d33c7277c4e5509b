"""From findings to what stands under a field and how the field looks."""

from __future__ import annotations

from collections.abc import Iterable

from app.domain.checking.checks import Finding, Severity, open_notes
from app.ui.fields.editor import State
from app.ui.forms.messages import Message

ACCEPT = (("F2", "写明原因后接受"),)
KEEP = (("F2", "就是这样，写明原因"),)


def shown_for(findings: Iterable[Finding], question: str) -> tuple[State, list[Message]]:
    """The state of a field and its messages: what must be mended or answered, then the rest."""
    found = list(findings)
    errors = [f for f in found if f.severity is Severity.ERROR]
    rest = [f for f in found if f.severity is not Severity.ERROR]
    asked = [Message("info", "退回", question)] if question else []
    messages = [*map(_error, errors), *asked, *map(_note, rest)]
    if errors:
        return State.ERROR, messages
    if asked:
        return State.ASKED, messages
    return State.NOTE if open_notes(rest) else State.PLAIN, messages


def _error(finding: Finding) -> Message:
    return Message("error", "错误", f"{finding.sentence}{finding.remedy}")


def _note(finding: Finding) -> Message:
    if finding.severity is Severity.INFO:
        return Message("info", "说明", finding.sentence)
    if finding.accepted:
        return Message("ok", "已接受", f"{finding.sentence}原因：{finding.accepted}")
    if finding.severity is Severity.ASK:
        return Message("warning", "核对", f"{finding.sentence}{finding.remedy}", KEEP)
    return Message("warning", "提醒", finding.sentence, ACCEPT)
