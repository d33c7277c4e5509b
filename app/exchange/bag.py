"""A signed bag: one folder of files, stored in the one valid ZIP, under one signature (§7).

Packages and updates are such bags; what their header says is judged by their own modules.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import IO

from app.domain.kernel.progress import Cancel, Progress, Step
from app.exchange import container, manifest, names, sshsig
from app.exchange.container import Container, Entry
from app.exchange.envelope import Payload
from app.exchange.keys import PublicKey, SigningKey
from app.exchange.refusal import Refused
from app.exchange.sshsig import Signature
from app.exchange.staging import Stage
from app.exchange.streams import Tally

LARGEST_HEADER = 64 << 10

_REQUIRED: Mapping[str, int] = {
    manifest.HEADER: LARGEST_HEADER,
    manifest.BAGIT: manifest.LARGEST_TEXT,
    manifest.BAG_INFO: manifest.LARGEST_TEXT,
    manifest.MANIFEST: manifest.LARGEST,
    manifest.TAG_MANIFEST: manifest.LARGEST_TEXT,
}
"""The members every bag has, and the most bytes of each."""
_SIGNATURES = "signatures/"
_PAYLOAD = "data/"


@dataclass(frozen=True, slots=True)
class Bag:
    """An open bag with its required texts; nothing of it is proven before `prove`.

    `root` is its one folder, `members` the entries by their path below it, `payload`
    those under data/.
    """

    container: Container
    root: str
    members: Mapping[str, Entry]
    texts: Mapping[str, bytes]

    @property
    def payload(self) -> dict[str, Entry]:
        """The entries under data/, by their path in the bag."""
        return _under(_PAYLOAD, self.members)

    @property
    def oxum(self) -> Payload:
        """How many bytes in how many files under data/."""
        payload = self.payload
        return Payload(sum(entry.size for entry in payload.values()), len(payload))

    @property
    def tip(self) -> str:
        """The sha256 of what is signed."""
        return hashlib.sha256(self.texts[manifest.TAG_MANIFEST]).hexdigest()


def open_bag(file: IO[bytes]) -> Bag:
    """Judge the container, its names, roots, methods, overlaps and required members."""
    box = container.read_container(file)
    root, members = _members(box)
    for path in _REQUIRED:
        if path not in members:
            raise Refused("MISSING_MEMBER", path)
    for path, entry in members.items():
        if entry.size > _REQUIRED.get(path, container.LARGEST_FILE):
            raise Refused("TOO_LARGE", path)
    return Bag(box, root, members, {path: box.read(members[path]) for path in _REQUIRED})


def prove(bag: Bag, namespace: str, progress: Progress, cancel: Cancel) -> PublicKey:
    """Judge the signature, both manifests and every byte; the key that signed.

    Who that is, and whether it counts, is not judged here.
    """
    signature = _signature(bag)
    signature.require(namespace)
    if not signature.verifies(bag.texts[manifest.TAG_MANIFEST]):
        raise Refused("SIG_BAD")
    _require_digests(bag, _listed(bag), progress, cancel)
    return signature.signer


def require_texts(bag: Bag, identifier: str) -> None:
    """Refuse a bag whose declaration or bag-info does not fit it (HEADER_INVALID)."""
    expected = {
        manifest.BAGIT: manifest.DECLARATION,
        manifest.BAG_INFO: manifest.bag_info(identifier, str(bag.oxum)),
    }
    for path, text in expected.items():
        if bag.texts[path] != text:
            raise Refused("HEADER_INVALID", path)


def close_bag(
    stage: Stage, key: SigningKey, namespace: str, identifier: str, header: bytes
) -> bytes:
    """Add the texts that cover the staged payload, and their signature; what was signed."""
    tags = cover(stage, identifier, header)
    add_signature(stage, sshsig.sign(key, namespace, tags))
    return tags


def cover(stage: Stage, identifier: str, header: bytes) -> bytes:
    """Add the texts that cover the staged payload; returns what is to be signed."""
    payload = staged_payload(stage)
    oxum = str(payload_of(stage, payload))
    stage.add(manifest.HEADER, header)
    stage.add(manifest.BAGIT, manifest.DECLARATION)
    stage.add(manifest.BAG_INFO, manifest.bag_info(identifier, oxum))
    stage.add(manifest.MANIFEST, manifest.write(stage.digests(payload)))
    tags = manifest.write(stage.digests(manifest.TAGGED))
    stage.add(manifest.TAG_MANIFEST, tags)
    return tags


def add_signature(stage: Stage, armor: bytes) -> None:
    """Add a signature file under the name of its key; SIG_BAD where it is none."""
    signer = sshsig.parse(armor).signer
    stage.add(f"{_SIGNATURES}{signer.key_id}.sshsig", armor)


def staged_payload(stage: Stage) -> Sequence[str]:
    """The paths under data/ that are staged."""
    return [path for path in stage.members if path.startswith(_PAYLOAD)]


def payload_of(stage: Stage, paths: Sequence[str]) -> Payload:
    """How many bytes in how many of these staged files."""
    return Payload(sum(stage.members[path].size for path in paths), len(paths))


def _members(box: Container) -> tuple[str, dict[str, Entry]]:
    names.check_members(entry.name for entry in box.entries)
    for entry in box.entries:
        if entry.is_link:
            raise Refused("PATH_UNSAFE", entry.name)
    root = names.single_root(entry.name for entry in box.entries)
    container.require_stored(box)
    container.require_apart(box)
    return root, {entry.name[len(root) + 1 :]: entry for entry in box.entries}


def _under(folder: str, members: Mapping[str, Entry]) -> dict[str, Entry]:
    return {path: entry for path, entry in members.items() if path.startswith(folder)}


def _signature(bag: Bag) -> Signature:
    """The one signature file, named by the key inside it."""
    found = _under(_SIGNATURES, bag.members)
    if not found:
        raise Refused("SIG_MISSING")
    if len(found) > 1:
        raise Refused("EXTRA_MEMBER", max(found))
    ((path, entry),) = found.items()
    if entry.size > sshsig.LARGEST:
        raise Refused("SIG_BAD")
    signature = sshsig.parse(bag.container.read(entry))
    if path != f"{_SIGNATURES}{signature.signer.key_id}.sshsig":
        raise Refused("SIG_BAD", path)
    return signature


def _listed(bag: Bag) -> dict[str, str]:
    """Judge both manifests against the members; the sha256 of every file they cover."""
    tags = manifest.parse(bag.texts[manifest.TAG_MANIFEST])
    present = {path for path in bag.members if not path.startswith((_PAYLOAD, _SIGNATURES))}
    manifest.require_same(manifest.TAGGED, present - {manifest.TAG_MANIFEST})
    manifest.require_same(tags, manifest.TAGGED)
    if hashlib.sha256(bag.texts[manifest.MANIFEST]).hexdigest() != tags[manifest.MANIFEST]:
        raise Refused("HASH_MISMATCH", manifest.MANIFEST)
    payload = manifest.parse(bag.texts[manifest.MANIFEST])
    manifest.require_same(payload, bag.payload)
    return tags | payload


def _require_digests(
    bag: Bag, listed: Mapping[str, str], progress: Progress, cancel: Cancel
) -> None:
    """Read every byte once: digests (HASH_MISMATCH), then the container as a whole."""
    crcs = {}
    done = 0
    for path, entry in bag.members.items():
        tally = Tally()
        for piece in _watched(bag.container.chunks(entry), cancel):
            tally.write(piece)
            done += len(piece)
            progress(Step("核对文件", done, bag.container.size))
        if tally.sha256 != listed.get(path, tally.sha256):
            raise Refused("HASH_MISMATCH", path)
        crcs[entry.name] = tally.crc
    container.require_canonical(bag.container, crcs)


def _watched(pieces: Iterator[bytes], cancel: Cancel) -> Iterator[bytes]:
    for piece in pieces:
        cancel.check()
        yield piece
