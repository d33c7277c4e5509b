"""Small update files for the tests: a program of three files, made by whom one likes."""

from __future__ import annotations

from pathlib import Path

from app.exchange.keys import SigningKey
from app.exchange.updates import UpdateHeader, seal_update, tree_of
from app.services.updating import program_tree

FILES = {
    "app/__init__.py": '__version__ = "9.1.0"\n',
    "database/__init__.py": "",
    "resources/news.md": "# 9.1.0\n- 填报更快了。\n",
}


def made_update(
    folder: Path,
    key: SigningKey,
    version: str = "9.1.0",
    *,
    libraries: dict[str, str] | None = None,
    python: str = "",
    absent: str = "",
    padding: int = 0,
) -> Path:
    """An update file in this folder; `absent` is a path of the program that does not lie in it."""
    source = folder / f"program-{version}"
    files = {**FILES, **({absent: "?"} if absent else {})}
    if padding:
        files["resources/big.bin"] = "".join(str(n * n) for n in range(padding))
    for name, text in files.items():
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        (source / name).write_text(text, "utf-8")
    header = UpdateHeader(
        format=1,
        kind="update",
        version=version,
        created="2026-11-30T09:00:00+08:00",
        python=python or program_tree.python_version(),
        libraries=libraries or {},
        notes=["填报更快了。"],
    )
    target = folder / f"{header.name}.zfupdate"
    left_out = [absent] if absent else []
    seal_update(target, header, tree_of(source, list(files)), source, left_out=left_out, key=key)
    return target
