"""`quickstart`: 快速上手 on two pages, for whoever begins; needs no data."""

from __future__ import annotations

from app.cli.forms import Paper, printed
from app.cli.frame.reply import Reply
from app.documents.drawing.target import Target


def quickstart(*, out: Paper) -> Reply:
    """打印快速上手：两页 A4，取自帮助，不用数据。"""
    from app.documents.booklets.quick_start import quick_start

    target = Target(out)
    return printed("快速上手", target, quick_start(target))
