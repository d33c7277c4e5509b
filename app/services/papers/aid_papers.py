"""On paper, of what workers in difficulty were given: the 签领表, and the 公示名单.

The list to sign may carry full ID numbers, which is logged (`reveals`) before it is printed;
the public one never holds a number but amounts and our own telephone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from app.documents.drawing.target import Out
from app.documents.people.public_list import PublicList, Shown, public_list
from app.documents.people.sign_list import Gift, SignList, sign_list
from app.domain.codes import AID_PROGRAMME, AID_TYPE
from app.domain.kernel.errors import UserError
from app.domain.kernel.progress import Cancel, Progress, silent
from app.domain.records import Aid, Person
from app.domain.values.money import format_money
from app.services.office.duties import needs
from app.services.office.office import Office
from app.services.papers import aid_choice
from app.services.papers.aid_choice import AidChoice, Given
from app.services.records.reveals import note, require_reason
from app.services.records.units import name_of, reached
from database.store.engine import Connection

HELPED = "困难帮扶"
"""What 公示 says in place of 医疗帮扶, which would tell of an illness."""

GOODS = "实物"
"""What 公示 says of goods: a wheelchair by name would tell too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """How a 公示 is put up: from when until when, whom to call, its title.

    What is None is left to write by hand; the telephone is that of our unit's clerk by default.
    """

    opens: dt.date | None = None
    closes: dt.date | None = None
    telephone: str | None = None
    title: str = ""


@needs("print")
def print_sign_list(
    office: Office,
    out: Out,
    choice: AidChoice | None = None,
    *,
    full_numbers_because: str | None = None,
    blank: bool = False,
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> int:
    """Print the 慰问（救助）金发放签领表 of the chosen 帮扶记录, or a page to fill in by hand.

    With a reason ID numbers are printed in full, and that is logged for each person; without one
    they are masked. Raises `UserError` NOT_FOUND, VOIDED, NOTHING_TO_PRINT, WHY,
    `EnvironmentProblem`, `Cancelled`.
    """
    reason = None if full_numbers_because is None else require_reason(full_numbers_because)
    with office.store.read() as connection:
        found = [] if blank else aid_choice.aids(connection, choice or AidChoice())
        content = SignList(
            office=name_of(connection, office.identity.station),
            clerk="" if blank else aid_choice.clerk(connection, office),
            made_on=office.today(),
            gifts=tuple(_gift(given) for given in found),
            full_numbers=reason is not None,
        )
    if not blank:
        aid_choice.require_some(found, "帮扶记录")
    if reason is not None:
        shown = [one.person_id for one in found if one.person.resident_id]
        with office.store.write() as connection:
            note(office, connection, Person, dict.fromkeys(shown, ("resident_id",)), reason)
    return sign_list(content, out, progress=progress, cancel=cancel)


def _gift(given: Given) -> Gift:
    aid, person = given.aid, given.person
    kinds = [AID_TYPE.label_of(aid.type), _programme(aid)]
    return Gift(
        number=aid.number,
        name=person.name,
        resident_id=person.resident_id,
        workplace=given.workplace,
        kind="\n".join(kind for kind in kinds if kind),
        money=None if aid.money is None else Decimal(aid.money),
        goods=_goods(aid),
    )


def _programme(aid: Aid) -> str:
    """The 四季送, unless it is none of the four."""
    return "" if aid.programme == "other" else AID_PROGRAMME.label_of(aid.programme)


def _goods(aid: Aid) -> str:
    if aid.goods_value is None:
        return aid.goods
    return f"{aid.goods}（折价{format_money(Decimal(aid.goods_value))}元）"


@needs("print")
def print_public_list(
    office: Office,
    out: Out,
    *,
    persons: Sequence[str] | None = None,
    aids: AidChoice | None = None,
    notice: Notice | None = None,
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> int:
    """Print the 公示名单 of these persons (None: all), or with `aids` of what was given.

    Who took back the consent is left out, or refused where asked for by name (CONSENT_WITHDRAWN);
    PERIOD_BACKWARDS when it closes before it opens. Raises as `print_sign_list`.
    """
    notice = notice or Notice()
    if notice.opens and notice.closes and notice.closes < notice.opens:
        raise UserError("PERIOD_BACKWARDS", "公示截止日期早于开始日期。", remedy="请改正公示日期。")
    with office.store.read() as connection:
        rows = tuple(
            _named_persons(connection, persons) if aids is None else _named_aids(connection, aids)
        )
        aid_choice.require_some(rows, "困难职工档案" if aids is None else "帮扶记录")
        content = _posted(office, connection, notice, rows, of_persons=aids is None)
    return public_list(content, out, progress=progress, cancel=cancel)


def _posted(
    office: Office,
    connection: Connection,
    notice: Notice,
    rows: tuple[Shown, ...],
    *,
    of_persons: bool,
) -> PublicList:
    unit = reached(connection, office.identity.station)
    own = unit.clerk_telephone if unit else ""
    return PublicList(
        title=notice.title or ("困难职工建档名单公示" if of_persons else "困难职工帮扶名单公示"),
        office=name_of(connection, office.identity.station),
        kind="困难类别" if of_persons else "帮扶类型",
        value="" if of_persons else "金额（元）",
        rows=rows,
        opens=notice.opens,
        closes=notice.closes,
        telephone=own if notice.telephone is None else notice.telephone,
        dated=notice.opens,
    )


def _named_persons(connection: Connection, wanted: Sequence[str] | None) -> Iterator[Shown]:
    found = aid_choice.persons(connection, wanted)
    places = aid_choice.workplaces(connection, found)
    people = {state.id: state.record for state in found}
    if wanted is not None:
        aid_choice.refuse_withdrawn(people.values())
    for record, person in people.items():
        if not person.consent_withdrawn_on:
            yield Shown(
                person.name, places[record], aid_choice.class_of(person), number=person.number
            )


def _named_aids(connection: Connection, choice: AidChoice) -> Iterator[Shown]:
    found = aid_choice.aids(connection, choice)
    if choice.aids is not None:
        aid_choice.refuse_withdrawn(given.person for given in found)
    for given in found:
        if given.person_id and not given.person.consent_withdrawn_on:
            aid = given.aid
            money = "" if aid.money is None else format_money(Decimal(aid.money))
            value = "、".join(part for part in (money, aid.goods and GOODS) if part)
            kind = _programme(aid) or _kind_to_show(aid)
            yield Shown(given.person.name, given.workplace, kind, value, aid.number)


def _kind_to_show(aid: Aid) -> str:
    return HELPED if aid.type == "medical" else AID_TYPE.label_of(aid.type)
