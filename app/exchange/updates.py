"""The update file (更新文件): a newer program in one signed bag, checked like a package.

    zoufang-1.2.0.zfupdate
    └ zoufang-1.2.0/
      header.json                  readable with no key: version, what it needs, what is new
      bagit.txt  bag-info.txt  manifest-sha256.txt  tagmanifest-sha256.txt
      signatures/<keyid>.sshsig    namespace zoufang-update-v1
      data/tree.json               every file of the program: path → [sha256, bytes]
      data/files/<sha256>          those that a program of before does not have already

Nothing in it is secret and nothing is encrypted. Files of the tree that do not lie in the
bag (fonts) are taken from the program that is running, if their sha256 is the same.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import msgspec

from app.domain.kernel.progress import Cancel, Progress, Step, silent
from app.domain.kernel.readable import readable
from app.exchange import bag, files, manifest, names, sshsig, strictjson
from app.exchange.bag import Bag
from app.exchange.keys import PublicKey, SigningKey
from app.exchange.refusal import Refused
from app.exchange.staging import Stage
from app.exchange.streams import Sink, Tally

SUFFIX = ".zfupdate"
FORMAT = 1
NAMESPACE = "zoufang-update-v1"
MOST_FILES = 8_000
LARGEST_TREE = 2 << 20
LARGEST_PROGRAM = 400 << 20
"""Bytes of all files of a program together."""

_TREE = "data/tree.json"
_FILES = "data/files/"
_PATH = re.compile(r"(app|database|demo|resources)/[A-Za-z0-9._/@-]{1,180}", re.ASCII)
_VERSION = re.compile(r"(0|[1-9][0-9]{0,3})\.(0|[1-9][0-9]{0,3})\.(0|[1-9][0-9]{0,3})", re.ASCII)
_MOST_NOTES, _LONGEST_NOTE, _MOST_LIBRARIES = 40, 300, 200


class UpdateHeader(msgspec.Struct, frozen=True, kw_only=True):
    """What an update says of itself; members that are not known are left alone.

    `created` is RFC 3339, `python` the version it runs with (3.11), `libraries` the
    versions that must be installed, by name, `notes` what is new, a line each.
    """

    format: int
    kind: str
    version: str
    created: str
    python: str
    libraries: dict[str, str]
    notes: list[str]

    @property
    def name(self) -> str:
        """The one folder of the file."""
        return f"zoufang-{self.version}"


class Piece(NamedTuple):
    """One file of the program: its sha256 and its length in bytes."""

    sha256: str
    size: int


Tree = Mapping[str, Piece]
"""The files of a program by their path below its folder."""


def number(version: str) -> tuple[int, ...]:
    """What versions are compared by; nothing of what is no version (1.2.0)."""
    return tuple(map(int, version.split("."))) if _VERSION.fullmatch(version) else ()


def tree_of(folder: Path, paths: Sequence[str], cancel: Cancel | None = None) -> dict[str, Piece]:
    """Read these files of a program; raises `EnvironmentProblem`, `Cancelled`."""
    found = {}
    for path in sorted(paths):
        (cancel or Cancel()).check()
        with files.words_for(folder / path):
            data = (folder / path).read_bytes()
        found[path] = Piece(hashlib.sha256(data).hexdigest(), len(data))
    return found


def seal_update(
    path: Path,
    header: UpdateHeader,
    tree: Tree,
    folder: Path,
    *,
    left_out: Sequence[str] = (),
    key: SigningKey,
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> None:
    """Write the update file of the program in `folder`; it appears only when it is whole.

    `left_out` are paths of the tree whose files the older program has. Raises `Refused` where
    a reader would, `EnvironmentProblem`, `Cancelled`.
    """
    cancel = cancel or Cancel()
    work = path.with_name(path.name + ".work")
    with files.words_for(path):
        try:
            with work.open("w+b") as file:
                stage = Stage(file)
                tags = stage_update(
                    stage, header, tree, folder, left_out=left_out, progress=progress, cancel=cancel
                )
                bag.add_signature(stage, sshsig.sign(key, NAMESPACE, tags))
                with files.appearing(path) as out:
                    stage.write_zip(header.name, out, progress, cancel)
        finally:
            with suppress(OSError):
                work.unlink(missing_ok=True)


def stage_update(
    stage: Stage,
    header: UpdateHeader,
    tree: Tree,
    folder: Path,
    *,
    left_out: Sequence[str] = (),
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> bytes:
    """Add all of an update but its signature; returns what is to be signed. As `seal_update`."""
    _require_header(header)
    _require_tree(tree)
    carried = {piece.sha256: name for name, piece in tree.items() if name not in left_out}
    stage.add(_TREE, msgspec.json.encode(tree))
    for done, (sha256, name) in enumerate(carried.items()):
        (cancel or Cancel()).check()
        progress(Step("收集文件", done, len(carried)))
        stage.add(_FILES + sha256, (folder / name).read_bytes())
        if stage.members[_FILES + sha256].sha256 != sha256:
            raise Refused("HASH_MISMATCH", name)
    return bag.cover(stage, header.name, msgspec.json.encode(header))


@dataclass(frozen=True, slots=True)
class Update:
    """An open update file, sound in itself; whether its signer counts is the caller's to say."""

    header: UpdateHeader
    tree: Tree
    signer: PublicKey
    size: int
    bag: Bag

    @property
    def carried(self) -> frozenset[str]:
        """The sha256 of the files that lie in it."""
        return frozenset(
            path.removeprefix(_FILES) for path in self.bag.payload if path.startswith(_FILES)
        )

    def copy(self, sha256: str, out: Sink) -> None:
        """Write one carried file out; HASH_MISMATCH when it changed since it was checked."""
        tally = Tally(out)
        for piece in self.bag.container.chunks(self.bag.payload[_FILES + sha256]):
            tally.write(piece)
        if tally.sha256 != sha256:
            raise Refused("HASH_MISMATCH", sha256)


