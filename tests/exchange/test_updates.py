"""The update file: sound in itself or refused with the code of the first thing that is wrong."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from subprocess import run as command
from typing import Any

import msgspec
import pytest

from app.exchange import updates
from app.exchange.keys import SigningKey
from app.exchange.refusal import Refused
from app.exchange.updates import Piece, UpdateHeader, number, open_update, seal_update, tree_of

KEY = SigningKey.generate()
FILES = {"app/__init__.py": b"one", "app/ui/two.py": b"two", "resources/fonts/a.otf": b"font"}


def header(**other: Any) -> UpdateHeader:
    told: dict[str, Any] = {
        "format": 1,
        "kind": "update",
        "version": "1.2.0",
        "created": "2026-11-30T09:00:00+08:00",
        "python": "3.11",
        "libraries": {"openpyxl": "3.1.5"},
        "notes": ["填报更快了。"],
    }
    return UpdateHeader(**{**told, **other})


@dataclass
class Program:
    """A program of three files in a folder, and the update file made of it."""

    folder: Path
    files: dict[str, bytes] = field(default_factory=lambda: dict(FILES))

    def sealed(self, *, left_out: tuple[str, ...] = (), **other: Any) -> Path:
        for name, data in self.files.items():
            (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
            (self.folder / name).write_bytes(data)
        target = self.folder / "out.zfupdate"
        tree = tree_of(self.folder, list(self.files))
        seal_update(target, header(**other), tree, self.folder, left_out=left_out, key=KEY)
        return target


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return Program(tmp_path)


def refusal(path: Path) -> str:
    with pytest.raises(Refused) as refused, open_update(path):
        pass
    return refused.value.code


def test_what_was_sealed_comes_out_again(program: Program, tmp_path: Path) -> None:
    path = program.sealed(left_out=("resources/fonts/a.otf",))
    with open_update(path) as update:
        assert update.header == header()
        assert update.signer == KEY.public
        assert update.tree["app/ui/two.py"] == Piece(hashlib.sha256(b"two").hexdigest(), 3)
        assert update.carried == {hashlib.sha256(data).hexdigest() for data in (b"one", b"two")}
        with (tmp_path / "two").open("wb") as out:
            update.copy(hashlib.sha256(b"two").hexdigest(), out)
    assert (tmp_path / "two").read_bytes() == b"two"


def test_stock_tools_check_it(program: Program, tmp_path: Path) -> None:
    path = program.sealed()
    command(["unzip", "-q", str(path), "-d", str(tmp_path / "open")], check=True)
    (root,) = (tmp_path / "open").iterdir()
    signers = tmp_path / "allowed"
    signers.write_text(f'publisher namespaces="zoufang-update-v1" {KEY.public.text}\n')
    (signature,) = (root / "signatures").iterdir()
    words = ["ssh-keygen", "-Y", "verify", "-f", str(signers), "-I", "publisher"]
    words += ["-n", "zoufang-update-v1", "-s", str(signature)]
    with (root / "tagmanifest-sha256.txt").open("rb") as tags:
        command(words, stdin=tags, check=True, capture_output=True)
    for sums in ("tagmanifest-sha256.txt", "manifest-sha256.txt"):
        command(["sha256sum", "-c", "--quiet", sums], cwd=root, check=True)


@pytest.mark.parametrize("at", [0, 40, 120, 400, -30, -1])
def test_no_byte_can_be_changed(program: Program, at: int) -> None:
    path = program.sealed()
    data = bytearray(path.read_bytes())
    data[at] ^= 1
    path.write_bytes(data)
    assert refusal(path)


def test_a_package_key_purpose_is_not_enough(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(updates, "NAMESPACE", "zoufang-package-v1")
        path = program.sealed()
    assert refusal(path) == "SIG_NAMESPACE"


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("../app/x.py", "PATH_UNSAFE"),
        ("tests/x.py", "PATH_UNSAFE"),
        ("app/../../x.py", "PATH_UNSAFE"),
        ("app/con.py", "PATH_UNSAFE"),
        ("app/.hidden", "PATH_UNSAFE"),
        ("app\\x.py", "PATH_UNSAFE"),
        ("app/UI/two.py", "PATH_DUP"),
    ],
)
def test_no_file_can_leave_the_folder_of_the_program(
    program: Program, monkeypatch: pytest.MonkeyPatch, path: str, code: str
) -> None:
    program.sealed()
    tree = {**tree_of(program.folder, list(FILES)), path: Piece("0" * 64, 1)}
    with monkeypatch.context() as patch:
        patch.setattr(updates, "_require_tree", lambda tree: None)
        target = program.folder / "bad.zfupdate"
        seal_update(target, header(), tree, program.folder, left_out=(path,), key=KEY)
    assert refusal(target) == code


@pytest.mark.parametrize(
    ("other", "code"),
    [
        ({"format": 2}, "VERSION_TOO_NEW"),
        ({"kind": "submission"}, "HEADER_INVALID"),
        ({"version": "1.2"}, "HEADER_INVALID"),
        ({"version": "../1.2.0"}, "PATH_UNSAFE"),
        ({"notes": ["x" * 301]}, "HEADER_INVALID"),
        ({"notes": ["x\u202e"]}, "HEADER_INVALID"),
        ({"notes": ["x"] * 41}, "HEADER_INVALID"),
    ],
)
def test_a_header_out_of_bounds_is_refused(
    program: Program, monkeypatch: pytest.MonkeyPatch, other: dict[str, Any], code: str
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(updates, "_require_header", lambda header: None)
        path = program.sealed(**other)
    assert refusal(path) == code


def with_tree(program: Program, monkeypatch: pytest.MonkeyPatch, raw: bytes) -> Path:
    with monkeypatch.context() as patch:
        patch.setattr(msgspec.json, "encode", _instead(raw))
        return program.sealed()


def _instead(raw: bytes) -> Callable[[object], bytes]:
    real = msgspec.json.encode

    def encode(value: object) -> bytes:
        return raw if isinstance(value, dict) else real(value)

    return encode


def test_a_tree_that_is_none_is_refused(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    assert refusal(with_tree(program, monkeypatch, b'{"app/x.py": 3}')) == "INDEX_INVALID"


def test_files_that_are_not_of_the_tree_are_refused(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert refusal(with_tree(program, monkeypatch, b"{}")) == "EXTRA_MEMBER"


def test_versions_are_compared_by_their_numbers() -> None:
    assert number("1.10.0") > number("1.9.9") > number("0.99.0") > number("1.2")
    assert number("1.2.0-rc1") == number("01.2.0") == number("") == ()
