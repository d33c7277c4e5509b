"""提示: whether another office has a person or a unit already, told without whom or where.

The city gives each county keyed fingerprints of what other offices hold: of ID numbers, and of
names and codes of 企（事）业单位. A county that keys one of them is told that others know it.

What this protects against, and what it does not. An ID number has few digits: with the key every
number of a county can be tried within minutes, so no hash alone hides one. Therefore

- the key is one county's own. It travels only inside the package that is sealed to that county
  and lies only in the two stores. Who has the package, the stick or another county's list can
  try nothing, and the lists of two counties cannot be compared.
- a fingerprint has `BITS` bits and no more. Some twenty ID numbers that may belong to people of
  one city share each, and some thousands of the whole country. Whoever has the key and tries
  every number finds about twenty wrong ones for each right one, and so no list of persons.
- the key of a county is never changed. A second key would show the same numbers from another
  side, and what fits both lists would be nearly certain. For the same reason a longer
  fingerprint must never be sent beside a shorter one.

It does not hide from a county whether a number that it has in hand already is known elsewhere:
to tell that is its purpose. Nor does it hide how many there are, or which came since the last
answer. In return a hint may be by chance, once in about 450 numbers where others hold 37,000:
it is asked about, and never refuses anything.
"""

from __future__ import annotations

import binascii
import hmac
from base64 import b64decode, b64encode
from collections.abc import Collection, Iterable, Iterator

from app.domain.doubles.persons import resident_number
from app.domain.naming.unit_names import UnitNames

BITS = 24
"""Of a fingerprint; see above before it is changed."""
KEY_BYTES = 16
_BYTES = BITS // 8
FULL_LIST = 4096
"""Fingerprints in one list; what comes later goes into the next."""
_names = UnitNames()
"""Without places, so that city and county read a name alike whatever areas they know."""


def person_values(number: str) -> Iterator[str]:
    """What is fingerprinted of an ID number: its 18 digits; nothing of what cannot be one."""
    if plain := resident_number(number):
        yield f"id:{plain}"


def unit_values(names: Iterable[str], uscc: str = "") -> Iterator[str]:
    """What is fingerprinted of a unit: its code, and its names but for their form (有限公司).

    Names that say only what a unit does (中心卫生院) are in every county and tell nothing.
    """
    if uscc:
        yield f"uscc:{uscc}"
    for name in _names.read_all(names):
        if not name.generic:
            yield f"name:{name.core}{'|branch' if name.branch else ''}"


def fingerprint(key: str, value: str) -> bytes:
    """The fingerprint of a value under a county's key; raises `ValueError` for no key."""
    return hmac.digest(b64decode(key, validate=True), value.encode(), "sha256")[:_BYTES]


def packed(prints: Collection[bytes]) -> str:
    """Fingerprints as they are kept in a record: in order, four signs each."""
    return b64encode(b"".join(sorted(prints))).decode()


def unpacked(text: str) -> frozenset[bytes]:
    """The same again; what is not so written, as a program of another kind may send, is none."""
    try:
        whole = b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return frozenset()
    return frozenset(whole[at : at + _BYTES] for at in range(0, len(whole) - _BYTES + 1, _BYTES))


def told_anew(
    lists: Iterable[frozenset[bytes]], wanted: Collection[bytes]
) -> list[frozenset[bytes]]:
    """The lists as they should be: each without what holds no more, the last ones with the rest.

    What stays said stays in its list, so that an answer carries only lists that changed.
    """
    left = set(wanted)
    kept: list[set[bytes]] = []
    for one in lists:
        held = left & one
        kept.append(held)
        left -= held
    for new in sorted(left):
        if not kept or len(kept[-1]) >= FULL_LIST:
            kept.append(set())
        kept[-1].add(new)
    return [frozenset(one) for one in kept]
