"""生成报送文件: exactly what was signed is sealed, and copied out as often as wanted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from app.domain.kernel.progress import Cancel, Progress, silent
from app.exchange.packagewriter import Sealed
from app.services.office.duties import needs
from app.services.office.office import Office
from app.services.packages import forwarding, sealing
from app.services.reporting import report_marks
from app.services.reporting.frozen_report import Report, addressee, open_row, report_from
from database.books import reports
from database.store.engine import Connection


@dataclass(frozen=True, slots=True)
class Sent:
    """What a 报送 made: the packages sealed now, and every file on the stick.

    `names` are for files that lie elsewhere under other names than on the stick.
    """

    report: Report
    sealed: tuple[Sealed, ...]
    files: tuple[Path, ...]
    names: Mapping[Path, str] = field(default_factory=dict)


@needs("prepare")
def seal_report(
    office: Office,
    n: int,
    out: Path,
    *,
    cap: int = sealing.USB,
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> Sent:
    """生成报送文件: seal what was signed, then copy it and all that is unconfirmed to `out`.

    The packages and the state of the report are written in one transaction. When copying
    fails or is stopped, what was sealed stays, and `carry_out` copies it again.
    """
    with office.store.read() as connection:
        content = report_from(open_row(connection, n, "approved")).content
    frozen = set(content.revisions)

    def also(connection: Connection, sealed: Sequence[Sealed]) -> None:
        open_row(connection, n, "approved")
        reports.set_state(connection, n, "sealed")
        seqs = [one.header.seq for one in sealed]
        report_marks.note(connection, n, "sealed", report_marks.mark(office, seqs=seqs))

    sealed = sealing.seal(
        office,
        content.to,
        "submission",
        lambda r: r.h in frozen,
        cap=cap,
        also=also,
        progress=progress,
        cancel=cancel,
    )
    sent = carry_out(office, n, out, progress=progress, cancel=cancel)
    return replace(sent, sealed=tuple(sealed))


@needs("prepare")
def carry_out(
    office: Office,
    n: int,
    out: Path,
    *,
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> Sent:
    """Copy a sealed report and all else that is unconfirmed to `out`, as often as wanted."""
    with office.store.read() as connection:
        done = report_from(open_row(connection, n, "sealed"))
    files = export(office, out, progress=progress, cancel=cancel)
    names = [file.name for file in files]
    carried = report_marks.mark(office, files=names, place=str(out))
    with office.store.write() as connection:
        report_marks.note(connection, n, "carried", carried)
    return Sent(done, (), tuple(files))


def export(
    office: Office, out: Path, *, progress: Progress = silent, cancel: Cancel | None = None
) -> list[Path]:
    """Copy every package that the office above has not confirmed, and those to pass on."""
    with office.store.read() as connection:
        to = addressee(office, connection)
    forwarded = forwarding.upward(office, to)
    files = [*sealing.unacknowledged(office, to), *forwarded]
    return sealing.copy_out(office, files, out, names=forwarded, progress=progress, cancel=cancel)
