"""What can be wrong with a package: one code, one sentence, one next step (package format §5)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from app.domain.kernel.errors import UserError
from app.exchange.envelope import Header

Outcome = Literal["refused", "held", "parked", "flagged", "harmless", "frozen"]


@dataclass(frozen=True, slots=True)
class Code:
    """The words of one code: what happened, what to do next, what becomes of the package.

    `refused` changes nothing but the ledger; `held` waits for the writer to be
    enrolled; `parked` sets one record or scan aside; `flagged` is merged with a
    warning; `harmless` was already merged; `frozen` waits for a person to decide.
    """

    what: str
    remedy: str
    outcome: Outcome = "refused"


_AGAIN = "请报送单位重新导出后再交一次。"
_RECOPY = "请从原处重新拷贝一次；仍不行，请报送单位重新导出。"
_ALARM = "请不要使用这个文件，并用电话与报送单位核对。"
_UPDATE = "请先升级本程序，再接收这个文件。"
_CALL = "请用电话与对方核对清楚，再决定是否接收。"

CODES: dict[str, Code] = {
    "PKG_CORRUPT": Code("文件不完整或已损坏", _RECOPY),
    "PATH_UNSAFE": Code("文件里有不允许的文件名", _ALARM),
    "PATH_DUP": Code("文件里有重复的文件名", _ALARM),
    "ROOT": Code("文件的内部目录与报送编号不一致", _ALARM),
    "ZIP_METHOD": Code(
        "文件被别的软件重新压缩过", "请使用报送单位导出的原文件，不要解压后再压缩。"
    ),
    "ZIP_OVERLAP": Code("文件内部有重叠的内容", _ALARM),
    "ZIP_NOT_CANONICAL": Code(
        "文件被别的软件改动过", "请使用报送单位导出的原文件，不要解压、改名或另存。"
    ),
    "TOO_LARGE": Code("文件超过允许的大小", "请报送单位减少照片或分次导出后再交。"),
    "MISSING_MEMBER": Code("文件缺少一部分内容", _RECOPY),
    "EXTRA_MEMBER": Code("文件里多出了不应有的内容", _ALARM),
    "VERSION_TOO_NEW": Code("文件由更新版本的程序生成", _UPDATE),
    "SUITE_NOT_ALLOWED": Code(
        "文件使用了市总工会没有允许的签名方式", "请报送单位更新报送单位登记后重新导出。"
    ),
    "SIG_MISSING": Code("文件没有签名", _ALARM),
    "SIG_BAD": Code("文件的签名不对，内容可能被改动", _RECOPY),
    "SIG_NAMESPACE": Code("文件的签名是为别的用途做的", _ALARM),
    "HASH_MISMATCH": Code("文件内容与签名时不一致", _RECOPY),
    "HEADER_INVALID": Code("文件的说明部分不合规定", _AGAIN),
    "SIGNER_UNKNOWN": Code(
        "报送单位还没有登记",
        "文件已留存；请先办理报送单位登记并核对核对码，登记后自动接收。",
        "held",
    ),
    "SIGNER_NOT_WRITER": Code("签名的电脑不是文件所写的报送电脑", _ALARM),
    "KIND_FORBIDDEN": Code("报送单位无权发出这一类文件", _CALL),
    "REVOKED": Code(
        "这台电脑的登记已经停用，停用之后的文件不能接收", "请用电话与报送单位核对这台电脑的去向。"
    ),
    "NOT_FOR_US": Code("这个文件不是发给本单位的", "请核对收件单位，或检查启用码是否输入正确。"),
    "INNER_OUTER_MISMATCH": Code("文件的外部说明与加密内容不一致", _ALARM),
    "INDEX_INVALID": Code("文件的目录部分不合规定", _AGAIN),
    "BOMB": Code("文件解开后远大于所写的大小", _ALARM),
    "LINE_TOO_LONG": Code("文件里有超长的记录", _AGAIN),
    "LINES_INVALID": Code("文件里不合规定的记录太多", _AGAIN),
    "HISTORY_INVALID": Code("文件里记录的修改经过多得不合常理", _CALL),
    "COVER_MISMATCH": Code("文件里的记录与所写的合计数不符", _AGAIN),
    "RECORD_INVALID": Code("有记录或扫描件不合规定，已单独存放", _AGAIN, "parked"),
    "REV_FORBIDDEN": Code(
        "有记录不归报送单位所有，已单独存放", "请与该记录的所属单位核对。", "parked"
    ),
    "DUPLICATE": Code("这个文件以前已经汇总过", "不需要再做什么。", "harmless"),
    "APPLIED_WITH_GAP": Code(
        "已经汇总，但前面还缺报送文件", "请报送单位补交所缺的那几次报送。", "flagged"
    ),
    "FORK": Code(
        "同一台电脑的同一次报送有两个不同的文件",
        "请用电话与报送单位核对是否恢复过备份或复制过电脑，再决定用哪一个。",
        "frozen",
    ),
    "CHAIN_BREAK": Code("文件与它的前一次接不上", _CALL, "frozen"),
    "TRUST_ROLLBACK": Code("文件比本机已有的更旧", "不需要接收；请使用最新的文件。"),
    "CLOCK_SKEW": Code("报送电脑的日期时间可能不准", "请报送单位检查电脑的日期和时间。", "flagged"),
}


class Refused(UserError):
    """A package cannot be taken as it is.

    `detail` names the member or field for a log; `header` and `tip` are set once the
    header's fields are proven sound, so that a ledger can say whose package it was.
    """

    def __init__(self, code: str, detail: str = "") -> None:
        words = CODES[code]
        super().__init__(
            code,
            f"{words.what}。",
            why=f"（{code}：{detail}）" if detail else f"（{code}）",
            remedy=words.remedy,
        )
        self.detail = detail
        self.header: Header | None = None
        self.tip: str | None = None

    @property
    def outcome(self) -> Outcome:
        """What becomes of the package."""
        return CODES[self.code].outcome


@dataclass(frozen=True, slots=True)
class Parked:
    """One record line or one scan set aside: where it stands, its h or sha256, and why.

    `raw` are the bytes of a line that came whole: a later program may know what it says.
    """

    where: str
    h: str | None
    code: str
    reason: str
    raw: bytes | None = field(default=None, repr=False, compare=False)
