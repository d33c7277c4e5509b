"""抽样框: the units of 单位名录 that a draw is made from, each once, in strata.

Units that were decided to be one stand in it once, and those that do not exist or were registered
twice not at all, as everywhere in the figures.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from app.domain.campaign.campaign_data import CampaignData
from app.domain.campaign.enterprise_groups import Directory, Firm
from app.domain.campaign.random_draw import Frame, FrameUnit, in_one_line
from app.domain.kernel.collecting import uncollected
from app.domain.kernel.idlist import IdOrder
from app.domain.kernel.progress import Cancel, Progress, Step, silent
from app.domain.records import Campaign, Enterprise
from app.services.figures.directory_tallies import FIELDS, NOT_TOLD, parted
from app.services.figures.figure_records import (
    campaign_of,
    counted_fields,
    counted_members,
    heard,
)
from app.services.figures.office_scope import OfficeScope, reach_of
from app.services.figures.tally_rows import rows_by
from app.services.lists.chips import Chip, conditions, said
from app.services.lists.questions import Moment
from app.services.office.office import Office
from app.services.records.link_resolving import Links
from database.state import id_lists, states
from database.state.filters import live
from database.store.engine import Connection

_MEMBERS = ("units", "areas", "links")
_READ, _PART, _HASH = "正在读单位名录", "正在分层", "正在排名单"
_TOLD_EVERY = 2_000
"""Units read between two words on how far it is, at each of which it can be stopped."""

PARTS: Mapping[str, str] = {
    "": "不分层",
    "unit": "县（市、区）和市属单位",
    "area": "乡镇（街道）、园区",
    "kind": "单位类型",
    "ownership": "经济类型",
    "section": "行业门类",
    "size": "规模",
}
"""By what a frame may be parted into strata, and what it is called."""
_PLACES = ("unit", "area")


@dataclass(frozen=True, slots=True)
class DrawnFrom:
    """What a draw is made from: the list narrowed by `chips`, parted by one of `PARTS`.

    `campaign` is a code or title, else the one of today.
    """

    campaign: str | None = None
    chips: tuple[Chip, ...] = ()
    part: str = ""


@dataclass(frozen=True, slots=True)
class FrameFound:
    """A frame, the campaign it is for, in words what it holds; `gone` units do not count.

    `sha256` is the frame's, worked out with it so that no window waits for it.
    """

    frame: Frame
    campaign: Campaign
    scope: tuple[str, ...]
    gone: int
    sha256: str


def frame_of(
    office: Office,
    wanted: DrawnFrom,
    *,
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> FrameFound:
    """The frame as the directory stands now.

    Raises `UserError` NO_CAMPAIGN, TOO_MANY_CONDITIONS and as `Frame.of`; `Cancelled`.
    """
    watch = cancel or Cancel()
    with office.store.read() as connection, uncollected():
        links = Links(office, connection)
        campaign = campaign_of(links, wanted.campaign)
        records = dict(_read(connection, progress, watch))
        meets = conditions(Enterprise, wanted.chips, Moment(office, connection))
        chosen: Collection[str] = records.keys()
        if meets:
            chosen = set(IdOrder(id_lists.ordered(connection, Enterprise, (), live(), *meets)))
        watch.check()
        progress(Step(_PART))
        told = heard(connection) if wanted.part == "size" else {}
        members = counted_members(connection, _MEMBERS)
        ground = CampaignData(campaign=campaign, enterprises=records, heard=told, **members)
        directory, reach = Directory(ground), reach_of(links)
        watch.check()
        mine = [one for one in directory.firms if reach.holds(one) and _is_chosen(one, chosen)]
        strata = _strata(office, directory, reach, wanted.part)
        watch.check()
        progress(Step(_HASH))
        frame = Frame.of(_unit(one, strata) for one in mine if not one.gone)
    gone = sum(bool(one.gone) for one in mine)
    return FrameFound(frame, campaign, _scope(wanted), gone, frame.sha256)


def _read(
    connection: Connection, progress: Progress, cancel: Cancel
) -> Iterator[tuple[str, Enterprise]]:
    """All units with what decides of them, told as they come."""
    total = states.count(connection, Enterprise, live())
    fields = (*counted_fields(Enterprise), *FIELDS)
    for done, one in enumerate(states.parts(connection, Enterprise, fields)):
        if done % _TOLD_EVERY == 0:
            cancel.check()
            progress(Step(_READ, done, total))
        yield one


def _is_chosen(firm: Firm, chosen: Collection[str]) -> bool:
    return any(record in chosen for record in firm.records)


def _unit(firm: Firm, strata: Mapping[str, str] | None) -> FrameUnit:
    stratum = "" if strata is None else strata.get(firm.id) or NOT_TOLD
    return FrameUnit(firm.id, in_one_line(stratum), in_one_line(firm.name))


def _strata(
    office: Office, directory: Directory, reach: OfficeScope, part: str
) -> Mapping[str, str] | None:
    """By firm the name of its stratum; None where there are none."""
    if not part:
        return None
    if part not in _PLACES:
        return parted(directory, part, directory.ground.enterprises)
    names = _place_names(office, directory.ground, reach, part)
    return {
        one.id: names.get(one.unit if part == "unit" else one.area, "") for one in directory.firms
    }


def _place_names(
    office: Office, ground: CampaignData, reach: OfficeScope, part: str
) -> Mapping[str, str]:
    """The places by code; two of one name are told apart by whose they are."""
    names = rows_by(part, ground, reach, office.today()).names
    often = Counter(names.values())
    return {
        code: name if often[name] == 1 else f"{_whose(ground, code)}{name}"
        for code, name in names.items()
    }


def _whose(ground: CampaignData, area: str) -> str:
    unit = ground.unit_by_code.get(ground.unit_of_area(area))
    return unit.short_name or unit.name if unit else area


def _scope(wanted: DrawnFrom) -> tuple[str, ...]:
    return tuple(said(Enterprise, chip) for chip in wanted.chips)
