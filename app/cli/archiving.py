"""`archive`: 年度归档, one PDF and a folder for keeping."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app.cli.frame.open_folder import at_work
from app.cli.frame.options import CampaignCode, Data, Operator
from app.cli.frame.progress import watched
from app.cli.frame.reply import Complaint, Reply

Into = Annotated[Path, typer.Argument(metavar="FOLDER", help="在这个文件夹里放一个新的归档文件夹")]
OfUnit = Annotated[str, typer.Option("--unit", help="只归这个单位的（单位代码）；不写是全部")]
NoScans = Annotated[bool, typer.Option("--no-scans", help="附件不印进卷内，只放原文件")]


def archive(
    *,
    data: Data,
    out: Into,
    campaign: CampaignCode = None,
    unit: OfUnit = "",
    no_scans: NoScans = False,
    operator: Operator = None,
) -> Reply:
    """年度归档：一个 PDF（封面、卷内目录、登记表、总结、报送单、回复），加台账和附件，带校验值。"""
    from app.services.archiving import archive as archiving
    from app.services.archiving.archive_order import ArchiveOrder

    order = ArchiveOrder(campaign or "", unit, not no_scans)
    with at_work(data, operator, reads=True) as office, watched() as watch:
        made = archiving.archive(office, order, out, progress=watch.progress, cancel=watch.cancel)
    lines = [
        f"归档：{made.folder}（登记表 {made.forms:,} 张，共 {made.pages:,} 页，"
        f"{made.files:,} 个文件）",
        *(f"没有放进卷内：{one}" for one in made.left_out),
    ]
    value = {
        "folder": made.folder,
        "pdf": made.pdf,
        "forms": made.forms,
        "pages": made.pages,
        "files": made.files,
        "left_out": list(made.left_out),
    }
    complaints = [Complaint("MISSING_GLYPH", made.warning)] if made.warning else []
    return Reply(value, lines, complaints)
