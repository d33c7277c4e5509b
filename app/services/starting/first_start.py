"""The first start as steps: whose computer this is, the 启用包, the first operator, the papers.

What is answered is judged step by step, so that a mistake is said where it was made;
nothing is written before `set_up`, and then everything at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.domain.kernel.errors import UserError
from app.domain.kernel.progress import Cancel, Progress, silent
from app.domain.records import Unit
from app.exchange.files import words_for
from app.exchange.keys import same_code
from app.exchange.packagereader import inspect_package, open_package
from app.exchange.trust import Trust
from app.services.backup import rescue, restoring
from app.services.backup.backup_file import Manifest
from app.services.backup.rescue import Rescued
from app.services.backup.restoring import Restored
from app.services.office import recovery_code
from app.services.office.clock import Clock, wall_clock
from app.services.office.keyring import Cost
from app.services.office.office import Office
from app.services.office.passphrases import require_firm
from app.services.receiving.find_packages import packages_in
from app.services.registering import enrolment
from app.services.registering.enable_code import require_enable_code
from app.services.registering.registration_paper import print_registration
from app.services.starting.demonstration import throw_away
from app.services.starting.setting_up import ROLE_KINDS, Founded, found
from database.reference.preset import units

CITY_STEPS = ("role", "unit", "operator", "recovery", "finish")
BELOW_STEPS = ("role", "enable", "unit", "check_code", "operator", "recovery", "finish")
"""The steps of the city, and of the offices below it."""

DEMO_STEPS = ("role", "demo")
"""先看演示: nothing of one's own is set up."""

BACKUP_STEPS = ("role", "backup")
"""用备份恢复: the data of a computer that was lost, on this one."""

SERVER_STEPS = ("role", "server")
"""加入服务器: the data is on a server already."""

BROUGHT = {"trust", "reference"}
"""The kinds of package a 启用包 consists of."""


def steps_for(role: str, *, enabled: bool) -> Sequence[str]:
    """The steps from the first to the last; without a 启用包 there is no 核对码 to compare."""
    fixed = {"city": CITY_STEPS, "demo": DEMO_STEPS, "backup": BACKUP_STEPS, "server": SERVER_STEPS}
    if role in fixed:
        return fixed[role]
    return [step for step in BELOW_STEPS if enabled or step != "check_code"]


@dataclass(frozen=True, slots=True)
class Enable:
    """What a 启用包 shows before it is opened, the file that says who may write first.

    `station` is the unit it was made for, if it says; `sealed` whether the 启用码 is
    needed.
    """

    files: tuple[Path, ...]
    trust: Trust
    station: str
    sealed: bool


@dataclass(frozen=True, slots=True)
class Answers:
    """What has been answered, as `set_up` takes it."""

    role: str
    station: str
    operator: str
    passphrase: str
    root_passphrase: str = ""
    enable: Enable | None = None
    enable_code: str = ""
    check_code: str = ""
    computer: int = 1


def read_enable(sources: Iterable[Path], code: str = "") -> Enable:
    """Look at the files of the 启用包, or at all packages in a folder (the stick).

    `code` is the 启用码, where it was typed already. Raises `UserError` ENABLE_CODE, NO_ENABLE,
    NO_TRUST_FILE, TOO_MANY_FILES, `Refused` for a file that is not sound,
    `EnvironmentProblem`.
    """
    seen = {file: inspect_package(file).header for file, _ in packages_in(sources)}
    found = {file: head for file, head in seen.items() if head.kind in BROUGHT}
    if not found:
        raise UserError(
            "NO_ENABLE", "这里没有启用包的文件。", remedy="请选择市总工会交来的启用包所在的文件夹。"
        )
    first = [file for file, head in found.items() if head.kind == "trust"]
    rest = [file for file in found if file not in first]
    if not first:
        raise UserError(
            "NO_TRUST_FILE",
            "启用包里缺少登记文件。",
            remedy="请把启用包的文件一起选上，或选择它们所在的文件夹。",
        )
    newest = max((_trust_in(file) for file in first), key=lambda trust: trust.version)
    stations = {found[file].to for file in rest}
    station = stations.pop() if len(stations) == 1 else ""
    sealed = any(not found[file].recipients for file in rest)
    if sealed and code:
        require_enable_code(rest, newest, code)
    return Enable((*sorted(first), *sorted(rest)), newest, station, sealed)


def _trust_in(file: Path) -> Trust:
    with open_package(file, trust=None) as package:
        assert package.new_trust is not None
        return package.new_trust


def units_for(role: str) -> list[Unit]:
    """The shipped units that take a role, in official order; others come with the 启用包."""
    return [unit for unit in units() if unit.kind in ROLE_KINDS[role]]


def require_station(role: str, station: str, *, enabled: bool) -> None:
    """Raises UNIT_NEEDED, UNKNOWN_UNIT, ROLE_DIFFERS; one unknown here may come by 启用包."""
    if not station:
        raise UserError("UNIT_NEEDED", "没有选择单位。", remedy="请输入名称的一部分后选择。")
    unit = next((one for one in units() if one.code == station), None)
    if unit is None and not enabled:
        raise UserError("UNKNOWN_UNIT", f"没有代码为“{station}”的单位。", remedy="请核对单位代码。")
    if unit is not None and unit.kind not in ROLE_KINDS[role]:
        raise UserError(
            "ROLE_DIFFERS", f"“{unit.name}”不能以这个身份使用。", remedy="请核对单位和身份。"
        )


