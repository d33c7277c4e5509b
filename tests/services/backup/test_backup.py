"""A clerk backs up to a stick in the evening; one day the computer does not start."""

from __future__ import annotations

import hashlib
import io
import os
import random
import shutil
import struct
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.kernel.errors import Cancelled, EnvironmentProblem, UserError
from app.domain.kernel.progress import Cancel, Step
from app.domain.records import Enterprise
from app.services.backup import backup_schedule
from app.services.backup.backup import Made, back_up, verify
from app.services.backup.restoring import foresee, keyring_for, look, restore
from app.services.office import folder_swap
from app.services.office.keyring import Cost, Keyring
from app.services.office.office import Office, copied_elsewhere, open_office
from app.services.people import operators
from app.services.records import saving
from app.services.starting.setting_up import found
from database.books import drafts
from database.books import settings as kept
from database.books.drafts import Draft
from database.store import attachments
from tests.disks import small_disk

CHEAP = Cost(memory_kib=64, iterations=1)
PASSPHRASE = "走访 2011 万家企业"
SCAN = os.urandom((1 << 20) + 77)
DRAFT = Draft("v-1", "visit", "2011-07-04T09:00:00+08:00", "op-1", {"unit": "五通桥"})


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("made") / "data"
    founded = found(
        root, role="city", station="511100", operator="李敏", passphrase=PASSPHRASE, cost=CHEAP
    )
    founded.office.close()
    return root


@pytest.fixture
def root(made_once: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made_once, tmp_path / "data"))


@pytest.fixture
def office(root: Path) -> Iterator[Office]:
    opened = open_office(root, PASSPHRASE)
    yield opened
    opened.close()


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    place = tmp_path / "stick"
    place.mkdir()
    return place


def add_enterprise(office: Office, name: str) -> str:
    return saving.save(office, Enterprise, {"name": name}).number


def names_of(office: Office) -> set[str]:
    return {state.record.name for state in saving.listing(office, Enterprise)}


def fill(office: Office) -> None:
    add_enterprise(office, "乐山一厂")
    attachments.add(office.scans, io.BytesIO(SCAN))
    (office.folder.outbox / "a.zfpkg").write_bytes(b"sealed")
    (office.folder.inbox / "b.zfpkg").write_bytes(b"received")
    (office.folder.inbox / "c.zfpkg.part").write_bytes(b"half received")


def key_of(office: Office) -> bytes:
    assert office.store.key is not None
    return office.store.key


def key_for(file: Path, root: Path, passphrase: str = PASSPHRASE) -> bytes:
    keyring = keyring_for(file, root)
    return keyring.unlock(keyring.operators[0].id, passphrase)


def test_one_file_appears_on_the_stick_and_says_what_it_is(office: Office, stick: Path) -> None:
    fill(office)
    steps: list[Step] = []
    made = back_up(office, stick, progress=steps.append)
    assert [entry.name for entry in stick.iterdir()] == [made.file.name]
    assert made.file.name.startswith("走访帮扶备份-511100-2")
    manifest = look(made.file)
    assert manifest == made.manifest
    assert (manifest.station, manifest.writer) == ("511100", office.identity.writer)
    assert {m.name for m in manifest.members} == {
        "store.db", "attachments.db", "keyring.json", "root.key", "outbox/a.zfpkg", "inbox/b.zfpkg",
    }  # fmt: skip
    assert {step.label for step in steps} == {
        "正在复制数据",
        "正在写入备份",
        "正在读取备份",
        "正在检查备份",
    }
    assert not list(office.folder.root.glob("backup-*"))
    with office.store.read() as connection:
        last = kept.get(connection, "last_backup", dict)
    assert last == {"at": manifest.at, "file": made.file.name}


def test_nothing_in_the_backup_is_in_the_clear(office: Office, stick: Path) -> None:
    fill(office)
    content = back_up(office, stick).file.read_bytes()
    for secret in ("乐山一厂".encode(), SCAN[:64], key_of(office), PASSPHRASE.encode()):
        assert secret not in content


