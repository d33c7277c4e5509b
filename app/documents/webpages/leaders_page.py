"""The page for leaders: one HTML file that any browser shows, and that prints well on A4.

It has no script and asks for nothing from outside. The style sheet keeps to what browsers of ten
years ago understand: tables and blocks in a row, no grid and no variables.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from app.documents.drawing.layout import written_date
from app.documents.drawing.target import Out, write_whole
from app.documents.webpages.page_content import Bars, PageContent, PageTable, Share, Tile
from app.documents.webpages.page_style import STYLE
from app.documents.webpages.svg_bars import DARK, LINE, PALE, svg_of

_STEPS = (0.25, 0.5, 0.75, 0.999)
"""From which share on a tile is one shade darker."""


def leaders_page(content: PageContent, out: Out) -> None:
    """Write the page to `out` in UTF-8. Raises `EnvironmentProblem`."""
    write_whole(out, "\n".join(_lines(content)).encode())


def _lines(content: PageContent) -> Iterator[str]:
    title = escape(content.title)
    yield '<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">'
    yield '<meta http-equiv="X-UA-Compatible" content="IE=edge">'
    yield '<meta http-equiv="Content-Security-Policy"'
    yield """ content="default-src 'none'; style-src 'unsafe-inline'">"""
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield '<meta name="referrer" content="no-referrer">'
    yield f"<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>"
    yield f"<header><h1>{title}</h1>"
    yield f"<p>{escape(content.office)}　数字截至{written_date(content.as_of)}</p>"
    yield f'<p class="note">{escape(content.basis)}</p></header>'
    yield from _figures(content.figures)
    yield from _tiles(content)
    for picture in content.pictures:
        yield from _picture(picture)
    for table in content.tables:
        yield from _table(table)
    if content.note:
        yield f'<p class="note">{escape(content.note)}</p>'
    yield "</main>\n</body>\n</html>\n"


def _figures(figures: tuple[Share, ...]) -> Iterator[str]:
    if figures:
        yield '<section class="figures">'
        yield from map(_figure, figures)
        yield "</section>"


def _figure(one: Share) -> str:
    left = one.due - one.reached
    rest = f"还差 {left:,}" if left else "都到了" if one.due else "没有应走访的"
    return (
        f'<div class="figure"><h3>{escape(one.name)}</h3>'
        f'<p><b>{one.reached:,}</b> / {one.due:,}<span class="percent">{one.percent}</span></p>'
        f'<div class="track"><div style="width:{one.part:.1%}"></div></div>'
        f'<p class="note">{rest}</p></div>'
    )


def _tiles(content: PageContent) -> Iterator[str]:
    if content.tiles:
        yield f'<section><h2>{escape(content.tiles_title)}</h2><div class="tiles">'
        yield from map(_tile, content.tiles)
        yield "</div>"
        yield '<p class="note legend">颜色越深，走访到的越多：'
        yield "".join(
            f'<i class="t{n}"></i>{words}'
            for n, words in enumerate(("不到25%", "25%起", "50%起", "75%起", "都到了"))
        )
        yield "</p></section>"


def _tile(tile: Tile) -> str:
    one = tile.share
    shade = sum(one.part >= step for step in _STEPS) if one.due else "none"
    counted = f"{one.reached:,} / {one.due:,}" if one.due else "没有应走访的"
    return (
        f'<div class="tile t{shade}"><h3>{escape(one.name)}</h3><p class="percent">{one.percent}'
        f"</p><p>{counted}</p><p>{escape(tile.told)}</p></div>"
    )


def _picture(picture: Bars) -> Iterator[str]:
    first, second = picture.words
    colours = (DARK, LINE) if picture.line else (PALE, DARK)
    unit = f"<small>（{escape(picture.unit)}）</small>"
    yield f'<section class="whole"><h2>{escape(picture.title)}{unit}</h2>'
    yield f'<p class="note legend"><i style="background:{colours[0]}"></i>{escape(first)}'
    yield f'<i style="background:{colours[1]}"></i>{escape(second)}</p>'
    yield f'<div class="wide"><div class="picture">{svg_of(picture)}</div></div></section>'


def _table(table: PageTable) -> Iterator[str]:
    yield f'<section><h2>{escape(table.title)}</h2><div class="wide"><table>'
    heads = "".join(f"<th{_as(table, n)}>{_head(one)}</th>" for n, one in enumerate(table.columns))
    yield f"<thead><tr>{heads}</tr></thead><tbody>"
    for place, row in enumerate(table.rows):
        cells = "".join(f"<td{_as(table, n)}>{escape(one)}</td>" for n, one in enumerate(row))
        yield f'<tr class="sum">{cells}</tr>' if place < table.sums else f"<tr>{cells}</tr>"
    yield "</tbody></table></div>"
    if table.note:
        yield f'<p class="note">{escape(table.note)}</p>'
    yield "</section>"


def _head(title: str) -> str:
    return escape(title).replace("\n", "<br>")


def _as(table: PageTable, column: int) -> str:
    return ' class="words"' if column in table.texts else ""
