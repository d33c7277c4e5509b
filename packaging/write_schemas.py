"""Write resources/schemas from the record types: `python packaging/write_schemas.py`."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from app.domain.records import TYPES  # noqa: E402  (the house is found first)
from app.domain.records.schema import schema_text  # noqa: E402

FOLDER = ROOT / "resources" / "schemas"

for name, record_type in TYPES.items():
    (FOLDER / f"{name}.json").write_text(schema_text(record_type), encoding="utf-8")
