"""启用函: the sealed letter with the 启用码 and the 核对码, sent apart from the 启用包."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.documents.drawing.layout import written_date
from app.documents.drawing.slip import Block, Column, Pairs, Seals, Table, print_slip
from app.documents.drawing.target import Out
from app.documents.forms.recovery_sheet import BigCode, Notes

FILE_COLUMNS = (Column("文件", 156),)


@dataclass(frozen=True, slots=True)
class InvitationLetter:
    """Who invites whom, both codes, and the names of the files of the 启用包."""

    sender: str
    unit: str
    unit_code: str
    made_on: date
    enable_code: str
    check_code: str
    files: Sequence[str] = ()


def invitation_letter(it: InvitationLetter, out: Out) -> int:
    """Write the 启用函 to `out` and answer its pages.

    Raises `EnvironmentProblem`.
    """
    notes = (
        "安装走访帮扶登记系统后第一次打开时，选“填报单位”，装入启用包，照这里输入启用码和核对码。",
        f"不放心时请打电话向{it.sender}核对核对码。启用包里的文件和这封信要分开送，不要放在一起。",
        f"输完以后会打印报送单位登记表，盖章后连同登记申请文件交{it.sender}，"
        "并打电话报本单位的核对码。",
    )
    blocks: list[Block] = [
        Pairs(
            (
                (("发往", it.unit),),
                (("单位代码", it.unit_code), ("日期", written_date(it.made_on))),
            )
        ),
        BigCode("启用码", (it.enable_code,)),
        BigCode(f"{it.sender}的核对码", (it.check_code,)),
        Notes(notes),
        Table("启用包的文件", FILE_COLUMNS, tuple((name,) for name in it.files)),
        Seals(((it.sender, ("办理人（签名）：",)),)),
    ]
    foot = f"{it.sender}　{written_date(it.made_on)}"
    return print_slip(out, "启用函", blocks, foot=foot)