def test_work_goes_on_while_the_backup_is_made(office: Office, stick: Path) -> None:
    fill(office)
    saved: list[str] = []

    def save_meanwhile(step: Step) -> None:
        if len(saved) < 5:
            saved.append(add_enterprise(office, f"第{len(saved)}厂"))

    made = back_up(office, stick, progress=save_meanwhile)
    assert len(saved) == 5
    assert verify(made.file, key_of(office), office.folder) == made.manifest
    assert len(names_of(office)) - made.manifest.counts["state_enterprise"] == 5


def test_the_computer_is_lost_and_a_new_one_takes_over(
    office: Office, stick: Path, tmp_path: Path
) -> None:
    fill(office)
    names = names_of(office)
    file = back_up(office, stick).file
    new = tmp_path / "new computer" / "data"
    restored = restore(file, new, key_for(file, new))
    assert restored.aside is None
    assert sorted(entry.name for entry in new.iterdir()) == [
        "attachments.db", "inbox", "keyring.json", "outbox", "root.key", "store.db",
    ]  # fmt: skip
    again = open_office(new, PASSPHRASE)
    assert names_of(again) == names
    assert (again.folder.inbox / "b.zfpkg").read_bytes() == b"received"
    with again.scans.read() as connection:
        (sha256,) = connection.exec_driver_sql("SELECT sha256 FROM scan").one()
    with attachments.open_scan(again.scans, sha256) as stream:
        assert stream.read() == SCAN
    assert copied_elsewhere(again)
    again.close()


def test_the_printed_recovery_code_opens_a_backup_too(tmp_path: Path, stick: Path) -> None:
    founded = found(
        tmp_path / "office",
        role="city",
        station="511100",
        operator="李敏",
        passphrase=PASSPHRASE,
        cost=CHEAP,
    )
    file = back_up(founded.office, stick).file
    founded.office.close()
    new = tmp_path / "new"
    key = keyring_for(file, new).unlock_with_recovery(founded.recovery_code)
    restore(file, new, key)
    open_office(new, PASSPHRASE).close()


def test_newer_work_is_not_overwritten_unsaid(office: Office, stick: Path) -> None:
    file = back_up(office, stick).file
    key, root = key_of(office), office.folder.root
    number = add_enterprise(office, "后来走访的厂")
    office.close()
    with pytest.raises(UserError, match="会少1次保存的内容") as caught:
        restore(file, root, key)
    assert caught.value.code == "RESTORE_OLDER"
    assert number in caught.value.why
    again = open_office(root, PASSPHRASE)
    assert "后来走访的厂" in names_of(again)
    assert not copied_elsewhere(again)
    again.close()
    assert not (root / "restoring").exists()


def test_when_forced_the_newer_work_is_kept_aside(office: Office, stick: Path) -> None:
    file = back_up(office, stick).file
    key, root = key_of(office), office.folder.root
    add_enterprise(office, "后来走访的厂")
    office.close()
    desk = drafts.open_store(office.folder.drafts, key)
    drafts.save(desk, DRAFT)
    desk.close()
    restored = restore(file, root, key, force=True)
    again = open_office(root, PASSPHRASE)
    assert "后来走访的厂" not in names_of(again)
    again.close()
    desk = drafts.open_store(again.folder.drafts, key)
    assert drafts.saved(desk) == [DRAFT]
    desk.close()
    assert restored.aside is not None
    assert restored.aside.parent == root
    # Back again: the folder kept aside is complete but for the keyring, which stayed.
    for path in restored.aside.iterdir():
        target = root / path.name
        if target.is_dir():
            target.rmdir()
        path.replace(target)
    back = open_office(root, PASSPHRASE)
    assert "后来走访的厂" in names_of(back)
    back.close()


