"""`inspect`, `verify`: package files, without a data folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.cli.frame.progress import Watch, watched
from app.cli.frame.reply import Complaint, Reply, Status

if TYPE_CHECKING:
    from app.exchange.packagereader import Inspection
    from app.exchange.trust import Trust
    from app.services.receiving.inspection import Inspected, Verdict

File = Annotated[Path, typer.Argument(metavar="FILE", help="报送文件")]
TrustFile = Annotated[
    Path | None, typer.Option("--trust", help="市总工会的登记文件，用来核对签名的是谁")
]

IdentityFile = Annotated[
    Path | None, typer.Option("--identity", help="解密用的 age 钥匙文件，用来核对里面的内容")
]
OpeningCode = Annotated[
    str | None, typer.Option("--enable-code", "--passphrase", help="启用函上的启用码")
]
_LARGEST_IDENTITIES = 64 << 10


def inspect(
    file: File, trust: TrustFile = None, identity: IdentityFile = None, code: OpeningCode = None
) -> Reply:
    """谁、发给谁、第几次、文件是否完整；有登记文件和钥匙时，里面的内容也逐条核对。"""
    from app.services.receiving.inspection import Means, inspect_file

    with watched() as watch:
        known = _trust_in(trust, watch) if trust else None
        means = Means(known, _identities_in(identity) if identity else (), code)
        found = inspect_file(file, means, watch.progress, watch.cancel)
    return _told(file, found)


def _told(file: Path, found: Inspected) -> Reply:
    """The verdict as JSON and in words; status 1 when the file is not accepted."""
    from msgspec import structs

    seen, refused = found.seen, found.refused
    value = {"file": file, **structs.asdict(found.verdict)}
    if seen is None:
        complaints = [Complaint.of(refused)] if refused else []
        return Reply(value, (), complaints, Status.REFUSED)
    lines = [*_inspection_lines(file, seen), *_inside_lines(found.verdict)]
    return Reply(value | _outside(seen), lines)


def _inside_lines(told: Verdict) -> list[str]:
    if not told.opened:
        return []
    lines = [f"里面：{told.lines}条记录，{len(told.scans)}个扫描件。"]
    if told.aside:
        lines.append(f"另有{len(told.aside)}项不合规定，汇总时会单独存放。")
    return lines


def _identities_in(path: Path) -> list[str]:
    """The keys of an age identity file: one a line, `#` begins a remark."""
    from app.exchange.files import opened, words_for

    with words_for(path), opened(path, _LARGEST_IDENTITIES) as file:
        rows = [row.strip() for row in file.read().decode("ascii", "replace").splitlines()]
    return [row for row in rows if row and not row.startswith("#")]


def _inspected(file: Path, seen: Inspection) -> dict[str, Any]:
    return {"file": file, "tip": seen.tip, "header": seen.header, **_outside(seen)}


def _outside(seen: Inspection) -> dict[str, Any]:
    from app.exchange.keys import check_code

    signer = seen.signer
    key = {"key_id": signer.key_id, "key": signer.text, "check_code": check_code(signer)}
    return {"size": seen.size, "signer": key}


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
