"""Who works at this computer: operators (经办人) with their passphrases, and the recovery code.

An operator is a record, and a slot in the keyring that lets them open the data.
Whoever changes either gives their own passphrase once more, so that nobody does
it at a computer left open.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.domain.kernel.errors import UserError
from app.domain.kernel.fields import by_name
from app.domain.records import Operator
from app.domain.values.entry import read_value
from app.services.office import rekeying
from app.services.office.duties import ADMIN, duties_of, in_post, needs, require_saving
from app.services.office.keyring import Cost, Keyring
from app.services.office.office import Office
from app.services.office.passphrases import require_firm
from app.services.office.seen_base import require_seen
from app.services.people.paper_names import operator_of
from app.services.people.recovery_place import forget_recovery_place
from app.services.records import saving
from app.services.records.saving import Saved
from app.services.records.units import name_of


@dataclass(frozen=True, slots=True)
class Colleague:
    """An operator of this office; `can_open` where they have a passphrase on this computer."""

    id: str
    record: Operator
    can_open: bool

    @property
    def name(self) -> str:
        """The person's name."""
        return self.record.name


def everyone(office: Office) -> list[Colleague]:
    """All operators of this office: those who can open the data first, then those who left."""
    with office.store.read() as connection:
        slots = [person.id for person in office.kept.keyring(connection).operators]
    own = [
        Colleague(state.id, state.record, state.id in slots)
        for state in saving.listing(office, Operator)
        if state.owner == office.identity.station
    ]
    order = {person: place for place, person in enumerate(slots)}
    return sorted(own, key=lambda one: (order.get(one.id, len(order)), one.name))


def find(office: Office, wanted: str) -> Colleague:
    """An operator by id, or by name where they can open the data; raises NO_OPERATOR."""
    for one in everyone(office):
        if wanted == one.id or (wanted == one.name and one.can_open):
            return one
    raise UserError("NO_OPERATOR", f"没有经办人“{wanted}”。", remedy="请核对姓名。")


@needs("people")
def add(
    office: Office,
    own_passphrase: str,
    name: str,
    passphrase: str,
    *,
    duties: Sequence[str] = ("clerk",),
    department: str = "",
    telephone: str = "",
    cost: Cost | None = None,
) -> Colleague:
    """Let one more person work here, from today on.

    `own_passphrase` is that of who is at work, `passphrase` the newcomer's. A try that
    was cut off is taken up again. Raises `UserError` NAME_NEEDED, NAME_TAKEN,
    WRONG_PASSPHRASE, PASSPHRASE_TOO_SHORT, PASSPHRASE_COMMON, and as `records.save`.
    """
    name = name.strip()
    _require_new(office, name)
    require_firm(passphrase, known_of(office, name, telephone))
    keyring, key = _unlocked(office, own_passphrase, cost)
    typed = {
        "name": name,
        "department": department or None,
        "telephone": telephone or None,
        "on_duty_from": office.today().isoformat(),
        "duties": list(duties),
    }
    _stay_admin(office, duties)
    saved = saving.save(office, Operator, typed, record=_begun(office, name))
    keyring.add_operator(key, saved.id, name, passphrase)
    return find(office, saved.id)


def change_passphrase(
    office: Office, own_passphrase: str, passphrase: str, *, cost: Cost | None = None
) -> None:
    """Give who is at work a new passphrase.

    Raises `UserError` WRONG_PASSPHRASE, PASSPHRASE_TOO_SHORT, PASSPHRASE_COMMON.
    """
    with office.store.read() as connection:
        me = operator_of(connection, office)
    require_firm(passphrase, known_of(office, me.name, me.telephone))
    keyring, key = _unlocked(office, own_passphrase, cost)
    keyring.change_passphrase(key, office.operator, passphrase)


@needs("people")
def change(
    office: Office, operator: str, typed: Mapping[str, object], *, base: Operator | None = None
) -> Saved:
    """Correct what is known of an operator (部门, 电话, 职责, 在岗日期); raises as `records.save`.

    The name stays, since the passphrase and every record saved belong to it. `base` is what was
    seen of them. Raises LAST_ADMIN where nobody else would be 管理, CHANGED_MEANWHILE.
    """
    require_saving(office, Operator)
    with office.store.write() as connection:
        person = find(office, operator)
        require_seen(person.record, base, f"{person.name}的资料")
        duties = typed.get("duties", person.record.duties)
        if isinstance(duties, Sequence):
            _require_admin_left(office, person, duties)
        return saving.save_within(office, connection, Operator, typed, record=person.id)


def read_day(office: Office, typed: str) -> dt.date:
    """A day as it is typed (2011.7.4, 20110704); raises `UserError` as `entry.read_value`."""
    spec = by_name(Operator)["on_duty_to"]
    return dt.date.fromisoformat(read_value(spec, typed, office.today()))


def require_passphrase(office: Office, own_passphrase: str) -> None:
    """Raises `UserError` WRONG_PASSPHRASE unless it is that of who is at work."""
    _unlocked(office, own_passphrase)


@dataclass(frozen=True, slots=True)
class NewKey:
    """What a new store key brings to be printed or told: see `keyring.Rekeyed`."""

    recovery_code: str = ""
    temporary: Mapping[str, str] = field(default_factory=dict)


