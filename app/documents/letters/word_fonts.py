"""The fonts of a letter as .docx: named, not embedded."""

from __future__ import annotations

from typing import Any

from docx.oxml.ns import qn
from docx.shared import Pt

FANGSONG, HEITI, KAITI, TITLE = "仿宋_GB2312", "黑体", "楷体_GB2312", "方正小标宋简体"
_LATIN = "Times New Roman"


def set_font(part: Any, name: str, size: float, *, bold: bool = False) -> None:
    """Give a style or a run its font, for Chinese and for Latin characters, in black."""
    part.font.name, part.font.size, part.font.bold = _LATIN, Pt(size), bold
    part.font.italic = False
    properties = part._element.get_or_add_rPr()
    fonts = properties.find(qn("w:rFonts"))
    for key in list(fonts.keys()):
        if key.endswith("Theme"):
            del fonts.attrib[key]
    fonts.set(qn("w:eastAsia"), name)
    for colour in properties.findall(qn("w:color")):
        properties.remove(colour)
