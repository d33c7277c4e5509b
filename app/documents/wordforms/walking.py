"""Go through a paper from the first line to the last and tell what is said, in order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.documents.wordforms.bounds import Budget
from app.documents.wordforms.grids import GridReading, Look
from app.documents.wordforms.labels import Item
from app.documents.wordforms.paper import Block, Break, Grid, Line
from app.documents.wordforms.saying import Event, Reading, Said, Sign

_LEFT_AT_MOST = 2_000


def walk(blocks: Sequence[Block], budget: Budget) -> Iterator[Event]:
    """What these blocks say: labels with their words, titles, ends of pages, lists."""
    reading = Reading(budget)
    for block in blocks:
        budget.spend()
        if isinstance(block, Line):
            yield from reading.lines([block])
        elif block is Break.PAGE:
            reading.end()
            yield Sign.PAGE
        elif isinstance(block, Grid):
            reading.end()
            yield from _of_grid(block, budget)


def _of_grid(grid: Grid, budget: Budget) -> Iterator[Event]:
    events = list(GridReading(grid, budget).events())
    labels = any(isinstance(event, Said) and event.label for event in events)
    for event in events:
        if isinstance(event, Look):
            yield from _inside(event, budget, sure=labels)
        else:
            yield event


def _inside(look: Look, budget: Budget, *, sure: bool) -> Iterator[Event]:
    """What a cell says by itself; where nothing, it is told that it belongs to no label."""
    found = list(walk(look.cell.content, budget))
    if any(isinstance(event, Said) or event is not Sign.PAGE for event in found):
        yield from found
    else:
        yield Said(Item.OTHER, [Line(look.text[:_LEFT_AT_MOST])], sure=sure, left=True)
