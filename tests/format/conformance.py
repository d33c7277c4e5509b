"""conformance.py of the package format, loaded as the module it is for others."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType
from typing import Any

from tests.format.example import FOLDER


def _load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


conformance = _load(FOLDER / "conformance.py")
CASES: dict[str, dict[str, Any]] = {case["file"]: case for case in conformance.cases()}
