"""The paper of 随机抽取: 抽取结果单."""

from __future__ import annotations

from app.documents.drawing.target import Out
from app.documents.reports.draw_sheet import DrawSheet, draw_sheet
from app.domain.codes import DRAW_ALLOCATION, DRAW_SEED
from app.domain.kernel.progress import Cancel, Progress, silent
from app.domain.records import Draw
from app.services.office.duties import needs
from app.services.office.office import Office
from app.services.planning.draws import DrawnLine, DrawSeen, seen


@needs("print")
def print_draw(
    office: Office,
    out: Out,
    *,
    draw: str,
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> int:
    """Print a draw (its id or 编号) and answer its pages.

    Raises `UserError` NOT_FOUND, NOT_YOUR_DUTY; `EnvironmentProblem`, `Cancelled`.
    """
    return draw_sheet(_sheet(office, seen(office, draw)), out, progress=progress, cancel=cancel)


def _sheet(office: Office, found: DrawSeen) -> DrawSheet:
    draw = found.state.record
    return DrawSheet(
        office=found.office,
        number=draw.number,
        title=draw.title,
        campaign=found.campaign,
        scope=scope_words(draw),
        how=how_words(draw),
        seed=draw.seed,
        seed_from=DRAW_SEED.label_of(draw.seed_from),
        size=sum(one.size or 0 for one in draw.strata),
        sha256=draw.frame_sha256,
        algorithm=draw.algorithm,
        drawn_at=f"{draw.drawn_at:%Y-%m-%d %H:%M}" if draw.drawn_at else "",
        drawn_by=draw.drawn_by,
        witnesses="、".join(draw.witnesses),
        strata=tuple((s.name, f"{s.size or 0:,}", f"{s.number or 0:,}") for s in draw.strata)
        if draw.parted_by
        else (),
        drawn=tuple(_row(one) for one in found.lines),
        replaced=tuple(
            (one.name, one.replacement.name, one.replacement.reason, _when(one))
            for one in found.lines
            if one.replacement is not None
        ),
        made_on=office.today(),
        void=found.state.void,
    )


def scope_words(draw: Draw) -> str:
    """What was drawn from, in words."""
    return "；".join(draw.scope) or "单位名录里的全部单位"


def how_words(draw: Draw) -> str:
    """按单位类型分层，按各层家数的比例，共抽 20 家."""
    drawn = f"共抽 {len(draw.results)} 家"
    if not draw.parted_by:
        return f"不分层，{drawn}"
    return f"按{draw.parted_by}分层，{DRAW_ALLOCATION.label_of(draw.allocation)}，{drawn}"


def _row(one: DrawnLine) -> tuple[str, str, str, str]:
    notes = []
    if one.stands_for:
        notes.append(f"替补“{one.stands_for}”")
    if one.replacement is not None:
        notes.append("已替换")
    return one.stratum, str(one.place), one.name, "，".join(notes)


def _when(one: DrawnLine) -> str:
    assert one.replacement is not None
    return f"{one.replacement.on}　{one.replacement.by}"
