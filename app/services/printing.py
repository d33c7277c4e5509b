"""On paper: the 登记表 of visits, 送审表, 报送单 and 报送单位登记表."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from app.documents.registration_form import FormTexts, RegistrationForm, registration_form
from app.documents.review_sheet import ReviewSheet, review_sheet
from app.documents.submission_slip import PackageLine, SubmissionSlip, submission_slip
from app.documents.unit_registration import UnitRegistration, unit_registration
from app.domain.codes import UNIT_KIND
from app.domain.errors import UserError
from app.domain.progress import Cancel, Progress, silent
from app.domain.records import Operator, Visit
from app.exchange.keys import check_code, short_code
from app.exchange.packagereader import Inspection, inspect_package
from app.services import paper_totals
from app.services.linking import Links
from app.services.office import Office
from app.services.records import find_one
from app.services.submitting import Report, Sent, report_of
from app.services.units import name_of, require_unit
from database import revisions, settings, states
from database.engine import Connection
from database.states import State

FALLBACK = "2011-36"
"""The campaign whose form is printed where a campaign has no words of its own."""

REPORT_KINDS = {"daily": "日常报送", "annual": "年终报送"}


def print_forms(
    office: Office,
    out: Path,
    *,
    visits: Sequence[str] | None = None,
    blank: bool = False,
    qr: bool = True,
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> int:
    """Print 附件2 of these visits (ids or 编号; None: all that are not 作废), or one blank form.

    Returns the pages. Raises `UserError` NOT_FOUND, NOTHING_TO_PRINT, FORMS_DIFFER,
    MISSING_GLYPH (naming the 编号), FORM_TOO_FULL; `EnvironmentProblem`, `Cancelled`.
    """
    with office.store.read() as connection:
        links = Links(office, connection)
        found = [] if blank else _visits(connection, visits)
        texts = form_texts(links, [state.record for state in found])
        pages = [form_page(connection, state) for state in found] or [RegistrationForm()]
    if not found and not blank:
        raise UserError("NOTHING_TO_PRINT", "没有可以打印的走访登记。")
    return registration_form(pages, out, texts=texts, qr=qr, progress=progress, cancel=cancel)


def _visits(connection: Connection, wanted: Sequence[str] | None) -> list[State]:
    if wanted is None:
        return states.find(connection, "visit", states.table("visit").c.void == 0)
    return [find_one(connection, "visit", key) for key in wanted]


def form_texts(links: Links, visits: Iterable[object]) -> FormTexts:
    """The words of the campaign's form; of several campaigns they must be the same."""
    codes = dict.fromkeys(visit.campaign for visit in visits if isinstance(visit, Visit))
    found = dict.fromkeys(_places(links, code) for code in codes or [FALLBACK])
    if len(found) > 1:
        raise UserError(
            "FORMS_DIFFER",
            "这些走访属于不同的活动，登记表的样子不同。",
            remedy="请按活动分开打印。",
        )
    return FormTexts.from_places(dict(next(iter(found))))


def _places(links: Links, code: str) -> tuple[tuple[str, str], ...]:
    for known in (links.campaigns.get(code), links.campaigns.get(FALLBACK)):
        if known is not None and known.form_texts:
            return tuple((text.place, text.text) for text in known.form_texts)
    return ()


def form_page(connection: Connection, state: State) -> RegistrationForm:
    """What stands on the form of a saved visit."""
    visit = state.record
    assert isinstance(visit, Visit)
    return replace(
        form_blanks(connection, visit),
        number=visit.number,
        record_id=state.id,
        version=len(revisions.of_record(connection, state.id, status="live")),
        h=state.h,
        void=state.void,
    )


def form_blanks(connection: Connection, visit: Visit) -> RegistrationForm:
    """What a visit, saved or not, puts into the blanks of the form."""
    return RegistrationForm(
        leaders=visit.leaders,
        enterprise=visit.enterprise_name,
        headcount=visit.headcount,
        opinions=visit.opinions,
        reporter=name_of(connection, visit.unit or visit.owner),
        filed_on=visit.filed_on,
    )


