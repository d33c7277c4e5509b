"""Record lines: cut from a stream, judged one by one, and counted (§7, Records)."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

import pytest

from app.domain.merging.revision import read, seal
from app.exchange import records
from app.exchange.envelope import Header, Kind, Payload
from app.exchange.header import make
from app.exchange.index import Cover
from app.exchange.records import Good, LineReader, Validate
from app.exchange.refusal import Parked
from tests.exchange import offices
from tests.exchange.forge import compact
from tests.exchange.offices import CITY_PC, COUNTY_PC, SISTER_PC
from tests.exchange.refusals import refusal
from tests.exchange.spoil import altered, rawline

VISIT = offices.revision()
LONGEST = 1 << 20
LONG = b"x" * LONGEST


def header(kind: Kind = "submission", office: offices.Office = COUNTY_PC) -> Header:
    return make(office.envelope(kind), "zf", [], Payload(0, 0))


def text(line: tuple[str, bytes]) -> bytes:
    """A line without its LF."""
    return records.join([line]).rstrip(b"\n")


def judge(*lines: bytes, most: int = 1000, validate: Validate | None = None) -> list[Any]:
    return list(LineReader(header(), most, validate).judge_all(lines))


def changed(**changes: Any) -> bytes:
    return altered(VISIT[1], **changes).rstrip(b"\n")


def test_a_line_is_the_hash_and_the_revision_as_it_was_sealed() -> None:
    h, raw = VISIT
    assert records.join([VISIT, VISIT]) == b'{"h":"%b","r":%b}\n' % (h.encode(), raw) * 2
    assert records.join([]) == b""
    assert records.LONGEST_RAW + len(text(VISIT)) - len(raw) == LONGEST


def test_lines_are_the_same_however_the_stream_comes() -> None:
    whole = records.join(offices.some_lines())
    lines = whole.split(b"\n")[:-1]
    for size in (1, 7, len(whole)):
        pieces = [whole[at : at + size] for at in range(0, len(whole), size)]
        assert [one for batch in records.split(pieces) for one in batch] == lines
    assert list(records.split([whole])) == [lines]
    assert list(records.split([])) == []
    assert list(records.split([b""])) == []


def test_a_line_that_was_not_ended_is_marked() -> None:
    assert list(records.split([b"a\nb"])) == [[b"a"], [b"b\0"]]
    assert list(records.split([b"a", b"b"])) == [[], [], [b"ab\0"]]


def test_a_line_may_be_a_mebibyte_and_no_more() -> None:
    assert list(records.split([b"a\n" + LONG, b"\nb\n"])) == [[b"a"], [LONG, b"b"]]


@pytest.mark.parametrize(
    "pieces",
    [[LONG + b"x\n"], [LONG, b"x"], [LONG + b"x\na\n"], [b"a\n", LONG + b"x"]],
    ids=["ended", "in two", "first", "last"],
)
def test_a_longer_line_is_refused_wherever_it_stands(pieces: list[bytes]) -> None:
    assert refusal(lambda: list(records.split(pieces))) == ("LINE_TOO_LONG", "")


def test_many_short_lines_come_a_few_at_a_time() -> None:
    assert [len(one) for one in records.split([b"\n" * 5000])] == [5000]
    assert [len(one) for one in records.split([b"\n" * 5001])] == [5000, 1]
    assert [len(one) for one in records.split([b"ab\n" * 5000])] == [5000]
    assert [len(one) for one in records.split([b"ab\n" * 5001])][:2] == [1666, 1667]


def test_good_lines_come_with_their_place_name_bytes_and_revision() -> None:
    lines = offices.some_lines()
    reader = LineReader(header(), 3)
    assert list(reader.judge_all([text(lines[0])])) == [
        Good("第 1 条", *lines[0], read(lines[0][1]))
    ]
    later = list(reader.judge_all([text(one) for one in lines[1:]]))
    assert [(one.where, one.h) for one in later] == [
        ("第 2 条", lines[1][0]),
        ("第 3 条", lines[2][0]),
    ]
    assert reader.totals.cover() == Cover(
        {"aid": 2, "visit": 1},
        {"aid.goods_value": "0", "aid.money": "620.50", "visit.workers_met": "12"},
    )


def test_a_line_spelt_in_another_way_is_read_one_by_one() -> None:
    """A member unknown to this version is kept, and does not spoil the lines beside it."""
    odd = rawline(VISIT[1][:-1] + b',"later":1}').rstrip(b"\n")
    found = judge(text(VISIT), odd)
    assert [type(one) for one in found] == [Good, Good]
    assert found[1].raw == VISIT[1][:-1] + b',"later":1}'
    assert found[1].revision == found[0].revision


def test_one_bad_line_is_set_aside_under_its_number() -> None:
    found = judge(text(VISIT), b"", text(VISIT))
    assert [one.where for one in found] == ["第 1 条", "第 2 条", "第 3 条"]
    assert found[1] == Parked("第 2 条", None, "RECORD_INVALID", "记录的格式不对（not an object）")


def name(line: bytes) -> str:
    return line[6:70].decode()


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (changed(id=offices.uuid4(1)), "记录的标识不对"),
        (changed(schema=0), "记录的版式号不对"),
        (changed(schema=2**53), "记录的版式号不对"),
        (changed(parents=["ab" * 32] * 2), "记录的前一版本写法不对"),
        (changed(parents=["AB" * 32]), "记录的前一版本写法不对"),
        (changed(parents=[f"{n:064x}" for n in range(65)]), "记录的前一版本超过 64 个"),
        (changed(at="2026-07-04"), "记录的时间写法不对"),
        (changed(by=""), "记录没有写明经办人"),
        (changed(by="x" * 101), "记录没有写明经办人"),
        (changed(writer="somebody"), "记录没有写明填写的电脑"),
        (changed(type="review", body={}), "这一类文件不带这种记录（review）"),
        (changed(type="z" * 50, body={}), f"这一类文件不带这种记录（{'z' * 40}）"),
        (changed(id="x", by=""), "记录的标识不对"),
    ],
)
def test_what_is_wrong_with_a_line_is_said(line: bytes, reason: str) -> None:
    assert judge(line) == [Parked("第 1 条", name(line), "RECORD_INVALID", reason)]


@pytest.mark.parametrize(
    "line",
    [
        changed(schema=1),
        changed(schema=2**53 - 1),
        changed(parents=[f"{n:064x}" for n in range(64)]),
        changed(at="2026-07-04T10:00:00.25Z"),
        changed(by="x"),
        changed(by="字" * 100),
        changed(body={"x": [[[[1]]]]}),
    ],
)
def test_what_a_line_may_say(line: bytes) -> None:
    assert [type(one) for one in judge(line)] == [Good]


def deep(levels: int) -> bytes:
    """A revision whose body makes it so deep, itself included."""
    inner: Any = 1
    for _ in range(levels - 2):
        inner = {"a": inner}
    return changed(body={"x": inner})


def test_a_revision_may_be_32_deep() -> None:
    assert [type(one) for one in judge(deep(32))] == [Good]
    [parked] = judge(deep(33))
    assert parked.reason == "记录的格式不对（nested too deep）"


def test_many_lists_beside_each_other_are_not_deep() -> None:
    line = changed(body={"x": [{}] * 40})
    assert [type(one) for one in judge(line, text(VISIT))] == [Good, Good]


def test_a_long_list_is_bounded_by_the_line_alone() -> None:
    line = changed(body={"x": [1] * 150_000, "y": [{}] * 40})
    assert [type(one) for one in judge(line)] == [Good]


def test_a_long_reason_of_the_reader_is_cut() -> None:
    [parked] = judge(changed(op="y" * 500))
    assert len(parked.reason) == len("记录的格式不对（）") + 200


def test_the_frame_around_a_revision_is_exact() -> None:
    line = text(VISIT)
    for wrong in (
        line.replace(b'{"h"', b'{"H"', 1),
        line.replace(b'","r":', b'","s":', 1),
        line[:-1] + b"]",
        line.replace(VISIT[0].encode(), VISIT[0].upper().encode(), 1),
    ):
        [parked] = judge(wrong)
        assert (parked.h, parked.code, parked.reason) == (None, "RECORD_INVALID", "记录的格式不对")
    [unread] = judge(rawline(b"{}").rstrip(b"\n"))
    assert unread.h == sha256(b"{}").hexdigest()
    other = line.replace(VISIT[0].encode(), b"0" * 64, 1)
    assert judge(other) == [
        Parked("第 1 条", "0" * 64, "RECORD_INVALID", "记录的内容与它的校验值不一致")
    ]


@pytest.mark.parametrize("raw", [VISIT[1] + b" ", b" " + VISIT[1], VISIT[1] + b"\r", b"[]"])
def test_a_revision_stands_alone_between_its_brackets(raw: bytes) -> None:
    """Though its hash is right, and a reader of JSON would not mind the space."""
    line = rawline(raw).rstrip(b"\n")
    assert judge(line) == [
        Parked("第 1 条", name(line), "RECORD_INVALID", "记录的格式不对（not an object）")
    ]


def test_a_line_in_a_wrong_frame_could_not_be_read() -> None:
    reader = LineReader(header(), 1)
    list(reader.judge_all([text(VISIT).replace(b'{"h"', b'{"H"', 1)]))
    assert (reader.totals.lines, reader.totals.cover().records) == (1, {})


@pytest.mark.parametrize("number", ["9" * 309, "-" + "9" * 400])
def test_a_whole_number_beyond_a_double_is_set_aside(number: str) -> None:
    raw = VISIT[1].replace(b'"body":{', b'"body":{"x":%b,' % number.encode(), 1)
    [parked] = judge(rawline(raw).rstrip(b"\n"))
    assert parked.code == "RECORD_INVALID"


def test_a_record_of_another_pc_is_set_aside_but_not_in_a_restore() -> None:
    line = text(offices.revision(writer=SISTER_PC.writer))
    assert judge(line) == [
        Parked("第 1 条", name(line), "REV_FORBIDDEN", f"记录由 {SISTER_PC.writer} 填写")
    ]
    restored = LineReader(header("restore", CITY_PC), 1).judge_all([line])
    assert [type(one) for one in restored] == [Good]


def test_the_body_is_judged_by_its_type_and_version_once_all_else_is_right() -> None:
    asked: list[tuple[str, int, dict[str, Any]]] = []

    def note(type: str, schema: int, body: dict[str, Any]) -> str | None:
        asked.append((type, schema, body))
        return "人数不对" if schema == 2 else None

    lines = [text(VISIT), changed(schema=2), changed(by="")]
    found = judge(*lines, validate=note)
    body = {"workers_met": 12, "note": "走访"}
    assert asked == [("visit", 1, body), ("visit", 2, body)]
    assert [getattr(one, "reason", None) for one in found] == [
        None,
        "人数不对",
        "记录没有写明经办人",
    ]


def test_more_lines_than_the_cover_says_are_refused_before_they_are_read() -> None:
    reader = LineReader(header(), 3)
    assert len(list(reader.judge_all([text(VISIT)] * 2))) == 2
    assert len(list(reader.judge_all([text(VISIT)]))) == 1
    assert refusal(lambda: list(reader.judge_all([text(VISIT)]))) == ("COVER_MISMATCH", "")
    assert reader.totals.lines == 3


def test_lines_name_no_more_parents_than_changes_and_joins_have() -> None:
    """A thousand and four a line."""

    def lines(parents: int) -> list[bytes]:
        many = [f"{n:064x}" for n in range(64)]
        whole, rest = divmod(parents, 64)
        found = [changed(parents=many)] * whole
        return [*found, changed(parents=many[:rest])] if rest else found

    count = len(lines(1068))
    most = 1000 + 4 * count
    assert all(isinstance(one, Good) for one in judge(*lines(most), most=count))
    extra = lines(most + 1)
    assert len(extra) == count
    assert refusal(lambda: judge(*extra, most=count)) == ("HISTORY_INVALID", "")


def test_lines_that_cannot_be_read_count_for_the_cover() -> None:
    reader = LineReader(header(), 5)
    list(reader.judge_all([b"", text(VISIT), b"{"]))
    assert reader.totals.lines == 3
    reader.totals.require(Cover({"visit": 1, "aid": 2}, {}))


def test_so_many_lines_may_be_set_aside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(records, "MOST_PARKED", 3)
    assert len(judge(b"", b"", b"", text(VISIT))) == 4
    assert refusal(lambda: judge(b"", b"", b"", text(VISIT), b"")) == (
        "LINES_INVALID",
        "超过 3 条",
    )


def test_a_revision_without_parents_or_reason_writes_neither() -> None:
    """The bytes are the ones the hash is taken of, so that every version reads them."""
    h, raw = seal(read(VISIT[1]))
    assert (h, raw) == VISIT
    assert raw == compact(
        {
            "id": offices.record_id(1),
            "type": "visit",
            "schema": 1,
            "parents": [],
            "writer": COUNTY_PC.writer,
            "at": offices.WHEN,
            "by": "operator-1",
            "op": "create",
            "body": {"workers_met": 12, "note": "走访"},
        }
    )