def test_a_backup_with_all_there_is_comes_back_without_asking(office: Office, stick: Path) -> None:
    fill(office)
    file = back_up(office, stick).file
    key, root = key_of(office), office.folder.root
    office.close()
    assert restore(file, root, key).aside is not None
    again = open_office(root, PASSPHRASE)
    assert copied_elsewhere(again)
    again.close()


def test_todays_passphrase_opens_and_stays_after_an_old_backup(office: Office, stick: Path) -> None:
    file = back_up(office, stick).file
    root = office.folder.root
    keyring = Keyring.open(office.folder.keyring, cost=CHEAP)
    keyring.change_passphrase(key_of(office), office.operator, "换了一个新的口令也好记")
    office.close()
    restore(file, root, key_for(file, root, "换了一个新的口令也好记"))
    open_office(root, "换了一个新的口令也好记").close()


def test_another_offices_data_is_not_overwritten_unsaid(
    office: Office, stick: Path, tmp_path: Path
) -> None:
    other = found(
        tmp_path / "other",
        role="city",
        station="511100",
        operator="王琦",
        passphrase="另一句口令也不短了吧",
        cost=CHEAP,
    ).office
    other.close()
    file = back_up(office, stick).file
    with pytest.raises(UserError) as caught:
        restore(file, other.folder.root, key_of(office))
    assert caught.value.code == "RESTORE_OTHER"
    with pytest.raises(UserError) as caught:
        restore(file, other.folder.root, key_of(other))
    assert caught.value.code == "WRONG_KEY"
    restore(file, other.folder.root, key_of(office), force=True)
    open_office(other.folder.root, PASSPHRASE).close()


def test_a_broken_store_is_replaced_when_forced(office: Office, stick: Path) -> None:
    fill(office)
    file = back_up(office, stick).file
    key, root = key_of(office), office.folder.root
    office.close()
    office.folder.store.write_bytes(os.urandom(100_000))
    office.folder.keyring.write_bytes(b"")
    with pytest.raises(UserError):
        restore(file, root, key)
    restore(file, root, key_for(file, root), force=True)
    again = open_office(root, PASSPHRASE)
    assert "乐山一厂" in names_of(again)
    again.close()


