"""The description of the package format says what the program does (package format F1-F20)."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from app.domain.merging import revision
from app.exchange import (
    agefile,
    bag,
    container,
    enrol,
    envelope,
    header,
    index,
    kinds,
    manifest,
    names,
    records,
    scryptfile,
    sshsig,
    strictjson,
    trust,
    zstdframe,
)
from app.exchange.refusal import CODES
from app.exchange.totals import SUMMED
from tests.format import description
from tests.format.broken_rules import BROKEN
from tests.format.example import FOLDER

BOUNDS: Mapping[tuple[str, str], int] = {
    ("F1.1", "bytes of a package"): container.LARGEST,
    ("F1.3", "members"): container.MOST_MEMBERS,
    ("F1.3", "bytes of the directory"): 4 << 20,
    ("F2.1", "characters of a name"): 200,
    ("F3.2", "bytes of header.json"): bag.LARGEST_HEADER,
    ("F3.2", "bytes of bagit.txt, bag-info.txt, tag manifest"): manifest.LARGEST_TEXT,
    ("F3.2", "bytes of the manifest"): manifest.LARGEST,
    ("F3.2", "bytes of any other member"): container.LARGEST_FILE,
    ("F3.6", "bytes under data/ in enrol"): 64 << 10,
    ("F3.6", "bytes under data/ in trust"): 64 << 20,
    ("F4.1", "values of a JSON text"): strictjson.MOST_VALUES,
    ("F4.1", "depth of a JSON text"): records.DEEPEST,
    ("F4.3", "largest whole number"): names.MOST,
    ("F4.16", "recipients"): header.MOST_RECIPIENTS,
    ("F4.16", "recipients of a reference"): header.MOST_RECIPIENTS_OF_ALL,
    ("F5.3", "bytes of a signature"): sshsig.LARGEST,
    ("F8.3", "stanzas beyond the recipients"): 2,
    ("F8.3", "bytes of a stanza"): 400,
    ("F8.5", "scrypt work factor"): scryptfile.HIGHEST_COST,
    ("F8.5", "files behind a code"): kinds.MOST_BEHIND_CODE,
    ("F9.1", "bytes of the index"): index.LARGEST,
    ("F9.2", "values of the index"): index.MOST_VALUES,
    ("F9.6", "names in a part of the cover"): index.MOST_TYPES,
    ("F9.6", "characters of a name on the cover"): index.LONGEST_TYPE,
    ("F9.7", "acknowledgements"): index.MOST_ACKS,
    ("F9.7", "entries in one list of an acknowledgement"): index.MOST_NAMED,
    ("F9.8", "bytes of one record file"): index.LARGEST_RECORDS,
    ("F9.8", "bytes of all record files"): index.LARGEST_LINES,
    ("F9.8", "lines"): index.MOST_LINES,
    ("F10.3", "times a record file may grow"): zstdframe.LARGEST_RATIO,
    ("F11.1", "bytes of a line"): records.LONGEST_LINE,
    ("F11.5", "parents of a revision"): revision.MOST_PARENTS,
    ("F11.5", "characters of `by`"): records.LONGEST_OPERATOR,
    ("F11.14", "parents named beyond four a line"): 1000,
    ("F11.15", "lines set aside"): records.MOST_PARKED,
    ("F13.1", "bytes of a trust version"): trust.LARGEST,
    ("F14.2", "characters of `machine`"): enrol.LONGEST_MACHINE,
}


def test_the_rules_are_numbered_without_gap_or_double() -> None:
    marks = description.marks()
    assert len(set(marks)) == len(marks)
    sections: dict[int, list[int]] = {}
    for mark in marks:
        section, rule = map(int, mark[1:].split("."))
        sections.setdefault(section, []).append(rule)
    for section, rules in sections.items():
        assert sorted(rules) == list(range(1, len(rules) + 1)), f"F{section}"


def test_every_rule_that_is_mentioned_is_there() -> None:
    mentioned = set(re.findall(r"\bF\d+\.\d+\b", description.TEXT))
    assert mentioned <= set(description.marks())
    assert {rule for rules in BROKEN.values() for rule in rules} <= mentioned


def test_every_code_has_a_rule_and_every_rule_a_code_that_is() -> None:
    assert all(description.codes_of_rules().values())
    named = {
        code
        for rule in description.rules().values()
        for code in re.findall(r"`([A-Z]{3,}(?:_[A-Z]+)+|[A-Z]{4,})`", rule)
    }
    assert named == CODES.keys() | {"LOST", "SUPERSEDED"}


def test_the_tables_are_those_of_the_program() -> None:
    assert description.code_table() in description.TEXT
    assert description.type_table() in description.TEXT
    told = {row[0].strip("`"): row[1] for row in description.table("**F18.1**")}
    assert told == kinds.WORDS
    assert told.keys() == set(envelope.KINDS)
    for type, members in SUMMED.items():
        assert all(f"`{type}.{member}`" in description.TEXT for member in members)


def test_the_bounds_are_those_of_the_program() -> None:
    told = {(rule, what): int(value) for rule, what, value in description.table("## F19")}
    assert told == BOUNDS
    assert kinds.__dict__["_LARGEST_PAYLOAD"] == {"enrol": 64 << 10, "trust": 64 << 20}
    assert agefile.__dict__["_LONGEST_STANZA"] == 400


def cases() -> list[dict[str, Any]]:
    text = (FOLDER / "examples" / "expected.json").read_text(encoding="utf-8")
    found: list[dict[str, Any]] = json.loads(text)["cases"]
    return found


def test_every_example_names_rules_that_speak_of_its_code() -> None:
    rules = description.rules()
    assert all(case["rules"] and set(case["rules"]) <= rules.keys() for case in cases())
    silent = {
        case["file"]: code
        for case in cases()
        if (code := case["verdict"]["code"])
        and not any(f"`{code}`" in rules[rule] for rule in case["rules"])
    }
    assert silent == {}


def test_every_code_a_reader_of_one_file_can_give_has_an_example() -> None:
    given = {case["verdict"]["code"] for case in cases()}
    given |= {one["code"] for case in cases() for one in case["verdict"]["aside"]}
    of_the_ledger = {"DUPLICATE", "APPLIED_WITH_GAP", "FORK", "CLOCK_SKEW"}
    assert given - {None} == CODES.keys() - of_the_ledger
