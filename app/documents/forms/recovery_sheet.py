"""恢复码: the sheet that is locked away, and opens the data when a passphrase is lost."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.documents.drawing.fonts import Role
from app.documents.drawing.layout import AREA_WIDTH, MM, SIZE_2, Box, Style, written_date
from app.documents.drawing.slip import (
    GAP,
    HEADING,
    HINT,
    Block,
    Flow,
    Pairs,
    Seals,
    Texts,
    print_slip,
)
from app.documents.drawing.target import Out

CODE = Style(Role.HEADING, SIZE_2, 30, align=0.5)
NOTES = (
    "忘记口令时，用它打开数据并设置新口令：打开程序，按 F4，照下面的字符输入。",
    "请装入信封封好，由负责人锁起来。不要和电脑放在一起，不要拍照，不要发送。",
    "换过恢复码以后，以前打印的恢复码不能再用，请销毁。",
)


@dataclass(frozen=True, slots=True)
class RecoverySheet:
    """Whose recovery code it is, of which day, and the code in groups of four."""

    office: str
    computer: str
    operator: str
    made_on: date
    code: str


@dataclass(frozen=True, slots=True)
class BigCode:
    """A code in a frame under its name, large enough to be read without doubt."""

    name: str
    lines: tuple[str, ...]

    def texts(self) -> Texts:
        yield self.name, self.name + "".join(self.lines)

    def draw(self, flow: Flow) -> None:
        flow.take(GAP)
        height = len(self.lines) * CODE.pitch + 6 * MM
        box = flow.take(height + 8 * MM)
        flow.pen.frame(box)
        flow.pen.text(box.x + 4 * MM, box.top - 7 * MM, self.name, HEADING)
        flow.pen.centred(Box(box.x, box.top - 8 * MM, box.width, height), self.lines, CODE)


@dataclass(frozen=True, slots=True)
class Notes:
    """Sentences one below the other."""

    lines: tuple[str, ...]

    def texts(self) -> Texts:
        yield "说明", "".join(self.lines)

    def draw(self, flow: Flow) -> None:
        flow.take(GAP)
        for text in self.lines:
            lines = flow.pen.lines(text, AREA_WIDTH, HINT)
            box = flow.take(len(lines) * HINT.pitch + 1 * MM)
            flow.pen.paragraph(Box(box.x, box.top, box.width, 0), lines, HINT)


def recovery_sheet(it: RecoverySheet, out: Out) -> int:
    """Write the sheet to `out` and answer its pages; raises `EnvironmentProblem`."""
    half = len(it.code) // 2
    blocks: list[Block] = [
        Pairs(
            (
                (("单位", it.office),),
                (("电脑", it.computer), ("日期", written_date(it.made_on))),
                (("经办人", it.operator),),
            )
        ),
        BigCode("恢复码", (it.code[:half], it.code[half + 1 :])),
        Notes(NOTES),
        Seals((("封存", ("封存人（签名）：",)), ("保管", ("保管人（签名）：", "存放地点：")))),
    ]
    return print_slip(out, "恢复码", blocks, foot=f"{it.office}　{written_date(it.made_on)}")
