"""收件: files are copied in and looked at first; nothing is taken in until a person says so."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path

from app.domain.records import Visit
from app.services.office.office import Office
from app.services.receiving import inbox, package_undo, waiting_files
from app.services.receiving.inbox import Delivery
from app.services.receiving.package_account import Account
from app.services.receiving.waiting_files import Looked
from app.services.records import saving
from app.services.registering import enrolment, registration
from tests.services.offices import (
    PASSPHRASE,
    SetClock,
    carry,
    enrol,
    found_below,
    save_visit,
    send,
)


class Tray:
    """What a page keeps of the files it looked at."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.looked: dict[str, Account] = {}

    def drop(self, *paths: Path) -> list[Looked]:
        found = [
            waiting_files.admit(self.office, one)
            for one in waiting_files.choose(self.office, paths).files
        ]
        for one in found:
            self._know(one)
        return found

    def look_again(self) -> None:
        for one in waiting_files.waiting(self.office):
            self._know(waiting_files.look(self.office, one))

    def _know(self, one: Looked) -> None:
        if one.waiting and one.account:
            self.looked[one.waiting.digest] = one.account

    @property
    def shown(self) -> list[Delivery]:
        return inbox.deliveries(self.office, self.looked)

    @property
    def pending(self) -> list[tuple[str, str]]:
        return [(one.number, one.standing) for one in self.shown if one.pending]


def visits(office: Office) -> int:
    return len(saving.listing(office, Visit))


def test_a_dropped_folder_waits_and_is_taken_in_one_by_one(
    city: Office, county: Office, tmp_path: Path
) -> None:
    save_visit(county)
    send(county, tmp_path / "stick" / "沙湾")
    tray = Tray(city)
    before = sorted((tmp_path / "stick").rglob("*"))
    tray.drop(tmp_path / "stick")
    assert visits(city) == 0
    (ready,) = [one for one in tray.shown if one.standing == "ready"]
    assert (ready.station_name, ready.number, ready.telephone) == ("沙湾区总工会", "第2次", "")
    assert ready.title == "沙湾区总工会 第2次报送"
    assert ready.account is not None
    assert (ready.account.cover["visit"], ready.account.new, ready.note) == (1, 2, "封面与内容相符")
    assert sorted((tmp_path / "stick").rglob("*")) == before

    assert ready.waiting is not None
    taken = waiting_files.take(city, ready.waiting)
    assert visits(city) == 1
    assert {"visit", "package"} <= taken.changes.types
    assert waiting_files.waiting(city) == []
    (merged,) = [one for one in tray.shown if one.standing == "merged" and one.seq == ready.seq]
    assert (merged.package, merged.pending) == (taken.accounts[0].package, False)
    package_undo.undo(city, merged.package)
    assert next(o for o in tray.shown if o.package == merged.package).standing == "withdrawn"
    assert waiting_files.take_again(city, merged.package).accounts[0].state == "merged"


def test_what_waits_is_still_there_after_a_restart_and_can_be_put_away(
    city: Office, county: Office, tmp_path: Path
) -> None:
    save_visit(county)
    (_, file) = send(county, tmp_path / "stick")[-2:]
    Tray(city).drop(file)
    shutil.rmtree(tmp_path / "stick")
    again = Tray(city)
    assert [one.standing for one in again.shown if one.pending] == ["unseen"]
    again.look_again()
    (one,) = (one for one in again.shown if one.pending)
    assert (one.standing, one.name) == ("ready", file.name)
    assert one.waiting is not None
    waiting_files.put_away(city, one.waiting)
    assert again.pending == []
    assert visits(city) == 0


def test_the_list_is_read_while_another_thread_takes_files_in(city: Office) -> None:
    """What is gone between two looks is no longer in the list; that is all."""
    done = threading.Event()

    def come_and_go() -> None:
        while not done.is_set():
            folders = [city.folder.arrivals / f"{n:064}" for n in range(20)]
            for folder in folders:
                folder.mkdir(parents=True)
                (folder / "1.zfpkg").touch()
            for folder in folders:
                shutil.rmtree(folder)

    other = threading.Thread(target=come_and_go)
    other.start()
    try:
        lists = [waiting_files.waiting(city) for _ in range(2000)]
    finally:
        done.set()
        other.join()
    assert any(lists)


