"""What a call refuses: its code and what it names."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from app.exchange.refusal import Refused


def refusal(call: Callable[[], object]) -> tuple[str, str]:
    """The code and detail of the refusal that must come."""
    with pytest.raises(Refused) as refused:
        call()
    return refused.value.code, refused.value.detail


def refusal_if_any(call: Callable[[], object]) -> tuple[str, str] | None:
    """The code and detail of the refusal, if there is one."""
    try:
        call()
    except Refused as refused:
        return refused.code, refused.detail
    return None
