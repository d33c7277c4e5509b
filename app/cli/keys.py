"""`keys`: the registration of this computer, and of all where the city decides."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.cli.frame.open_folder import NEW_ROOT_PASSPHRASE, at_work, new_passphrase
from app.cli.frame.open_folder import root_passphrase as known_root_passphrase
from app.cli.frame.options import Data, Operator, Out
from app.cli.frame.reply import Reply

if TYPE_CHECKING:
    from app.exchange.trust import TrustWriter
    from app.services.office.office import Office
    from app.services.registering.enrolment import Approval

Writer = Annotated[str, typer.Argument(metavar="WRITER", help="报送电脑的名称")]
File = Annotated[Path, typer.Option("--out", help="写到这个文件（只有本人可读）")]


def show(*, data: Data, operator: Operator = None) -> Reply:
    """显示这台电脑的名称和核对码，以及全市登记的电脑。"""
    with at_work(data, operator, reads=True) as office:
        value = _identity(office)
    lines = [
        f"这台电脑：{value['writer']}（{'已登记' if value['enrolled'] else '还没有登记'}）",
        f"核对码：{value['check_code']}",
        f"市总工会的核对码：{value['root_check_code'] or '还没有装入启用包'}",
        *(_writer_line(one) for one in value["writers"]),
    ]
    return Reply(value, lines)


def _identity(office: Office) -> dict[str, Any]:
    from app.exchange.keys import check_code
    from app.services.packages.trust_store import is_enrolled, trust_now

    trust = trust_now(office)
    return {
        "writer": office.identity.writer,
        "unit": office.identity.station,
        "role": office.identity.role,
        "check_code": check_code(office.signing_key.public),
        "signing_key": office.signing_key.public.text,
        "age": office.recipient,
        "enrolled": is_enrolled(office, trust),
        "trust_version": trust.version if trust else 0,
        "root_check_code": trust.check_code if trust else None,
        "writers": [_writer(one) for one in trust.document.writers] if trust else [],
    }


def _writer(one: TrustWriter) -> dict[str, Any]:
    return {
        "writer": one.writer,
        "unit": one.station,
        "role": one.role,
        "active": any(last is None for _, last in one.channels.values()),
        "supersedes": one.supersedes,
    }


def _writer_line(one: dict[str, Any]) -> str:
    return f"  {one['writer']}  {one['role']}  {'在用' if one['active'] else '已停用'}"


def rotate(*, data: Data, operator: Operator = None) -> Reply:
    """换新钥匙，成为新的报送电脑（恢复备份、更换电脑之后）；之后要重新登记。"""
    from app.services.packages.writer_replacement import become_new_writer

    with at_work(data, operator) as office:
        before = office.identity.writer
        fresh = become_new_writer(office)
        value = {"supersedes": before, **_identity(fresh)}
    lines = [
        f"新的名称：{value['writer']}（代替 {before}）",
        f"核对码：{value['check_code']}",
        "请重新办理登记：zoufang enrol request。",
    ]
    return Reply(value, lines)


def revoke(*, data: Data, writer: Writer, out: Out, operator: Operator = None) -> Reply:
    """市：停用一台电脑，生成新的登记文件。"""
    from app.services.registering.enrolment import revoke as close

    with at_work(data, operator) as office:
        made = close(office, writer, out, root_passphrase=known_root_passphrase())
    return _issued(made, f"已停用：{writer}")


def change_root(*, data: Data, out: Out, operator: Operator = None) -> Reply:
    """市：更换总钥匙，生成新的登记文件；新口令取自 ZOUFANG_NEW_ROOT_PASSPHRASE，否则不变。"""
    from app.services.packages.trust_store import trust_now
    from app.services.registering.enrolment import change_root as change

    with at_work(data, operator) as office:
        old = known_root_passphrase()
        new = os.environ.get(NEW_ROOT_PASSPHRASE) or old
        made = change(office, out, root_passphrase=old, new_passphrase=new)
        trust = trust_now(office)
    return _issued(made, f"新的核对码：{trust.check_code if trust else ''}")


def root_passphrase(*, data: Data, operator: Operator = None) -> Reply:
    """市：改总钥匙的口令，核对码不变；新口令取自 ZOUFANG_NEW_ROOT_PASSPHRASE，或在终端里输入。"""
    from app.services.registering.enrolment import change_root_passphrase

    with at_work(data, operator) as office:
        change_root_passphrase(
            office,
            root_passphrase=known_root_passphrase(),
            new_passphrase=new_passphrase(NEW_ROOT_PASSPHRASE),
        )
    return Reply({}, ["总钥匙的口令已改，核对码不变。"])


def _issued(made: Approval, first: str) -> Reply:
    lines = [first, f"登记文件第{made.version}版", *(f"发给各单位：{file}" for file in made.files)]
    return Reply({"version": made.version, "files": made.files}, lines)


def export_identity(*, data: Data, out: File, operator: Operator = None) -> Reply:
    """写出解密用的 age 钥匙，和旁边的 allowed_signers，供用通用工具核对文件。"""
    from app.services.office import duties
    from app.services.packages.trust_store import trust_now

    signers = out.with_name("allowed_signers")
    with at_work(data, operator, reads=True) as office:
        duties.require(office, "keys")
        _write_private(out, f"{office.secrets.age_identity}\n")
        trust = trust_now(office)
        if trust is not None:
            signers.write_text(trust.allowed_signers, encoding="ascii", newline="\n")
        value = {
            "identity": out,
            "allowed_signers": signers if trust else None,
            "recipient": office.recipient,
            "writer": office.identity.writer,
        }
    lines = [f"钥匙：{out}（谁拿到它，谁就能看到发给本单位的内容，用完请删除）"]
    return Reply(value, [*lines, *([f"登记的签名：{signers}"] if trust else [])])


def _write_private(path: Path, text: str) -> None:
    """Write a file that nobody else could read at any moment."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    path.touch(mode=0o600, exist_ok=False)
    path.write_text(text, encoding="ascii", newline="\n")
