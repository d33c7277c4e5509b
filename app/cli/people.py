"""`operator`: who works here, their passphrases, and the recovery code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.cli.frame.open_folder import NEW_PASSPHRASE, at_work, at_work_with, new_passphrase
from app.cli.frame.options import Data, day, wrong
from app.cli.frame.options import Operator as AtWork
from app.cli.frame.reply import Reply

if TYPE_CHECKING:
    from app.services.people.operators import Colleague, NewKey

Name = Annotated[str, typer.Argument(metavar="NAME", help="经办人的姓名")]
Duty = Annotated[list[str] | None, typer.Option("--duty", help="经办、负责人或管理；可以写多次")]
Department = Annotated[str, typer.Option("--department", help="部门")]
Telephone = Annotated[str, typer.Option("--telephone", help="电话")]
NewRecovery = Annotated[bool, typer.Option("--new-recovery", help="恢复码也换新的")]
LastDay = Annotated[str | None, typer.Option("--on", help="在岗结束日期；不写是今天")]

_SEALED = "忘记口令时只有恢复码能打开数据。请抄下或打印后锁好，它不会再显示。"


def add(
    *,
    data: Data,
    name: Name,
    duty: Duty = None,
    department: Department = "",
    telephone: Telephone = "",
    operator: AtWork = None,
) -> Reply:
    """添加经办人；新口令由本人输入，或取自 ZOUFANG_NEW_PASSPHRASE。"""
    from app.services.people.operators import add as take_on

    duties = _duties(duty or ["经办"])
    with at_work_with(data, operator) as (office, own):
        new = new_passphrase(NEW_PASSPHRASE)
        made = take_on(
            office, own, name, new, duties=duties, department=department, telephone=telephone
        )
    return Reply(_value(made), [f"已添加经办人：{made.name}（{_duty_words(made)}）"])


def list_operators(*, data: Data, operator: AtWork = None) -> Reply:
    """列出经办人：谁能打开这份数据，谁已离岗。"""
    from app.services.people.operators import everyone

    with at_work(data, operator, reads=True) as office:
        found = everyone(office)
    lines = [f"{one.name}　{_duty_words(one)}　{_standing(one)}" for one in found]
    return Reply({"operators": [_value(one) for one in found]}, lines)


def passphrase(*, data: Data, operator: AtWork = None) -> Reply:
    """修改自己的口令；新口令取自 ZOUFANG_NEW_PASSPHRASE，或在终端里输入。"""
    from app.services.people.operators import change_passphrase

    with at_work_with(data, operator) as (office, own):
        change_passphrase(office, own, new_passphrase(NEW_PASSPHRASE))
        who = office.operator
    return Reply({"operator": who}, ["口令已修改，旧口令不能再用。"])


def leave(
    *,
    data: Data,
    name: Name,
    on: LastDay = None,
    new_recovery: NewRecovery = False,
    operator: AtWork = None,
) -> Reply:
    """办理另一位经办人离岗：换数据钥匙，不能再打开数据，填过的记录保留。"""
    from app.services.people.operators import find
    from app.services.people.operators import leave as let_go

    last = day(on)
    with at_work_with(data, operator) as (office, own):
        gone = find(office, name).id
        made = let_go(office, own, gone, on=last, new_recovery=new_recovery)
        left = find(office, gone)
    return Reply(
        {**_value(left), **_handed_out(made)},
        [f"{left.name}已离岗（{last.isoformat()}）。", *_handed_out_lines(made)],
    )


def rekey(*, data: Data, new_recovery: NewRecovery = False, operator: AtWork = None) -> Reply:
    """换数据钥匙：以前拷走的口令文件不能再打开今天的数据；大家的口令不变。"""
    from app.services.people.operators import change_store_key

    with at_work_with(data, operator) as (office, own):
        made = change_store_key(office, own, new_recovery=new_recovery)
    return Reply(_handed_out(made), ["数据钥匙已换。", *_handed_out_lines(made)])


def change(*, data: Data, name: Name, duty: Duty = None, operator: AtWork = None) -> Reply:
    """改一位经办人的职责（经办、负责人、管理）。"""
    from app.services.people import operators

    duties = _duties(duty or ["经办"])
    with at_work(data, operator) as office:
        who = operators.find(office, name).id
        operators.change(office, who, {"duties": duties})
        changed = operators.find(office, who)
    return Reply(_value(changed), [f"{changed.name}的职责：{_duty_words(changed)}"])


def _handed_out(made: NewKey) -> dict[str, Any]:
    return {"recovery_code": made.recovery_code or None, "temporary": dict(made.temporary)}


def _handed_out_lines(made: NewKey) -> list[str]:
    code = [f"新的恢复码：{made.recovery_code}", _SEALED] if made.recovery_code else []
    given = made.temporary.items()
    return [*code, *(f"{name}的临时口令：{word}（打开后请换成自己的）" for name, word in given)]


def recovery(*, data: Data, operator: AtWork = None) -> Reply:
    """换新的恢复码；旧的恢复码不能再用。"""
    from app.services.people.operators import renew_recovery

    with at_work_with(data, operator) as (office, own):
        code = renew_recovery(office, own)
    lines = [
        f"恢复码：{code}",
        _SEALED,
    ]
    return Reply({"recovery_code": code}, lines)


def _duties(words: list[str]) -> list[str]:
    from app.domain.codes.office import DUTY

    found = {word: DUTY.find(word) for word in words}
    unknown = [word for word, code in found.items() if code is None]
    if unknown:
        wrong(f"没有职责“{unknown[0]}”。可以是：{'、'.join(code.label for code in DUTY)}。")
    return [code.value for code in found.values() if code]


def _value(one: Colleague) -> dict[str, Any]:
    from app.domain.records import body_of

    return {"id": one.id, "can_open": one.can_open, **body_of(one.record)}


def _duty_words(one: Colleague) -> str:
    from app.domain.codes.office import DUTY

    return "、".join(DUTY.label_of(duty) for duty in one.record.duties)


def _standing(one: Colleague) -> str:
    if one.record.on_duty_to:
        return f"{one.record.on_duty_to.isoformat()}离岗"
    return "在岗" if one.can_open else "在岗，没有口令"
