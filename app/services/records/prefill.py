"""Nothing is typed twice (R51): what other records already say is carried over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from app.domain.kernel.errors import UserError
from app.domain.kernel.text import match_key
from app.domain.records import Case, Enterprise, Group, Visit
from app.domain.values.resident_id import parse_resident_id
from app.services.records.link_resolving import Links
from database.state import states
from database.state.filters import equal, live, naming
from database.store.engine import Connection

Body = dict[str, Any]


def prefill(links: Links, type_name: str, body: Body) -> Body:
    """The body with what can be known already; what was typed is never replaced."""
    filled = {"unit": links.office.identity.station, **body}
    step = _STEPS.get(type_name)
    return step(links, filled) if step else filled


def _carry(body: Body, known: Body) -> Body:
    return {name: value for name, value in known.items() if value not in (None, "", ())} | body


def _visit(links: Links, body: Body) -> Body:
    body = _carry(body, {"campaign": campaign_on(links, body.get("visited_on"))})
    group = _linked(links.connection, Group, body.get("group"))
    if group is not None:
        body = _carry(body, {"leaders": list(group.leaders), "level": group.level})
    enterprise = _linked(links.connection, Enterprise, body.get("enterprise"))
    if enterprise is None:
        name, area = body.get("enterprise_name", ""), body.get("area", "")
        found = enterprise_named(links.connection, name, area)
        if found is None:
            return body
        body, enterprise = body | {"enterprise": found.id}, found.record
    assert isinstance(enterprise, Enterprise)
    known = {"enterprise_name": enterprise.name, "area": enterprise.area}
    return _carry(body, known | {"headcount": enterprise.headcount})


def _from_visit(links: Links, body: Body) -> Body:
    visit = _linked(links.connection, Visit, body.get("visit"))
    return _carry(body, {"enterprise": visit.enterprise}) if visit else body


def _demand(links: Links, body: Body) -> Body:
    return _from_visit(links, _on_the_day(links, body, "raised_on"))


def _on_the_day(links: Links, body: Body, name: str) -> Body:
    """What a visit brought home was found on its day."""
    visit = _linked(links.connection, Visit, body.get("visit"))
    day = visit.visited_on.isoformat() if visit and visit.visited_on else None
    return _carry(body, {name: day})


def _person(links: Links, body: Body) -> Body:
    number = body.get("resident_id")
    if number:
        read = _read_id(number)
        body = _carry(body, {"sex": read[0], "born": read[1]}) if read else body
    enterprise = _linked(links.connection, Enterprise, body.get("enterprise"))
    return _carry(body, {"workplace": enterprise.name}) if enterprise else body


def _read_id(number: str) -> tuple[str, str] | None:
    try:
        read = parse_resident_id(number)
    except UserError:
        return None
    return read.sex, read.birth.isoformat()


def _case(links: Links, body: Body) -> Body:
    return _on_the_day(links, _carry(body, {"stage": "found"}), "found_on")


def _aid(links: Links, body: Body) -> Body:
    case = _linked(links.connection, Case, body.get("case"))
    return _carry(body, {"person": case.person}) if case else body


def _with_campaign(links: Links, body: Body) -> Body:
    day = body.get("dated") or body.get("planned")
    return _carry(body, {"campaign": campaign_on(links, day)})


_STEPS: dict[str, Callable[[Links, Body], Body]] = {
    "visit": _visit,
    "demand": _demand,
    "hazard": _from_visit,
    "person": _person,
    "case": _case,
    "aid": _aid,
    "document": _with_campaign,
    "plan": _with_campaign,
    "group": _with_campaign,
}


def _linked(connection: Connection, kind: type[Any], record: Any) -> Any:
    state = states.get(connection, kind, record) if record else None
    return state.record if state else None


def campaign_on(links: Links, day: str | None) -> str:
    """The code of the campaign running on a day (ISO text; today when none), else the latest."""
    when = dt.date.fromisoformat(day) if day else links.office.today()
    campaigns = list(links.campaigns.values())
    running = [c for c in campaigns if c.starts and c.ends and c.starts <= when <= c.ends]
    return (running or campaigns)[-1].code if campaigns else ""


def enterprise_named(
    connection: Connection, name: str, area: str = ""
) -> states.State[Enterprise] | None:
    """The one enterprise of this name or alias, spelling forgiven; None when there is none.

    Of several with one name the one in `area` is meant; raises `UserError`
    WHICH_ENTERPRISE when that does not tell either.
    """
    if not name:
        return None
    exact = states.find(connection, Enterprise, live(), equal("name", name), order=(), limit=100)
    exact = [s for s in exact if area and s.record.area == area] or exact
    if len(exact) > 1:
        raise _which(name, exact)
    if exact:
        return exact[0]
    near = states.find(connection, Enterprise, naming("aliases", name), live())
    same = [s for s in near if match_key(name) in map(match_key, s.record.aliases)]
    return same[0] if len(same) == 1 else None


def _which(name: str, found: list[states.State[Enterprise]]) -> UserError:
    numbers = "、".join(state.record.number or state.id for state in found[:5])
    return UserError(
        "WHICH_ENTERPRISE",
        f"名录里有{len(found)}个“{name}”，看不出走访的是哪一个。",
        remedy=f"请在“名录中的单位”填写编号：{numbers}。",
    )


def relinked(connection: Connection, before: Mapping[str, Any], body: Body) -> Body:
    """A visit whose unit's name was corrected belongs to the unit of that name."""
    if body.get("enterprise_name") == before.get("enterprise_name"):
        return body
    found = enterprise_named(connection, body.get("enterprise_name", ""), body.get("area", ""))
    linked = {"enterprise": found.id} if found else {}
    return {name: value for name, value in body.items() if name != "enterprise"} | linked
