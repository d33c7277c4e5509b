"""The look: design tokens, and the style sheet, palette and fonts made from them.

No colour or size is written anywhere else; a widget that paints itself takes
them from `LIGHT`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from pathlib import Path

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
FAMILY = "Noto Sans SC"
_FIXED = ("Consolas", "Noto Sans Mono", "DejaVu Sans Mono", "Liberation Mono", "Courier New")


@dataclass(frozen=True, slots=True)
class Chip:
    """Text on ground; the border is the text colour at 18 %."""

    text: str
    ground: str


@dataclass(frozen=True, slots=True)
class Tokens:
    """Colours as `#RRGGBB`; sizes in logical pixels."""

    bg: str = "#F2F4F5"
    card: str = "#FFFFFF"
    sub: str = "#F7F8F9"
    nav: str = "#FAFBFB"
    line: str = "#E2E6E9"
    row_line: str = "#ECEFF1"
    control: str = "#B6BFC6"
    input: str = "#88939C"
    locked: str = "#C5CDD3"
    text: str = "#1E2428"
    text2: str = "#56616A"
    text3: str = "#69747D"
    disabled: str = "#98A1A8"
    accent: str = "#B4232A"
    accent_hover: str = "#9C1D24"
    focus: str = "#2463A6"
    sel: str = "#E3EDF7"
    hover: str = "#E9EDF0"
    slate: str = "#4B6680"
    slate2: str = "#A9B8C5"
    warn_line: str = "#C9A227"
    warn_ground: str = "#FFFBEC"
    error_line: str = "#CF6A33"
    error_ground: str = "#FFF6F0"
    differ: str = "#FFF9E5"

    small: int = 12
    normal: int = 14
    title: int = 18
    figure: int = 24
    countdown: int = 40
    margin: int = 16
    gap: int = 12
    field: int = 32
    row: int = 32
    table_row: int = 28
    icon_row: int = 40
    two_line_row: int = 56
    navigation: int = 176
    navigation_narrow: int = 56
    navigation_item: int = 34
    narrow_below: int = 1200
    header: int = 56
    header_narrow: int = 48
    hint_bar: int = 32
    button_bar: int = 48


LIGHT = Tokens()

CHIPS = {
    "ok": Chip("#2B6248", "#E6F1EB"),
    "neutral": Chip("#4A545C", "#ECEFF1"),
    "info": Chip("#28557F", "#E6EEF6"),
    "warning": Chip("#735400", "#FBF2D3"),
    "error": Chip("#963C0B", "#FCEADF"),
    "parked": Chip("#574679", "#EFEBF5"),
}
"""States by kind: 提醒 is `warning`, 错误 is `error`, 搁置 is `parked`."""


def dress(application: QApplication, tokens: Tokens = LIGHT) -> None:
    """Give the application its fonts, colours and style sheet."""
    load_fonts()
    application.setStyle("Fusion")
    application.setFont(text_font(tokens.normal))
    application.setPalette(palette(tokens))
    application.setStyleSheet(style_sheet(tokens))


def load_fonts() -> None:
    """Make the shipped text and icon fonts known; the same ones on every computer."""
    for name in ("fonts/NotoSansSC-Regular.ttf", "icons/phosphor.ttf"):
        QFontDatabase.addApplicationFont(str(RESOURCES / name))


def text_font(size: int, *, bold: bool = False) -> QFont:
    """The text font; `size` in pixels."""
    font = QFont(FAMILY)
    font.setPixelSize(size)
    font.setBold(bold)
    return font


def code_style(size: int) -> str:
    """The style of a code that is read out loud: every character as wide as any other."""
    families = ", ".join(f'"{name}"' for name in (*_FIXED, FAMILY))
    return f"font-family: {families}; font-size: {size}px;"


def colour(value: str, opacity: float = 1.0) -> QColor:
    """A token as a colour to paint with."""
    made = QColor(value)
    made.setAlphaF(opacity)
    return made


def style_sheet(tokens: Tokens = LIGHT) -> str:
    """resources/theme/zoufang.qss with every `@name@` replaced; KeyError for a name unknown."""
    values = {field.name: getattr(tokens, field.name) for field in fields(tokens)}
    values["icons"] = (RESOURCES / "theme").as_posix()
    for kind, chip in CHIPS.items():
        values |= {f"{kind}_text": chip.text, f"{kind}_chip": chip.ground}
    text = (RESOURCES / "theme" / "zoufang.qss").read_text("utf-8")
    return re.sub(r"@(\w+)@", lambda found: str(values[found[1]]), text)


def palette(tokens: Tokens = LIGHT) -> QPalette:
    """The colours for whatever the style sheet leaves alone."""
    made = QPalette()
    roles = {
        QPalette.ColorRole.Window: tokens.bg,
        QPalette.ColorRole.WindowText: tokens.text,
        QPalette.ColorRole.Base: tokens.card,
        QPalette.ColorRole.AlternateBase: tokens.sub,
        QPalette.ColorRole.Text: tokens.text,
        QPalette.ColorRole.PlaceholderText: tokens.text3,
        QPalette.ColorRole.Button: tokens.card,
        QPalette.ColorRole.ButtonText: tokens.text,
        QPalette.ColorRole.Highlight: tokens.sel,
        QPalette.ColorRole.HighlightedText: tokens.text,
        QPalette.ColorRole.ToolTipBase: tokens.card,
        QPalette.ColorRole.ToolTipText: tokens.text,
        QPalette.ColorRole.Link: tokens.focus,
        QPalette.ColorRole.Mid: tokens.control,
    }
    for role, value in roles.items():
        made.setColor(role, QColor(value))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(tokens.disabled))
    return made
