"""报送单位登记表: an office makes itself known to the city, on paper with its seal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.documents.drawing.layout import written_date
from app.documents.drawing.slip import Block, CodePanel, Pairs, Seals, print_slip
from app.documents.drawing.target import Out
from app.domain.kernel.progress import Cancel, Progress, silent


@dataclass(frozen=True, slots=True)
class UnitRegistration:
    """The contents of a 报送单位登记表.

    `check_code` is the short 核对码 of the office's key, `fingerprint` the whole number for the
    QR code; `machine` is what the office calls its PC, `replaces` the PC it takes over from.
    """

    unit: str
    unit_code: str
    unit_kind: str
    leader: str
    leader_telephone: str
    contact: str
    contact_telephone: str
    operator: str
    machine: str
    made_on: date | None
    check_code: str
    fingerprint: str
    replaces: str = ""
    receiver: str = "市总工会"


def unit_registration(
    registration: UnitRegistration,
    out: Out,
    *,
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> int:
    """Write the 报送单位登记表 to `out` and answer its pages.

    Raises `EnvironmentProblem`, `Cancelled`.
    """
    it = registration
    blocks: list[Block] = [
        Pairs(
            (
                (("单位名称", it.unit),),
                (("单位代码", it.unit_code), ("单位类别", it.unit_kind)),
                (("分管领导", it.leader), ("电话", it.leader_telephone)),
                (("联系人", it.contact), ("电话", it.contact_telephone)),
                (("经办人", it.operator), ("电脑名称", it.machine)),
                (("登记日期", written_date(it.made_on)), ("接替电脑", it.replaces)),
            )
        ),
        CodePanel(
            "核对码",
            it.check_code,
            it.fingerprint,
            f"{it.receiver}核对屏幕上的核对码与此处是否一致，一致才能登记。",
        ),
        Seals(
            (
                ("登记单位", (it.unit, "负责人（签名）：")),
                (it.receiver, ("核对结果：□一致　□不一致", "办理人（签名）：")),
            )
        ),
    ]
    foot = f"{it.unit}　核对码 {it.check_code}"
    return print_slip(out, "报送单位登记表", blocks, foot=foot, progress=progress, cancel=cancel)
