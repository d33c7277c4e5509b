"""A newer program (a copy of the house with another version) for the tests of updates."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
NEWER = "9.1.0"

STEP = '''"""A step that the older program does not know."""

from alembic import op

revision = "{own}"
down_revision = "{before}"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE TABLE made_by_newer (id INTEGER PRIMARY KEY)")


def downgrade() -> None:
    op.execute("DROP TABLE made_by_newer")
'''


def newer_house(root: Path, version: str = NEWER, *, step: bool = False) -> Path:
    """The program in a folder of its own as this version; with `step` its data has a new format."""
    unwanted = shutil.ignore_patterns("__pycache__")
    for name in ("app", "database", "demo"):
        shutil.copytree(ROOT / name, root / name, ignore=unwanted)
    shutil.copytree(ROOT / "resources", root / "resources", copy_function=os.link)
    change(root, "app/__init__.py", r'__version__ = ".*"', f'__version__ = "{version}"')
    news = root / "resources" / "news.md"
    text = f"# {version}\n- 填报更快了。\n\n" + news.read_text("utf-8")
    news.unlink()
    news.write_text(text, "utf-8")
    if step:
        steps = root / "database" / "migrations" / "versions"
        last = max(steps.glob("0*.py")).stem
        head = re.search(r'^revision = "(.*)"', (steps / f"{last}.py").read_text(), re.MULTILINE)
        assert head
        (steps / "0999_newer.py").write_text(STEP.format(own="0999", before=head[1]))
    return root


def change(house: Path, path: str, pattern: str, words: str) -> None:
    """Change one place of a file of the copy."""
    file = house / path
    text, count = re.subn(pattern, lambda _: words, file.read_text("utf-8"), count=1)
    assert count == 1, (path, pattern)
    file.unlink()
    file.write_text(text, "utf-8")


def run_program(
    house: Path, *words: str, env: Mapping[str, str]
) -> subprocess.CompletedProcess[str]:
    """Run the program of a house with these words, as its set-up would start it."""
    return subprocess.run(
        [sys.executable, "-m", "app", *words],
        cwd=house,
        env={**os.environ, "PYTHONPATH": str(house), "QT_QPA_PLATFORM": "offscreen", **env},
        capture_output=True,
        text=True,
        check=False,
    )
