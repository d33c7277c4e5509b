"""核实, 填写不一致, 合成一份: what a colleague decided meanwhile is told and not written over."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.domain.kernel.errors import UserError
from app.domain.records import Enterprise, Visit
from app.services.deciding import differing, joined_files, verifying
from app.services.office.duties import CLERK, LEADER
from app.services.office.office import Office
from app.services.people import operators
from app.services.records import saving, settling
from app.services.reporting import send_apart
from app.services.reviewing import pair_decisions, reviews
from tests.services.deciding.test_differing import second_pc
from tests.services.deciding.test_verifying import preset, unit
from tests.services.offices import CHEAP, PASSPHRASE, SetClock, carry, deliver, save_visit

__all__ = ["second_pc"]

WHO = "付志勇（.*月.*日 .*）"


def stale(words: str, action: Callable[[], Any], code: str = "STALE") -> None:
    with pytest.raises(UserError, match=words) as found:
        action()
    assert found.value.code == code


def colleague(office: Office) -> Office:
    both = [CLERK, LEADER]
    made = operators.add(office, PASSPHRASE, "付志勇", "battery staple", duties=both, cost=CHEAP)
    return office.as_operator(made.id)


def test_an_entry_that_a_colleague_verified_is_not_decided_again(county: Office) -> None:
    there, twin = preset(county, "沙湾水泥厂"), preset(county, "沙湾水泥")
    other = colleague(county)
    verifying.declare_gone(other, there, "closed", known="preset")
    stale(f"{WHO}已把“沙湾水泥厂”定为“", lambda: verifying.verify(county, there, known="preset"))
    stale(WHO, lambda: verifying.join(county, there, twin, known="preset"))
    assert unit(county, there).verification == "missing"
    verifying.take_back(other, there, known="missing")
    stale(
        f"{WHO}已把“沙湾水泥厂”撤销了核实",
        lambda: verifying.take_back(county, there, known="missing"),
    )
    saving.save(other, Enterprise, {"remarks": "门牌换过"}, record=there)
    verifying.verify(county, there, known="preset")


def test_what_differs_is_chosen_once(
    city: Office, county: Office, second_pc: Office, tmp_path: Path
) -> None:
    saved = save_visit(county)
    carry(second_pc, send_apart.share(county, tmp_path / "a"))
    saving.save(county, Visit, {"headcount": 1300}, record=saved.id)
    saving.save(second_pc, Visit, {"headcount": 1400}, record=saved.id)
    deliver(county, city, tmp_path / "b")
    deliver(second_pc, city, tmp_path / "c")
    (theirs,) = differing.disagreements(city)
    reviews.accept(colleague(city), Visit, saved.id)
    stale(f"{WHO}对“{saved.number}”写了“通过”", lambda: differing.send_back(city, [theirs]))

    carry(county, send_apart.share(second_pc, tmp_path / "d"))
    (mine,) = differing.disagreements(county)
    path = mine.places[0].path

    def choose(office: Office, value: int) -> object:
        choices = {path: value}
        return settling.settle_conflict(office, Visit, saved.id, choices, known=mine.heads)

    choose(colleague(county), 1300)
    stale(f"{WHO}已选定“{saved.number}”", lambda: choose(county, 1400))
    assert saving.show(county, Visit, saved.id).record.headcount == 1300


def test_two_files_are_joined_and_parted_once(city: Office, clock: SetClock) -> None:
    one, other, third = (preset(city, name) for name in ("沙湾水泥厂", "沙湾水泥", "沙湾建材厂"))
    looked = joined_files.joined_file(city, Enterprise, one, other)
    pair_decisions.link(colleague(city), Enterprise, one, other, same=False, reason="电话问过")

    def join(known: str | None) -> object:
        return joined_files.join(city, Enterprise, one, other, "同一个人", known=known)

    stale(f"{WHO}已认定.*不是同一个", lambda: join(looked.decided))
    clock.forward(minutes=1)
    join(joined_files.joined_file(city, Enterprise, one, other).decided)
    stale("市经办（.*）已经把这两份合成一份", lambda: join(None), code="ALREADY_ONE")
    seen = joined_files.joined_file(city, Enterprise, one)
    joined_files.join(city, Enterprise, other, third, "也是他")
    stale("又合成了别的一份", lambda: joined_files.part(city, Enterprise, one, known=seen.links))
    seen = joined_files.joined_file(city, Enterprise, one)
    joined_files.part(city, Enterprise, other, known=seen.links)
    stale("已经拆开", lambda: joined_files.part(city, Enterprise, one, known=seen.links))
