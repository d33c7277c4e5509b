"""The records of one type, compared among themselves and kept up as they change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Generic, TypeVar

from app.domain.doubles.blocks import Blocks, every_pair
from app.domain.doubles.evidence import Verdict
from app.domain.merging.link_decisions import Pair

FaceT = TypeVar("FaceT")
_PairsIn = Callable[[Mapping[str, FaceT], Sequence[str]], Iterable[Pair]]
_Judge = Callable[[FaceT, FaceT], tuple[Verdict | None, Verdict | None]]

_NOTHING = (None, None)


class Compared(Generic[FaceT]):
    """The records of one type, and what comparing them found.

    `faces` holds what is compared of each record, by id; `found` the verdicts by pair and
    `beside` a second one (of persons: one household). `pairs_in` picks the pairs of a block,
    all of them when it is not given.
    """

    def __init__(self, pairs_in: _PairsIn[FaceT] | None = None) -> None:
        self.faces: dict[str, FaceT] = {}
        self.found: dict[Pair, Verdict] = {}
        self.beside: dict[Pair, Verdict] = {}
        self.blocks = Blocks(partial(pairs_in, self.faces) if pairs_in else every_pair)
        self._pairs_of: dict[str, set[Pair]] = defaultdict(set)

    def change(
        self,
        changes: Mapping[str, FaceT | None],
        keys: Callable[[FaceT], tuple[str, ...]],
        judge: _Judge[FaceT],
    ) -> None:
        """Take new faces in (None: gone) and judge again what that touches."""
        if not changes:
            return
        fresh = not self.faces
        for record, face in changes.items():
            self._forget(record)
            if face is None:
                self.faces.pop(record, None)
            else:
                self.faces[record] = face
        again = self.blocks.change(
            {one: None if face is None else keys(face) for one, face in changes.items()}
        )
        if fresh:
            for both in again:
                one, other = both
                told = judge(self.faces[one], self.faces[other])
                if told != _NOTHING:
                    self._keep(both, *told)
            return
        for both in again:
            self._judge(both, judge, meet=self.blocks.meet(both))

    def _forget(self, record: str) -> None:
        for both in tuple(self._pairs_of.pop(record, ())):
            self._keep(both, None, None)

    def _judge(self, both: Pair, judge: _Judge[FaceT], *, meet: bool) -> None:
        one, other = (self.faces.get(record) for record in both)
        if meet and one is not None and other is not None:
            self._keep(both, *judge(one, other))
        else:
            self._keep(both, None, None)

    def _keep(self, both: Pair, verdict: Verdict | None, second: Verdict | None) -> None:
        for found, told in ((self.found, verdict), (self.beside, second)):
            if told is None:
                found.pop(both, None)
            else:
                found[both] = told
        for record in both:
            if verdict or second:
                self._pairs_of[record].add(both)
            elif record in self._pairs_of:
                self._pairs_of[record].discard(both)
