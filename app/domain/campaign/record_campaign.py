"""Of which campaign a record is that names none, and whose added fields it is asked.

What a visit led to is of the campaign of that visit; without a visit its day decides. The figures
read it the same way (`CampaignData.belongs`, `database.state.tallies`); a test compares.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from app.domain.campaign.campaign_data import holding
from app.domain.kernel.fields import ADDED_TO, ExtraField, KeptField, RemovedField, added_to
from app.domain.records import Campaign, Record, Visit

_KEPT = "这一项是“{}”增加的，本条现在不归这个活动；填过的内容留着。"
_REMOVED = "“{}”已经去掉这一项；填过的内容留着看，不能再改。"


@dataclass(frozen=True, slots=True)
class Choosing:
    """What is chosen from: the campaigns there are (the latest last), the one looked at, today.

    `wanted` is its code, "" where none was chosen.
    """

    campaigns: Sequence[Campaign]
    wanted: str
    today: dt.date

    def of_code(self, code: str) -> Campaign | None:
        """The campaign of this code."""
        return next((one for one in self.campaigns if one.code == code), None)

    def running(self, day: dt.date) -> Campaign | None:
        """The one that holds a day: of several the one wanted, else the one begun last."""
        return of_several(holding(self.campaigns, day), self.wanted)


def of_several(campaigns: Iterable[Campaign], wanted: str) -> Campaign | None:
    """The one wanted if it is among them, else the last of them; None where there is none."""
    found = list(campaigns)
    return next((one for one in found if one.code == wanted), found[-1] if found else None)


def takes_added(record_type: type[Record]) -> bool:
    """Whether campaigns may add fields to records of a type."""
    return record_type.type_name in ADDED_TO


def belonging(
    choosing: Choosing,
    record_type: type[Record],
    visit: Visit | None,
    day: dt.date | None,
    said: Collection[str] = (),
) -> Campaign | None:
    """The campaign of a record that names none; None where neither visit nor day tells.

    `said` are the added fields that it says something in: of several campaigns that run on its
    day it stays with the one that it was keyed for.
    """
    if visit is not None:
        return choosing.of_code(visit.campaign)
    held = holding(choosing.campaigns, day) if day else []
    keyed = [one for one in held if _names(record_type, one) & {*said}]
    return of_several(keyed or held, choosing.wanted)


def asking(
    choosing: Choosing,
    record_type: type[Record],
    mine: Campaign | None,
    said: Collection[str],
    *,
    here: bool,
) -> Campaign | None:
    """The campaign by which a record is keyed and checked, with the fields that it is asked.

    Its own (`mine`); else, where it hangs on nothing (`here`), the one looked at or running today,
    which then demands nothing. What it says in fields of other campaigns stays beside them.
    """
    asked = mine
    if mine is None and here:
        now = choosing.of_code(choosing.wanted) or choosing.running(choosing.today)
        asked = now and _with(now, map(_free, now.extra_fields))
    left = {*said} - _names(record_type, asked) if said else ()
    return _beside(choosing, record_type, asked, left) if left else asked


def _names(record_type: type[Record], campaign: Campaign | None) -> set[str]:
    return {spec.name for spec in added_to(record_type, (campaign,) if campaign else ())}


def _beside(
    choosing: Choosing, record_type: type[Record], asked: Campaign | None, left: Collection[str]
) -> Campaign | None:
    """With the fields of these names, as the latest campaign says them that has them."""
    found: dict[str, ExtraField] = {}
    for other in choosing.campaigns:
        for one in other.extra_fields:
            if one.type == record_type.type_name and one.name in left:
                found[one.name] = KeptField(**_told(one, other, _KEPT))
    return _with_more(asked, found)


def with_removed(
    record_type: type[Record],
    asked: Campaign | None,
    left: Collection[str],
    before: Iterable[Campaign],
) -> Campaign | None:
    """`asked` with the fields of these names that no campaign has any more.

    `before` is what campaigns were, the latest first: it says what such a field was called.
    """
    found: dict[str, ExtraField] = {}
    for other in before:
        for one in other.extra_fields:
            if one.type == record_type.type_name and one.name in left and one.name not in found:
                found[one.name] = RemovedField(**_told(one, other, _REMOVED))
        if len(found) == len(left):
            break
    return _with_more(asked, found)


def _with_more(asked: Campaign | None, found: Mapping[str, ExtraField]) -> Campaign | None:
    if not found:
        return asked
    asked = asked or Campaign()
    return _with(asked, (*asked.extra_fields, *found.values()))


def _with(campaign: Campaign, fields: Iterable[ExtraField]) -> Campaign:
    return msgspec.structs.replace(campaign, extra_fields=tuple(fields))


def _free(one: ExtraField) -> ExtraField:
    return msgspec.structs.replace(one, required=False)


def _told(one: ExtraField, of: Campaign, why: str) -> dict[str, Any]:
    """A field that is left of a campaign: it says so, and demands nothing."""
    title = (of.short_title or of.title).strip("“”")
    told = {"label": f"{one.label}（{title}）", "help": why.format(title), "of": title}
    return {**msgspec.structs.asdict(_free(one)), **told}
