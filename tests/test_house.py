"""The house has no circle: whoever follows the imports always comes out."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[1]
ROOTS = ("app", "database", "demo")


def modules() -> Mapping[str, Path]:
    files = (file for root in ROOTS for file in (HOUSE / root).rglob("*.py"))
    return {name_of(file): file for file in files}


def name_of(file: Path) -> str:
    return ".".join(file.relative_to(HOUSE).with_suffix("").parts).removesuffix(".__init__")


def imported(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """Module and name of every import, those in functions and for types only too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node.module, alias.name) for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)


def test_no_module_comes_back_to_itself() -> None:
    known = modules()
    arrows = {}
    for name, file in known.items():
        found = imported(ast.parse(file.read_text(encoding="utf-8")))
        targets = {
            f"{module}.{one}" if f"{module}.{one}" in known else module for module, one in found
        }
        arrows[name] = targets & known.keys() - {name}
    try:
        TopologicalSorter(arrows).prepare()
    except CycleError as circle:
        raise AssertionError(" → ".join(circle.args[1])) from None
