"""Every key that the program declares, with its words: read from its source, and of the types."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from app.domain.records.registry import shown
from app.ui.pages.records.kinds import kind_of

UI = Path(__file__).resolve().parents[3] / "app" / "ui"


@cache
def declared_keys() -> Mapping[str, frozenset[str]]:
    """What the frame of each key shows, and all its words.

    Words put together while the program runs are known by what stands in them from the start.
    """
    found: dict[str, set[str]] = defaultdict(set)
    common = _named(UI / "keys.py", {})
    for path in sorted(UI.rglob("*.py")):
        names = {**common, **_named(path, common)}
        for pressed, words in _told(_tree(path), names):
            found[pressed].add(words)
    for record_type in shown():
        for one in kind_of(record_type).nexts:
            found[one.key.shown].add(one.key.words)
    return {pressed: frozenset(words) for pressed, words in found.items()}


@cache
def words_of_the_window() -> frozenset[str]:
    """Every text in the source of the window: what an action may be called while it runs."""
    trees = (_tree(path) for path in UI.rglob("*.py"))
    return frozenset(text for tree in trees for text in _texts(tree))


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def _named(path: Path, known: Mapping[str, str]) -> dict[str, str]:
    """Names of keys in a module, and what they show."""
    named: dict[str, str] = {}
    for node in _tree(path).body:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call):
            shown = _shown(node.value, {**known, **named})
            targets = [one.id for one in node.targets if isinstance(one, ast.Name)]
            named |= {target: shown for target in targets if shown}
    return named


def _shown(call: ast.Call, names: Mapping[str, str]) -> str:
    made = call.func.id if isinstance(call.func, ast.Name) else ""
    if made in ("key", "Key") and call.args:
        texts = _texts(call.args[0])
        made_up = isinstance(call.args[0], ast.JoinedStr)
        return f"{texts[0]}*" if made_up and texts else next(iter(texts), "")
    return names.get(made, "")


def _told(tree: ast.Module, names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and (shown := _shown(node, names)):
            direct = isinstance(node.func, ast.Name) and node.func.id in ("key", "Key")
            for argument in node.args[1:2] if direct else node.args[:1]:
                for words in _texts(argument) or [""]:
                    yield shown, words


def _texts(node: ast.AST) -> list[str]:
    texts = (one.value for one in ast.walk(node) if isinstance(one, ast.Constant))
    return [text for text in texts if isinstance(text, str)]
