"""The parts of a .docx or .odt, taken out and read within bounds; no entities, nothing outside."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from xml.parsers import expat

from app.documents.wordforms.bounds import (
    DEEPEST,
    LARGEST_PART,
    MEMBERS,
    NODES,
    Budget,
    damaged,
    encrypted,
    not_word,
    too_big,
)

_PIECE = 1 << 20
_DIGITS = 9
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    OSError,
    ValueError,
    NotImplementedError,
    EOFError,
    struct.error,
    RuntimeError,
)


class Node:
    """An element: its name without a prefix, its attributes likewise, and what is inside."""

    __slots__ = ("attributes", "inside", "name")

    def __init__(self, name: str, attributes: dict[str, str]) -> None:
        self.name = name
        self.attributes = attributes
        self.inside: list[Node | str] = []

    @property
    def nodes(self) -> Iterator[Node]:
        """The elements inside."""
        return (one for one in self.inside if isinstance(one, Node))

    def first(self, name: str) -> Node | None:
        """The first element of this name directly inside."""
        return next((one for one in self.nodes if one.name == name), None)

    def get(self, name: str, default: str = "") -> str:
        """An attribute."""
        return self.attributes.get(name, default)

    def all(self, name: str) -> Iterator[Node]:
        """Every element of this name at any depth, in order."""
        waiting: list[Node] = [self]
        while waiting:
            node = waiting.pop()
            if node.name == name:
                yield node
            waiting += reversed(list(node.nodes))


class Archive:
    """The members of a ZIP by name; raises `UserError` DAMAGED, ENCRYPTED, TOO_BIG, NOT_WORD."""

    def __init__(self, data: bytes, budget: Budget) -> None:
        self._budget = budget
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _BROKEN as error:
            raise damaged() from error
        members = self._zip.infolist()
        if len(members) > MEMBERS:
            raise too_big()
        self._members = {one.filename.replace("\\", "/").lstrip("/"): one for one in members}

    @property
    def names(self) -> list[str]:
        """The names of all members, in their order."""
        return list(self._members)

    def __contains__(self, name: str) -> bool:
        return name in self._members

    def read(self, name: str) -> bytes:
        """The bytes of a member."""
        member = self._members[name]
        if member.flag_bits & 1:
            raise encrypted()
        out = bytearray()
        try:
            with self._zip.open(member) as source:
                while piece := source.read(_PIECE):
                    out += piece
                    self._budget.spend(len(piece) // 256 + 1)
                    if len(out) > LARGEST_PART:
                        raise too_big()
        except _BROKEN as error:
            raise damaged() from error
        return bytes(out)

    def tree(self, name: str) -> Node:
        """A member as a tree."""
        return tree_of(self.read(name), self._budget)


def tree_of(data: bytes, budget: Budget) -> Node:
    """The tree of XML bytes; raises `UserError` DAMAGED for a DOCTYPE or what is no XML."""
    building = _Building(budget)
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartElementHandler = building.start
    parser.EndElementHandler = building.end
    parser.CharacterDataHandler = building.text
    parser.StartDoctypeDeclHandler = _refuse_doctype
    try:
        for at in range(0, len(data), _PIECE):
            parser.Parse(data[at : at + _PIECE], False)
        parser.Parse(b"", True)
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise damaged() from error
    if building.root is None:
        raise not_word()
    return building.root


class _Building:
    def __init__(self, budget: Budget) -> None:
        self.root: Node | None = None
        self._budget = budget
        self._open: list[Node] = []
        self._count = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._count += 1
        self._budget.spend()
        if self._count > NODES or len(self._open) >= DEEPEST:
            raise too_big()
        node = Node(_local(name), {_local(key): value for key, value in attributes.items()})
        if self._open:
            self._open[-1].inside.append(node)
        elif self.root is None:
            self.root = node
        self._open.append(node)

    def end(self, name: str) -> None:
        self._open.pop()

    def text(self, text: str) -> None:
        if self._open:
            self._open[-1].inside.append(text)


def figure_of(text: str) -> int:
    """The number an attribute tells, 0 where it tells none; of a longer one what bounds need."""
    return int(text[:_DIGITS]) if text.isascii() and text.isdecimal() else 0


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def _refuse_doctype(*_: object) -> None:
    raise damaged()
