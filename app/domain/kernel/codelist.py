"""A code list: what is stored, what is shown, and what people write instead."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from app.domain.kernel.text import lookup_key


@dataclass(frozen=True, slots=True)
class Code:
    """One entry: `value` is stored and travels (ASCII, never changes), `label` is shown.

    `aliases` are other spellings accepted on entry and import.
    """

    value: str
    label: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class CodeList:
    """The codes a field may hold, in the order they are offered.

    `name` is stable ASCII, `label` is Chinese. Looking up forgives spaces,
    full-width characters, case and punctuation; where two spellings collide,
    a value goes before a label and a label before an alias.
    """

    name: str
    label: str
    codes: tuple[Code, ...]
    _by_value: Mapping[str, Code] = field(init=False, repr=False, compare=False)
    _by_key: Mapping[str, Code] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Build both indexes once; a doubled value is a mistake in the list."""
        by_value = {code.value: code for code in self.codes}
        if len(by_value) != len(self.codes):
            raise ValueError(f"code list {self.name}: a value occurs twice")
        object.__setattr__(self, "_by_value", by_value)
        object.__setattr__(self, "_by_key", _index(self.codes))

    @classmethod
    def of(cls, name: str, label: str, lines: str) -> CodeList:
        """Make a list from lines of `value label alias alias …`, parted by spaces."""
        return cls(name, label, tuple(_code(line) for line in lines.strip().splitlines()))

    def label_of(self, value: str) -> str:
        """Return the label of a stored value; an unknown value (a newer list's) is its own."""
        code = self._by_value.get(value)
        return value if code is None else code.label

    def find(self, text: str) -> Code | None:
        """Return the code a person meant by value, label or alias; None when unknown."""
        return self._by_value.get(text) or self._by_key.get(lookup_key(text))

    def __contains__(self, value: object) -> bool:
        """Tell whether `value` is a stored value of this list."""
        return value in self._by_value

    def __iter__(self) -> Iterator[Code]:
        """Go through the codes in the order they are offered."""
        return iter(self.codes)

    def __len__(self) -> int:
        """Return the number of codes."""
        return len(self.codes)

    def __hash__(self) -> int:
        """Hash by name: lists are few and their names differ."""
        return hash(self.name)


def _code(line: str) -> Code:
    value, label, *aliases = line.split()
    return Code(value, label, tuple(aliases))


def _index(codes: tuple[Code, ...]) -> dict[str, Code]:
    spellings = [(alias, code) for code in codes for alias in code.aliases]
    spellings += [(code.label, code) for code in codes]
    spellings += [(code.value, code) for code in codes]
    return {lookup_key(spelling): code for spelling, code in spellings}
