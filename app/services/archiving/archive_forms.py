"""All 登记表 of a campaign, by township and day, each with the scans that belong to it.

They are drawn and put on the disk some hundred at a time, so that thousands need no more memory.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app.documents.archive.front_pages import Entry
from app.documents.archive.joining import Mark
from app.documents.archive.scan_pages import scan_page
from app.documents.drawing.fonts import shipped
from app.documents.drawing.layout import Pen
from app.documents.forms.registration_form import FormTexts, lacking_in
from app.documents.forms.registration_sheet import Sheet
from app.domain.campaign.campaign_data import CampaignData
from app.domain.campaign.coverage import place_of
from app.domain.kernel.errors import UserError
from app.domain.kernel.file_names import safe_file_name
from app.domain.records import Visit
from app.services.archiving import archive_scans
from app.services.archiving.archive_order import ArchiveOrder, Volume
from app.services.office.office import Office
from app.services.papers.form_papers import form_page
from database.state import states
from database.state.states import State
from database.store.engine import Connection

AT_ONCE = 200
"""Sheets that are drawn before they go to the disk."""

BYTES_AT_ONCE = 16 << 20
"""Bytes of scans likewise."""

NOWHERE = "没有填地区"


@dataclass(frozen=True, slots=True)
class Township:
    """The visits (ids) of one township, by day."""

    name: str
    visits: tuple[str, ...]


def townships(ground: CampaignData, order: ArchiveOrder) -> tuple[Township, ...]:
    """The visits of the campaign by township, in the order of their codes; none comes last."""
    by_area: dict[str, list[str]] = defaultdict(list)
    for record, visit in ground.campaign_visits.items():
        if ground.is_of_office(order.unit, ground.filed_by(record, visit.unit)):
            by_area[place_of(ground, visit)].append(record)
    several = len({ground.unit_of_area(code) for code in by_area if code}) > 1
    in_order = sorted(by_area, key=lambda code: (not code, code))
    return tuple(
        Township(_name(ground, code, several=several), tuple(by_area[code])) for code in in_order
    )


def _name(ground: CampaignData, code: str, *, several: bool) -> str:
    if not code:
        return NOWHERE
    name = ground.area_by_code[code].name
    unit = ground.unit_by_code.get(ground.unit_of_area(code))
    return f"{unit.name}　{name}" if several and unit else name


class FormDrawer:
    """Draws the forms into a volume, and copies their attachments beside it."""

    def __init__(
        self, office: Office, connection: Connection, volume: Volume, texts: FormTexts, beside: Path
    ) -> None:
        self._office, self._connection, self._volume = office, connection, volume
        self._texts, self._beside = texts, beside
        self._begin()

    def _begin(self) -> None:
        self._pen = Pen(shipped(), "登记表")
        self._sheet = Sheet(self._pen, self._texts, qr=True)
        self._drawn = self._sheets = self._bytes = 0

    def draw(self, found: Sequence[Township], *, scans: bool) -> int:
        """All of them; answer how many forms they are."""
        for township in found:
            title = f"走访登记表　{township.name}（{len(township.visits):,} 张）"
            below: list[Mark] = []
            mark = Mark(title, self._place, below)
            self._volume.entries.append(Entry(title, "", self._place + 1, part=True))
            for record in township.visits:
                self._volume.step(f"登记表（{township.name}）")
                state = states.get(self._connection, Visit, record)
                if state is not None:
                    self._form(state, below, scans=scans)
            self._volume.marks.append(mark)
        self._flush()
        return sum(len(one.visits) for one in found)

    @property
    def _place(self) -> int:
        """The page that is drawn next, counted from 0."""
        return self._volume.joining.count + self._drawn

    def _form(self, state: State[Visit], below: list[Mark], *, scans: bool) -> None:
        visit = state.record
        title = f"{visit.number}　{visit.enterprise_name}"
        day = visit.visited_on.isoformat() if visit.visited_on else ""
        self._volume.entries.append(Entry(title, day, self._place + 1))
        below.append(Mark(title, self._place))
        page = form_page(self._connection, state)
        self._volume.lacking += lacking_in([page], self._texts)
        self._drawn += self._sheet.draw(page)
        self._sheets += 1
        if visit.attachments:
            self._attachments(visit, scans=scans)
        if self._sheets >= AT_ONCE or self._bytes >= BYTES_AT_ONCE:
            self._flush()

    def _attachments(self, visit: Visit, *, scans: bool) -> None:
        if scans:
            self._scans(visit)
        folder = self._beside / safe_file_name(visit.number, "登记表")
        missing = archive_scans.copy_out(self._office, visit.attachments, folder)
        self._volume.left_out += [f"{visit.number} {name}（附件待到）" for name in missing]

    def _scans(self, visit: Visit) -> None:
        for place, one in enumerate(visit.attachments, 1):
            caption = f"登记表 {visit.number} 附件{place}：{one.name}"
            try:
                for jpeg in archive_scans.pages_of(self._office, one):
                    self._volume.cancel.check()
                    scan_page(self._pen, jpeg, caption)
                    self._drawn += 1
                    self._bytes += len(jpeg)
                    if self._bytes >= BYTES_AT_ONCE:
                        self._flush()
            except UserError as problem:
                if problem.code != "SCAN_MISSING":
                    self._volume.left_out.append(f"{visit.number} {one.name}（{problem.what}）")

    def _flush(self) -> None:
        if self._drawn:
            self._volume.joining.add(self._pen.finish())
        self._begin()
