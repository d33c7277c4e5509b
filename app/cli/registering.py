"""`enrol`: 启用包 for a new office, its request, the city's approval."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app.cli.frame.open_folder import asked, at_work, root_passphrase
from app.cli.frame.options import Data, Operator, Out
from app.cli.frame.reply import Reply, Status
from app.cli.merging import account_lines, complaint_of

Unit = Annotated[str, typer.Option("--unit", help="单位代码，如 511111")]
File = Annotated[Path, typer.Argument(metavar="FILE", help="登记申请文件")]
Heard = Annotated[
    str | None, typer.Option("--check-code", help="电话里听到的对方核对码；在终端里可以不写，会问")
]


def invite(*, data: Data, unit: Unit, out: Out, operator: Operator = None) -> Reply:
    """市：给一个单位制作启用包，显示启用函上的启用码和核对码。"""
    from app.services.registering.enrolment import invite as make

    with at_work(data, operator) as office:
        made = make(office, unit, out)
    lines = [
        *(f"启用包：{file}" for file in made.files),
        f"启用码：{made.enable_code}",
        f"核对码：{made.check_code}",
        "请把启用码和核对码写在启用函上，与文件分开送达。",
    ]
    value = {
        "unit": unit,
        "files": made.files,
        "enable_code": made.enable_code,
        "check_code": made.check_code,
    }
    return Reply(value, lines)


def request(*, data: Data, out: Out, operator: Operator = None) -> Reply:
    """申请登记这台电脑，显示要用电话报给市总工会的核对码。"""
    from app.services.registering.enrolment import request as ask
    from app.services.registering.registration_paper import print_registration

    with at_work(data, operator) as office:
        file, code = ask(office, out)
        writer = office.identity.writer
        paper = out / f"报送单位登记表-{writer}.pdf"
        print_registration(office, paper)
    lines = [
        f"登记申请：{file}",
        f"报送单位登记表：{paper}",
        f"核对码：{code}",
        "请把文件和盖章的登记表交市总工会，并用电话报核对码。",
    ]
    value = {"writer": writer, "files": [file], "registration": paper, "check_code": code}
    return Reply(value, lines)


def approve(
    *, data: Data, file: File, out: Out, check_code: Heard = None, operator: Operator = None
) -> Reply:
    """市：核对核对码后登记一台电脑，生成新的登记文件。"""
    from app.services.registering.enrolment import approve as enrol
    from app.services.registering.enrolment import writers_of

    code = asked(check_code, "电话里听到的对方核对码", "--check-code")
    with at_work(data, operator) as office:
        made = enrol(office, file, out, root_passphrase=root_passphrase(), code=code)
        writer = writers_of(office)[-1]
    lines = [
        f"已登记：{writer.writer}（登记文件第{made.version}版）",
        *(f"交给对方：{name}" for name in made.files),
        *(line for account in made.accounts for line in account_lines(account)),
    ]
    value = {
        "version": made.version,
        "writer": writer.writer,
        "unit": writer.station,
        "files": made.files,
        "accounts": made.accounts,
    }
    complaints = tuple(filter(None, map(complaint_of, made.accounts)))
    return Reply(value, lines, complaints, Status.DONE)


def restore(*, data: Data, unit: Unit, out: Out, operator: Operator = None) -> Reply:
    """市：把一个单位自己的全部记录交还给它（换了电脑或数据丢失以后）。"""
    from app.services.registering.enrolment import restore_package

    with at_work(data, operator) as office:
        file = restore_package(office, unit, out)
    return Reply({"unit": unit, "files": [file]}, [f"交还的记录：{file}"])
