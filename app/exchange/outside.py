"""What can be judged of a package with neither trust nor key (§7, order of checks)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import IO

from app.domain.kernel.progress import Cancel, Progress
from app.exchange import header, kinds, manifest
from app.exchange.bag import Bag, open_bag, prove, require_texts
from app.exchange.container import Container, Entry
from app.exchange.envelope import Header
from app.exchange.keys import PACKAGE_NAMESPACE, PublicKey
from app.exchange.refusal import Refused


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
    bag = open_bag(file)
    said = header.peek(bag.texts[manifest.HEADER])
    header.require_version(said)
    header.require_suite(said, suites)
    kinds.require_size(said.get("kind"), bag.oxum.octets)
    signer = prove(bag, PACKAGE_NAMESPACE, progress, cancel)
    return Outside(bag.container, _header(bag), bag.tip, signer, bag.payload)


def _header(bag: Bag) -> Header:
    """Judge the header, what repeats it outside, and the files its kind asks for."""
    head = header.parse(bag.texts[manifest.HEADER], bag.root)
    require_texts(bag, head.package_id)
    if head.payload_oxum != str(bag.oxum):
        raise Refused("HEADER_INVALID", "payload_oxum")
    kinds.require_payload(head.kind, bag.payload)
    if head.kind != "trust" and not head.recipients:
        kinds.require_few(bag.payload)
    return head
