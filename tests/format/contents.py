"""What stands in the golden packages: made-up records, scans and acknowledgements."""

from __future__ import annotations

import hashlib
from typing import Any

from app.domain.merging.revision import Op
from app.exchange.index import Ack, Rejected
from app.exchange.packagewriter import seal_package
from tests.exchange import offices
from tests.exchange.offices import CITY, CITY_PC, CODE, COUNTY, COUNTY_PC, GONE, READERS, Office
from tests.exchange.spoil import Desk
from tests.format.example import LATE

Line = tuple[str, bytes]

PHOTO, TABLE = b"a photograph, or so", b"%PDF-1.4 a signed sheet"
PERSON, UNIT = offices.record_id(21), offices.record_id(31)


def said(number: int, type: str, body: dict[str, Any], **facts: Any) -> Line:
    return offices.revision(number, type, body, **facts)


def visit(number: int = 11, **more: Any) -> Line:
    body = {
        "number": "2026-0001",
        "enterprise_name": "沙湾机械厂",
        "headcount": 1260,
        "workers_met": 12,
        "visited_on": "2026-07-03",
        "opinions": "希望增加高温津贴；车间里“风扇”太少。\n第二行。",
        "attachments": [
            {"id": "1", "sha256": hashlib.sha256(PHOTO).hexdigest(), "name": "照片.jpg"}
        ],
    }
    return said(number, "visit", body | more)


def lines() -> list[Line]:
    """A visit with what followed from it; the aid was put right once, the demand made void."""
    first = said(23, "aid", {"person": PERSON, "money": "500.00", "given_on": "2026-07-03"})
    later = said(
        23,
        "aid",
        {"person": PERSON, "money": "620.50", "goods": "大米", "goods_value": "80"},
        parents=(first[0],),
        op="edit",
    )
    demand = said(22, "demand", {"visit": offices.record_id(11), "content": "增加高温津贴"})
    gone = said(22, "demand", {}, parents=(demand[0],), op="void")
    return [
        visit(),
        demand,
        said(21, "person", {"name": "王某", "sex": "女", "family": []}),
        first,
        later,
        gone,
    ]


def scans() -> list[Any]:
    return [
        offices.scan(PHOTO, "走访照片.jpg"),
        offices.scan(TABLE, "签领表（第1页）.pdf"),
    ]


def sealed(office: Office, kind: Any, to: str, *, recipients: Any = READERS, **facts: Any) -> Any:
    """Make one package of these contents with the program's own writer."""

    def make(desk: Desk) -> bytes:
        contents = {key: facts[key]() for key in ("lines", "attachments", "acks") if key in facts}
        header = {
            key: facts[key] for key in ("seq", "prev", "part", "trust_version") if key in facts
        }
        path = desk.path()
        keys = {"key": office.key} | (
            {"passphrase": CODE} if recipients is None else {"recipients": recipients}
        )
        seal_package(path, office.envelope(kind, to, **header), **keys, **contents)
        return path.read_bytes()

    return make


def from_county(**facts: Any) -> Any:
    return sealed(COUNTY_PC, "submission", CITY, **facts)


def reference() -> list[Line]:
    mine = {"writer": CITY_PC.writer}
    return [
        said(31, "unit", {"code": COUNTY, "name": "沙湾县总工会", "kind": "county"}, **mine),
        said(32, "campaign", {"code": "2026-1", "title": "走访帮扶活动"}, **mine),
        said(33, "enterprise", {"name": "沙湾机械厂", "owner": COUNTY}, **mine),
    ]


def reviews() -> list[Line]:
    h, _ = visit()
    body = {
        "station": COUNTY,
        "target": offices.record_id(11),
        "target_type": "visit",
        "target_h": h,
        "verdict": "accept",
    }
    return [said(41, "review", body, writer=CITY_PC.writer)]


def acks() -> list[Ack]:
    return [
        Ack(COUNTY_PC.writer, CITY, 3, "ab" * 32, (5, 9), (Rejected(6, "SIG_BAD"),), ("cd" * 32,)),
        Ack(LATE.writer, CITY, 0, None, (), (), ()),
        Ack(COUNTY_PC.writer, "all", 0, None, (1,), (), ()),
    ]


def own_channels() -> list[Ack]:
    """What the writer says of its own numbers: one lost, one superseded."""
    gone = (Rejected(1, "LOST"), Rejected(2, "SUPERSEDED"))
    return [Ack(CITY_PC.writer, COUNTY, 0, None, (), gone, ())]


def restored() -> list[Line]:
    """Revisions of two writers of the county, brought back by the city."""
    return [
        *lines(),
        said(24, "visit", {"workers_met": 3}, writer=GONE.writer),
    ]


def joined() -> list[Line]:
    """Two versions of one visit, and the one that joins them."""
    first = visit(12)
    ops: tuple[tuple[int, Op], ...] = ((13, "edit"), (14, "edit"))
    heads = [
        offices.revision(12, "visit", {"workers_met": met}, parents=(first[0],), op=op)
        for met, op in ops
    ]
    both = tuple(sorted(h for h, _ in heads))
    last = offices.revision(12, "visit", {"workers_met": 14}, parents=both, op="merge")
    return [last, *heads, first]
