"""随机抽取: made, looked at, units replaced in drawn order, what was drawn planned (R34)."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.domain.campaign.draw_file import FileUnit, reserves, results
from app.domain.campaign.random_draw import ALGORITHM, Allocation, draw, numbers, require_seed
from app.domain.kernel.changes import Changes
from app.domain.kernel.errors import UserError
from app.domain.kernel.progress import Cancel, Progress, silent
from app.domain.records import Draw, Plan, Replacement, body_of
from app.services.office.duties import require_saving
from app.services.office.office import Office
from app.services.people.paper_names import operator_of
from app.services.planning.draw_files import frame_of_draw, keep_frame
from app.services.planning.draw_frames import PARTS, DrawnFrom, FrameFound, frame_of
from app.services.planning.placing import Placed, Spot, place
from app.services.records import saving, voiding
from app.services.records.append_revision import require_owner, write
from app.services.records.checked_body import checked
from app.services.records.link_resolving import Links
from app.services.records.numbers import Numbers
from app.services.records.units import name_of
from database.state import states
from database.state.filters import equal, live, owned_by
from database.state.states import State
from database.store.engine import Connection

ALL = "all"
"""The id of the only stratum of a draw without strata, which has no name."""
_RANDOM = 16
"""Bytes of a seed that the computer takes."""


@dataclass(frozen=True, slots=True)
class DrawWish:
    """How is to be drawn; without a `seed` the computer takes one.

    `number` is that for all, or for each stratum (EQUAL); `fixed` those by stratum (FIXED).
    `frame_sha256` is that of the list that was looked at before, "" where none was.
    """

    title: str
    frame: DrawnFrom
    allocation: Allocation
    number: int = 0
    fixed: Mapping[str, int] = field(default_factory=dict)
    seed: str = ""
    drawn_by: str = ""
    witnesses: Sequence[str] = ()
    frame_sha256: str = ""


@dataclass(frozen=True, slots=True)
class DrawnLine:
    """One unit of a draw; `replacement` where another stands for it, `reason` why it came in."""

    stratum: str
    place: int
    unit: str
    name: str
    replacement: Replacement | None = None
    stands_for: str = ""

    @property
    def stands(self) -> bool:
        """Whether it is to be visited."""
        return self.replacement is None


@dataclass(frozen=True, slots=True)
class DrawSeen:
    """A draw as it is shown: whose it is, and all its units; `planned` are those planned by now."""

    state: State[Draw]
    office: str
    campaign: str
    own: bool
    lines: tuple[DrawnLine, ...]
    planned: frozenset[str]


@dataclass(frozen=True, slots=True)
class Made:
    """A draw that was made and kept."""

    state: State[Draw]
    changes: Changes


@dataclass(frozen=True, slots=True)
class Replaced:
    """What came of a replacement: who comes in, and whether a plan went over to it."""

    unit: FileUnit
    planned: bool
    changes: Changes


def make(
    office: Office,
    wish: DrawWish,
    *,
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> Made:
    """Draw, and keep it at once: nobody sees a result that is not written down.

    Raises `UserError` NOT_YOUR_DUTY, FRAME_CHANGED, SEED, DRAW_NUMBER and as `frame_of`, and
    `CheckFailed` where the title or 监督人 is missing; `Cancelled` leaves nothing.
    """
    require_saving(office, Draw)
    if wish.seed:
        require_seed(wish.seed)
    found = frame_of(office, wish.frame, progress=progress, cancel=cancel)
    if wish.frame_sha256 not in ("", found.sha256):
        raise UserError(
            "FRAME_CHANGED",
            "看过名单以后，单位名录又变了。",
            remedy="请再看一遍名单，再抽取。",
        )
    with office.store.read() as connection:
        clerk = operator_of(connection, office).name
        body = _body(wish, found, clerk, office.now())
        checked(Links(office, connection), Draw, body)
    body["attachments"] = [keep_frame(office, found.frame)]
    with office.store.write() as connection:
        body["number"] = _number(Links(office, connection), body)
        state: State[Any] = write(office, connection, Draw, office.new_id(), body, op="create")
    return Made(state, Changes.of([(Draw.type_name, state.id)]))


def _number(links: Links, body: dict[str, Any]) -> str:
    record, _ = checked(links, Draw, body)
    numbers_of = Numbers(links)
    number = numbers_of.next(record)
    numbers_of.keep(links.connection)
    return number


def _body(wish: DrawWish, found: FrameFound, clerk: str, now: str) -> dict[str, Any]:
    """The record of a draw; what is empty is left out."""
    frame = found.frame
    wanted = numbers(frame.sizes, wish.allocation, wish.number, wish.fixed)
    seed = require_seed(wish.seed) if wish.seed else secrets.token_hex(_RANDOM)
    drawn = results(draw(frame, seed, wanted))
    layers = [(name, size, wanted[name]) for name, size in frame.sizes.items()]
    body = {
        "campaign": found.campaign.code,
        "title": wish.title.strip(),
        "scope": list(found.scope),
        "parted_by": PARTS[wish.frame.part] if wish.frame.part else "",
        "allocation": wish.allocation.value,
        "asked": wish.number if wish.allocation is not Allocation.FIXED else None,
        "strata": [_row(n or ALL, name=n, size=size, number=k) for n, size, k in layers],
        "algorithm": ALGORITHM,
        "frame_sha256": frame.sha256,
        "seed": seed,
        "seed_from": "rolled" if wish.seed else "random",
        "drawn_at": now,
        "drawn_by": wish.drawn_by.strip() or clerk,
        "witnesses": [one.strip() for one in wish.witnesses if one.strip()],
        "results": [_row(u.key, stratum=u.stratum, place=u.place, name=u.name) for u in drawn],
    }
    return {name: value for name, value in body.items() if value not in ("", None, [])}


def _row(id: str, **members: object) -> dict[str, object]:
    return {"id": id} | {name: value for name, value in members.items() if value != ""}


def listed(office: Office) -> list[State[Draw]]:
    """All draws, the newest first, those of other offices and 作废 ones too."""
    with office.store.read() as connection:
        found = states.find(connection, Draw)
    return sorted(found, key=lambda one: (one.record.drawn_at is None, one.id), reverse=True)


def seen(office: Office, key: str) -> DrawSeen:
    """One draw (its id or 编号) with all its units; raises `UserError` NOT_FOUND."""
    with office.store.read() as connection:
        state = saving.find_one(connection, Draw, key)
        found = tuple(lines(state.record))
        known = Links(office, connection).campaigns.get(state.record.campaign)
        return DrawSeen(
            state,
            name_of(connection, state.owner),
            known.title if known else state.record.campaign,
            state.owner == office.identity.station,
            found,
            frozenset(_plans(office, connection, state.record)),
        )


def lines(record: Draw) -> Iterator[DrawnLine]:
    """All units of a draw as they were drawn, each stratum with those that came in later."""
    out = {one.id: one for one in record.replacements}
    names = {one.id: one.name for one in record.results}
    names |= {one.unit: one.name for one in record.replacements}
    rows = [(r.stratum, r.place or 0, r.id, r.name, "") for r in record.results]
    rows += [
        (r.stratum, r.place or 0, r.unit, r.name, names.get(r.id, "")) for r in record.replacements
    ]
    for stratum, at, unit, name, stands_for in sorted(rows):
        yield DrawnLine(stratum, at, unit, name, out.get(unit), stands_for)


def replace(office: Office, key: str, unit: str, reason: str) -> Replaced:
    """Put the unit drawn next in the place of one (its record id); its plan goes over.

    Raises `UserError` NOT_YOUR_DUTY, NOT_FOUND, NOT_OWNER, VOIDED, NO_REASON, NOT_DRAWN,
    NO_RESERVE and as `frame_of_draw`.
    """
    require_saving(office, Draw)
    if not reason.strip():
        raise UserError("NO_REASON", "替补要写明原因。", remedy="例如：已停产、已迁出。")
    with office.store.write() as connection:
        state = saving.find_one(connection, Draw, key)
        require_owner(office, state)
        line = next((one for one in lines(state.record) if unit in (one.unit, one.name)), None)
        if line is None or not line.stands:
            raise UserError("NOT_DRAWN", "这一家不在要走访的单位里。", remedy="请选抽中的单位。")
        following = _next(office, state.record, line.stratum)
        row = _row(
            line.unit,
            stratum=following.stratum,
            place=following.place,
            unit=following.key,
            name=following.name,
            reason=reason.strip(),
            on=office.today().isoformat(),
            by=operator_of(connection, office).name,
        )
        rows = [*body_of(state.record).get("replacements", ()), row]
        saved = saving.save_within(
            office, connection, Draw, {"replacements": rows}, record=state.id, base=state.h
        )
        moved = _pass_plan_on(office, connection, state.record, line.unit, following)
    return Replaced(following, bool(moved), saved.changes | moved)


def _next(office: Office, record: Draw, stratum: str) -> FileUnit:
    """The unit of a stratum drawn after all that came in so far."""
    wanted = next((one.number or 0 for one in record.strata if one.name == stratum), 0)
    used = sum(one.stratum == stratum for one in record.replacements)
    frame = frame_of_draw(office, record)
    following = reserves(frame, record.seed, stratum, wanted + used, 1)
    if not following:
        of = f"“{stratum}”" if stratum else "名单"
        raise UserError("NO_RESERVE", f"{of}里的单位都抽过了，没有替补。")
    return following[0]


def _pass_plan_on(
    office: Office, connection: Connection, record: Draw, gone: str, new: FileUnit
) -> Changes:
    """The plan of the unit that goes becomes one of the unit that comes in."""
    plan = _plans(office, connection, record).get(gone)
    if plan is None:
        return Changes()
    why = f"抽取{record.number}替补为“{new.name}”"
    taken = voiding.void_within(office, connection, Plan, plan.id, why)
    if new.key in _plans(office, connection, record, {new.key}):
        return taken.changes
    told = {"group": plan.record.group or None, "planned": _iso(plan.record.planned)}
    typed = {"campaign": record.campaign, "enterprise": new.key, **_how(record), **told}
    return taken.changes | saving.save_within(office, connection, Plan, typed).changes


def make_plans(office: Office, key: str) -> Placed:
    """Plan every unit of a draw that stands, as 随机抽取 and without a day yet.

    Those this office has planned already are left out. Raises `UserError` NOT_OWNER, VOIDED,
    and as `place`.
    """
    found = saving.show(office, Draw, key)
    require_owner(office, found)
    if found.void:
        raise UserError("VOIDED", f"“{found.record.number}”已经作废。", remedy="请重新抽取。")
    stand = [one.unit for one in lines(found.record) if one.stands]
    spots = [(unit, Spot("", None)) for unit in stand]
    return place(office, found.record.campaign, spots, _how(found.record))


def void(office: Office, key: str, why: str) -> Changes:
    """作废 a draw with a reason; its plans stay. Raises as `voiding.void`."""
    return voiding.void(office, Draw, saving.show(office, Draw, key).id, why).changes


def _how(record: Draw) -> dict[str, str]:
    return {"source": "drawn", "remarks": f"随机抽取：{record.number}"}


def _plans(
    office: Office, connection: Connection, record: Draw, units: set[str] | None = None
) -> dict[str, State[Plan]]:
    """By unit the plans of this office in the campaign, of the units drawn (or of these)."""
    wanted = {one.unit for one in lines(record)} if units is None else units
    at = live(), owned_by(office.identity.station), equal("campaign", record.campaign)
    found = states.find(connection, Plan, *at)
    return {one.record.enterprise: one for one in found if one.record.enterprise in wanted}


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
