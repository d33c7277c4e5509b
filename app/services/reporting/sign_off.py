"""审签: the leader has signed the 送审表, here or on paper."""

from __future__ import annotations

import datetime as dt

from app.domain.kernel.errors import UserError
from app.services.office.duties import refusal
from app.services.office.office import Office
from app.services.office.seen_base import require_seen
from app.services.reporting import report_marks
from app.services.reporting.frozen_report import Report, open_row, report_from
from database.books import reports

ON_PAPER = "纸质签字"


def approve(
    office: Office,
    n: int,
    signer: str,
    signed_on: dt.date,
    *,
    on_paper: bool = False,
    base: Report | None = None,
) -> Report:
    """审签: the leader has signed the 送审表 on a day; said again, it is put right.

    `base` is the report as it was seen before.

    A 负责人 who works here signs off under their own name; `on_paper` (纸质签字) where
    somebody else notes what they signed on paper. Where none works here, the 经办 notes it.
    Raises `UserError` SIGNER, NOT_YOUR_DUTY, CHANGED_MEANWHILE, or REPORT_STATE once the files
    are made.
    """
    require_sign_off(office, on_paper=on_paper)
    if not signer.strip():
        raise UserError("SIGNER", "要填写审签人。", remedy="请填写在送审表上签字的负责人。")
    with office.store.write() as connection:
        row = open_row(connection, n, "frozen", "approved")
        require_seen(report_from(row), base, "这次报送", now=report_from(row).words)
        mark = report_marks.mark(office, note=ON_PAPER if on_paper else "")
        report_marks.note(connection, n, "approved", mark)
        reports.sign(connection, row.n, signer.strip(), signed_on.isoformat())
        return report_from(reports.get(connection, row.n))


def require_sign_off(office: Office, *, on_paper: bool) -> None:
    """Raises `UserError` NOT_YOUR_DUTY where a 负责人 who works here has to sign off."""
    refused = None if on_paper else refusal(office, "sign off")
    if refused is not None:
        raise UserError(
            refused.code,
            refused.what,
            why=refused.why,
            remedy=f"请切换经办人，由他本人审签；他已在送审表上签字盖章的，请选“{ON_PAPER}”。",
        )
