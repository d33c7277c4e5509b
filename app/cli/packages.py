"""`inspect`, `verify`: package files, without a data folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.cli.frame.progress import Watch, watched
from app.cli.frame.reply import Reply

if TYPE_CHECKING:
    from app.exchange.packagereader import Inspection
    from app.exchange.trust import Trust

File = Annotated[Path, typer.Argument(metavar="FILE", help="报送文件")]
TrustFile = Annotated[
    Path | None, typer.Option("--trust", help="市总工会的登记文件，用来核对签名的是谁")
]


def inspect(file: File) -> Reply:
    """不用钥匙能看到的：谁、发给谁、第几次、文件是否完整。"""
    from app.exchange.packagereader import inspect_package

    with watched() as watch:
        seen = inspect_package(file, watch.progress, watch.cancel)
    return Reply(_inspected(file, seen), _inspection_lines(file, seen))


def _inspected(file: Path, seen: Inspection) -> dict[str, Any]:
    from app.exchange.keys import check_code

    return {
        "file": file,
        "size": seen.size,
        "tip": seen.tip,
        "header": seen.header,
        "signer": {
            "key_id": seen.signer.key_id,
            "key": seen.signer.text,
            "check_code": check_code(seen.signer),
        },
    }


def _inspection_lines(file: Path, seen: Inspection) -> list[str]:
    from app.exchange.kinds import WORDS

    head = seen.header
    part = f"，第{head.part[0]}部分/共{head.part[1]}部分" if head.part else ""
    return [
        f"文件：{file.name}（{seen.size}字节）",
        f"报送编号：{head.package_id}",
        f"类别：{WORDS[head.kind]}  第{head.seq}次{part}  {head.created}",
        f"来自：{head.writer}  发给：{head.to}",
        f"封签：{seen.tip}",
    ]


def verify(file: File, trust: TrustFile = None) -> Reply:
    """核对文件是否完整、签名是否有效；有登记文件时也核对签名的是谁。"""
    from app.exchange.packagereader import inspect_package, open_package, verify_package

    with watched() as watch:
        known = _trust_in(trust, watch) if trust else None
        if known is None:
            seen = inspect_package(file, watch.progress, watch.cancel)
        else:
            seen = verify_package(file, known, watch.progress, watch.cancel)
        chain = known
        if seen.header.kind == "trust":
            with open_package(
                file, trust=known, progress=watch.progress, cancel=watch.cancel
            ) as package:
                chain = package.new_trust
    return _verified(file, seen, known, chain)


def _trust_in(path: Path, watch: Watch) -> Trust:
    """The trust document of a trust package."""
    from app.domain.kernel.errors import UserError
    from app.exchange.packagereader import open_package

    with open_package(path, trust=None, progress=watch.progress, cancel=watch.cancel) as package:
        if package.new_trust is None:
            raise UserError(
                "NOT_TRUST", f"“{path.name}”不是登记文件。", remedy="请用市总工会发的登记文件。"
            )
        return package.new_trust


def _verified(file: Path, seen: Inspection, known: Trust | None, chain: Trust | None) -> Reply:
    value = _inspected(file, seen) | {
        "sound": True,
        "signer_checked": seen.writer is not None,
        "trust_version": chain.version if chain else None,
        "root_check_code": chain.check_code if chain else None,
    }
    lines = [*_inspection_lines(file, seen), "文件完整，签名有效。"]
    lines.append(_who_signed(seen, known))
    if chain is not None:
        lines.append(f"登记文件第{chain.version}版，市总工会的核对码：{chain.check_code}")
    return Reply(value, lines)


def _who_signed(seen: Inspection, known: Trust | None) -> str:
    """What the trust document says of the signer; enrol and trust come from any hand."""
    if known is None:
        return "没有核对签名的是谁；请加 --trust 登记文件。"
    if seen.writer is None:
        return f"签名的{seen.header.writer}还没有登记，不能证明是谁发出的。"
    ended = "" if seen.writer.in_use else "这台电脑的登记已经停用。"
    return f"签名的是已登记的 {seen.writer.writer}。{ended}"