def test_the_number_that_is_missing_is_named_unless_it_waits_in_the_list(
    city: Office, county: Office, tmp_path: Path
) -> None:
    files = []
    for n in range(3):
        save_visit(county, enterprise_name=f"第{n}公司")
        files += send(county, tmp_path / str(n))[-1:]
    tray = Tray(city)
    tray.drop(files[2])
    assert tray.pending == [("第4次", "gap")]
    assert tray.shown[0].note == "先要第2次、第3次"
    tray.drop(files[1], files[0])
    assert tray.pending == [("第2次", "ready"), ("第3次", "ready"), ("第4次", "ready")]
    assert tray.shown[2].note == "在第2次、第3次之后汇总"


def test_a_file_of_an_office_that_is_not_enrolled_is_held_and_healed(
    city: Office, tmp_path: Path, clock: SetClock
) -> None:
    stranger = found_below(
        city, tmp_path / "511112", "511112", clock, operator="新经办", computer=2
    )
    save_visit(stranger)
    file = send(stranger, tmp_path / "stick")[-1]
    tray = Tray(city)
    (held,) = tray.drop(file)
    assert held.account is not None
    assert (held.account.state, held.waiting) == ("held", None)
    (one,) = (one for one in tray.shown if one.standing == "held")
    assert one.pending
    assert "报送单位登记" in one.remedy
    enrol(city, stranger)
    theirs = [one for one in tray.shown if one.writer == stranger.identity.writer]
    assert {one.standing for one in theirs} == {"merged", "recorded"}
    assert visits(city) == 1
    assert waiting_files.retry(city).accounts == ()
    stranger.close()


def test_spoilt_files_and_other_peoples_files_are_listed_with_what_to_do(
    city: Office, county: Office, second_county: Office, tmp_path: Path
) -> None:
    save_visit(county)
    file = send(county, tmp_path / "stick")[-1]
    spoilt = tmp_path / "坏.zfpkg"
    spoilt.write_bytes(file.read_bytes()[:-200])
    letter = tmp_path / "通知.docx"
    letter.write_text("不是")
    tray = Tray(city)
    looked = tray.drop(spoilt, letter, tmp_path / "没有.zfpkg")
    told = {one.name: one.account or one.problem for one in looked}
    codes = {name: one.code for name, one in told.items() if one is not None}
    assert codes == {
        "坏.zfpkg": "PKG_CORRUPT", "通知.docx": "NOT_A_PACKAGE", "没有.zfpkg": "FILE_GONE",
    }  # fmt: skip
    (bad,) = (one for one in tray.shown if one.standing == "refused")
    assert (bad.pending, bad.note) == (True, "文件不完整或已损坏")
    assert "重新拷贝" in bad.remedy
    waiting_files.put_line_away(city, bad.package)
    assert tray.pending == []
    chosen = waiting_files.choose(second_county, [tmp_path / "stick"])
    assert chosen.files == ()
    assert file in chosen.passed_over


def test_a_file_that_was_merged_before_is_not_taken_in_again(
    city: Office, county: Office, tmp_path: Path
) -> None:
    save_visit(county)
    files = send(county, tmp_path / "stick")
    carry(city, files)
    (looked,) = Tray(city).drop(files[-1])
    assert looked.account is not None
    assert (looked.account.state, looked.waiting) == ("duplicate", None)


def test_a_request_to_be_registered_is_written_down_for_the_settings(
    city: Office, tmp_path: Path, clock: SetClock
) -> None:
    stranger = found_below(city, tmp_path / "pc", "511112", clock, operator="新经办", computer=2)
    asked, code = enrolment.request(stranger, tmp_path / "asked")
    tray = Tray(city)
    (looked,) = tray.drop(asked)
    assert looked.waiting is None
    (one,) = (one for one in tray.shown if one.pending)
    assert (one.standing, one.number, one.note) == ("enrol", "登记申请", "等核对核对码")
    (waiting,) = registration.waiting(city)
    assert waiting.check_code == code
    down = tmp_path / "down"
    enrolment.approve(city, waiting.file, down, root_passphrase=PASSPHRASE, code=code)
    assert tray.pending == []
    stranger.close()
