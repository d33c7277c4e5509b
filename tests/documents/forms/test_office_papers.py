"""移交清单, the sheet with the recovery code and 启用函, as they are signed and sealed."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from app.documents.forms.invitation_letter import InvitationLetter, invitation_letter
from app.documents.forms.recovery_sheet import RecoverySheet, recovery_sheet
from app.documents.reports.handover_list import HandoverList, OpenItem, OpenItems, handover_list

ReadPages = Callable[..., list[str]]

RETURNED = OpenItems("上级退回", (OpenItem("沙湾-2011-0137", "走访登记 乐山无线电公司", "改正"),))
LIST = HandoverList(
    office="沙湾区总工会",
    made_on=date(2011, 12, 10),
    giver="李经办",
    taker="王新",
    witness="付志勇",
    holdings=(("走访登记", "137 条"), ("意见诉求", "12 条"), ("附件", "31 份")),
    recovery_code="办公室保险柜，付志勇保管",
    backups="优盘“备份一号”，最近一次 2011-12-09",
    computer="第1台（511111-3fa9c2d1）",
    sections=(OpenItems("没有填完"), RETURNED),
)
SHEET = RecoverySheet(
    office="沙湾区总工会",
    computer="第1台（511111-3fa9c2d1）",
    operator="李经办",
    made_on=date(2011, 7, 21),
    code="7K2M-9QXV-B2DE-4T8R-0123-4567-89AB-CDEF",
)
LETTER = InvitationLetter(
    sender="乐山市总工会",
    unit="沙湾区总工会",
    unit_code="511111",
    made_on=date(2011, 7, 5),
    enable_code="1A2B-3C4D-5E6F-7A8B-9C0D",
    check_code="7K3M 9QXV B2DE 4T8R",
    files=("511100-3fa9c2d1_to_all_000001.zfpkg",),
)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "单.pdf"


def together(page: str) -> str:
    return "".join(page.split())


def test_the_handover_list_names_what_is_open_and_the_three_who_sign(
    out: Path, pages_of: ReadPages
) -> None:
    assert handover_list(LIST, out) == 1
    shown = together(pages_of(out)[0])
    for words in (
        "移交清单", "走访登记137条", "二、上级退回（1）", "没有下列事项：没有填完。",
        "沙湾-2011-0137", "恢复码存放办公室保险柜，付志勇保管", "移交人", "接交人",
        "监交人", "2011年12月10日",
    ):  # fmt: skip
        assert words in shown


def test_a_long_handover_list_goes_on_overleaf(out: Path, pages_of: ReadPages) -> None:
    many = tuple(OpenItem(f"沙湾-2011-{n:04}", "帮扶事项", "回访") for n in range(120))
    long = dataclasses.replace(LIST, sections=(OpenItems("应回访", many),))
    assert handover_list(long, out) == len(pages_of(out)) > 2
    assert "应回访（120）（续）" in together(pages_of(out)[1])


def test_the_recovery_sheet_can_be_read_without_doubt(out: Path, pages_of: ReadPages) -> None:
    assert recovery_sheet(SHEET, out) == 1
    shown = together(pages_of(out)[0])
    assert "7K2M-9QXV-B2DE-4T8R" in shown
    assert "0123-4567-89AB-CDEF" in shown
    assert "按F4" in shown


def test_the_letter_carries_both_codes_apart_from_the_files(out: Path, pages_of: ReadPages) -> None:
    assert invitation_letter(LETTER, out) == 1
    shown = together(pages_of(out)[0])
    for words in ("启用函", "沙湾区总工会", LETTER.enable_code, "7K3M9QXVB2DE4T8R"):
        assert words in shown