@pytest.fixture(scope="module")
def good(made_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Made:
    office = open_office(made_once, PASSPHRASE)
    made = back_up(office, tmp_path_factory.mktemp("good") / "good.zfbackup")
    office.close()
    return made


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_changed_byte_anywhere_is_noticed_or_harmless(
    good: Made, tmp_path: Path, data: st.DataObject
) -> None:
    content = bytearray(good.file.read_bytes())
    ends = st.integers(0, 2000) | st.integers(len(content) - 3000, len(content) - 1)
    at = data.draw(ends | st.integers(0, len(content) - 1))
    content[at] ^= data.draw(st.integers(1, 255))
    file = tmp_path / "changed.zfbackup"
    file.write_bytes(content)
    root = tmp_path / "new"
    try:
        key = key_for(file, root)
        restore(file, root, key, force=True)
    except UserError as error:
        assert error.code in {"BACKUP_DAMAGED", "KEYRING_DAMAGED", "WRONG_PASSPHRASE"}  # noqa: PT017
        assert not (root / "store.db").exists() or (root / "keyring.json").exists()


def rewritten(good: Path, file: Path, changed: dict[str, bytes]) -> Path:
    """The backup with some members changed, and a manifest that knows nothing of it."""
    with zipfile.ZipFile(good) as old, zipfile.ZipFile(file, "w") as new:
        for info in old.infolist():
            new.writestr(zipfile.ZipInfo(info.filename), changed.get(info.filename, old.read(info)))
    return file


def resealed(good: Path, file: Path, changed: dict[str, bytes], **facts: object) -> Path:
    """The backup with members changed by somebody who makes the manifest fit."""
    with zipfile.ZipFile(good) as old:
        body = msgspec.json.decode(old.read("manifest.json")) | facts
    for member in body["members"]:
        if member["name"] in changed:
            raw = changed[member["name"]]
            member |= {"size": len(raw), "sha256": hashlib.sha256(raw).hexdigest()}
    return rewritten(good, file, {**changed, "manifest.json": msgspec.json.encode(body)})


def outcome(file: Path, root: Path, key: bytes) -> str:
    """How looking at a backup and bringing it back ends: a code, or `restored`."""
    try:
        look(file)
        keyring_for(file, root)
        restore(file, root, key, force=True)
    except UserError as error:
        return error.code
    finally:
        shutil.rmtree(root, ignore_errors=True)
    return "restored"


DESIGNED = {"BACKUP_DAMAGED", "KEYRING_DAMAGED", "WRONG_KEY", "restored"}


def key_in(file: Path) -> bytes:
    return key_for(file, file.parent / "nowhere")


def test_backups_spoilt_at_random_end_in_words(good: Made, tmp_path: Path) -> None:
    """Flipped bits, bytes set, pieces lost or doubled, most of them where the structure is."""
    whole, key = good.file.read_bytes(), key_in(good.file)
    ends = [*range(200), *range(len(whole) - 6000, len(whole))]
    with zipfile.ZipFile(good.file) as archive:
        for info in archive.infolist():
            ends += range(info.header_offset, info.header_offset + 80)
    chance = random.Random(2011)
    for _ in range(400):
        spoilt = bytearray(whole)
        for _ in range(chance.choice([1, 1, 2, 5])):
            at = chance.choice(ends) if chance.random() < 0.9 else chance.randrange(len(whole))
            at = min(at, len(spoilt) - 1)
            match chance.randrange(4):
                case 0:
                    spoilt[at] ^= 1 << chance.randrange(8)
                case 1:
                    spoilt[at] = chance.choice([0, 1, 0x7F, 0x80, 0xFF])
                case 2:
                    del spoilt[at : at + chance.choice([1, 4, 100, 5000])]
                case _:
                    spoilt[at:at] = spoilt[at : at + chance.choice([1, 4, 46])]
        file = tmp_path / "spoilt.zfbackup"
        file.write_bytes(spoilt)
        assert outcome(file, tmp_path / "new", key) in DESIGNED


MANIFESTS: dict[str, bytes | dict[str, object]] = {
    "empty": b"",
    "deep": b"[" * 200_000,
    "half a character": b'{"format":"\xe8',
    "no time": {"at": "yesterday"},
    "a time nowhere": {"at": "2011-07-04T09:00:00"},
    "a negative count": {"counts": {"revision": -1}},
    "a count beyond all numbers": {"counts": {"revision": 1 << 80}},
    "no members": {"members": []},
}


@pytest.mark.parametrize("name", MANIFESTS)
def test_a_manifest_that_makes_no_sense_is_told(good: Made, tmp_path: Path, name: str) -> None:
    spoilt, file = MANIFESTS[name], tmp_path / "spoilt.zfbackup"
    if isinstance(spoilt, bytes):
        rewritten(good.file, file, {"manifest.json": spoilt})
    else:
        resealed(good.file, file, {}, **spoilt)
    assert outcome(file, tmp_path / "new", key_in(good.file)) == "BACKUP_DAMAGED"
    (one,) = backup_schedule.kept(tmp_path)
    assert one.manifest is None
    assert "不能用" in one.fault


@pytest.mark.parametrize("sealed", [False, True])
def test_members_put_in_each_others_place_are_noticed(
    good: Made, tmp_path: Path, sealed: bool
) -> None:
    key = key_in(good.file)
    with zipfile.ZipFile(good.file) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    store, scans, keyring = held["store.db"], held["attachments.db"], held["keyring.json"]
    swaps = [
        {"store.db": scans, "attachments.db": store},
        {"store.db": store[:4096] + store[8192:]},
        {"store.db": b""},
        {"attachments.db": b"SQLite format 3\0" + bytes(4080)},
        {"keyring.json": b"{}"},
        {"keyring.json": b"[" * 100_000},
        {"keyring.json": b" " * (3 << 20) + keyring},
    ]
    make = resealed if sealed else rewritten
    for n, swap in enumerate(swaps):
        ended = outcome(make(good.file, tmp_path / f"{n}.zfbackup", swap), tmp_path / "new", key)
        assert ended in {"BACKUP_DAMAGED", "KEYRING_DAMAGED"}, (n, ended)
    manifest = msgspec.json.decode(held["manifest.json"])
    facts = {"counts": manifest["scans"], "scans": manifest["counts"]}
    both = resealed(good.file, tmp_path / "both.zfbackup", swaps[0], **facts)
    assert outcome(both, tmp_path / "new", key) == "BACKUP_DAMAGED"


def test_a_directory_of_a_million_files_is_not_even_read(good: Made, tmp_path: Path) -> None:
    file = tmp_path / "many.zfbackup"
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 0xFFFF, 0xFFFF, 0xF0000000, 0, 0)
    with file.open("wb") as out:
        out.truncate(0xF0000000)
        out.seek(0, 2)
        out.write(end)
    with pytest.raises(UserError) as caught:
        look(file)
    assert caught.value.why == "里面的文件太多。"


