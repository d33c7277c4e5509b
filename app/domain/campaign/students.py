"""受助学生: which children aid for schooling reached; children, not households (R60, R61)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from app.domain.codes import CHILDREN
from app.domain.kernel.text import lookup_key
from app.domain.records import FamilyMember

_STUDENT = "student"


class Students:
    """The children of the households that are filed.

    A child has a key: its ID number where the file has one, so that a child in the files of both
    parents is one; else its household and its name.
    """

    def __init__(self, families: Iterable[tuple[str, Sequence[FamilyMember]]]) -> None:
        """`families` are those of each file, with what stands for its household."""
        self._of: dict[str, dict[str, FamilyMember]] = {}
        for household, family in families:
            known = self._of.setdefault(household, {})
            for one in family:
                name = lookup_key(one.name)
                if one.relation in CHILDREN and not (name in known and known[name].resident_id):
                    known[name] = one

    def of(self, named: Iterable[str], household: str) -> frozenset[str]:
        """The keys of those an aid names, else of those at school, else of one unknown child."""
        children = self._of.get(household, {})
        at_school = [name for name, one in children.items() if one.status == _STUDENT]
        names = [lookup_key(name) for name in named] or at_school or [""]
        return frozenset(_key(children, name, household) for name in names)


def _key(children: Mapping[str, FamilyMember], name: str, household: str) -> str:
    child = children.get(name)
    return child.resident_id if child and child.resident_id else f"{household} {name}"
