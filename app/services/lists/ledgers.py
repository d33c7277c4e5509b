"""The ledgers (台账) that an office keeps: ready choices of columns and order, one for each.

What stands in them is what the documents ask to be recorded for inspection (R53), and what
inspectors look for (R12, R24, R44, R59, R63).
"""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.kernel.errors import UserError
from app.domain.kernel.order import By
from app.domain.records import Aid, Demand, Enterprise, Hazard, Person, Record, Visit
from app.services.lists.table_query import TableQuery


@dataclass(frozen=True, slots=True)
class Ledger:
    """A ledger: its name for commands, what it is called, of what, its columns, its order."""

    name: str
    title: str
    record_type: type[Record]
    columns: tuple[str, ...]
    order: str

    @property
    def query(self) -> TableQuery:
        """The ledger as a question to the list."""
        return TableQuery(self.record_type, self.columns, (By(self.order), By("number")))


def _ledger(name: str, title: str, record_type: type[Record], columns: str, order: str) -> Ledger:
    return Ledger(name, title, record_type, tuple(columns.split()), order)


LEDGERS = (
    _ledger(
        "visits",
        "走访台账",
        Visit,
        "number unit visited_on enterprise_name area leaders group headcount workers_met opinions",
        "visited_on",
    ),
    _ledger(
        "demands",
        "诉求台账",
        Demand,
        "number unit raised_on enterprise category trends content referred_to measures"
        " schedule responsible due progress reply state closed_on outcome",
        "raised_on",
    ),
    _ledger(
        "persons",
        "困难职工台账",
        Person,
        "number unit name resident_id sex workplace distress_class main_cause household_size"
        " yearly_income telephone filed_on rechecked_on",
        "filed_on",
    ),
    _ledger(
        "aids",
        "帮扶台账",
        Aid,
        "number unit given_on person type programme money goods goods_value fund receipt",
        "given_on",
    ),
    _ledger(
        "hazards",
        "隐患台账",
        Hazard,
        "number unit enterprise nature level trends description people found_at joined_at"
        " handled_at reported_at reported_to_party reported_to_union responsible measures"
        " closed_on",
        "found_at",
    ),
    _ledger(
        "enterprises",
        "单位名录",
        Enterprise,
        "number name uscc area kind ownership industry affiliation above_scale headcount members"
        " has_union wage_contract workers_congress open_affairs verification",
        "name",
    ),
)
"""In the order of the work: visited, heard, helped, watched, known."""


def ledger_of(record_type: type[Record]) -> Ledger | None:
    """The ledger of the records of a type, None where there is none ready."""
    return next((one for one in LEDGERS if one.record_type is record_type), None)


def ledger_named(words: str) -> Ledger:
    """The ledger of this name or title; raises `UserError` NO_LEDGER."""
    found = next((one for one in LEDGERS if words in (one.name, one.title)), None)
    if found is None:
        known = "、".join(f"{one.name}（{one.title}）" for one in LEDGERS)
        raise UserError("NO_LEDGER", f"没有台账“{words}”。", remedy=f"可以用：{known}。")
    return found
