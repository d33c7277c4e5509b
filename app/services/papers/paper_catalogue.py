"""Which papers there are for the records of a type. Data; what draws them is named, not called."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Literal

from app.documents.drawing.target import Out
from app.domain.kernel.errors import UserError
from app.domain.kernel.progress import Cancel, Progress
from app.domain.records import (
    Activity,
    Aid,
    Case,
    Diary,
    Document,
    Group,
    Hazard,
    Honour,
    Meeting,
    Person,
    Plan,
    Policy,
    Press,
    Record,
    Visit,
)
from app.services.lists import list_files
from app.services.lists.table_query import TableQuery
from app.services.office.office import Office
from app.services.papers import (
    aid_papers,
    form_papers,
    hazard_papers,
    person_papers,
    plan_papers,
    record_papers,
)
from app.services.papers.aid_choice import AidChoice
from app.services.papers.paper_pages import Printout, printout
from database.log.revisions import chunks
from database.state import states
from database.state.filters import among

MOST = 5000
"""Records printed at once; beyond that somebody forgot to narrow the list."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be printed: these records of a type, or a blank form.

    `why` is the reason for full numbers, empty where they stay masked; `table` how a list
    stands on the screen as a table, None where it does not.
    """

    record_type: type[Record]
    ids: Sequence[str] = ()
    blank: bool = False
    qr: bool = True
    why: str = ""
    table: TableQuery | None = None


MakeOrder = Callable[[Office, Order, Out, Progress, Cancel], int]


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper for records of a type; `make` draws it as the functions of `printing` do.

    `full` says whether full numbers stand on it: never, by choice, or always; they are given
    for a reason, which is kept. `why` is the reason proposed.
    """

    name: str
    make: MakeOrder
    blank: bool = False
    qr: bool = False
    full: Literal["never", "choice", "always"] = "never"
    why: str = ""
    two_sided: bool = False


def printed(
    office: Office, paper: Paper, order: Order, *, progress: Progress, cancel: Cancel
) -> Printout:
    """The paper as it will be printed; what is not saved yet is left out and counted.

    Raises `UserError` TOO_MANY and as the paper's `make` does.
    """
    if len(order.ids) > MOST:
        raise UserError(
            "TOO_MANY",
            f"一次最多打印 {MOST:,} 条，现在是 {len(order.ids):,} 条。",
            remedy="请先查找或筛选，分几次打印。",
        )
    saved = replace(order, ids=_saved(office, order))
    made = printout(partial(paper.make, office, saved), progress, cancel)
    return replace(made, left_out=len(order.ids) - len(saved.ids))


def _saved(office: Office, order: Order) -> tuple[str, ...]:
    """Those that are records by now: a list shows what is only being typed too."""
    known: set[str] = set()
    with office.store.read() as connection:
        for some in chunks(order.ids):
            rows = states.pick(connection, order.record_type, ("id",), among("id", some))
            known.update(record for (record,) in rows)
    return tuple(record for record in order.ids if record in known)


def _forms(office: Office, order: Order, out: Out, progress: Progress, cancel: Cancel) -> int:
    return form_papers.print_forms(
        office,
        out,
        visits=order.ids,
        blank=order.blank,
        qr=order.qr,
        progress=progress,
        cancel=cancel,
    )


def _files(office: Office, order: Order, out: Out, progress: Progress, cancel: Cancel) -> int:
    return person_papers.print_person_sheets(
        office,
        out,
        persons=order.ids,
        blank=order.blank,
        qr=order.qr,
        why=order.why,
        progress=progress,
        cancel=cancel,
    )


def _roster(office: Office, order: Order, out: Out, progress: Progress, cancel: Cancel) -> int:
    return person_papers.print_roster(
        office, out, persons=order.ids, progress=progress, cancel=cancel
    )


def _notice(office: Office, order: Order, out: Out, progress: Progress, cancel: Cancel) -> int:
    return aid_papers.print_public_list(
        office, out, persons=order.ids, progress=progress, cancel=cancel
    )


def _record(office: Office, order: Order, out: Out, progress: Progress, cancel: Cancel) -> int:
    return record_papers.print_records(
        office, out, order.record_type, order.ids, progress=progress, cancel=cancel
    )


def _table(office: Office, order: Order, out: Out, progress: Progress, cancel: Cancel) -> int:
    query = order.table or TableQuery(order.record_type)
    return list_files.print_list_paper(
        office, out, query, order.ids, progress=progress, cancel=cancel
    )


def _hazards(office: Office, order: Order, out: Out, progress: Progress, cancel: Cancel) -> int:
    return hazard_papers.print_hazard_reports(
        office, out, order.ids, progress=progress, cancel=cancel
    )


def _schedule(office: Office, order: Order, out: Out, progress: Progress, cancel: Cancel) -> int:
    return plan_papers.print_schedule(
        office, out, plans=order.ids, progress=progress, cancel=cancel
    )


def _groups(office: Office, order: Order, out: Out, progress: Progress, cancel: Cancel) -> int:
    return plan_papers.print_roster(office, out, groups=order.ids, progress=progress, cancel=cancel)


Choose = Callable[[Order], AidChoice]


def _to_sign(choose: Choose) -> MakeOrder:
    def make(office: Office, order: Order, out: Out, progress: Progress, cancel: Cancel) -> int:
        return aid_papers.print_sign_list(
            office,
            out,
            choose(order),
            full_numbers_because=order.why or None,
            blank=order.blank,
            progress=progress,
            cancel=cancel,
        )

    return make


def _notice_of_aids(choose: Choose) -> MakeOrder:
    def make(office: Office, order: Order, out: Out, progress: Progress, cancel: Cancel) -> int:
        return aid_papers.print_public_list(
            office, out, aids=choose(order), progress=progress, cancel=cancel
        )

    return make


def _papers_of_aids(choose: Choose) -> tuple[Paper, ...]:
    return (
        Paper("慰问金发放签领表", _to_sign(choose), blank=True, full="choice"),
        Paper("公示名单", _notice_of_aids(choose)),
    )


PAPERS: Mapping[type[Record], tuple[Paper, ...]] = {
    Visit: (Paper("走访登记表", _forms, blank=True, qr=True),),
    Person: (
        Paper(
            "困难职工档案表",
            _files,
            blank=True,
            qr=True,
            full="always",
            why=person_papers.FILES_BECAUSE,
            two_sided=True,
        ),
        Paper("困难职工名册", _roster),
        Paper("公示名单", _notice),
    ),
    Hazard: (Paper("隐患报告单", _hazards),),
    Plan: (Paper("走访计划安排表", _schedule),),
    Group: (Paper("走访联系点名单（附件1）", _groups),),
    Case: _papers_of_aids(lambda order: AidChoice(cases=order.ids)),
    Aid: _papers_of_aids(lambda order: AidChoice(aids=order.ids)),
    **{
        one: (Paper("记录单", _record),)
        for one in (Diary, Activity, Meeting, Honour, Document, Press, Policy)
    },
}
"""By record type, the one used most first."""

TABLE = Paper("一览表", _table)
"""For records of every type: their list as a table."""


def papers_of(record_type: type[Record]) -> tuple[Paper, ...]:
    """The papers for records of a type, the one used most first."""
    return (*PAPERS.get(record_type, ()), TABLE)
