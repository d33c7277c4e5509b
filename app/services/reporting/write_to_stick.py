"""Putting files onto a stick or into a folder that is there, from the window.

A folder must not come into being on the computer's own disk when the stick is pulled.
"""

from __future__ import annotations

from pathlib import Path

from app.domain.kernel.errors import EnvironmentProblem
from app.domain.kernel.progress import Cancel, Progress, silent
from app.services.office.office import Office
from app.services.packages import sealing
from app.services.reporting import frozen_report, sealed_report, send_apart
from app.services.reporting.sealed_report import Sent


def make_files(
    office: Office,
    n: int,
    folder: Path,
    *,
    cap: int = sealing.USB,
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> Sent:
    """生成报送文件 into a folder that is there; sealed already, they are copied once more.

    Raises as `seal_report`, and `EnvironmentProblem` DISK_GONE.
    """
    require_there(folder)
    if frozen_report.report_of(office, n).state == "sealed":
        return sealed_report.carry_out(office, n, folder, progress=progress, cancel=cancel)
    return sealed_report.seal_report(office, n, folder, cap=cap, progress=progress, cancel=cancel)


def pass_on(
    office: Office, folder: Path, *, progress: Progress = silent, cancel: Cancel | None = None
) -> list[Path]:
    """What the offices below sent, and what of ours is unconfirmed, without a report of our own.

    Raises `EnvironmentProblem` DISK_GONE.
    """
    require_there(folder)
    return sealed_report.export(office, folder, progress=progress, cancel=cancel)


def make_urgent(
    office: Office,
    hazard: str,
    folder: Path,
    *,
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> list[Path]:
    """加急报送 of a hazard into a folder that is there.

    Raises as `send_apart.urgent`, and DISK_GONE.
    """
    require_there(folder)
    return send_apart.urgent(office, hazard, folder, progress=progress, cancel=cancel)


def make_shared(
    office: Office, folder: Path, *, progress: Progress = silent, cancel: Cancel | None = None
) -> list[Path]:
    """What the other PC of the office lacks, into a folder that is there; raises DISK_GONE."""
    require_there(folder)
    return send_apart.share(office, folder, progress=progress, cancel=cancel)


def require_there(folder: Path) -> None:
    """Raises `EnvironmentProblem` DISK_GONE when the folder is not there."""
    if not folder.is_dir():
        raise EnvironmentProblem(
            "DISK_GONE",
            f"找不到“{folder}”。",
            why="优盘可能已经拔出。",
            remedy="请插好优盘，或者另选一个文件夹，再做一次。",
        )
