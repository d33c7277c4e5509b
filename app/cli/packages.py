"""`inspect`, `verify`, `merge`: package files, with and without a data folder."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.cli.frame.open_folder import asked, at_work
from app.cli.frame.options import Data, EnableCode, Operator
from app.cli.frame.progress import Watch, watched
from app.cli.frame.reply import Complaint, Reply, Status
from app.domain.kernel.errors import EnvironmentProblem, Problem, UserError

if TYPE_CHECKING:
    from app.exchange.packagereader import Inspection
    from app.exchange.trust import Trust
    from app.services.office.office import Office
    from app.services.receiving.take_package import Account

File = Annotated[Path, typer.Argument(metavar="FILE", help="报送文件")]
Files = Annotated[list[Path], typer.Argument(metavar="FILE…", help="报送文件，或放着它们的文件夹")]
TrustFile = Annotated[
    Path | None, typer.Option("--trust", help="市总工会的登记文件，用来核对签名的是谁")
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="只看会怎样，不保存")]
CheckCode = Annotated[
    str | None, typer.Option("--check-code", help="首次装入启用包时听到的市总工会核对码")
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


def merge(
    *,
    data: Data,
    files: Files,
    dry_run: DryRun = False,
    enable_code: EnableCode = None,
    check_code: CheckCode = None,
    operator: Operator = None,
) -> Reply:
    """接收报送文件并汇总；一个不能接收不影响其他的。"""
    from app.services.receiving.find_packages import Chooser, packages_in

    with at_work(data, operator) as office, watched() as watch:
        chooser = Chooser(office)
        found = {
            file: chooser.wants(file, named=named, cancel=watch.cancel)
            for file, named in packages_in(files, cancel=watch.cancel)
        }
        wanted = [file for file, is_wanted in found.items() if is_wanted]
        first = _first_trust(office, wanted)
        if first:
            check_code = asked(check_code, "听到的市总工会核对码", "--check-code")
        taker = _Taker(office, watch, dry_run, enable_code, check_code)
        results = [taker.take(file) for file in dict.fromkeys([*first, *wanted])]
    accounts = [result for result in results if not isinstance(result, Complaint)]
    complaints = [c for result in results if (c := _complaint(result))]
    return Reply(
        {
            "dry_run": dry_run,
            "accounts": accounts,
            "failed": [r.body for r in results if isinstance(r, Complaint)],
            "skipped": [file for file, is_wanted in found.items() if not is_wanted],
        },
        [
            *_lines(accounts),
            *(f"{f.name}：不必接收（本单位自己的或给别人的）" for f in found if not found[f]),
            *(() if found else ("这里没有报送文件（名称以 .zfpkg 结尾的文件）。",)),
        ],
        complaints,
        _status(results),
    )


def _first_trust(office: Office, files: Sequence[Path]) -> list[Path]:
    """The trust documents among these files where the office has none: all else needs them."""
    from app.exchange.packagereader import inspect_package
    from app.services.receiving.first_trust import is_first

    def is_trust(file: Path) -> bool:
        with suppress(Problem):
            return inspect_package(file).header.kind == "trust"
        return False

    return [file for file in files if is_trust(file)] if is_first(office) else []


def _lines(accounts: Sequence[Account]) -> list[str]:
    return [line for account in accounts for line in account_lines(account)]


class _Taker:
    """Takes files in, each in its own transaction."""

    def __init__(
        self,
        office: Office,
        watch: Watch,
        dry_run: bool,
        enable_code: str | None,
        check_code: str | None,
    ) -> None:
        self._office = office
        self._how: dict[str, Any] = {
            "dry_run": dry_run,
            "passphrase": enable_code,
            "code": check_code,
            "progress": watch.progress,
            "cancel": watch.cancel,
        }

    def take(self, path: Path) -> Account | Complaint:
        """Take one file; a file that cannot be read is a complaint and stops no other."""
        from app.services.receiving.take_package import receive

        try:
            return receive(self._office, path, **self._how)
        except (EnvironmentProblem, UserError) as problem:
            return Complaint.of(problem)


REFUSING = ("refused", "frozen", "held")
"""The states of a package whose records have not come in."""


def _status(results: Sequence[Account | Complaint]) -> Status:
    if any(_is_refused(result) for result in results):
        return Status.REFUSED
    return Status.ENVIRONMENT if any(isinstance(r, Complaint) for r in results) else Status.DONE


def _is_refused(result: Account | Complaint) -> bool:
    if isinstance(result, Complaint):
        return result.code in _CODES
    return result.state in REFUSING


_CODES = ("CODE_NEEDED", "CODE_DIFFERS", "CODE_WAIT")
"""What is wrong with the 核对码 typed, and not with the machine."""


def _complaint(result: Account | Complaint) -> Complaint | None:
    return result if isinstance(result, Complaint) else complaint_of(result)


def complaint_of(account: Account) -> Complaint | None:
    """What is to be known of a package that did not simply come in."""
    if not account.code:
        return None
    why = f"（{account.file}）"
    return Complaint(account.code, account.sentence, why, account.remedy, {"file": account.file})


STATES = {
    "merged": "已汇总",
    "recorded": "已收下",
    "lost": "不会再来",
    "duplicate": "以前已经汇总过",
    "held": "已留存，等登记",
    "frozen": "已停下，等核对",
    "refused": "不能接收",
    "withdrawn": "已撤回",
}


def account_lines(account: Account) -> list[str]:
    """What became of a package, for a person."""
    head = f"{account.file}：{STATES.get(account.state, account.state)}"
    head += f"（收件{account.package}）" if account.package else ""
    if account.code:
        head += f"  {account.code} {account.sentence}"
    lines = [head]
    if account.contained:
        lines.append(
            f"  共{account.contained}条：新{account.new}（其中改动{account.changed}）"
            f"，相同{account.same}，填写不一致{account.conflict}，等前一次{account.waiting}"
            f"，单独存放{account.parked}；附件{account.scans}个"
        )
    lines += [f"  缺第{'、'.join(map(str, account.missing))}次报送"] if account.missing else []
    lines += [f"  疑似重复：{one.number}与{one.other_number}" for one in account.doubles]
    return lines + [f"  单独存放 {code}：{reason}" for code, reason in account.parked_items]
