"""Attacks beyond those that the tests of the program make: other spellings of the same dangers."""

from __future__ import annotations

from collections.abc import Mapping

from tests.format import close_calls, insider_attacks, zip_attacks
from tests.format.example import Example

MORE: Mapping[str, Example] = {
    **zip_attacks.ATTACKS,
    **insider_attacks.ATTACKS,
    **close_calls.ATTACKS,
}
