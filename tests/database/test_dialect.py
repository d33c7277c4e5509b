"""What only SQLite says stands in few places, so that another engine can come there alone."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

DIALECT = "database/store/dialect.py"
"""The answers to every question on which engines differ."""

SEARCH = (
    "database/state/search.py",
    "database/state/search_engines.py",
    "database/state/search_index.py",
)
"""The full-text index."""

SERVER = ("database/store/server_", "database/upkeep/server_", "database/upkeep/moving.py")
"""What only PostgreSQL is told, and moving there."""

FILE = (
    "database/store/engine.py",
    "database/store/engine_version.py",
    "database/store/problems.py",
    "database/upkeep/",
    "database/migrations/",
)
"""Opening, copying, judging and changing the file itself."""

WORDS: dict[str, tuple[str, tuple[str, ...]]] = {
    "the driver's call, and with it the style of parameters": (
        r"exec_driver_sql|\bcursor\(\)",
        (DIALECT, *SERVER, *FILE),
    ),
    "parameters by the dozen": (r"\"\?\" *\*|'\?' *\*", (DIALECT, *FILE)),
    "upsert": (r"(?i)on conflict|insert or |replace into", (DIALECT, *SEARCH)),
    "JSON": (r"json_(each|extract|group|array|object|tree|type)|->>", (DIALECT, *SERVER)),
    "search": (r"(?i)fts5|\bmatch \?|\browid\b", (*SEARCH, *SERVER)),
    "pragmas": (r"(?i)\bpragma\b", FILE),
    "the catalogue of tables": (r"sqlite_(master|schema|sequence)", (*SEARCH, *FILE)),
    "the smaller and the larger": (
        r"\b(min|max)\([a-z_.\"]+, [a-z_.\"]+\)|\b(least|greatest)\(",
        (DIALECT,),
    ),
    "truth as a number": (r"(?i)\bsum\([^)]*([<>=]| is )", (DIALECT,)),
    "an index told to stay out, bytes of a text": (
        r" \+void|\bunhex\(|\bindexed by\b",
        (DIALECT, *SERVER),
    ),
    "equal where both may be empty": (r"(?i)\bis \?|\bis not \?", ()),
    "words of SQLite alone": (
        r"(?i)\bglob \?|\battach database|\bvacuum\b|\bnocase\b|\btypeof\(|\bstrftime\(|\bifnull\(",
        (DIALECT, *FILE),
    ),
}


def texts_of(tree: ast.AST) -> Iterator[str]:
    """Every text of a module that is no docstring, what it takes of others, and `"?" * n`."""
    told = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node.value
        elif isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.BinOp) and ast.unparse(node.left) == "'?'":
            yield ast.unparse(node)


@cache
def texts() -> Mapping[str, tuple[str, ...]]:
    """The texts of every module."""
    return {
        path.relative_to(ROOT).as_posix(): tuple(
            texts_of(ast.parse(path.read_text(encoding="utf-8")))
        )
        for folder in ("app", "database", "demo")
        for path in (ROOT / folder).rglob("*.py")
    }


@pytest.mark.parametrize("question", WORDS)
def test_each_question_to_the_engine_is_answered_in_its_place(question: str) -> None:
    pattern, places = WORDS[question]
    found = {
        f"{name}: {text[:80]}"
        for name, said in texts().items()
        if not name.startswith(places or ("nowhere",))
        for text in said
        if re.search(pattern, text)
    }
    assert not found
