"""The one list of 收件: what waits, what was taken in, what could not be, and what to do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import msgspec

from app.domain.kernel.readable import readable
from app.domain.merging.ownership import station_of
from app.domain.records.registry import shown
from app.exchange.kinds import WORDS
from app.exchange.refusal import CODES
from app.services.office.office import Office
from app.services.packages.sealed_acks import Told
from app.services.packages.trust_store import trust_of
from app.services.receiving import waiting_files
from app.services.receiving.package_account import Account
from app.services.receiving.waiting_files import Waiting
from app.services.records.units import reached
from database.log import packages
from database.log.packages import PackageRow
from database.store.engine import Connection

Standing = Literal[
    "unseen",
    "ready",
    "gap",
    "enrol",
    "held",
    "frozen",
    "refused",
    "merged",
    "recorded",
    "withdrawn",
]
"""unseen: copied in, not looked at yet. ready 可汇总, gap 缺第几次报送 (可汇总), enrol a
报送单位登记 to be approved, held 单位未登记, frozen 待选定, refused 不能接收, merged 已汇总,
recorded 已收下, withdrawn 已撤销."""

WAITS: frozenset[Standing] = frozenset(
    {"unseen", "ready", "gap", "enrol", "held", "frozen", "refused"}
)
MERGEABLE: frozenset[Standing] = frozenset({"ready", "gap"})


@dataclass(frozen=True, slots=True)
class Delivery:
    """One file of the list.

    `package` is its line in the ledger, 0 while it waits; `waiting` the copy that waits.
    `note` says in a few words what is to be known, `sentence` at length where there is
    something to do about it, and `remedy` what; `answered`
    whether the office that sent it was told that it came; `contested`: another file of
    the same number waits for a decision. `pending`: somebody has still to do something
    about it.
    """

    key: str
    name: str
    standing: Standing
    note: str
    sentence: str = ""
    remedy: str = ""
    package: int = 0
    waiting: Waiting | None = None
    digest: str = ""
    station: str = ""
    station_name: str = ""
    writer: str = ""
    to: str = ""
    telephone: str = ""
    kind: str = ""
    seq: int = 0
    part: tuple[int, int] | None = None
    dated: str = ""
    arrived: str = ""
    account: Account | None = None
    answered: bool = False
    contested: bool = False
    pending: bool = False

    @property
    def from_below(self) -> bool:
        """Whether an office below reported with it; it is answered."""
        return self.kind in ("submission", "urgent")

    @property
    def listable(self) -> bool:
        """Whether a list can show anything of what it brought; an answer may bring words alone."""
        known = self.account.records if self.account else {}
        return not known or any(kind.type_name in known for kind in shown())

    @property
    def number(self) -> str:
        """第6次, 第6次 2/3, or what else it is."""
        if not self.seq:
            return "—"
        if self.kind in _UNNUMBERED:
            return _UNNUMBERED[self.kind]
        part = f" {self.part[0]}/{self.part[1]}" if self.part else ""
        return f"第{self.seq}次{part}"

    @property
    def records(self) -> int | None:
        """How many records it holds, where that is known; each was filled in once or more."""
        return self.account.distinct if self.account and self.account.contained else None

    @property
    def title(self) -> str:
        """沙湾区总工会 第6次报送, or the name of the file."""
        if not self.station_name:
            return self.name
        what = WORDS.get(self.kind, "")
        numbered = f"第{self.seq}次{what}" if self.kind in _NUMBERED else what
        return f"{self.station_name} {numbered}"


_NUMBERED = ("submission", "urgent", "answer")
_UNNUMBERED = {"trust": "登记文件", "enrol": "登记申请", "reference": "名录", "restore": "恢复"}


def deliveries(office: Office, looked: Mapping[str, Account]) -> list[Delivery]:
    """What waits, by office and number, then the ledger, the newest first.

    `looked` are the accounts of looking at waiting files, by their sha256.
    """
    here = waiting_files.waiting(office)
    away = waiting_files.away(office)
    with office.store.read() as connection:
        told = _told(connection)
        offices = _Offices(connection)
        rows = packages.find(connection, direction="in")
        lines = [_line(offices, row, told) for row in reversed(rows)]
        waits = [_waits(offices, one, looked.get(one.digest)) for one in here]
    came = [p for p in lines if p.standing in ("merged", "recorded")]
    done = {(p.writer, p.to, p.seq) for p in came if p.seq}
    files = {p.digest for p in came}
    doubtful = {(p.writer, p.to, p.seq) for p in lines if p.standing == "frozen"}
    lines = [
        replace(p, contested=p.standing == "merged" and (p.writer, p.to, p.seq) in doubtful)
        for p in lines
    ]
    waits.sort(key=lambda p: (p.station or "~", p.writer, p.to, p.seq, p.name))
    return [
        *_in_turn(waits),
        *(replace(p, pending=_is_pending(p, done, files, away)) for p in lines),
    ]


def _is_pending(
    one: Delivery, done: Set[tuple[str, str, int]], files: Set[str], away: Set[int]
) -> bool:
    """A refusal is done with once it was put away, or it or its number came in after all."""
    if one.standing not in WAITS:
        return one.contested
    healed = one.digest in files or (one.writer, one.to, one.seq) in done
    over = one.standing == "refused" and healed
    return not over and one.package not in away


def _in_turn(waits: Iterable[Delivery]) -> Iterator[Delivery]:
    """Nothing is missing of a channel whose missing numbers wait before it in this list."""
    waits = list(waits)
    here = {(p.writer, p.to, p.seq) for p in waits if p.standing in MERGEABLE}
    for one in waits:
        lacking = one.account.missing if one.account else ()
        if one.standing == "gap" and all((one.writer, one.to, n) in here for n in lacking):
            before = "、".join(f"第{n}次" for n in lacking)
            yield replace(one, standing="ready", note=f"在{before}之后汇总")
        else:
            yield one


class _Offices:
    """Names and telephones of offices, each read once, and their registered computers."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._known: dict[str, tuple[str, str]] = {"": ("", "")}
        trust = trust_of(connection)
        self._writers = {one.writer for one in trust.document.writers} if trust else set()

    def name(self, station: str) -> str:
        """What an office is called, else its code."""
        return self._told(station)[0]

    def telephone(self, station: str) -> str:
        """Whom to ring up there: the clerk, else the leader."""
        return self._told(station)[1]

    def registered(self, writer: str | None) -> bool:
        """Whether the trust document lists a computer."""
        return writer in self._writers

    def _told(self, station: str) -> tuple[str, str]:
        if station not in self._known:
            unit = reached(self._connection, station)
            number = (unit.clerk_telephone or unit.leader_telephone) if unit else ""
            self._known[station] = (unit.name if unit else station, number)
        return self._known[station]


