"""工作交接: what is left open, on paper for three to sign, and the act of giving it over.

Records stay as they are. The successor works under their own name and passphrase,
the one who leaves opens the data no more, and a new recovery code takes the place
of the one that both have known.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import msgspec

from app.documents.drawing.target import Out
from app.documents.reports.handover_list import HandoverList, handover_list
from app.domain.kernel.errors import UserError
from app.services.office.duties import needs
from app.services.office.keyring import Cost
from app.services.office.office import Office
from app.services.people import operators
from app.services.people.operators import Colleague
from app.services.people.paper_names import computer_name
from app.services.records.units import name_of
from app.services.todo.open_items import gather
from database.books import handovers
from database.books.handovers import HandoverRow


@dataclass(frozen=True, slots=True)
class Parties:
    """移交人, 接交人, 监交人 and the day, as they sign."""

    giver: str
    taker: str
    witness: str
    on: dt.date


def print_list(office: Office, parties: Parties, out: Out) -> int:
    """Print the 移交清单 as things stand now; returns its pages."""
    found = gather(office)
    with office.store.read() as connection:
        unit = name_of(connection, office.identity.station)
    paper = HandoverList(
        office=unit,
        made_on=parties.on,
        giver=parties.giver,
        taker=parties.taker,
        witness=parties.witness,
        holdings=found.holdings,
        recovery_code=found.recovery_code,
        backups=found.backups,
        computer=computer_name(office),
        sections=found.sections,
    )
    return handover_list(paper, out)


class Done(msgspec.Struct, frozen=True):
    """One handover that took place."""

    on: str
    giver: str
    taker: str
    witness: str


@dataclass(frozen=True, slots=True)
class Successor:
    """Who takes over: somebody new with a name, or a colleague (`id`); with their passphrase."""

    name: str
    passphrase: str
    id: str = ""
    telephone: str = ""


@dataclass(frozen=True, slots=True)
class HandedOver:
    """The successor, now the one at work, the new recovery code to print, and any 临时口令."""

    successor: Colleague
    recovery_code: str
    temporary: Mapping[str, str]


@needs("people")
def hand_over(
    office: Office,
    own_passphrase: str,
    giver: str,
    successor: Successor,
    *,
    witness: str,
    on: dt.date | None = None,
    cost: Cost | None = None,
) -> HandedOver:
    """Give the work of an operator (`giver`, an id) to another, who gets their duties.

    `own_passphrase` is that of who is at work. Each step stands for itself, so that
    what was cut off is taken up by doing it again. Raises `UserError` SAME_PERSON,
    WITNESS_NEEDED and as `operators.add` and `operators.leave`.
    """
    if not witness.strip():
        raise UserError("WITNESS_NEEDED", "没有填写监交人。", remedy="请填写在场监交的负责人。")
    leaver = operators.find(office, giver)
    taker = _taker(office, own_passphrase, leaver, successor, cost)
    # Taking somebody on may have made the only one here 管理.
    leaver = operators.find(office, giver)
    duties = list(dict.fromkeys((*taker.record.duties, *leaver.record.duties)))
    operators.require_passphrase(office, own_passphrase)
    theirs, passphrase = office, own_passphrase
    if taker.id != office.operator:
        operators.require_passphrase(office.as_operator(taker.id), successor.passphrase)
    operators.change(office, taker.id, {"duties": duties})
    if leaver.id == office.operator:
        theirs, passphrase = office.as_operator(taker.id), successor.passphrase
    made = operators.leave(theirs, passphrase, leaver.id, on=on, new_recovery=True, cost=cost)
    code = made.recovery_code or operators.renew_recovery(theirs, passphrase, cost=cost)
    _remember(office, leaver, taker, witness.strip(), on)
    return HandedOver(operators.find(office, taker.id), code, made.temporary)


def _taker(
    office: Office,
    own_passphrase: str,
    leaver: Colleague,
    successor: Successor,
    cost: Cost | None,
) -> Colleague:
    if successor.id:
        taker = operators.find(office, successor.id)
    else:
        taker = operators.add(
            office,
            own_passphrase,
            successor.name,
            successor.passphrase,
            duties=leaver.record.duties,
            department=leaver.record.department,
            telephone=successor.telephone,
            cost=cost,
        )
    if taker.id == leaver.id:
        raise UserError("SAME_PERSON", "移交人和接交人是同一个人。", remedy="请选择接交人。")
    return taker


def _remember(
    office: Office, leaver: Colleague, taker: Colleague, witness: str, on: dt.date | None
) -> None:
    day = (on or office.today()).isoformat()
    with office.store.write() as connection:
        row = HandoverRow(day, leaver.name, taker.name, witness, office.operator)
        handovers.add(connection, row)


def past(office: Office) -> Sequence[Done]:
    """The handovers so far, the latest first."""
    with office.store.read() as connection:
        return [Done(*row[:4]) for row in handovers.newest(connection)]
