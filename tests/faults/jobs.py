"""What a program is doing when the fault comes: each job tells what a person saw as done."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from app.domain.kernel.errors import UserError
from app.domain.records import Enterprise, Visit
from app.services.backup import backup
from app.services.backup.restoring import keyring_for, restore
from app.services.people import operators
from app.services.receiving import package_undo, take_package
from app.services.records import attachments, drafts, saving, voiding
from app.services.registering import enrolment
from app.services.updating import installing
from database.books import settings
from database.log import packages
from tests.faults.children import Tell
from tests.faults.ready import OLDER, Ready, opened
from tests.services.offices import CHEAP, CITY, COUNTY, PASSPHRASE, save_visit, send

_NEW_PASSPHRASE = "青衣江边的白鹭飞过来了"


@dataclass(frozen=True, slots=True)
class Job:
    """One thing that a person does, and in whose data."""

    name: str
    data: str
    work: Callable[[Ready, Path, Tell], None]


def _new_name() -> str:
    return f"乐山{os.urandom(4).hex()}厂"


def add(_: Ready, place: Path, tell: Tell) -> None:
    """Three forms, one of them typed as a draft first; one is put right, one made void."""
    with closing(opened(place / "data")) as office:
        tell("begin")
        saved = save_visit(office, enterprise_name=_new_name())
        tell(f"saved {saved.state.h}")
        drafts.save(office, Visit, {"leaders": "李明书"})
        tell("draft")
        changed = saving.save(office, Visit, {"workers_met": 36}, record=saved.id)
        tell(f"saved {changed.state.h}")
        unit = saving.save(office, Enterprise, {"name": _new_name()})
        tell(f"saved {unit.state.h}")
        gone = voiding.void(office, Enterprise, unit.id, "录错了")
        tell(f"saved {gone.state.h}")


def submit(_: Ready, place: Path, tell: Tell) -> None:
    """送审, 审签, 生成报送文件."""
    with closing(opened(place / "data")) as office:
        tell("begin")
        tell(f"saved {save_visit(office, enterprise_name=_new_name()).state.h}")
        for file in send(office, place / "stick"):
            tell(f"copied {file.name}")


def merge(ready: Ready, place: Path, tell: Tell) -> None:
    """收件 of all that lies on the stick."""
    with closing(opened(place / "data")) as office:
        tell("begin")
        for one in ready.packages:
            take_package.receive(office, one.path)
            tell(f"merged {one.tip}")


def undo(_: Ready, place: Path, tell: Tell) -> None:
    """Everything is taken back, and in again."""
    with closing(opened(place / "data")) as office:
        tell("begin")
        with office.store.read() as connection:
            rows = packages.find(connection, direction="in", state="merged")
        for row in rows:
            package_undo.undo(office, row.n)
            tell(f"known {row.tip}")
        for row in rows:
            package_undo.merge_again(office, row.n)
            tell(f"known {row.tip}")


def back_up(_: Ready, place: Path, tell: Tell) -> None:
    """备份 onto the stick."""
    with closing(opened(place / "data")) as office:
        tell("begin")
        made = backup.back_up(office, place / "stick")
        tell(f"backed {made.file.name}")


def bring_back(ready: Ready, place: Path, tell: Tell) -> None:
    """恢复 of an older backup."""
    keyring = keyring_for(ready.backup, place / "data")
    key = keyring.unlock(keyring.operators[0].id, PASSPHRASE)
    tell("begin")
    restore(ready.backup, place / "data", key, force=True)
    tell("restored")


def register(ready: Ready, place: Path, tell: Tell) -> None:
    """报送单位登记 of one more county is approved."""
    with closing(opened(place / "data")) as office:
        tell("begin")
        try:
            approval = enrolment.approve(
                office,
                ready.request,
                place / "stick",
                root_passphrase=PASSPHRASE,
                code=ready.code,
            )
        except UserError as error:
            if error.code != "ALREADY_ENROLLED":
                raise
        else:
            tell(f"trust {approval.version}")


def bring_up(_: Ready, place: Path, tell: Tell) -> None:
    """The first start of a newer program over older data."""
    tell("begin")
    with closing(opened(place / "data")):
        tell("opened")


def settle(_: Ready, place: Path, tell: Tell) -> None:
    """Settings: one more 经办人, another passphrase, something noted."""
    with closing(opened(place / "data")) as office:
        tell("begin")
        name = f"王{os.urandom(2).hex()}"
        operators.add(office, PASSPHRASE, name, _NEW_PASSPHRASE, cost=CHEAP)
        tell(f"person {name}")
        with office.store.write() as connection:
            settings.put(connection, name, name)
        tell(f"noted {name}")
        operators.leave(office, PASSPHRASE, name, cost=CHEAP)
        tell(f"left {name}")


def attach(ready: Ready, place: Path, tell: Tell) -> None:
    """附件 are put to a unit."""
    with closing(opened(place / "data")) as office:
        tell("begin")
        record = saving.save(office, Enterprise, {"name": _new_name()}).id
        for photo in ready.photos:
            saved = attachments.attach(office, Enterprise, record, photo)
            tell(f"saved {saved.state.h}")
            tell(f"attached {saved.state.record.attachments[-1].sha256}")


def update(ready: Ready, place: Path, tell: Tell) -> None:
    """更新 from a file."""
    os.environ["ZOUFANG_VERSIONS"] = str(place / "versions")
    tell("begin")
    signers = {ready.publisher: "本系统的发布方"}
    offer = installing.install(ready.update, signers, keep_in=place / "data" / "updates")
    tell(f"installed {offer.header.version}")


JOBS = (
    Job("add", COUNTY, add),
    Job("submit", COUNTY, submit),
    Job("merge", CITY, merge),
    Job("undo", CITY, undo),
    Job("backup", COUNTY, back_up),
    Job("restore", COUNTY, bring_back),
    Job("enrol", CITY, register),
    Job("migrate", OLDER, bring_up),
    Job("settings", COUNTY, settle),
    Job("attachments", COUNTY, attach),
    Job("update", COUNTY, update),
)
