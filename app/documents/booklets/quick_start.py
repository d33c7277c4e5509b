"""快速上手: two pages of A4 beside the keyboard, made of the help's own steps and pictures.

Black on white, pictures in grey: any printer prints it. Nothing is said here that the help does
not say, and keys stand in a frame as they do there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PIL import Image
from reportlab.lib.utils import ImageReader

from app.documents.booklets.help_excerpts import Excerpt, Run, picture_of, steps_of
from app.documents.drawing.fonts import Role, shipped
from app.documents.drawing.layout import MM, PAGE_HEIGHT, PAGE_WIDTH, Pen, Style
from app.documents.drawing.linebreak import CLOSING, OPENING, groups
from app.documents.drawing.target import Out, write_whole

TITLE = "走访帮扶登记系统　快速上手"
_NOTE = "两页纸，放在手边。小框里是按键；详细的说明在程序里按 F1。"


@dataclass(frozen=True, slots=True)
class Part:
    """A heading, the steps under it, and the page of the help whose picture stands above them."""

    heading: str
    excerpts: tuple[Excerpt, ...]
    picture: str = ""


PARTS = (
    Part("先记住三句话", (Excerpt("start", "要做什么"),)),
    Part("第一次打开", (Excerpt("first-start", items=(1, 2, 4, 5, 6, 7)),)),
    Part("录一张走访", (Excerpt("visits", items=(1, 2, 3, 4, 6, 7, 9)),), "visits"),
    Part("少打字", (Excerpt("typing", group="少打字", items=(1, 2)),)),
    Part("错误、核对和提醒", (Excerpt("typing", group="错误和提醒", items=(1, 2, 3)),)),
    Part("找以前录的", (Excerpt("search", items=(1, 3)),)),
    Part("打印", (Excerpt("print", items=(2, 3, 7)),)),
    Part("报送", (Excerpt("submit"),), "submit"),
    Part("备份", (Excerpt("backup", group="备份"),)),
)

_LEFT, _WIDTH = 17 * MM, 176 * MM
_TOP, _BOTTOM, _FOOT = PAGE_HEIGHT - 15 * MM, 16 * MM, 9 * MM
_INDENT = 16.0
_PITCH, _AIR = 15.2, 7.0
_PICTURE = 90 * MM
_BODY, _STRONG = Style(size=10), Style(Role.TITLE, 10)
_KEY = Style(Role.HEADING, 9)
_HEAD, _NAME = Style(Role.TITLE, 12), Style(Role.TITLE, 18, align=0.5)
_MIDDLE = Style(size=9, align=0.5)
_FRAME = 2.4
"""White beside a key within its frame."""


@dataclass(frozen=True, slots=True)
class _Token:
    """What stays in one line; `glued` to what stands before it."""

    run: Run
    width: float
    glued: bool


def quick_start(out: Out) -> int:
    """Write the sheet to `out` as a PDF and answer its pages; raises `EnvironmentProblem`."""
    fonts = shipped()
    writer = _Writer(Pen(fonts, TITLE))
    texts = [(TITLE, TITLE + _NOTE)]
    for part in PARTS:
        steps = [step for excerpt in part.excerpts for step in steps_of(excerpt)]
        texts += [(part.heading, part.heading + run.text) for step in steps for run in step]
        writer.part(part, steps)
    write_whole(out, writer.finish(), fonts.lacking(texts))
    return writer.page


class _Writer:
    """Puts one part below the other, and goes on overleaf."""

    def __init__(self, pen: Pen) -> None:
        self.pen, self.page = pen, 1
        self._y = _TOP - 18
        pen.text(PAGE_WIDTH / 2, self._y, TITLE, _NAME)
        self._y -= 16
        pen.text(PAGE_WIDTH / 2, self._y, _NOTE, _MIDDLE)
        self._y -= 4

    def part(self, part: Part, steps: Sequence[Sequence[Run]]) -> None:
        """A heading with its steps."""
        picture = _grey(part.picture) if part.picture else None
        high = _PICTURE * picture.height / picture.width + _AIR if picture else 0
        if self._y - (2 * _AIR + 3 * _PITCH + high) < _BOTTOM:
            self._turn()
        self._y -= _AIR + 14
        self.pen.text(_LEFT, self._y, part.heading, _HEAD)
        width = self.pen.measure(_HEAD, part.heading)
        self.pen.rule(_LEFT + width + 8, self._y + 4, _LEFT + _WIDTH, self._y + 4, 0.5)
        self._y -= 4
        if picture is not None:
            self._draw(picture)
        for n, step in enumerate(steps, 1):
            self._step(f"{n}.", step)

    def finish(self) -> bytes:
        """The finished bytes."""
        self._close()
        return self.pen.finish()

    def _step(self, mark: str, step: Sequence[Run]) -> None:
        lines = list(_lines(list(self._tokens(step)), _WIDTH - _INDENT))
        if self._y - _PITCH * len(lines) < _BOTTOM:
            self._turn()
        for place, line in enumerate(lines):
            self._y -= _PITCH
            if place == 0:
                self.pen.text(_LEFT, self._y, mark, _BODY)
            x = _LEFT + _INDENT
            for token in line:
                self._put(x, token)
                x += token.width

    def _put(self, x: float, token: _Token) -> None:
        if not token.run.key:
            self.pen.text(x, self._y, token.run.text, _style(token.run))
            return
        self.pen.canvas.setLineWidth(0.5)
        self.pen.canvas.roundRect(x + 1, self._y - 2.6, token.width - 2, 12, 2)
        self.pen.text(x + 1 + _FRAME, self._y, token.run.text, _KEY)

    def _tokens(self, step: Sequence[Run]) -> Iterator[_Token]:
        before = ""
        for run in step:
            for text in (run.text,) if run.key else groups(run.text):
                glued = text[0] in CLOSING or before[-1:] in OPENING
                beside = 2 * (_FRAME + 1) if run.key else 0
                piece = Run(text, run.strong, run.key)
                yield _Token(piece, self.pen.measure(_style(run), text) + beside, glued)
                before = text

    def _draw(self, picture: Image.Image) -> None:
        high = _PICTURE * picture.height / picture.width
        self._y -= _AIR + high
        x = (PAGE_WIDTH - _PICTURE) / 2
        self.pen.canvas.drawImage(ImageReader(picture), x, self._y, _PICTURE, high)

    def _turn(self) -> None:
        self._close()
        self.pen.next_page()
        self.page += 1
        self._y = _TOP

    def _close(self) -> None:
        self.pen.text(PAGE_WIDTH / 2, _FOOT, f"{TITLE}　第 {self.page} 页", _MIDDLE)


def _style(run: Run) -> Style:
    return _KEY if run.key else _STRONG if run.strong else _BODY


def _lines(tokens: Sequence[_Token], width: float) -> Iterator[list[_Token]]:
    """The tokens by line; what is glued goes on overleaf with what it is glued to."""
    line: list[_Token] = []
    for bunch in _bunches(tokens):
        if line and sum(one.width for one in (*line, *bunch)) > width:
            yield line
            line = []
        line += bunch
    yield line


def _bunches(tokens: Sequence[_Token]) -> Iterator[list[_Token]]:
    bunch: list[_Token] = []
    for token in tokens:
        if bunch and not token.glued:
            yield bunch
            bunch = []
        bunch.append(token)
    if bunch:
        yield bunch


def _grey(page: str) -> Image.Image:
    with Image.open(picture_of(page)) as found:
        return found.convert("RGB").convert("L")
