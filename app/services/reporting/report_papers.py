"""送审表 and 报送单: the two papers of a 报送."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from app.documents.drawing.printed_code import SlipCode
from app.documents.drawing.target import Out
from app.documents.forms.review_sheet import ReviewSheet, review_sheet
from app.documents.forms.submission_slip import PackageLine, SubmissionSlip, submission_slip
from app.domain.kernel.errors import UserError
from app.exchange.keys import short_code
from app.exchange.packagereader import Inspection, inspect_package
from app.services.office.office import Office
from app.services.people.paper_names import operator_of
from app.services.records.link_resolving import Links
from app.services.records.units import name_of, reached
from app.services.reporting import paper_totals
from app.services.reporting.frozen_report import Report, report_of
from app.services.reporting.sealed_report import Sent

REPORT_KINDS = {"daily": "日常报送", "annual": "年终报送"}


def print_review_sheet(office: Office, n: int, out: Out) -> int:
    """Print the 送审表 of report `n`; returns its pages. Raises as `print_forms`, REPORT_STATE."""
    report = report_of(office, n)
    with office.store.read() as connection:
        totals = paper_totals.gather(connection, report.content.revisions)
        sheet = ReviewSheet(
            campaign=_campaign_titles(Links(office, connection), totals.campaigns),
            office=name_of(connection, office.identity.station),
            kind=REPORT_KINDS[report.kind],
            frozen_on=dt.datetime.fromisoformat(report.frozen_at).date(),
            operator=operator_of(connection, office).name,
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


def print_submission_slip(office: Office, sent: Sent, out: Out) -> int:
    """Print the 报送单 of what `seal_report` put on the stick; returns its pages."""
    seen = {path: inspect_package(path) for path in sent.files}
    mine = [one for one in seen.values() if one.header.writer == office.identity.writer]
    if not mine:
        raise UserError("NOTHING_TO_PRINT", "这次报送没有文件。", remedy="请先生成报送文件。")
    newest = max(mine, key=lambda one: one.header.seq)
    with office.store.read() as connection:
        totals = paper_totals.gather(connection, sent.report.content.revisions)
        operator, unit = operator_of(connection, office), office.identity.station
        own = reached(connection, unit)
        slip = SubmissionSlip(
            campaign=_campaign_titles(Links(office, connection), totals.campaigns),
            sender=name_of(connection, unit),
            receiver=name_of(connection, sent.report.content.to),
            kind=REPORT_KINDS[sent.report.kind],
            made_on=dt.datetime.fromisoformat(newest.header.created).date(),
            operator=operator.name,
            telephone=operator.telephone or (own.clerk_telephone if own else ""),
            packages=tuple(_package_lines(seen, sent.names)),
            tip=newest.tip,
            check_code=short_code(bytes.fromhex(newest.tip)),
            totals=totals.counts,
            sums=totals.sums,
            signed_by=sent.report.signer,
            signed_on=sent.report.signed_on,
            qr=SlipCode(unit, "".join(totals.campaigns[:1]), totals.items, newest.tip).text,
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
