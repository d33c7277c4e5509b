"""年度归档: one PDF, the ledgers, the files, and a list of what lies there with its sha256."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from app.documents.archive.front_pages import Cover, contents_pdf, cover_pdf
from app.documents.archive.joining import Joining
from app.documents.drawing.target import boxed
from app.domain.campaign.campaign_data import CampaignData
from app.domain.kernel.errors import UserError
from app.domain.kernel.file_names import safe_file_name, shortened
from app.domain.kernel.progress import Cancel, Progress, Step, silent
from app.domain.records import Visit
from app.exchange.files import settle, words_for
from app.services.archiving.archive_answers import add_answers, add_reports
from app.services.archiving.archive_briefings import add_briefings, issues
from app.services.archiving.archive_forms import FormDrawer, Township, townships
from app.services.archiving.archive_ledgers import ledger_ids
from app.services.archiving.archive_materials import add_materials, materials
from app.services.archiving.archive_order import ArchiveOrder, Volume
from app.services.figures.figure_records import FigureRecords
from app.services.lists import list_files, table_query
from app.services.lists.ledgers import LEDGERS
from app.services.office.duties import needs
from app.services.office.office import Office
from app.services.papers.form_papers import form_texts
from app.services.people.paper_names import operator_of
from app.services.records.link_resolving import Links
from app.services.records.units import name_of, require_unit
from database.store.engine import Connection

SUMS = "sha256sum.txt"
_MEMBERS = ("units", "areas", "enterprises", "visits")
_OTHER_STEPS = 12
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Archived:
    """What was made: its folder, the PDF in it, how much is in it and what is not.

    `warning` names places where a box stands for a character.
    """

    folder: Path
    pdf: Path
    forms: int
    pages: int
    files: int
    left_out: tuple[str, ...]
    warning: str


@needs("print")
def archive(
    office: Office,
    order: ArchiveOrder,
    target: Path,
    *,
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> Archived:
    """Make a folder in `target` with the archive of a campaign; all of it, or nothing.

    Raises `UserError` NO_CAMPAIGN, NOTHING_TO_PRINT, FILE_EXISTS; `EnvironmentProblem`,
    `Cancelled`.
    """
    stop = cancel or Cancel()
    with office.store.read() as connection:
        members = FigureRecords(office, connection, order.campaign or None, members=_MEMBERS)
        ground = members.ground
        found = townships(ground, order)
        if not found:
            raise UserError(
                "NOTHING_TO_PRINT", "这次活动没有登记表，没有可以归档的。", remedy="请核对活动。"
            )
        name = _name(connection, office, ground, order)
        with _growing(target / name) as folder:
            making = _Making(office, connection, ground, order, folder, name)
            return making.make(found, target, progress, stop)


def _name(connection: Connection, office: Office, ground: CampaignData, order: ArchiveOrder) -> str:
    unit = order.unit or office.identity.station
    own = require_unit(connection, unit).name
    campaign = ground.campaign.short_title or ground.campaign.title
    return shortened(safe_file_name(f"{own}{campaign}档案 {office.today()}"), 180)


@contextmanager
def _growing(folder: Path) -> Iterator[Path]:
    """A folder beside the one wanted, which takes its name when all is in it."""
    if folder.exists():
        raise UserError(
            "FILE_EXISTS",
            f"“{folder.name}”已经有了。",
            remedy="请换一个文件夹，或先把旧的移走。",
        )
    part = folder.with_name(f".{folder.name}.part")
    try:
        with words_for(folder):
            shutil.rmtree(part, ignore_errors=True)
            part.mkdir(parents=True)
        yield part
        with words_for(folder):
            part.rename(folder)
    finally:
        with suppress(OSError):
            shutil.rmtree(part, ignore_errors=True)


@dataclass(frozen=True, slots=True)
class _Making:
    """The work on one archive: what it is of, and the folder in which it grows."""

    office: Office
    connection: Connection
    ground: CampaignData
    order: ArchiveOrder
    folder: Path
    name: str

    @property
    def own(self) -> str:
        """The name of the office it is of."""
        return name_of(self.connection, self.order.unit or self.office.identity.station)

    def make(
        self, found: tuple[Township, ...], target: Path, progress: Progress, cancel: Cancel
    ) -> Archived:
        pdf = self.folder / f"{self.name}.pdf"
        with words_for(pdf), pdf.open("wb") as file:
            volume = Volume(Joining(file, self.name), progress, cancel)
            volume.total = sum(len(one.visits) for one in found) + _OTHER_STEPS
            forms = self._pages(volume, found)
            pages = volume.joining.count
            self._front(volume, forms, pages)
            settle(file)
        self._ledgers(volume)
        self._explain(volume, forms, pages)
        files = write_sums(self.folder, cancel)
        progress(Step("正在归档：完成", volume.total, volume.total))
        folder = target / self.name
        return Archived(
            folder,
            folder / pdf.name,
            forms,
            pages,
            files,
            tuple(volume.left_out),
            boxed(tuple(dict.fromkeys(volume.lacking))),
        )

    def _pages(self, volume: Volume, found: tuple[Township, ...]) -> int:
        """Everything with a 页号, in its order; answer how many forms."""
        campaign, unit = self.ground.campaign, self.order.unit
        texts = form_texts(Links(self.office, self.connection), [Visit(campaign=campaign.code)])
        beside = self.folder / "附件"
        drawer = FormDrawer(self.office, self.connection, volume, texts, beside)
        forms = drawer.draw(found, scans=self.order.scans)
        listed = materials(self.connection, campaign.code, unit)
        with volume.part("总结、调研报告和方案"):
            add_materials(self.office, self.connection, volume, listed, beside)
        station = unit or self.office.identity.station
        with volume.part("工作简报"):
            add_briefings(self.office, volume, issues(self.connection, campaign.code, station))
        with volume.part("报送单"):
            if not self.office.is_city:
                add_reports(self.office, volume, campaign, self.own)
        with volume.part("上级的审核和回复" if not self.office.is_city else "审核和回复"):
            add_answers(self.office, self.connection, volume, campaign, unit)
        return forms

    def _front(self, volume: Volume, forms: int, pages: int) -> None:
        volume.step("目录")
        campaign = self.ground.campaign
        cover = Cover(
            office=self.own,
            campaign=campaign.short_title or campaign.title,
            document_number=campaign.document_number,
            begins=campaign.starts,
            ends=campaign.ends,
            forms=forms,
            entries=sum(not one.part for one in volume.entries),
            pages=pages,
            made_on=self.office.today(),
            made_by=operator_of(self.connection, self.office).name,
        )
        contents, _ = contents_pdf(volume.entries, self.own, volume.cancel)
        front = sum(volume.joining.add(one, numbered=False) for one in (cover_pdf(cover), contents))
        volume.joining.finish(front, volume.marks)

    def _ledgers(self, volume: Volume) -> None:
        folder = self.folder / "台账"
        with words_for(folder):
            folder.mkdir()
        for ledger in LEDGERS:
            volume.step(ledger.title)
            query = ledger.query
            every = table_query.listed(self.office, query, cancel=volume.cancel).ids
            mine = ledger_ids(self.connection, self.ground, ledger.record_type, self.order.unit)
            ids = [one for one in every if one in mine]
            if ids:
                out = folder / f"{ledger.title}.xlsx"
                list_files.write_list_sheet(
                    self.office, out, query, ids, title=ledger.title, cancel=volume.cancel
                )

    def _explain(self, volume: Volume, forms: int, pages: int) -> None:
        lines = [
            f"{self.own}　{self.ground.campaign.title}",
            f"归档日期：{self.office.today()}",
            f"{self.name}.pdf：封面、卷内目录、登记表 {forms} 张、总结、报送单、审核和回复，"
            f"编了页号的共 {pages} 页。",
            "“台账”里是各种台账，用 WPS 表格打开。“附件”里是扫描件和材料的原文件。",
            f"“{SUMS}”是每个文件的校验值：在这个文件夹里执行 sha256sum -c {SUMS} 可以核对。",
            *(["", "没有放进卷内的：", *volume.left_out] if volume.left_out else []),
        ]
        path = self.folder / "说明.txt"
        with words_for(path):
            path.write_text("\r\n".join(lines) + "\r\n", "utf-8-sig", newline="")


def write_sums(folder: Path, cancel: Cancel) -> int:
    """Write the sha256 of every file as it lies on the disk; answer how many files."""
    with words_for(folder):
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        lines = []
        for path in files:
            cancel.check()
            lines.append(f"{_digest(path)}  {path.relative_to(folder).as_posix()}\n")
        (folder / SUMS).write_text("".join(lines), "utf-8", newline="")
    return len(files)


def _digest(path: Path) -> str:
    found = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(_CHUNK):
            found.update(piece)
    return found.hexdigest()
