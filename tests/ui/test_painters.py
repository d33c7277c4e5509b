"""A painter is given back whatever happens: Qt falls when a widget goes while one is at work."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

UI = Path(__file__).resolve().parents[2] / "app" / "ui"


def painters(tree: ast.AST) -> Iterator[ast.Call]:
    """The calls that set a painter to work on something."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "QPainter" and node.args:
            yield node


def in_with(tree: ast.AST) -> set[ast.expr]:
    blocks = (node for node in ast.walk(tree) if isinstance(node, ast.With))
    return {item.context_expr for block in blocks for item in block.items}


@pytest.mark.parametrize("file", sorted(UI.rglob("*.py")), ids=lambda file: file.name)
def test_every_painter_ends_with_its_block(file: Path) -> None:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    assert set(painters(tree)) <= in_with(tree)
