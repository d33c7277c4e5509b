"""What a rule over several fields is: when it speaks, how loud, and in which words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from app.domain.records import Campaign


class Severity(StrEnum):
    """错误 must be mended, 核对 mended or answered with a reason, 提醒 may be; 说明 only tells."""

    ERROR = "错误"
    ASK = "核对"
    NOTE = "提醒"
    INFO = "说明"


@dataclass(frozen=True, slots=True)
class Context:
    """What a rule may know beside the record."""

    today: dt.date
    campaign: Campaign | None = None


def is_backward(first: dt.date | None, last: dt.date | None) -> bool:
    """Whether what comes later is dated earlier; where either is open, nobody can tell."""
    return first is not None and last is not None and last < first


@dataclass(frozen=True, slots=True)
class Rule:
    """A named rule: `broken(record, context)` is true when it has something to say."""

    code: str
    severity: Severity
    type: type
    field: str
    broken: Callable[[Any, Context], bool]
    sentence: str
    remedy: str