def require_check_code(enable: Enable, typed: str) -> None:
    """Raises `UserError` CODE_DIFFERS unless it is the 核对码 of who made the 启用包."""
    if not same_code(typed, enable.trust.root):
        raise UserError(
            "CODE_DIFFERS",
            "核对码与启用包不一致。",
            remedy="请照启用函再输入一次；仍不一致时不要使用这个启用包，请打电话问市总工会。",
        )


def require_operator(name: str, passphrase: str, again: str, known: Sequence[str] = ()) -> None:
    """`known` is what others know of the office.

    Raises `UserError` NAME_NEEDED, PASSPHRASE_TOO_SHORT, PASSPHRASE_COMMON,
    PASSPHRASE_DIFFERS.
    """
    if not name.strip():
        raise UserError("NAME_NEEDED", "没有填写姓名。", remedy="请填写经办人的姓名。")
    require_firm(passphrase, (name, *known))
    if passphrase != again:
        raise UserError(
            "PASSPHRASE_DIFFERS", "两次输入的口令不一样。", remedy="请把口令再输入一次。"
        )


def set_up(
    root: Path,
    answers: Answers,
    *,
    clock: Clock = wall_clock,
    cost: Cost | None = None,
    cancel: Cancel | None = None,
) -> Founded:
    """Set the data folder up as answered; either it is complete or nothing was done.

    The folder may hold what the window keeps there (its lock, its sizes). A demonstration that
    was looked at before is thrown away. Raises as `setting_up.found`.
    """
    given = answers.enable
    made = found(
        root,
        role=answers.role,
        station=answers.station,
        operator=answers.operator.strip(),
        passphrase=answers.passphrase,
        root_passphrase=answers.root_passphrase or None,
        enable=given.files if given else (),
        enable_code=answers.enable_code or None,
        check_code=answers.check_code or None,
        computer=answers.computer,
        clock=clock,
        cost=cost,
        cancel=cancel,
        beside=True,
    )
    throw_away(root)
    return made


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup as it is seen before it is opened: `people` (id, name) are those who can."""

    file: Path
    manifest: Manifest
    people: tuple[tuple[str, str], ...]


def look_at_backup(root: Path, file: Path) -> Backup:
    """Whose backup a file is; raises `UserError` BACKUP_DAMAGED, `EnvironmentProblem`."""
    manifest = restoring.look(file)
    people = tuple((one.id, one.name) for one in restoring.keyring_for(file, root).operators)
    return Backup(file, manifest, people)


def bring_back(
    root: Path,
    backup: Backup,
    operator: str,
    secret: str,
    *,
    clock: Clock = wall_clock,
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> Restored:
    """Put a backup into the empty data folder; either it is complete or nothing was done.

    `secret` is the passphrase of the operator, or the recovery code. Raises `UserError`
    WRONG_PASSPHRASE, WRONG_RECOVERY_CODE and as `restoring.restore`.
    """
    key = _key(root, backup, operator, secret)
    back = restoring.restore(backup.file, root, key, clock=clock, progress=progress, cancel=cancel)
    throw_away(root)
    return back


def bring_missing(
    root: Path,
    backup: Backup,
    operator: str,
    secret: str,
    *,
    clock: Clock = wall_clock,
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> Rescued:
    """Bring what the data folder lacks out of a backup; `secret` as in `bring_back`.

    Raises as `rescue.bring_missing`.
    """
    key = _key(root, backup, operator, secret)
    return rescue.bring_missing(
        backup.file, root, key, clock=clock, progress=progress, cancel=cancel
    )


def _key(root: Path, backup: Backup, operator: str, secret: str) -> bytes:
    keyring = restoring.keyring_for(backup.file, root)
    if sum(one.isalnum() for one in secret) == recovery_code.LENGTH and "-" in secret:
        return keyring.unlock_with_recovery(secret)
    return keyring.unlock(operator, secret)


@dataclass(frozen=True, slots=True)
class Papers:
    """What goes to the city: the request, the 报送单位登记表, and the 核对码 to tell."""

    request: Path
    registration: Path
    check_code: str


def make_papers(office: Office, out: Path) -> Papers:
    """Write the request and the 报送单位登记表 into a folder; raises as `enrolment.request`."""
    with words_for(out):
        out.mkdir(parents=True, exist_ok=True)
    request, code = enrolment.request(office, out)
    paper = out / f"报送单位登记表-{office.identity.writer}.pdf"
    print_registration(office, paper)
    return Papers(request, paper, code)


def recovery_sheet(unit: str, operator: str, code: str, day: str) -> list[str]:
    """The lines of the sheet to be sealed: a heading, whose it is, the code, what to do with it."""
    half = len(code) // 2
    return [
        "恢复码",
        f"单位：{unit}",
        f"经办人：{operator}　　日期：{day}",
        code[:half],
        code[half + 1 :],
        "忘记口令时只有恢复码能打开数据。",
        "请封存，由负责人锁好；不要和电脑放在一起，不要拍照。",
    ]