@pytest.mark.parametrize("kept_bytes", [0, 10, 5000, -1, -1000])
def test_a_backup_cut_short_is_told_plainly(good: Made, tmp_path: Path, kept_bytes: int) -> None:
    file = tmp_path / "short.zfbackup"
    file.write_bytes(good.file.read_bytes()[:kept_bytes])
    with pytest.raises(UserError) as caught:
        look(file)
    assert caught.value.code == "BACKUP_DAMAGED"


@pytest.mark.parametrize(
    "name",
    [
        "../evil",
        "outbox/../../evil",
        "outbox/..",
        "inbox/a\\b",
        "inbox/a\nb",
        "evil.exe",
        "/etc/x",
        "outbox/C:x",
        f"inbox/{'x' * 256}",
    ],
)
def test_a_file_that_would_leave_the_folder_is_refused(
    good: Made, tmp_path: Path, name: str
) -> None:
    file = tmp_path / "doctored.zfbackup"
    with zipfile.ZipFile(good.file) as old, zipfile.ZipFile(file, "w") as new:
        for info in old.infolist():
            raw = old.read(info)
            if info.filename == "manifest.json":
                body = msgspec.json.decode(raw)
                body["members"].append({"name": name, "size": 0, "sha256": "0" * 64})
                raw = msgspec.json.encode(body)
            new.writestr(info, raw)
        new.writestr(zipfile.ZipInfo(name), b"")
    with pytest.raises(UserError) as caught:
        look(file)
    assert caught.value.code == "BACKUP_DAMAGED"


def test_a_backup_that_is_not_there_is_told_plainly(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem) as caught:
        look(tmp_path / "gone.zfbackup")
    assert caught.value.code == "FILE_GONE"


@pytest.mark.parametrize("label", ["正在复制数据", "正在写入备份", "正在检查备份"])
def test_cancelling_leaves_no_file(office: Office, stick: Path, label: str) -> None:
    fill(office)
    cancel = Cancel()

    def press(step: Step) -> None:
        if step.label == label:
            cancel.set()

    with pytest.raises(Cancelled):
        back_up(office, stick, progress=press, cancel=cancel)
    assert list(stick.iterdir()) == []
    assert not list(office.folder.root.glob("backup-*"))


def test_a_stick_without_room_is_told_and_gets_no_file(office: Office, tmp_path: Path) -> None:
    fill(office)
    with small_disk(tmp_path / "full stick", "1m") as full:
        with pytest.raises(EnvironmentProblem) as caught:
            back_up(office, full)
        assert caught.value.code == "DISK_FULL"
        assert list(full.iterdir()) == []


