"""The merge of the package format §4, word by word and with no thought of speed."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from app.domain.merging.merge import Node

Read = Callable[[Mapping[str, Any]], Any]


class Oracle:
    """Answers for one set of revisions, each question from scratch."""

    def __init__(self, nodes: Sequence[Node]) -> None:
        self.nodes = {node.h: node for node in nodes}
        self.heads = sorted(h for h in self.nodes if not any(h in node.parents for node in nodes))

    def ancestors(self, h: str) -> set[str]:
        above: set[str] = set()
        for parent in self.nodes[h].parents:
            above |= {parent} | self.ancestors(parent)
        return above

    def setters(self, h: str, read: Read) -> set[str]:
        """The revisions that last set it: root; differs from a parent; parents disagreed."""
        node = self.nodes[h]
        now = text(read(node.body))
        before = [text(read(self.nodes[parent].body)) for parent in node.parents]
        if not before or any(then != now for then in before):
            return {h}
        return {s for parent in node.parents for s in self.setters(parent, read)}

    def sides(self, read: Read) -> list[tuple[str, Any]]:
        """(h, value) of every setter that is no ancestor of another one."""
        found = {s for head in self.heads for s in self.setters(head, read)}
        left = [s for s in found if not any(s in self.ancestors(other) for other in found)]
        return sorted((s, read(self.nodes[s].body)) for s in sorted(left))

    def value(self, read: Read) -> tuple[Any, bool]:
        """(shown value, in conflict)."""
        sides = self.sides(read)
        return sides[0][1], len({text(value) for _, value in sides}) > 1


def text(value: Any) -> str:
    return json.dumps(value, sort_keys=True)


def field(name: str) -> Read:
    return lambda body: body.get(name)


def has_code(name: str, code: str) -> Read:
    return lambda body: code in (body.get(name) or [])


def row(name: str, row_id: str) -> Read:
    def read(body: Mapping[str, Any]) -> Any:
        found = [row for row in body.get(name) or [] if row["id"] == row_id]
        return found[0] if found else None

    return read


def member(name: str, row_id: str, key: str) -> Read:
    return lambda body: (row(name, row_id)(body) or {}).get(key)


def held(name: str, key: str) -> Read:
    return lambda body: (body.get(name) or {}).get(key)