def _waits(offices: _Offices, one: Waiting, account: Account | None) -> Delivery:
    key = f"waiting/{one.digest}"
    if account is None:
        return Delivery(
            key, one.name, "unseen", "还没有核对", waiting=one, digest=one.digest, pending=True
        )
    telephone = offices.telephone(account.station)
    standing: Standing = "ready"
    note, sentence, remedy = notes_of(account), account.sentence, account.remedy
    if account.code == waiting_files.TOO_NEW:
        standing, note, remedy = "refused", sentence.rstrip("。"), _TOO_NEW
    elif account.missing:
        lacking = "、".join(f"第{n}次" for n in account.missing[:3])
        standing, note = "gap", f"先要{lacking}" + (f"，电话 {telephone}" if telephone else "")
        sentence, remedy = f"前面还缺{lacking}报送。", _GAP
    return Delivery(
        key,
        one.name,
        standing,
        note,
        sentence,
        remedy,
        waiting=one,
        digest=one.digest,
        station=account.station,
        station_name=offices.name(account.station),
        writer=account.writer,
        to=account.to,
        telephone=telephone,
        kind=account.kind,
        seq=account.seq,
        part=account.part,
        dated=account.created[:10],
        account=account,
        pending=True,
    )


_ENROL = ("一台电脑申请报送单位登记。", "请到“设置”与对方用电话核对核对码，再办理登记。")
_GAP = "请对方补交；也可以先汇总这一份，补来以后会自动接上。"
_TOO_NEW = "文件留在这里：请升级本程序，升级以后再到这里就可以汇总。"
_HELD = (
    "请到“设置”办理报送单位登记；登记后这份文件自动汇总。"
    "不该收的，由负责人到“设置”的“数据”里放弃留存。"
)


