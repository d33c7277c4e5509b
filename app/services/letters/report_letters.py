"""总结报告 and 综合调研报告 begun: as a PDF, as .docx, and taken back as the file of a 材料."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from app.documents.letters.letter import Letter
from app.domain.kernel.errors import UserError
from app.domain.kernel.fields import value_of
from app.domain.kernel.progress import Cancel, Progress, silent
from app.domain.records import Document
from app.services.figures.figure_records import campaign_of
from app.services.letters.letter_choices import NOTED, Choice
from app.services.letters.letter_figures import LetterFigures, letter_figures
from app.services.letters.letter_order import PARTS, RESEARCH, SUMMARY, TITLES, LetterOrder
from app.services.letters.letter_text import research_blocks, summary_blocks
from app.services.office.duties import needs
from app.services.office.letter_file import LetterFile, named
from app.services.office.office import Office
from app.services.records import attachments, saving
from app.services.records.link_resolving import Links
from app.services.records.saving import Saved
from database.state import states
from database.state.filters import equal, live, owned_by
from database.store.engine import Connection


@dataclass(frozen=True, slots=True)
class Drafted:
    """A report as it was put together: the letter, all it could tell of, and what is told."""

    letter: Letter
    order: LetterOrder
    choices: tuple[Choice, ...]
    told: tuple[str, ...]
    as_of: dt.date
    campaign: str
    found: LetterFigures

    @property
    def file(self) -> LetterFile:
        """It as a file, which is called as its title."""
        return named(self.letter, self.letter.title)


def order_for(office: Office, record: str | None) -> LetterOrder:
    """The report that a 材料 (its id) is to be; the 总结报告 of today's campaign for any other."""
    with office.store.read() as connection:
        state = states.get(connection, Document, record) if record else None
    if state is None or state.record.kind not in TITLES:
        return LetterOrder(SUMMARY)
    return LetterOrder(state.record.kind, state.record.campaign, state.id)


def campaign_of_today(office: Office) -> str:
    """The code of the campaign that runs today, else of the one begun last."""
    with office.store.read() as connection:
        return campaign_of(Links(office, connection), None).code


@needs("print")
def draft(
    office: Office,
    order: LetterOrder,
    *,
    found: LetterFigures | None = None,
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> Drafted:
    """Put a report together from what is recorded on the office's today.

    `found` are its figures where they were counted just before. Raises `UserError`
    NO_CAMPAIGN, NOT_FOUND, NOT_A_REPORT; `Cancelled`.
    """
    document = _document(office, order)
    campaign = order.campaign or (document.campaign if document else "")
    if found is None or found.campaign.code != (campaign or found.campaign.code):
        found = letter_figures(office, campaign, progress=progress, cancel=cancel or Cancel())
    offered = _offered(found, document.group if document else "")
    told = _told(offered, order)
    own = {part: str(value_of(document or Document(), part)) for part in PARTS}
    if order.kind == RESEARCH:
        blocks = tuple(research_blocks(found, told, own))
    else:
        blocks = tuple(summary_blocks(found, told, own["text"]))
    letter = Letter(
        title=(document.title if document else "") or _title(order.kind, found),
        blocks=blocks,
        addressee=f"{found.above}：" if found.above else "",
        signer=found.seen.office,
        day=(document.dated if document else None) or office.today(),
    )
    ids = tuple(one.id for one in told)
    return Drafted(letter, order, offered, ids, found.seen.as_of, found.campaign.code, found)


def _document(office: Office, order: LetterOrder) -> Document | None:
    if order.kind not in TITLES:
        raise UserError(
            "NOT_A_REPORT",
            "这种材料没有报告底稿。",
            remedy="总结报告和综合调研报告才有，请核对材料类别。",
        )
    if not order.document:
        return None
    document: Document = saving.show(office, Document, order.document).record
    return document


def _offered(found: LetterFigures, group: str) -> tuple[Choice, ...]:
    """What may be told of; in the report of a group only its own logs (R17)."""
    return tuple(
        one for one in found.choices if not group or one.sort != NOTED or one.group == group
    )


def _told(offered: tuple[Choice, ...], order: LetterOrder) -> tuple[Choice, ...]:
    if order.chosen is None:
        quiet = {NOTED} if order.kind != RESEARCH else set()
        return tuple(one for one in offered if one.proposed and one.sort not in quiet)
    wanted = set(order.chosen)
    told = tuple(one for one in offered if wanted & {one.id, one.number})
    missing = wanted - {key for one in told for key in (one.id, one.number)}
    if missing:
        raise UserError(
            "NOT_FOUND",
            f"没有找到“{'、'.join(sorted(missing))}”。",
            why="写进报告的要是这次活动的诉求或帮扶事项，没有作废。",
            remedy="请核对编号。",
        )
    return told


def _title(kind: str, found: LetterFigures) -> str:
    name = found.campaign.short_title or found.campaign.title
    quoted = name if "“" in name else f"“{name}”"
    what = quoted if quoted.endswith("活动") else f"{quoted}活动"
    return f"{found.seen.office}关于开展{what}的{TITLES[kind]}"


@needs("key")
def take_back(office: Office, drafted: Drafted, path: Path) -> Saved:
    """Attach the finished file to its 材料; one is made where there is none for the campaign.

    A file of the same name takes the place of the earlier one. Raises as `attachments.keep`
    and `saving.save`.
    """
    row = attachments.keep(office, path, path.name)
    with office.store.read() as connection:
        known = drafted.order.document or _known(office, connection, drafted)
    if not known:
        typed = {
            "campaign": drafted.campaign,
            "kind": drafted.order.kind,
            "title": drafted.letter.title,
            "dated": office.today().isoformat(),
            "attachments": [row],
        }
        return saving.save(office, Document, typed)

    def renewed(rows: attachments.Rows) -> attachments.Rows:
        others = (one for one in rows if row["sha256"] != one.get("sha256"))
        return [*(one for one in others if one.get("name") != row["name"]), row]

    return attachments.change(office, Document, known, renewed)


def _known(office: Office, connection: Connection, drafted: Drafted) -> str:
    found = states.find(
        connection,
        Document,
        live(),
        owned_by(office.identity.station),
        equal("kind", drafted.order.kind),
        equal("campaign", drafted.campaign),
    )
    return found[-1].id if found else ""
