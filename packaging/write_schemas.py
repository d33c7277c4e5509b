"""Write resources/schemas from the record types: `python packaging/write_schemas.py`."""

from __future__ import annotations

from pathlib import Path

from app.domain.records import TYPES
from app.domain.records.schema import schema_text

FOLDER = Path(__file__).resolve().parents[1] / "resources" / "schemas"

for name, record_type in TYPES.items():
    (FOLDER / f"{name}.json").write_text(schema_text(record_type), encoding="utf-8")
