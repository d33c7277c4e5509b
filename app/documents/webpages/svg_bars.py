"""A picture of bars as SVG that stands inside a page."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from app.documents.webpages.page_content import Bars

_WIDTH, _HEIGHT = 720, 250
_LEFT, _RIGHT, _TOP, _FOOT = 8, 8, 26, 30
_BAR = 0.56
_WIDEST = 56
_MOST_LABELS = 13
"""More labels than these would run into each other: every second, third … is written."""

DARK, PALE, LINE, TEXT = "#4B6680", "#A9B8C5", "#B4232A", "#1E2428"


def svg_of(picture: Bars) -> str:
    """The picture; who cannot see it is told what it shows."""
    return "".join(_parts(picture))


def _parts(picture: Bars) -> Iterator[str]:
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" '
        f'aria-label="{escape(told(picture))}"><title>{escape(told(picture))}</title>'
    )
    base = _HEIGHT - _FOOT
    yield _line_of(_LEFT, base, _WIDTH - _RIGHT, base, "#B6BFC6")
    for place in range(len(picture.labels)):
        yield from _bar(picture, place)
    if picture.line:
        yield from _plan(picture)
    yield "</svg>"


def told(picture: Bars) -> str:
    """The picture as a sentence."""
    pairs = zip(picture.labels, picture.bars, strict=True)
    said = "，".join(f"{label} {bar:,}" for label, bar in pairs if bar)
    return f"{picture.title}（{picture.unit}）：{said or '还没有'}"


def _bar(picture: Bars, place: int) -> Iterator[str]:
    middle, base, bar = _middle(picture, place), _HEIGHT - _FOOT, picture.bars[place]
    every = -(-len(picture.labels) // _MOST_LABELS)
    if place % every == 0:
        yield _text(middle, base + 19, picture.labels[place], "#56616A")
    if not bar:
        return
    height, pale = _high(picture, bar), bool(picture.part)
    yield _box(picture, middle, height, PALE if pale else DARK)
    if pale and picture.part[place]:
        yield _box(picture, middle, _high(picture, picture.part[place]), DARK)
    yield _text(middle, base - height - 5, f"{bar:,}", TEXT)


def _box(picture: Bars, middle: float, height: float, colour: str) -> str:
    width = min(_step(picture) * _BAR, _WIDEST)
    x, y = middle - width / 2, _HEIGHT - _FOOT - height
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" fill="{colour}"/>'
    )


def _plan(picture: Bars) -> Iterator[str]:
    points = [
        (_middle(picture, place), _HEIGHT - _FOOT - _high(picture, value))
        for place, value in enumerate(picture.line)
    ]
    joined = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    yield f'<polyline points="{joined}" fill="none" stroke="{LINE}" stroke-width="1.5"/>'
    for x, y in points:
        yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.5" fill="{LINE}"/>'


def _step(picture: Bars) -> float:
    return (_WIDTH - _LEFT - _RIGHT) / max(len(picture.labels), 1)


def _middle(picture: Bars, place: int) -> float:
    return _LEFT + _step(picture) * (place + 0.5)


def _high(picture: Bars, value: int) -> float:
    return (_HEIGHT - _TOP - _FOOT) * value / max(picture.highest, 1)


def _line_of(x1: float, y1: float, x2: float, y2: float, colour: str) -> str:
    return f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke="{colour}"/>'


def _text(x: float, y: float, words: str, colour: str) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="middle" font-size="13" '
        'paint-order="stroke" stroke="#fff" stroke-width="3" stroke-linejoin="round" '
        f'fill="{colour}">{escape(words)}</text>'
    )