@needs("people")
def leave(
    office: Office,
    own_passphrase: str,
    operator: str,
    *,
    on: dt.date | str | None = None,
    new_recovery: bool = False,
    cost: Cost | None = None,
) -> NewKey:
    """离岗: a colleague opens the data no more, and is off duty from `on` (today).

    `on` may be as typed. The record stays, since what they saved names it. The data gets
    a new store key, so that a keyring kept from before opens it no more either;
    `new_recovery` where they may have seen the recovery code. What was cut off is taken
    up by doing it again. Raises `UserError` NO_OPERATOR, OWN_LEAVE, WRONG_PASSPHRASE,
    and as `change_store_key` and `records.save`.
    """
    colleague = find(office, operator)
    if colleague.id == office.operator:
        raise UserError(
            "OWN_LEAVE",
            "不能给自己办理离岗。",
            remedy="请由接手的经办人打开后办理；还没有接手的人时先添加。",
        )
    last = on if isinstance(on, str) else (on or office.today()).isoformat()
    read_day(office, last)
    done = NewKey()
    if colleague.can_open:
        done = change_store_key(
            office, own_passphrase, without=colleague.id, new_recovery=new_recovery, cost=cost
        )
    else:
        require_passphrase(office, own_passphrase)
    saving.save(office, Operator, {"on_duty_to": last}, record=colleague.id)
    return done


@needs("keys")
def change_store_key(
    office: Office,
    own_passphrase: str,
    *,
    without: str = "",
    new_recovery: bool = False,
    cost: Cost | None = None,
) -> NewKey:
    """换数据钥匙: after it, no copy of the keyring made before opens today's data.

    Everyone who can open it goes on with their passphrase but `without` (an id); who has
    not been here since the keyring of before gets a 临时口令. Backups made before open as
    before. Raises `UserError` WRONG_PASSPHRASE, LAST_OPERATOR, `EnvironmentProblem`.
    """
    keyring, key = _unlocked(office, own_passphrase, cost)
    rekeying.require_room(office.folder)
    rekeying.leave_keyring_aside(office.folder)
    # A slot that stands for nobody of this office was slipped in, and is left behind.
    known = {one.id for one in everyone(office)} | {office.operator}
    staying = known - {without}
    made = keyring.rekey(
        key, office.operator, own_passphrase, staying=staying, new_recovery=new_recovery
    )
    office.change_key(made.key)
    if made.recovery_code:
        forget_recovery_place(office)
    return NewKey(made.recovery_code, made.temporary)


@needs("keys")
def renew_recovery(office: Office, own_passphrase: str, *, cost: Cost | None = None) -> str:
    """A new recovery code (恢复码) to print; the old one opens nothing any more.

    Where the old sheet lies is forgotten: `recovery_place.note_recovery_place` says it anew.
    """
    keyring, key = _unlocked(office, own_passphrase, cost)
    code = keyring.renew_recovery(key)
    forget_recovery_place(office)
    return code


def _unlocked(
    office: Office, own_passphrase: str, cost: Cost | None = None
) -> tuple[Keyring, bytes]:
    keyring = Keyring.open(office.folder.keyring, cost=cost)
    return keyring, keyring.unlock(office.operator, own_passphrase)


def _stay_admin(office: Office, of_newcomer: Sequence[str]) -> None:
    """Who was the only one here could do everything, and goes on deciding who does what."""
    with office.store.read() as connection:
        people = in_post(office, connection)
        me = operator_of(connection, office)
    if len(people) == 1 and ADMIN not in (*duties_of(me), *of_newcomer):
        duties = [*duties_of(me), ADMIN]
        saving.save(office, Operator, {"duties": duties}, record=office.operator)


def _require_admin_left(office: Office, person: Colleague, duties: Sequence[str]) -> None:
    with office.store.read() as connection:
        people = in_post(office, connection)
    admins = [one for one, who in people if ADMIN in who.duties]
    if len(people) > 1 and admins == [person.id] and ADMIN not in duties:
        raise UserError(
            "LAST_ADMIN",
            "本单位不能没有“管理”。",
            why=f"现在只有{person.name}一个人担任。",
            remedy="请先让另一位经办人担任“管理”。",
        )


def known_of(office: Office, *of_person: str) -> Sequence[str]:
    """What others know of an operator, who had better not use it."""
    with office.store.read() as connection:
        unit = name_of(connection, office.identity.station)
    return [*of_person, unit, office.identity.station]


def _require_new(office: Office, name: str) -> None:
    if not name:
        raise UserError("NAME_NEEDED", "没有填写姓名。", remedy="请填写经办人的姓名。")
    if any(one.can_open and one.name == name for one in everyone(office)):
        raise UserError(
            "NAME_TAKEN",
            f"已经有经办人“{name}”。",
            remedy="同名的人请在姓名后写上部门，如“李敏（办公室）”。",
        )


def _begun(office: Office, name: str) -> str | None:
    """The record of someone on duty who has no passphrase yet."""
    for one in everyone(office):
        if one.name == name and not one.can_open and one.record.on_duty_to is None:
            return one.id
    return None
