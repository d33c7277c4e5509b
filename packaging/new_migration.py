"""Write the next migration from what the records say now.

    .venv/bin/python packaging/new_migration.py "Add the telephone of the trade union"
    .venv/bin/python packaging/new_migration.py --first

The second makes the first migration anew, which is allowed while it is the only one
and nothing was released. Read what was written before it is committed.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from database.upkeep import migrate, migration_steps  # noqa: E402  (the house is found first)

VERSIONS = ROOT / "database" / "migrations" / "versions"
FIRST = "0001_first.py"


def _forget_the_first() -> None:
    later = sorted(p.name for p in VERSIONS.glob("[0-9]*.py") if p.name != FIRST)
    if later:
        sys.exit(f"later migrations build on the first one: {', '.join(later)}")
    (VERSIONS / FIRST).unlink(missing_ok=True)


def _tidy(written: Path) -> None:
    lines = written.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = "".join(line for line in lines if not line.lstrip().startswith("# ###"))
    written.write_text(kept, encoding="utf-8")
    for task in (["check", "--fix"], ["format"]):
        subprocess.run([sys.executable, "-m", "ruff", *task, str(written)], check=True)


def main(arguments: list[str]) -> None:
    """Write one file and name it."""
    if len(arguments) != 1:
        sys.exit(__doc__)
    message = arguments[0]
    if message == "--first":
        _forget_the_first()
        message = "First"
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "store.db"
        if any(VERSIONS.glob("[0-9]*.py")):
            # Not `upgrade`: what is searched may have no table before this step is written.
            migration_steps.up(store, None, migrate.head())
        _tidy(migration_steps.write(store, message))


if __name__ == "__main__":
    main(sys.argv[1:])