@contextmanager
def open_update(
    path: Path, progress: Progress = silent, cancel: Cancel | None = None
) -> Iterator[Update]:
    """Judge an update file whole, in the order of a package's checks, and leave it open.

    Raises `Refused` with the first code that applies, `EnvironmentProblem`, `Cancelled`.
    """
    with files.words_for(path), files.opened(path) as file:
        found = bag.open_bag(file)
        _require_version(found)
        signer = bag.prove(found, NAMESPACE, progress, cancel or Cancel())
        header = _header(found)
        tree = _tree(found)
        update = Update(header, tree, signer, found.container.size, found)
        _require_payload(update)
        yield update


def _require_version(found: Bag) -> None:
    try:
        said = strictjson.parse(found.texts[manifest.HEADER])
    except ValueError:
        return
    form = said.get("format") if isinstance(said, dict) else None
    if isinstance(form, int) and form > FORMAT:
        raise Refused("VERSION_TOO_NEW", f"格式 {form}")


def _header(found: Bag) -> UpdateHeader:
    try:
        header = strictjson.decode(found.texts[manifest.HEADER], readable(UpdateHeader))
    except ValueError as error:
        raise Refused("HEADER_INVALID", str(error)) from error
    if header.name != found.root:
        raise Refused("ROOT", found.root)
    _require_header(header)
    bag.require_texts(found, header.name)
    return header


def _require_header(header: UpdateHeader) -> None:
    rules = {
        "format": header.format == FORMAT,
        "kind": header.kind == "update",
        "version": bool(number(header.version)),
        "libraries": len(header.libraries) <= _MOST_LIBRARIES,
        "notes": len(header.notes) <= _MOST_NOTES
        and all(len(note) <= _LONGEST_NOTE and note.isprintable() for note in header.notes),
    }
    wrong = next((name for name, sound in rules.items() if not sound), None)
    if wrong:
        raise Refused("HEADER_INVALID", wrong)


def _tree(found: Bag) -> dict[str, Piece]:
    entry = found.payload.get(_TREE)
    if entry is None:
        raise Refused("MISSING_MEMBER", _TREE)
    if entry.size > LARGEST_TREE:
        raise Refused("TOO_LARGE", _TREE)
    try:
        tree = strictjson.decode(found.container.read(entry), dict[str, Piece])
    except ValueError as error:
        raise Refused("INDEX_INVALID", str(error)) from error
    _require_tree(tree)
    return tree


def _require_tree(tree: Tree) -> None:
    """Refuse paths that could leave the program's folder, doubles, and too much of it."""
    names.check_members(path.replace("@", "-at-") for path in tree)
    for path, piece in tree.items():
        if not _PATH.fullmatch(path):
            raise Refused("PATH_UNSAFE", path[:200])
        if not names.HEX64.fullmatch(piece.sha256) or piece.size < 0:
            raise Refused("INDEX_INVALID", path)
    if len(tree) > MOST_FILES or sum(piece.size for piece in tree.values()) > LARGEST_PROGRAM:
        raise Refused("TOO_LARGE", _TREE)


def _require_payload(update: Update) -> None:
    """Every carried file is one of the tree, as long as it says there, and nothing else lies by."""
    sizes = {piece.sha256: piece.size for piece in update.tree.values()}
    for path, entry in update.bag.payload.items():
        sha256 = path.removeprefix(_FILES)
        if path != _TREE and (sha256 not in sizes or not path.startswith(_FILES)):
            raise Refused("EXTRA_MEMBER", path)
        if path != _TREE and entry.size != sizes[sha256]:
            raise Refused("INDEX_INVALID", path)
