"""What can be judged of a package with neither trust nor key (§7, order of checks)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import IO

from app.domain.kernel.progress import Cancel, Progress, Step
from app.exchange import container, header, kinds, manifest, names, sshsig
from app.exchange.container import Container, Entry
from app.exchange.envelope import Header, Payload
from app.exchange.keys import PACKAGE_NAMESPACE, PublicKey
from app.exchange.refusal import Refused
from app.exchange.sshsig import Signature
from app.exchange.streams import Tally

_REQUIRED: Mapping[str, int] = {
    manifest.HEADER: header.LARGEST,
    manifest.BAGIT: manifest.LARGEST_TEXT,
    manifest.BAG_INFO: manifest.LARGEST_TEXT,
    manifest.MANIFEST: manifest.LARGEST,
    manifest.TAG_MANIFEST: manifest.LARGEST_TEXT,
}
"""The members every package has, and the most bytes of each."""
_SIGNATURES = "signatures/"
_PAYLOAD = "data/"


@dataclass(frozen=True, slots=True)
class Outside:
    """A package whose container, signature, digests and header are sound.

    Who signed it, and whether that counts, is not judged here. `payload` maps the
    paths under data/ to the members.
    """

    container: Container
    header: Header
    tip: str
    signer: PublicKey
    payload: Mapping[str, Entry]


def check_outside(
    file: IO[bytes], suites: Sequence[str], progress: Progress, cancel: Cancel
) -> Outside:
    """Judge an open package up to its header, the first failure first.

    `suites` are the signature suites allowed by the trust document.
    """
    box = container.read_container(file)
    members = _members(box)
    _require_members(members)
    texts = {path: box.read(members[path]) for path in _REQUIRED}
    said = header.peek(texts[manifest.HEADER])
    header.require_version(said)
    header.require_suite(said, suites)
    kinds.require_size(
        said.get("kind"), sum(entry.size for entry in _under(_PAYLOAD, members).values())
    )
    signature = _signature(box, members)
    signature.require(PACKAGE_NAMESPACE)
    if not signature.verifies(texts[manifest.TAG_MANIFEST]):
        raise Refused("SIG_BAD")
    listed = _listed(members, texts)
    _require_digests(box, members, listed, progress, cancel)
    head = _header(members, texts)
    tip = hashlib.sha256(texts[manifest.TAG_MANIFEST]).hexdigest()
    return Outside(box, head, tip, signature.signer, _under(_PAYLOAD, members))


def _members(box: Container) -> dict[str, Entry]:
    """Judge names, roots, method and overlap; the entries by their path below the root."""
    names.check_members(entry.name for entry in box.entries)
    for entry in box.entries:
        if entry.is_link:
            raise Refused("PATH_UNSAFE", entry.name)
    root = names.single_root(entry.name for entry in box.entries)
    container.require_stored(box)
    container.require_apart(box)
    return {entry.name[len(root) + 1 :]: entry for entry in box.entries}


def _under(folder: str, members: Mapping[str, Entry]) -> dict[str, Entry]:
    return {path: entry for path, entry in members.items() if path.startswith(folder)}


def _require_members(members: Mapping[str, Entry]) -> None:
    for path in _REQUIRED:
        if path not in members:
            raise Refused("MISSING_MEMBER", path)
    for path, entry in members.items():
        if entry.size > _REQUIRED.get(path, container.LARGEST_FILE):
            raise Refused("TOO_LARGE", path)


def _signature(box: Container, members: Mapping[str, Entry]) -> Signature:
    """The one signature file, named by the key inside it."""
    found = _under(_SIGNATURES, members)
    if not found:
        raise Refused("SIG_MISSING")
    if len(found) > 1:
        raise Refused("EXTRA_MEMBER", max(found))
    ((path, entry),) = found.items()
    if entry.size > sshsig.LARGEST:
        raise Refused("SIG_BAD")
    signature = sshsig.parse(box.read(entry))
    if path != f"{_SIGNATURES}{signature.signer.key_id}.sshsig":
        raise Refused("SIG_BAD", path)
    return signature


def _listed(members: Mapping[str, Entry], texts: Mapping[str, bytes]) -> dict[str, str]:
    """Judge both manifests against the members; the sha256 of every file they cover."""
    tags = manifest.parse(texts[manifest.TAG_MANIFEST])
    present = {path for path in members if not path.startswith((_PAYLOAD, _SIGNATURES))}
    manifest.require_same(manifest.TAGGED, present - {manifest.TAG_MANIFEST})
    manifest.require_same(tags, manifest.TAGGED)
    if hashlib.sha256(texts[manifest.MANIFEST]).hexdigest() != tags[manifest.MANIFEST]:
        raise Refused("HASH_MISMATCH", manifest.MANIFEST)
    payload = manifest.parse(texts[manifest.MANIFEST])
    manifest.require_same(payload, _under(_PAYLOAD, members))
    return tags | payload


def _require_digests(
    box: Container,
    members: Mapping[str, Entry],
    listed: Mapping[str, str],
    progress: Progress,
    cancel: Cancel,
) -> None:
    """Read every byte once: digests (HASH_MISMATCH), then the container as a whole."""
    crcs = {}
    done = 0
    for path, entry in members.items():
        tally = Tally()
        for piece in box.chunks(entry):
            cancel.check()
            tally.write(piece)
            done += len(piece)
            progress(Step("核对文件", done, box.size))
        if tally.sha256 != listed.get(path, tally.sha256):
            raise Refused("HASH_MISMATCH", path)
        crcs[entry.name] = tally.crc
    container.require_canonical(box, crcs)


def _header(members: Mapping[str, Entry], texts: Mapping[str, bytes]) -> Header:
    """Judge the header, what repeats it outside, and the files its kind asks for."""
    root = members[manifest.HEADER].name.partition("/")[0]
    head = header.parse(texts[manifest.HEADER], root)
    payload = _under(_PAYLOAD, members)
    oxum = str(Payload(sum(entry.size for entry in payload.values()), len(payload)))
    expected = {
        manifest.BAGIT: manifest.DECLARATION,
        manifest.BAG_INFO: manifest.bag_info(head.package_id, oxum),
    }
    for path, text in expected.items():
        if texts[path] != text:
            raise Refused("HEADER_INVALID", path)
    if head.payload_oxum != oxum:
        raise Refused("HEADER_INVALID", "payload_oxum")
    kinds.require_payload(head.kind, payload)
    return head
