"""What was tried and what came of it: the table, and the faults that were found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

Came = Literal["tried", "refused", "survived", "lost"]
COLUMNS: tuple[Came, ...] = ("tried", "refused", "survived", "lost")


@dataclass
class Tally:
    """Counts by line of the table; `losses` say which try, by its number, lost what."""

    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    losses: list[str] = field(default_factory=list)
    facts: dict[str, float] = field(default_factory=dict)
    codes: Counter[str] = field(default_factory=Counter)
    """With which code a refusal was told."""
    fallen: list[str] = field(default_factory=list)
    """Tries that say nothing: the harness itself fell."""

    def add(self, line: str, came: Came, many: int = 1) -> None:
        """Count a try, and what came of it."""
        self.counts[line, "tried"] += many
        self.counts[line, came] += many

    def lose(self, line: str, number: object, what: str) -> None:
        """Count a try in which something was lost, or that ended as it must not."""
        self.add(line, "lost")
        self.losses.append(f"{line} no. {number}: {what}")

    def fall(self, kind: str, number: int | None, seed: int, why: str) -> None:
        """Count a fault of the harness."""
        self.fallen.append(f"{kind} no. {number}, seed {seed}: {why}")

    def most(self, fact: str, value: float) -> None:
        """Keep the greatest of a measured value."""
        self.facts[fact] = max(value, self.facts.get(fact, 0.0))

    def join(self, other: Tally) -> None:
        """Add what another worker found."""
        self.counts.update(other.counts)
        self.losses += other.losses
        self.fallen += other.fallen
        self.codes.update(other.codes)
        for name, value in other.facts.items():
            self.most(name, value)

    def as_json(self) -> dict[str, Any]:
        """To hand over to another process."""
        counts = [[*key, count] for key, count in self.counts.items()]
        return {
            "counts": counts,
            "losses": self.losses,
            "fallen": self.fallen,
            "facts": self.facts,
            "codes": dict(self.codes),
        }

    @classmethod
    def of_json(cls, told: dict[str, Any]) -> Tally:
        """What another process handed over."""
        counts = Counter({(line, came): many for line, came, many in told["counts"]})
        codes = Counter(told["codes"])
        return cls(counts, told["losses"], told["facts"], codes, told["fallen"])

    @classmethod
    def sum(cls, parts: Iterable[Tally]) -> Tally:
        """All of these together."""
        whole = cls()
        for one in parts:
            whole.join(one)
        return whole

    @property
    def lost(self) -> int:
        """How many tries lost something."""
        return sum(many for (_, came), many in self.counts.items() if came == "lost")

    def rows(self) -> Iterator[Sequence[str]]:
        """The lines of the table, with a sum for each kind of fault."""
        lines = sorted({line for line, _ in self.counts})
        for kind in dict.fromkeys(line.partition(":")[0] for line in lines):
            own = [line for line in lines if line.partition(":")[0] == kind]
            if len(own) > 1:
                yield [
                    f"**{kind}**",
                    *(str(sum(self.counts[one, came] for one in own)) for came in COLUMNS),
                ]
            yield from ([line, *(str(self.counts[line, came]) for came in COLUMNS)] for line in own)

    def as_table(self, seed: int, seconds: float) -> str:
        """Markdown, with the seed that repeats it."""
        head = ["# Campaign of faults", "", f"Seed {seed}, {seconds:.0f} s.", ""]
        head += [f"| fault | {' | '.join(COLUMNS)} |", "|---|" + "--:|" * len(COLUMNS)]
        body = [f"| {' | '.join(row)} |" for row in self.rows()]
        facts = [f"- {name}: {value:.3g}" for name, value in sorted(self.facts.items())]
        facts += [f"- {code}: {many}" for code, many in sorted(self.codes.items())]
        losses = [*_part("Lost", self.losses), *_part("Fault of the harness", self.fallen)]
        return "\n".join([*head, *body, "", *facts, *losses, ""])


def _part(title: str, found: Sequence[str]) -> list[str]:
    """A chapter, where there is something to say."""
    return ["", f"## {title}", "", *(f"- {line}" for line in found)] if found else []