def print_review_sheet(office: Office, n: int, out: Path) -> int:
    """Print the 送审表 of report `n`; returns its pages. Raises as `print_forms`, REPORT_STATE."""
    report = report_of(office, n)
    with office.store.read() as connection:
        totals = paper_totals.gather(connection, report.content.revisions)
        sheet = ReviewSheet(
            campaign=_campaign_titles(Links(office, connection), totals.campaigns),
            office=name_of(connection, office.identity.station),
            kind=REPORT_KINDS[report.kind],
            frozen_on=dt.datetime.fromisoformat(report.frozen_at).date(),
            operator=_operator(connection, office).name,
            units=tuple(name_of(connection, code) for code in totals.units),
            totals=totals.counts,
            sums=totals.sums,
            changes=totals.changes,
            remarks=_remarks(report),
            check_code=short_code(_digest(report.content.revisions)),
        )
    return review_sheet(sheet, out)


def _remarks(report: Report) -> str:
    parts = [f"附：{'、'.join(report.content.enclosures)}"] if report.content.enclosures else []
    return "；".join([*parts, *report.content.lacking])


def _digest(names: Iterable[str]) -> bytes:
    return hashlib.sha256("\n".join(sorted(names)).encode()).digest()


def _campaign_titles(links: Links, codes: Iterable[str]) -> str:
    titles = []
    for code in codes:
        known = links.campaigns.get(code)
        titles.append((known.short_title or known.title) if known else code)
    return "、".join(titles)


def _operator(connection: Connection, office: Office) -> Operator:
    state = states.get(connection, "operator", office.operator)
    record = state.record if state else None
    return record if isinstance(record, Operator) else Operator()


def print_submission_slip(office: Office, sent: Sent, out: Path) -> int:
    """Print the 报送单 of what `submitting.seal_report` put on the stick; returns its pages."""
    seen = {path: inspect_package(path) for path in sent.files}
    mine = [one for one in seen.values() if one.header.writer == office.identity.writer]
    if not mine:
        raise UserError("NOTHING_TO_PRINT", "这次报送没有文件。", remedy="请先生成报送文件。")
    newest = max(mine, key=lambda one: one.header.seq)
    with office.store.read() as connection:
        totals = paper_totals.gather(connection, sent.report.content.revisions)
        operator, unit = _operator(connection, office), office.identity.station
        slip = SubmissionSlip(
            campaign=_campaign_titles(Links(office, connection), totals.campaigns),
            sender=name_of(connection, unit),
            receiver=name_of(connection, sent.report.content.to),
            kind=REPORT_KINDS[sent.report.kind],
            made_on=dt.datetime.fromisoformat(newest.header.created).date(),
            operator=operator.name,
            telephone=operator.telephone or require_unit(connection, unit).clerk_telephone,
            packages=tuple(_package_lines(seen, sent.names)),
            tip=newest.tip,
            check_code=short_code(bytes.fromhex(newest.tip)),
            totals=totals.counts,
            sums=totals.sums,
            signed_by=sent.report.signer,
            signed_on=sent.report.signed_on,
        )
    return submission_slip(slip, out)


def _package_lines(
    seen: Mapping[Path, Inspection], names: Mapping[Path, str]
) -> Iterator[PackageLine]:
    for path, one in seen.items():
        part, parts = one.header.part or (1, 1)
        made_on = dt.datetime.fromisoformat(one.header.created).date()
        name = names.get(path, path.name)
        yield PackageLine(one.header.seq, part, parts, name, one.size, made_on)


def print_registration(office: Office, out: Path) -> int:
    """Print the 报送单位登记表 with the 核对码 of this PC's key; returns its pages."""
    public = office.signing_key.public
    with office.store.read() as connection:
        unit = require_unit(connection, office.identity.station)
        registration = UnitRegistration(
            unit=unit.name,
            unit_code=unit.code,
            unit_kind=UNIT_KIND.label_of(unit.kind),
            leader=unit.leader,
            leader_telephone=unit.leader_telephone,
            contact=unit.clerk,
            contact_telephone=unit.clerk_telephone,
            operator=_operator(connection, office).name,
            machine=f"第{office.identity.pc}台（{office.identity.writer}）",
            made_on=office.today(),
            check_code=check_code(public),
            fingerprint=hashlib.sha256(public.blob).hexdigest(),
            replaces=settings.get(connection, "supersedes", str) or "",
            receiver=name_of(connection, office.identity.city),
        )
    return unit_registration(registration, out)
