"""报送单: goes with the packages on the stick; both sides sign and seal it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.documents.drawing.layout import written_date
from app.documents.drawing.slip import Block, CodePanel, Column, Pairs, Seals, Table, print_slip
from app.documents.drawing.target import Out
from app.documents.forms.review_sheet import Sum, Total, count_table, sum_table
from app.domain.kernel.progress import Cancel, Progress, silent


@dataclass(frozen=True, slots=True)
class PackageLine:
    """One file on the stick: 第几次报送, part i of n, file name, size in bytes, day made."""

    seq: int
    part: int
    parts: int
    file_name: str
    size: int
    made_on: date


@dataclass(frozen=True, slots=True)
class SubmissionSlip:
    """The contents of a 报送单.

    `tip` is the sha256 of the newest package in hexadecimal (package format §2); `check_code` is
    the same number shortened, in groups that can be read out. `qr` is what the QR code says,
    the tip alone where it is empty.
    """

    campaign: str
    sender: str
    receiver: str
    kind: str
    made_on: date | None
    operator: str
    telephone: str
    packages: tuple[PackageLine, ...]
    tip: str
    check_code: str
    totals: tuple[Total, ...] = ()
    sums: tuple[Sum, ...] = ()
    signed_by: str = ""
    signed_on: date | None = None
    qr: str = ""


PACKAGE_COLUMNS = (
    Column("次序", 15, 0.5),
    Column("分包", 13, 0.5),
    Column("文件名", 87),
    Column("大小", 18, 1),
    Column("生成日期", 23, 0.5),
)


def submission_slip(
    slip: SubmissionSlip,
    out: Out,
    *,
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> int:
    """Write the 报送单 to `out` and answer its pages.

    Raises `EnvironmentProblem`, `Cancelled`.
    """
    blocks: list[Block] = [
        Pairs(
            (
                (("活动", slip.campaign),),
                (("报送单位", slip.sender), ("接收单位", slip.receiver)),
                (("报送类别", slip.kind), ("报送日期", written_date(slip.made_on))),
                (("经办人", slip.operator), ("电话", slip.telephone)),
                (("审签人", slip.signed_by), ("审签日期", written_date(slip.signed_on))),
            )
        ),
        CodePanel(
            "核对码",
            slip.check_code,
            slip.qr or slip.tip,
            "接收单位收件后，核对屏幕上的核对码与此处是否一致。",
        ),
        Table("报送文件", PACKAGE_COLUMNS, tuple(map(_package_row, slip.packages))),
        count_table("各类记录", slip.totals),
        sum_table("金额", slip.sums),
        Seals(
            (
                ("报送单位", (slip.sender, "报送人（签名）：")),
                ("接收单位", (slip.receiver, "接收人（签名）：")),
            )
        ),
    ]
    foot = f"{slip.sender}　核对码 {slip.check_code}"
    return print_slip(out, "报送单", blocks, foot=foot, progress=progress, cancel=cancel)


def _package_row(package: PackageLine) -> tuple[str, ...]:
    return (
        f"第{package.seq}次",
        f"{package.part}／{package.parts}",
        package.file_name,
        _size(package.size),
        package.made_on.isoformat(),
    )


def _size(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{max(1, size // 1000)} KB"
