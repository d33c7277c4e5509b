"""The list of parts, as CycloneDX 1.5: what is inside, in which version, under which licence."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import Message
from email.parser import HeaderParser
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5
from zipfile import ZipFile

from bundle import checkout
from bundle.inside import Inner, inside
from bundle.lock import Pin, wheel_of


@dataclass(frozen=True, slots=True)
class Part:
    """Something that comes beside the libraries; `source` is the file it was taken from."""

    name: str
    version: str
    licence: str
    kind: str = "library"
    purl: str = ""
    source: Path | None = None


FONTS_AND_SIGNS = (
    Part("Noto Sans SC", "", "OFL-1.1", "data"),
    Part("Noto Serif SC", "", "OFL-1.1", "data"),
    Part("Phosphor Icons", "", "MIT", "data"),
)
"""What the checkout itself carries of others."""


def sbom(system: str, pins: Iterable[Pin], wheels: Path, beside: Iterable[Part]) -> str:
    """The document as text; the same commit and the same parts give the same text.

    `beside` are parts that no wheel brings, such as the interpreter.
    """
    parts = [_of_wheel(pin, wheel_of(pin, wheels)) for pin in pins]
    parts += [_of_part(one) for one in (*beside, *FONTS_AND_SIGNS)]
    parts.sort(key=lambda one: (str(one["name"]).lower(), str(one.get("version", ""))))
    dated = datetime.fromtimestamp(checkout.commit_time(), UTC)
    document = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {
            "timestamp": dated.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "component": _program(system),
        },
        "components": parts,
    }
    named = f"zoufang:{json.dumps(document, sort_keys=True)}"
    document["serialNumber"] = f"urn:uuid:{uuid5(NAMESPACE_URL, named)}"
    return json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _program(system: str) -> dict[str, Any]:
    number = checkout.version()
    return {
        "type": "application",
        "bom-ref": "zoufang",
        "name": "zoufang",
        "version": number,
        "description": f"走访帮扶登记系统 ({system})",
        "licenses": _licences("Apache-2.0"),
    }


def _of_wheel(pin: Pin, wheel: Path) -> dict[str, Any]:
    purl = f"pkg:pypi/{pin.name.lower()}@{pin.version}"
    part = Part(pin.name, pin.version, licence_of(_metadata(wheel)), "library", purl, wheel)
    known = _of_part(part)
    if inner := [_of_inner(purl, one) for one in inside(wheel)]:
        known["components"] = inner
    return known


def _of_inner(purl: str, inner: Inner) -> dict[str, Any]:
    """One project compiled into a library; the same may be in several, so it is named by both."""
    known = _of_part(Part(inner.name, inner.version, inner.licence))
    return {**known, "bom-ref": f"{purl}#{inner.name}-{inner.version}"}


def _of_part(part: Part) -> dict[str, Any]:
    known: dict[str, Any] = {"type": part.kind, "name": part.name}
    known["bom-ref"] = part.purl or "-".join(filter(None, (part.name, part.version)))
    if part.version:
        known["version"] = part.version
    if part.purl:
        known["purl"] = part.purl
    if part.licence:
        known["licenses"] = _licences(part.licence)
    if part.source is not None:
        content = sha256(part.source.read_bytes()).hexdigest()
        known["hashes"] = [{"alg": "SHA-256", "content": content}]
    return known


def _licences(words: str) -> list[Mapping[str, Any]]:
    """An SPDX expression as one, other words as a name."""
    is_expression = all(_is_spdx(one) for one in words.replace("(", "").replace(")", "").split())
    return [{"expression": words} if is_expression else {"license": {"name": words}}]


def _is_spdx(word: str) -> bool:
    return word in {"AND", "OR", "WITH", "MIT"} or ("-" in word and word[0].isupper())


def licence_of(said: Message) -> str:
    """As a library says it: an expression, a short name, or its classifiers."""
    expression = str(said.get("License-Expression", "")).strip()
    short = str(said.get("License", "")).strip()
    if expression or (short and "\n" not in short and len(short) < 60):
        return expression or short
    return ", ".join(_classified(said))


def _classified(said: Message) -> Iterator[str]:
    for line in said.get_all("Classifier", []):
        if str(line).startswith("License ::"):
            yield str(line).rpartition(" :: ")[2]


def _metadata(wheel: Path) -> Message:
    with ZipFile(wheel) as packed:
        (name,) = (
            one
            for one in packed.namelist()
            if one.endswith(".dist-info/METADATA") and one.count("/") == 1
        )
        return HeaderParser().parsestr(packed.read(name).decode())
