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


_BUILT_IN = {"list", "tuple", "dict", "set", "frozenset", "str", "int", "float", "bool", "bytes"}


def reading(tree: ast.AST) -> Iterator[tuple[int, ast.expr]]:
    """Line and type of everything that msgspec reads as a type."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        called = node.func.attr if isinstance(node.func, ast.Attribute) else ""
        called = called or (node.func.id if isinstance(node.func, ast.Name) else "")
        whose = ast.unparse(node.func)
        kinds = [one.value for one in node.keywords if one.arg == "type"]
        if called == "convert" and whose in ("convert", "msgspec.convert"):
            kinds += node.args[1:2]
        elif whose == "msgspec.json.Decoder":
            kinds += node.args[:1]
        elif whose != "msgspec.json.decode":
            continue
        yield from ((node.lineno, kind) for kind in kinds)


def is_readable(kind: ast.expr) -> bool:
    """Whether msgspec is given a type by `readable`, or one that has nothing to be looked up."""
    if isinstance(kind, ast.Call):
        return ast.unparse(kind.func) == "readable"
    named = {node.id for node in ast.walk(kind) if isinstance(node, ast.Name)}
    return named <= _BUILT_IN | {"Any"}


def test_what_msgspec_reads_is_looked_up_by_one_thread() -> None:
    found = [
        f"{name}:{line}: {ast.unparse(kind)}"
        for name, file in modules().items()
        if name != "app.domain.kernel.readable"
        for line, kind in reading(ast.parse(file.read_text(encoding="utf-8")))
        if not is_readable(kind)
    ]
    assert not found, "give these types by app.domain.kernel.readable"