def notes_of(account: Account) -> str:
    """What a person has to decide about a package, or that there is nothing."""
    counts = (
        ("不一致", account.conflict),
        ("可能重复", len(account.doubles)),
        ("搁置", account.parked),
        ("等前一次", account.waiting),
        ("附件待到", account.scans_named - account.scans),
    )
    words = "，".join(f"{what} {count}" for what, count in counts if count > 0)
    return words or ("封面与内容相符" if account.contained else WORDS.get(account.kind, ""))


def _line(offices: _Offices, row: PackageRow, told: Mapping[tuple[str, str], int]) -> Delivery:
    account = msgspec.json.decode(row.account, type=readable(Account)) if row.account else None
    station = station_of(row.writer or "") if row.writer else ""
    answered = (row.seq or 0) <= told.get((row.writer or "", row.to or ""), 0)
    standing = _STANDINGS.get(row.state, "refused")
    words = CODES.get(row.code or "")
    note, remedy = (words.what, words.remedy) if words else ("", "")
    sentence = f"{note}。" if note else ""
    if standing == "held":
        remedy = _HELD
    if row.kind == "enrol" and standing == "recorded" and not offices.registered(row.writer):
        standing, note, sentence, remedy = "enrol", "等核对核对码", *_ENROL
    elif row.state == "lost":
        note, sentence, remedy = "不会再来", f"{row.note}。", "不需要再做什么。"
    elif standing in ("merged", "recorded", "withdrawn"):
        note = _when(row.arrived) + ("，已回执" if answered and standing == "merged" else "")
        sentence, remedy = (account.sentence, account.remedy) if account else ("", "")
    return Delivery(
        f"package/{row.n}",
        row.note or "",
        standing,
        note,
        sentence,
        remedy,
        package=row.n,
        digest=row.digest,
        station=station,
        station_name=offices.name(station),
        writer=row.writer or "",
        to=row.to or "",
        telephone=offices.telephone(station),
        kind=row.kind or "",
        seq=row.seq or 0,
        part=account.part if account else None,
        dated=(row.created or "")[:10],
        arrived=row.arrived,
        account=account,
        answered=answered,
    )


_STANDINGS: Mapping[str, Standing] = {
    "merged": "merged", "recorded": "recorded", "withdrawn": "withdrawn", "held": "held",
    "frozen": "frozen", "refused": "refused", "lost": "recorded",
}  # fmt: skip


def _when(moment: str) -> str:
    return dt.datetime.fromisoformat(moment).strftime("%m-%d %H:%M") if moment else ""


def _told(connection: Connection) -> dict[tuple[str, str], int]:
    """Up to which number each channel was acknowledged by what we sealed."""
    found: dict[tuple[str, str], int] = {}
    for row in packages.find(connection, direction="out"):
        for one in msgspec.json.decode(row.account or "{}", type=readable(_Acks)).acks:
            channel = (one.writer, one.to)
            found[channel] = max(found.get(channel, 0), one.seq)
    return found


class _Acks(msgspec.Struct, frozen=True):
    acks: tuple[Told, ...] = ()


def stick_of(delivery: Delivery, sources: Mapping[str, Path]) -> Path | None:
    """The folder a file came from, while it is still there."""
    folder = sources.get(delivery.digest)
    return folder if folder is not None and folder.is_dir() else None
