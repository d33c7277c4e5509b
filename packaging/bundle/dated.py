"""A folder that comes out the same every time: compiled, with set times and permissions."""

from __future__ import annotations

import ast
import marshal
import os
from collections.abc import Iterator
from compileall import compile_dir
from importlib.util import MAGIC_NUMBER
from pathlib import Path
from py_compile import PycInvalidationMode

_RUNS = 0o755
_READS = 0o644
_UNCHECKED = (1).to_bytes(4, "little") + bytes(8)
"""What a compiled module says of its source: that it is held against none."""


def compile_all(folder: Path) -> None:
    """Compile every module beside its source; what is compiled names paths from `folder`."""
    done = compile_dir(
        folder,
        quiet=2,
        force=True,
        stripdir=str(folder),
        invalidation_mode=PycInvalidationMode.UNCHECKED_HASH,
    )
    if not done:
        raise RuntimeError(f"not everything could be compiled in {folder}")


def compile_bare(folder: Path) -> None:
    """Put every module's compiled form in the place of its source, without its documentation.

    Nobody reads either at work, and it is a third of what is to be carried; lines and asserts
    stay as they are.
    """
    for source in sorted(folder.rglob("*.py")):
        source.with_suffix(".pyc").write_bytes(_compiled(source, folder))
        source.unlink()


def _compiled(source: Path, folder: Path) -> bytes:
    tree = ast.parse(source.read_bytes())
    for body in _documented(tree):
        said = body.pop(0)
        if not body:
            body.append(ast.copy_location(ast.Pass(), said))
    code = compile(tree, source.relative_to(folder).as_posix(), "exec", dont_inherit=True)
    return MAGIC_NUMBER + _UNCHECKED + marshal.dumps(code)


def _documented(tree: ast.AST) -> Iterator[list[ast.stmt]]:
    """The bodies of what begins with its documentation."""
    for node in ast.walk(tree):
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
            first = node.body[0] if node.body else None
            if isinstance(first, ast.Expr) and _is_text(first.value):
                yield node.body


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def settle(folder: Path, time: int) -> int:
    """Give everything below one time and plain permissions; returns how many bytes there are."""
    size = 0
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_symlink():
            continue
        if path.is_file():
            size += path.stat().st_size
            path.chmod(_RUNS if path.stat().st_mode & 0o100 else _READS)
        else:
            path.chmod(_RUNS)
        os.utime(path, (time, time))
    os.utime(folder, (time, time))
    return size
