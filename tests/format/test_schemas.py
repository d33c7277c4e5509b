"""The JSON Schemas beside the description agree with what the program writes and reads."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from app.domain.merging.revision import Revision
from app.exchange import envelope, index, trust
from app.exchange.enrol import EnrolRequest
from app.exchange.packagereader import open_package
from app.exchange.records import Good
from app.services.receiving.inspection import Verdict
from tests.exchange.forge import Forgery
from tests.format.example import FOLDER, KEYS, TRUSTS

SCHEMAS = {
    path.stem: json.loads(path.read_text(encoding="utf-8"))
    for path in sorted((FOLDER / "schemas").glob("*.json"))
}
REGISTRY: Registry[Any] = Registry().with_resources(
    [(schema["$id"], Resource.from_contents(schema)) for schema in SCHEMAS.values()]
)
CASES = json.loads((FOLDER / "examples" / "expected.json").read_text(encoding="utf-8"))["cases"]
GOLDEN = [case for case in CASES if case["file"].startswith("golden/")]
BODIES = FOLDER.parent / "schemas"


@cache
def validator(name: str) -> Draft202012Validator:
    return Draft202012Validator(SCHEMAS[name], registry=REGISTRY)


@cache
def body_validator(type: str) -> Draft202012Validator:
    return Draft202012Validator(json.loads((BODIES / f"{type}.json").read_text(encoding="utf-8")))


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_one_and_says_which(name: str) -> None:
    Draft202012Validator.check_schema(SCHEMAS[name])
    assert SCHEMAS[name]["$id"] == f"zoufang:package:{name}:1"


@pytest.mark.parametrize("case", GOLDEN, ids=lambda case: Path(case["file"]).stem)
def test_what_stands_in_a_golden_package_is_as_the_schemas_say(case: dict[str, Any]) -> None:
    path = FOLDER / "examples" / case["file"]
    forgery = Forgery.of(path)
    validator("header").validate(json.loads(forgery.members["header.json"]))
    for name, data in forgery.members.items():
        if name.startswith("data/trust/") and name.endswith(".json"):
            validator("trust-version").validate(json.loads(data))
    if case["identity"]:
        secret = KEYS[Path(case["identity"]).stem].secret
        validator("index").validate(json.loads(forgery.plain("data/index.json.age", secret)))
    _validate_lines(path, case)


def _validate_lines(path: Path, case: dict[str, Any]) -> None:
    known = TRUSTS[Path(case["trust"]).stem]() if case["trust"] else None
    secrets = [KEYS[Path(case["identity"]).stem].secret] if case["identity"] else []
    if not case["verdict"]["opened"]:
        return
    with open_package(
        path, trust=known, identities=secrets, passphrase=case["passphrase"]
    ) as package:
        for line in package.lines():
            if isinstance(line, Good):
                revision = json.loads(line.raw)
                validator("record-line").validate({"h": line.h, "r": revision})
                if revision["type"] == "enrol":
                    validator("enrol").validate(revision["body"])
                else:
                    body_validator(revision["type"]).validate(revision["body"])


@pytest.mark.parametrize("case", CASES, ids=lambda case: Path(case["file"]).stem)
def test_an_expected_verdict_is_one(case: dict[str, Any]) -> None:
    validator("verdict").validate(case["verdict"])


@pytest.mark.parametrize(
    ("name", "at", "struct"),
    [
        ("header", (), envelope.Header),
        ("index", (), index.Index),
        ("index", ("acks", "items"), index.Ack),
        ("index", ("acks", "items", "rejected", "items"), index.Rejected),
        ("index", ("cover",), index.Cover),
        ("file-facts", (), index.FileFacts),
        ("trust-version", (), trust.TrustDocument),
        ("trust-version", ("writers", "items"), trust.TrustWriter),
        ("trust-version", ("recipients", "items"), trust.TrustRecipient),
        ("enrol", (), EnrolRequest),
        ("revision", (), Revision),
    ],
)
def test_a_schema_has_the_members_the_program_reads(
    name: str, at: tuple[str, ...], struct: type[msgspec.Struct]
) -> None:
    schema = SCHEMAS[name]
    for step in at:
        schema = schema[step] if step == "items" else schema["properties"][step]
    fields = msgspec.structs.fields(struct)
    assert list(schema["properties"]) == [field.name for field in fields]
    assert schema["required"] == [field.name for field in fields if field.required]


def test_a_verdict_has_the_members_the_program_tells() -> None:
    told = {field.name for field in msgspec.structs.fields(Verdict)}
    assert told - {"format", "detail"} == set(SCHEMAS["verdict"]["properties"])


NOT_OF_THE_SCHEMA = {
    *("F3.4", "F3.5", "F4.1", "F4.2", "F4.7", "F4.9", "F4.11", "F4.15", "F4.18", "F4.20"),
}
"""Rules of the header that compare it with something, or that no schema can say."""
BEYOND_SCHEMAS = {"attacks/header-part-beyond.zfpkg", "attacks/header-seq-with-fraction.zfpkg"}
MALFORMED = [
    case
    for case in CASES
    if case["verdict"]["code"] == "HEADER_INVALID"
    and case["file"] not in BEYOND_SCHEMAS
    and not NOT_OF_THE_SCHEMA.intersection(case["rules"])
]


@pytest.mark.parametrize("case", MALFORMED, ids=lambda case: Path(case["file"]).stem)
def test_a_header_refused_for_its_form_is_refused_by_the_schema(case: dict[str, Any]) -> None:
    raw = Forgery.of(FOLDER / "examples" / case["file"]).members["header.json"]
    assert not validator("header").is_valid(json.loads(raw))
