"""报送单 and what the office above answered, in the archive."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from app.documents.drawing.layout import SIZE_SMALL_5
from app.documents.drawing.ledger import Column, Ledger, Row, print_ledger
from app.documents.drawing.target import Target
from app.domain.checking.state import OVER
from app.domain.codes import REVIEW_VERDICT
from app.domain.kernel.added_values import said_in
from app.domain.kernel.errors import UserError
from app.domain.kernel.fields import by_name, value_of
from app.domain.records import TYPES, Campaign, Record, Review, body_of
from app.domain.records.told import title_of
from app.services.archiving.archive_order import Volume
from app.services.lists.added_fields import every_field
from app.services.office.office import Office
from app.services.records.units import name_of
from app.services.reporting import past_reports
from app.services.reporting.past_reports import Submission
from app.services.reporting.receipts import said_of
from app.services.reviewing.trays import still_stands
from database.state import states
from database.state.filters import live
from database.state.states import State
from database.store.engine import Connection

_SENT = (
    Column("报送", 30),
    Column("类别", 18, 0.5),
    Column("生成时间", 40, 0.5),
    Column("审签人", 30),
    Column("条数", 20, 1),
    Column("文件", 20, 1),
    Column("情况", 107),
)
_ANSWERED = (
    Column("日期", 24, 0.5),
    Column("编号", 42),
    Column("内容", 62),
    Column("审核", 22, 0.5),
    Column("说的话", 89),
    Column("后来", 26, 0.5),
)


def add_reports(office: Office, volume: Volume, campaign: Campaign, own: str) -> None:
    """The list of what was sent up in the campaign's time, and the 报送单 of each."""
    sent = [one for one in past_reports.past(office).submissions if _during(campaign, one.made_at)]
    if not sent:
        return
    rows = tuple(Row(_sent_row(one), one.title) for one in reversed(sent))
    volume.add(_ledger(volume, "报送情况", _SENT, rows, own), "报送情况一览", "")
    for one in reversed(sent):
        volume.step("报送单")
        if one.report and (pdf := _slip(office, volume, one)):
            volume.add(pdf, f"报送单　{one.title}（{one.kind}）", one.made_at[:10])


def _slip(office: Office, volume: Volume, one: Submission) -> bytes:
    target = Target()
    try:
        past_reports.print_slip_again(office, one.report, target)
    except UserError as problem:
        volume.left_out.append(f"报送单 {one.title}（{problem.what}）")
        return b""
    volume.lacking += target.lacking
    return target.data


def _sent_row(one: Submission) -> tuple[str, ...]:
    made = one.made_at[:16].replace("T", " ")
    return (
        one.title, one.kind, made, one.signer, f"{one.records:,}", f"{one.files}", one.state,
    )  # fmt: skip


def _during(campaign: Campaign, at: str) -> bool:
    """Whether a moment lies in the campaign, or so soon after it that it still belongs to it."""
    if not at:
        return False
    day = dt.date.fromisoformat(at[:10])
    starts, ends = campaign.starts or dt.date.min, campaign.ends
    return starts <= day and (ends is None or day <= ends + OVER)


def add_answers(
    office: Office, connection: Connection, volume: Volume, campaign: Campaign, unit: str
) -> None:
    """All reviews of the campaign's records that are here: accepted, returned, corrected."""
    told = sorted(_reviews(connection, campaign, unit), key=lambda one: one[0].changed_at)
    if not told:
        return
    volume.step("审核和回复")
    rows = tuple(Row(_answer_row(office, connection, *one), one[1].record.number) for one in told)
    own = name_of(connection, office.identity.station)
    volume.add(_ledger(volume, "审核和回复", _ANSWERED, rows, own), "审核和回复一览", "")


def _reviews(
    connection: Connection, campaign: Campaign, unit: str
) -> Iterator[tuple[State[Review], State[Record]]]:
    for review in states.iterate(connection, Review, live()):
        record_type = TYPES.get(review.record.target_type)
        if record_type is None or (unit and review.record.station != unit):
            continue
        target = states.get(connection, record_type, review.record.target)
        if target is not None and _of(campaign, review, target):
            yield review, target


def _of(campaign: Campaign, review: State[Review], target: State[Record]) -> bool:
    """By the campaign its record names; where it names none, by the day it was said."""
    knows = "campaign" in by_name(type(target.record))
    named = value_of(target.record, "campaign") if knows else ""
    return named == campaign.code if named else _during(campaign, review.changed_at)


def _answer_row(
    office: Office, connection: Connection, review: State[Review], target: State[Record]
) -> tuple[str, ...]:
    record_type = type(target.record)
    fields = every_field(office, connection, record_type, said_in(body_of(target.record)))
    verdict = review.record.verdict
    open_still = verdict != "accept" and still_stands(connection, target, review.record)
    return (
        review.changed_at[:10],
        target.record.number,
        f"{record_type.label}　{title_of(target.record)}",
        REVIEW_VERDICT.label_of(verdict),
        said_of(review.record, fields),
        "还没有改" if open_still else "已处理" if verdict != "accept" else "",
    )


def _ledger(
    volume: Volume, title: str, columns: tuple[Column, ...], rows: Sequence[Row], own: str
) -> bytes:
    target = Target()
    ledger = Ledger(
        title, columns, tuple(rows), above=(f"单位：{own}", ""), letters=SIZE_SMALL_5, foot=own
    )
    print_ledger(ledger, target, cancel=volume.cancel)
    volume.lacking += target.lacking
    return target.data
