"""Cut resources/icons/phosphor.ttf and its names from the icon fonts of qtawesome.

Needs fonttools and qtawesome (development dependencies) and no network:

    python packaging/cut_icons.py resources/icons

Only the regular weight of Phosphor (MIT) is kept. The window reads the cut font itself: importing
qtawesome would load a second layer over Qt and half a second of modules before the first window.
The same input gives the same bytes.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

OTHER_WEIGHTS = ("-bold", "-fill", "-light", "-thin")


def fonts_of_qtawesome() -> Path:
    """The folder of the installed fonts, found without importing the package."""
    spec = importlib.util.find_spec("qtawesome")
    if spec is None or spec.origin is None:
        raise SystemExit("qtawesome is not installed")
    return Path(spec.origin).parent / "fonts"


def only(folder: Path, pattern: str) -> Path:
    """The one file that fits the pattern."""
    (found,) = folder.glob(pattern)
    return found


def cut(source: Path, target: Path, points: list[int]) -> None:
    """Write the font with these code points only."""
    options = Options()
    options.layout_features = []
    options.name_IDs = [0, 1, 2, 4, 6, 13, 14]
    font = TTFont(source, recalcTimestamp=False)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=points)
    subsetter.subset(font)
    font.save(target)


def main() -> None:
    """Read the folder to write to from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("target", type=Path)
    target: Path = parser.parse_args().target
    source = fonts_of_qtawesome()
    charmap = json.loads(only(source, "phosphor-charmap-*.json").read_text("utf-8"))
    regular = {
        name: int(point, 16)
        for name, point in sorted(charmap.items())
        if not name.endswith(OTHER_WEIGHTS)
    }
    target.mkdir(parents=True, exist_ok=True)
    cut(only(source, "phosphor-[0-9]*.ttf"), target / "phosphor.ttf", sorted(regular.values()))
    text = json.dumps(regular, indent=0, separators=(",", ":"))
    (target / "phosphor.json").write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main()
