"""收回执: the files of the office above come back, and what they say of our records."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.domain.campaign.plan_board import day_words
from app.domain.checking.city_paper import CityPaper
from app.domain.kernel.added_values import said_in
from app.domain.kernel.changes import Changes
from app.domain.kernel.errors import UserError
from app.domain.kernel.fields import FieldSpec
from app.domain.kernel.progress import Cancel, Progress, silent
from app.domain.records import (
    TYPES,
    Enterprise,
    Notice,
    Record,
    Review,
    ScoreSheet,
    UpdatePart,
    body_of,
)
from app.services.lists.added_fields import every_field_here
from app.services.lists.listing import lines
from app.services.office.office import Office
from app.services.packages.channels import PASSED_BY, acknowledged
from app.services.packages.forwarding import KINDS_UP
from app.services.receiving import take_package
from app.services.receiving.find_packages import chosen
from app.services.receiving.package_account import Account
from app.services.records import city_papers
from app.services.records.city_papers import PaperAtCity
from app.services.reporting import frozen_report
from app.services.reporting.reporting_steps import times_of
from app.services.reviewing import passed_up, trays
from app.services.reviewing.adoptions import ADOPT
from app.services.reviewing.review_words import joined
from app.services.reviewing.trays import TrayItem
from database.log import packages
from database.log.revisions import chunks
from database.state import states
from database.state.filters import among, empty, filled, live

_MOST_NAMED = 5
VERDICTS = {"return": "退回", "propose": "电话更正", "accept": "通过", ADOPT: "采用"}
REPLY = "reply"
"""The answer to a demand that was passed up, which is proposed as a value."""
PAPER = "paper"
"""Not said of a record, but told of its signed paper: it is old, or pages are missing."""
_COUNTED = VERDICTS | {REPLY: "答复诉求"}
ADVICE = {
    "return": "改好以后，下次报送一起交。",
    "propose": "核对后按 Ctrl+J 采用；不对的按 Ctrl+Shift+R 写明不采用，或者改成对的再保存。",
    REPLY: "打开这条按 Ctrl+J 采用，答复就记在这一条上；不同意的按 Ctrl+Shift+R 写明不采用。",
    "accept": "不需要再做什么。",
    ADOPT: "已经记在这条信息上，不需要再做什么。",
    PAPER: "重新打印现在的内容，签字盖章以后，缺的补齐，下次一起送。",
}


@dataclass(frozen=True, slots=True)
class Word:
    """What the office above says of one record: which one, what, and what to do."""

    verdict: str
    type: str
    id: str
    number: str
    subject: str
    said: str
    advice: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """What came back: each file's account, what is confirmed now, and the words on records.

    `confirmed` names the 报送 that were confirmed for the first time (第6次); `lines`
    tell all of it, one sentence each; `words` are still to be dealt with, or new.
    """

    accounts: tuple[Account, ...]
    passed_over: int
    confirmed: str
    words: tuple[Word, ...]
    lines: tuple[str, ...]
    changes: Changes


def take_receipts(
    office: Office,
    sources: Sequence[Path],
    *,
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> Receipt:
    """Take in the files of the office above; folders are looked into.

    Raises `UserError` NO_RECEIPT when none of them is for this office;
    `EnvironmentProblem`, `Cancelled`: the files taken in before that stay.
    """
    found = chosen(office, sources, cancel=cancel)
    wanted = [one.path for one in found if one.is_wanted]
    if not wanted:
        raise UserError(
            "NO_RECEIPT",
            "这里没有给本单位的回执文件。",
            remedy="请选择上级单位给的优盘或文件夹。",
        )
    before, seen = _reach(office), {item.review.id for item in _trays(office)}
    accounts = take_package.receive_all(office, wanted, progress=progress, cancel=cancel)
    reach, items = _reach(office), _trays(office)
    papers = _paper_notices(office, accounts)
    words = tuple(_words(office, [item for item in items if item.review.id not in seen]))
    words += tuple(_wrong_papers(office)) if papers else ()
    confirmed = times_of(_confirmed(office, before, reach))
    told = tuple(_lines(office, accounts, confirmed, words, papers))
    told += tuple(_paper_line(office)) if papers else ()
    changes = take_package.changes_of(accounts) | Changes(frozenset({"package"}))
    return Receipt(tuple(accounts), len(found) - len(wanted), confirmed, words, told, changes)


def open_words(office: Office) -> list[Word]:
    """What is returned or proposed and not dealt with yet."""
    items = [item for item in _trays(office, ("return", "propose")) if item.open]
    return [*_words(office, list(items)), *_wrong_papers(office)]


def _wrong_papers(office: Office) -> Iterator[Word]:
    """Records whose signed paper the city has in an older version, or not whole."""
    for kind, found in _papers(office).items():
        wrong = {id: one for id, one in found.items() if one.standing is not CityPaper.CAME}
        known = {one.id: one for one in lines(office, kind, list(wrong))}
        for record, one in wrong.items():
            line = known.get(record)
            if line is not None and line.standing != "void":
                subject = f"{kind.label} {line.title}".strip()
                said = one.details
                yield Word(PAPER, kind.type_name, record, line.number, subject, said, ADVICE[PAPER])


def _papers(office: Office) -> Mapping[type[Record], Mapping[str, PaperAtCity]]:
    with office.store.read() as connection:
        here = office.identity.station
        return {kind: city_papers.every(connection, kind, here) for kind in city_papers.PAPERS}


def _trays(office: Office, verdicts: Iterable[str] = VERDICTS) -> list[TrayItem]:
    return [item for verdict in verdicts for item in trays.tray(office, verdict)]


def _reach(office: Office) -> int:
    """The last package that the office above has confirmed without a gap."""
    with office.store.read() as connection:
        to = frozen_report.addressee(office, connection)
        return acknowledged(connection, office.identity.writer, to, to)


def _confirmed(office: Office, before: int, now: int) -> list[int]:
    with office.store.read() as connection:
        to = frozen_report.addressee(office, connection)
        rows = packages.find(connection, direction="out", writer=office.identity.writer, to=to)
    up = (row for row in rows if row.kind in KINDS_UP)
    return [row.seq for row in up if row.seq and before < row.seq <= now]


def _words(office: Office, items: Sequence[TrayItem]) -> Iterable[Word]:
    said: dict[str, set[str]] = {}
    for item in items:
        said.setdefault(item.type, set()).update(said_in(body_of(item.record.record)))
    fields = {name: every_field_here(office, TYPES[name], added) for name, added in said.items()}
    for item in items:
        review = item.review.record
        line = _subject(office, item)
        verdict = REPLY if passed_up.is_reply(review) else review.verdict
        yield Word(
            verdict,
            item.type,
            item.record.id,
            item.record.record.number,
            f"{TYPES[item.type].label} {line}".strip(),
            said_of(review, fields[item.type]),
            ADVICE[verdict],
        )


def _paper_notices(office: Office, accounts: Sequence[Account]) -> int:
    """How many of what came tell of signed paper."""
    with office.store.read() as connection:
        ids = {
            record
            for account in accounts
            for _, _, kind, record in packages.contents(connection, account.package)
            if kind == Notice.type_name
        }
        return sum(
            bool(state.record.paper_of)
            for some in chunks(sorted(ids))
            for state in states.find(connection, Notice, among("id", some))
        )


def _paper_line(office: Office) -> Iterator[str]:
    """市里收到签字盖章的纸质 12 条，其中版本旧 1 条、缺页 1 条。."""
    counts = Counter(one.standing for found in _papers(office).values() for one in found.values())
    wrong = ((CityPaper.OLD, "版本旧"), (CityPaper.MISSING, "缺页"))
    told = "、".join(f"{words} {counts[one]} 条" for one, words in wrong if counts[one])
    if counts:
        among_them = f"，其中{told}，请重新打印盖章再送" if told else ""
        yield f"市里收到签字盖章的纸质 {counts.total()} 条{among_them}。"


def _subject(office: Office, item: TrayItem) -> str:
    if TYPES[item.type].facts.place is None:
        return ""
    return next((one.title for one in lines(office, TYPES[item.type], [item.record.id])), "")


def said_of(review: Review, fields: Mapping[str, FieldSpec]) -> str:
    """What a review says: the questions, or the values proposed, field by field."""
    if review.verdict == ADOPT:
        return review.text
    if passed_up.is_reply(review):
        told = {one.field: str(one.value) for one in review.proposals}
        day = told.get(passed_up.REPLIED_ON)
        return told[passed_up.REPLY] + (f"（{day}）" if day else "")
    labels = {name: spec.label for name, spec in fields.items()}
    said = [f"{labels.get(one.field, one.field)}：{one.text}" for one in review.questions]
    said += [
        f"{labels.get(one.field, one.field)}更正为“{one.value}”（{one.said_by}说）"
        for one in review.proposals
    ]
    return joined([*said, review.text])


def _sender(account: Account, here: str) -> str:
    return "本单位另一台电脑" if account.station == here else "乡镇（街道）"


def _is_passed(account: Account) -> bool:
    """Whether the file is refused for being older, or for another PC: nobody has to do anything."""
    return PASSED_BY.get(account.code) == account.kind


def _told_of(office: Office, accounts: Sequence[Account]) -> str:
    """Which units the city was at, by name and day, the latest first: 甲厂（7月12日）、…"""
    met: dict[str, dt.date | None] = {}
    named: dict[str, str] = {}
    with office.store.read() as connection:
        told_of = [
            record
            for account in accounts
            if account.records.get(Notice.type_name)
            for *_, kind, record in packages.contents(connection, account.package)
            if kind == Notice.type_name
        ]
        for some in chunks(told_of):
            at = among("id", some), filled("enterprise"), empty("hint_of")
            found = states.find(connection, Notice, live(), *at)
            met |= {one.record.enterprise: one.record.met_on for one in found}
        for some in chunks(list(met)):
            named |= dict(states.pick(connection, Enterprise, ("id", "name"), among("id", some)))
    days = sorted(met.items(), key=lambda one: one[1] or dt.date.min, reverse=True)
    told = [
        f"{named[unit]}（{day_words(day)}）" if day else named[unit]
        for unit, day in days
        if unit in named
    ]
    more = f"等 {len(told)} 个单位" if len(told) > _MOST_NAMED else ""
    return "、".join(told[:_MOST_NAMED]) + more


def _lines(
    office: Office,
    accounts: Sequence[Account],
    confirmed: str,
    words: Sequence[Word],
    papers: int,
) -> Iterable[str]:
    here = office.identity.station
    if confirmed:
        yield f"上级已收到{confirmed}报送。"
    counts = Counter(word.verdict for word in words if word.verdict in _COUNTED)
    if counts:
        told = (f"{name} {counts[kind]} 条" for kind, name in _COUNTED.items() if counts[kind])
        yield f"{'，'.join(told)}。"
    for account in accounts:
        if account.kind in ("reference", "trust") and account.state in ("merged", "recorded"):
            yield "单位名录和活动已更新。" if account.kind == "reference" else "登记文件已更新。"
        if account.records.get(ScoreSheet.type_name):
            yield "上级发来了考评结果，在“统计”的“考评”里看，有不同意见可以申诉。"
        if account.records.get(UpdatePart.type_name):
            yield "带来了新版程序，到“设置 → 程序更新”看一看，装不装由您定。"
        if account.kind in KINDS_UP and account.state == "merged":
            yield f"收下{_sender(account, here)}的记录 {account.new} 条。"
        if account.conflict:
            yield f"其中 {account.conflict} 条两处填写不一致，请打开记录选定。"
        if account.state not in ("merged", "recorded", "duplicate") and not _is_passed(account):
            yield f"{account.file}：{account.sentence}{account.remedy}"
    count = sum(account.records.get(Notice.type_name, 0) for account in accounts) - papers
    if count > 0:
        yield f"上级告知的 {count} 项有更新，登记和排安排时会提醒。"
    if units := _told_of(office, accounts):
        yield f"市总去过：{units}。"
    if accounts and all(one.state == "duplicate" for one in accounts):
        yield "这些文件以前已经收过，没有新的内容。"
