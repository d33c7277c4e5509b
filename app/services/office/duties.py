"""Who may do what: 经办, 负责人 and 管理, decided once for every action.

One person may hold several duties. Whoever is the only operator here may do everything;
and as long as nobody here holds a duty, everybody may do what it is for, so that an office
of before goes on working until it says who does what.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from app.domain.codes.office import DUTY
from app.domain.kernel.errors import UserError
from app.domain.records import Campaign, Link, Operator, Record, Review, Unit
from app.services.office.office import Office
from database.state import states
from database.state.states import State
from database.store.engine import Connection

CLERK, LEADER, ADMIN = "clerk", "leader", "admin"

P = ParamSpec("P")
T = TypeVar("T")
OfOffice = Callable[Concatenate[Office, P], T]


@dataclass(frozen=True, slots=True)
class Action:
    """Something a person does; `words` completes 不能…; any one of the duties will do."""

    words: str
    duties: tuple[str, ...]


ACTIONS = {
    "key": Action("填写和修改记录", (CLERK,)),
    "import": Action("从Excel导入", (CLERK,)),
    "print": Action("打印名册和档案", (CLERK, LEADER)),
    "bring out": Action("印发简报和撤回印发", (CLERK, LEADER)),
    "prepare": Action("送审和生成报送文件", (CLERK,)),
    "receive": Action("收件和汇总", (CLERK,)),
    "remind": Action("催报和登记纸质材料", (CLERK,)),
    "answer": Action("生成回复", (CLERK, LEADER)),
    "telephone": Action("登记电话更正", (CLERK, LEADER)),
    "back up": Action("备份", (CLERK, LEADER, ADMIN)),
    "sign off": Action("办理审签", (LEADER,)),
    "draft review": Action("提出审核意见", (CLERK, LEADER)),
    "review": Action("审核（通过、退回）", (LEADER,)),
    "give up": Action("声明报送文件遗失、放弃留存", (LEADER, ADMIN)),
    "decide": Action("认定重复和两处填写不一致", (LEADER,)),
    "people": Action("管理经办人", (ADMIN,)),
    "register": Action("办理报送单位登记", (ADMIN,)),
    "keys": Action("更换钥匙和恢复码", (ADMIN,)),
    "restore": Action("用备份恢复", (ADMIN,)),
    "settings": Action("改活动和数据的设置", (ADMIN,)),
    "looks": Action("看谁看过全号", (ADMIN,)),
}
"""Every action that is somebody's; what is not here anybody may do."""

SAVING: Mapping[type[Record], str] = {
    Operator: "people",
    Campaign: "settings",
    Unit: "settings",
    Review: "review",
    Link: "decide",
}
"""The action that saving a record of a type is, where it is not `key`."""


def needs(
    action: str,
) -> Callable[[Callable[Concatenate[Office, P], T]], Callable[Concatenate[Office, P], T]]:
    """Mark a function of an office as an action: `require` comes before it."""

    def marked(
        function: Callable[Concatenate[Office, P], T],
    ) -> Callable[Concatenate[Office, P], T]:
        @wraps(function)
        def guarded(office: Office, /, *given: P.args, **named: P.kwargs) -> T:
            require(office, action)
            return function(office, *given, **named)

        return guarded

    assert action in ACTIONS
    return marked


def require(office: Office, action: str) -> None:
    """Raise `UserError` NOT_YOUR_DUTY, naming who may, unless who is at work may do it."""
    problem = refusal(office, action)
    if problem is not None:
        raise problem


def require_saving(office: Office, record_type: type[Record], otherwise: str = "key") -> None:
    """As `require`, for saving a record of a type: `otherwise` where it is no case of its own."""
    require(office, SAVING.get(record_type, otherwise))


def refusal(office: Office, action: str) -> UserError | None:
    """What `require` would raise, or None."""
    with office.store.read() as connection:
        able = able_instead(office, connection, action)
    return _not_yours(ACTIONS[action], able) if able else None


def able_instead(office: Office, connection: Connection, action: str) -> tuple[str, ...]:
    """Who may do it where who is at work may not; nobody where they may."""
    wanted = set(ACTIONS[action].duties)
    own = states.get(connection, Operator, office.operator)
    if wanted & set(duties_of(own.record) if own else (CLERK,)):
        return ()
    others = [who for one, who in in_post(office, connection) if one != office.operator]
    return tuple(who.name for who in others if wanted & set(duties_of(who)))


def standing(office: Office, action: str) -> str:
    """What to say where an action begins: who does it, or that nobody is named yet."""
    wanted = ACTIONS[action]
    labels = "或".join(f"“{DUTY.label_of(duty)}”" for duty in wanted.duties)
    with office.store.read() as connection:
        able = able_instead(office, connection, action)
        people = [who for _, who in in_post(office, connection)]
    if able:
        now = "、".join(able)
        return f"这里由{labels}办理，现在是{now}。您可以看；要改请按 Ctrl+L 切换经办人。"
    held = any(set(duties_of(who)) & set(wanted.duties) for who in people)
    if len(people) > 1 and not held:
        return f"本单位还没有人担任{labels}，现在人人都能改。请在“经办人”里勾选职责。"
    return ""


def unheld(office: Office) -> tuple[str, ...]:
    """The duties that nobody here holds, so that everybody may do what they are for."""
    with office.store.read() as connection:
        people = [duties_of(who) for _, who in in_post(office, connection)]
    held = {duty for each in people for duty in each}
    return tuple(code.value for code in DUTY if code.value not in held)


def in_post(office: Office, connection: Connection) -> Sequence[tuple[str, Operator]]:
    """Who works here: can open the data on this computer, and is not 离岗."""
    here = [person.id for person in office.kept.keyring(connection).operators]
    found = ((one, states.get(connection, Operator, one)) for one in here)
    return [(one, state.record) for one, state in found if state and _is_on_duty(office, state)]


def duties_of(person: Operator) -> tuple[str, ...]:
    """The duties a person holds; without any, as it was before, those of an 经办."""
    return person.duties or (CLERK,)


def _is_on_duty(office: Office, state: State[Operator]) -> bool:
    last = state.record.on_duty_to
    return not state.void and (last is None or last >= office.today())


_GONE = "请切换经办人，由他本人办理；他已经离开的，请用封存的恢复码以他的名字打开。"


def _not_yours(action: Action, able: Sequence[str]) -> UserError:
    duties = "或".join(f"“{DUTY.label_of(duty)}”" for duty in action.duties)
    return UserError(
        "NOT_YOUR_DUTY",
        f"您不能{action.words}。",
        why=f"这是{duties}的职责，现在是{'、'.join(able)}。",
        remedy=_GONE if ADMIN in action.duties else "请切换经办人，由他本人办理。",
    )
