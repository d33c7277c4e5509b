"""A new PC asks to be known: what it says of itself, and what the city refuses (§3, §7)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest

from app.domain.merging.revision import Revision
from app.exchange.enrol import EnrolRequest, read_enrol, seal_enrol
from app.exchange.packagereader import Package, open_package
from app.exchange.packagewriter import seal_package
from app.exchange.records import Good
from tests.exchange import offices
from tests.exchange.offices import CITY_PC, COUNTY_PC, STRANGER
from tests.exchange.refusals import refusal

REQUEST = EnrolRequest(
    STRANGER.key.public.text, STRANGER.age, STRANGER.station, "pc-1", COUNTY_PC.writer
)


def opened(path: Path) -> Package:
    return open_package(path, trust=offices.first_trust(), identities=[CITY_PC.secret])


def sealed(folder: Path, request: EnrolRequest) -> Path:
    return seal_enrol(
        folder / "e.zfpkg",
        STRANGER.envelope("enrol"),
        request,
        record_id=offices.record_id(9),
        by="operator-1",
        key=STRANGER.key,
        recipients=(CITY_PC.age,),
    ).path


def answer(folder: Path, **changes: Any) -> EnrolRequest:
    with opened(sealed(folder, msgspec.structs.replace(REQUEST, **changes))) as package:
        return read_enrol(package)


def test_the_request_travels_as_one_record_of_its_writer(tmp_path: Path) -> None:
    with opened(sealed(tmp_path, REQUEST)) as package:
        [line] = package.lines()
        assert isinstance(line, Good)
        assert line.revision == Revision(
            id=offices.record_id(9),
            type="enrol",
            schema=1,
            parents=(),
            writer=STRANGER.writer,
            at=offices.WHEN,
            by="operator-1",
            op="create",
            body={
                "signing_key": STRANGER.key.public.text,
                "age": STRANGER.age,
                "station": STRANGER.station,
                "machine": "pc-1",
                "supersedes": COUNTY_PC.writer,
            },
        )
        assert read_enrol(package) == REQUEST


@pytest.mark.parametrize(
    "changes", [{"supersedes": None}, {"machine": ""}, {"machine": "机" * 255}]
)
def test_what_a_new_pc_may_say(tmp_path: Path, changes: dict[str, Any]) -> None:
    assert answer(tmp_path, **changes) == msgspec.structs.replace(REQUEST, **changes)


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"age": "age1x"}, ("RECORD_INVALID", "enrol")),
        ({"age": COUNTY_PC.age.upper()}, ("RECORD_INVALID", "enrol")),
        ({"station": "51118"}, ("RECORD_INVALID", "enrol")),
        ({"machine": "x" * 256}, ("RECORD_INVALID", "enrol")),
        ({"supersedes": "somebody"}, ("RECORD_INVALID", "enrol")),
        ({"signing_key": COUNTY_PC.key.public.text}, ("SIGNER_NOT_WRITER", STRANGER.writer)),
        ({"station": COUNTY_PC.station}, ("SIGNER_NOT_WRITER", STRANGER.writer)),
    ],
)
def test_what_a_new_pc_may_not_say(
    tmp_path: Path, changes: dict[str, Any], found: tuple[str, str]
) -> None:
    assert refusal(lambda: answer(tmp_path, **changes)) == found


def with_lines(folder: Path, *lines: tuple[str, bytes]) -> Path:
    path = folder / "e.zfpkg"
    seal_package(
        path, STRANGER.envelope("enrol"), key=STRANGER.key, recipients=(CITY_PC.age,), lines=lines
    )
    return path


def line(body: dict[str, Any], **changes: Any) -> tuple[str, bytes]:
    return offices.revision(9, "enrol", body, writer=STRANGER.writer, **changes)


NOT_CARRIED = "这一类文件不带这种记录（visit）"
BODY: dict[str, Any] = msgspec.to_builtins(REQUEST)


@pytest.mark.parametrize(
    ("lines", "detail"),
    [
        ([], "不是一条"),
        ([line(BODY), line(BODY)], "不是一条"),
        ([line(BODY | {"age": 5})], "Expected `str`, got `int` - at `$.age`"),
        ([line({})], "Object missing required field `signing_key`"),
        ([offices.revision(9, "visit", {}, writer=STRANGER.writer)], NOT_CARRIED),
    ],
    ids=["none", "two", "age", "empty", "visit"],
)
def test_what_is_not_one_request_is_refused(
    tmp_path: Path, lines: list[tuple[str, bytes]], detail: str
) -> None:
    with opened(with_lines(tmp_path, *lines)) as package:
        assert refusal(lambda: read_enrol(package)) == ("RECORD_INVALID", detail)