def test_a_restore_without_room_is_told_and_leaves_nothing(
    office: Office, stick: Path, tmp_path: Path
) -> None:
    fill(office)
    file = back_up(office, stick).file
    with small_disk(tmp_path / "full disk", "1m") as full:
        root = full / "data"
        with pytest.raises(EnvironmentProblem) as caught:
            restore(file, root, key_of(office))
        assert caught.value.code == "DISK_FULL"
        assert list(root.iterdir()) == []


def test_cancelling_a_restore_leaves_the_data(office: Office, stick: Path) -> None:
    file = back_up(office, stick).file
    root, key = office.folder.root, key_of(office)
    office.close()
    cancel = Cancel()

    with pytest.raises(Cancelled):
        restore(file, root, key, progress=lambda step: cancel.set(), cancel=cancel)
    again = open_office(root, PASSPHRASE)
    assert not copied_elsewhere(again)
    again.close()
    assert not (root / "restoring").exists()


def test_a_swap_cut_by_the_power_goes_on_at_the_next_start(tmp_path: Path) -> None:
    (tmp_path / "restoring").mkdir()
    (tmp_path / "restoring" / "store.db").write_text("new")
    (tmp_path / "restoring" / "attachments.db").write_text("new")
    (tmp_path / "old").mkdir()
    (tmp_path / "old" / "store.db").write_text("old")
    (tmp_path / "attachments.db").write_text("old")
    (tmp_path / "restore.json").write_text(
        '{"aside":"old","out":["store.db","attachments.db"],"into":["store.db","attachments.db"]}'
    )
    folder_swap.complete(tmp_path)
    folder_swap.complete(tmp_path)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["attachments.db", "old", "store.db"]
    for name in ("store.db", "attachments.db"):
        assert (tmp_path / name).read_text() == "new"
        assert (tmp_path / "old" / name).read_text() == "old"


def test_a_swap_that_cannot_begin_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "restoring").mkdir()
    (tmp_path / "restoring" / "store.db").write_text("new")
    (tmp_path / "store.db").write_text("old")
    (tmp_path / "old").write_text("a file in the way")
    with pytest.raises(EnvironmentProblem):
        folder_swap.swap(tmp_path, "old", ["store.db"])
    assert (tmp_path / "store.db").read_text() == "old"
    assert not (tmp_path / "restore.json").exists()


def test_a_backup_from_before_somebody_left_comes_back_without_them(tmp_path: Path) -> None:
    root = tmp_path / "data"
    founded = found(
        root, role="city", station="511100", operator="李敏", passphrase=PASSPHRASE, cost=CHEAP
    )
    office = founded.office
    operators.add(office, PASSPHRASE, "王琦", "青衣江边的白鹭飞过来了", cost=CHEAP)
    saving.save(office, Enterprise, {"name": "走访过的厂"})
    made = back_up(office, tmp_path / "evening.zfbackup")
    operators.leave(office, PASSPHRASE, "王琦")
    key = key_of(office)
    outlook = foresee(made.file, root, key)
    assert outlook.same
    assert outlook.saves == 1
    office.close()
    restore(made.file, root, key_for(made.file, root), force=True)
    with closing(open_office(root, PASSPHRASE)) as back:
        assert "走访过的厂" in [
            getattr(one.record, "name", "") for one in saving.listing(back, Enterprise)
        ]
        assert [one.name for one in operators.everyone(back) if one.can_open] == ["李敏"]
    fresh = tmp_path / "another computer"
    restore(made.file, fresh, key_for(made.file, fresh))
    with closing(open_office(fresh, PASSPHRASE, operator="李敏")) as there:
        assert len([one for one in operators.everyone(there) if one.can_open]) == 2


def test_a_backup_does_not_lie_in_what_it_protects(county: Office) -> None:
    for place in (county.folder.root, county.folder.root / "outbox", county.folder.root / "a.zip"):
        with pytest.raises(UserError) as refused:
            back_up(county, place)
        assert refused.value.code == "BACKUP_INSIDE"
