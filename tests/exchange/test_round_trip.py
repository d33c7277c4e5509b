"""What one office seals, another opens: the same revisions, scans and acknowledgements."""

from __future__ import annotations

import io
import json
import os
from pathlib import Path
from typing import Any

import pytest

from app.domain.kernel.errors import Cancelled, EnvironmentProblem, UserError
from app.domain.kernel.progress import Cancel, Step
from app.exchange import kinds
from app.exchange.enrol import EnrolRequest, read_enrol, seal_enrol
from app.exchange.envelope import Envelope
from app.exchange.index import Ack, Index, Rejected
from app.exchange.packagereader import inspect_package, open_package, verify_package
from app.exchange.packagewriter import Sealed, seal_package, seal_trust
from app.exchange.records import Good
from app.exchange.refusal import Refused
from app.exchange.trust import TrustDocument, TrustWriter
from tests.exchange import offices, spoil
from tests.exchange.offices import CITY, CITY_PC, CODE, COUNTY, COUNTY_PC, READERS, ROOT, STRANGER


def sealed(folder: Path, envelope: Envelope | None = None, **contents: Any) -> Sealed:
    facts: dict[str, Any] = {"key": COUNTY_PC.key, "recipients": READERS} | contents
    return seal_package(folder / "p.zfpkg", envelope or COUNTY_PC.envelope(), **facts)


def test_the_city_reads_what_the_county_sealed(tmp_path: Path) -> None:
    photo = os.urandom(200_000)
    lines = offices.some_lines()
    done = sealed(tmp_path, lines=lines, attachments=[offices.scan(photo), offices.scan(b"x")])

    with open_package(
        done.path, trust=offices.first_trust(), identities=[CITY_PC.secret]
    ) as package:
        read = list(package.lines())
        scans = {one.facts.name: one for one in package.attachments()}
        out = io.BytesIO()
        faults = [one.copy_to(out) for one in package.attachments() if one.facts.length > 1]

    assert [(one.h, one.raw) for one in read if isinstance(one, Good)] == lines
    assert (package.tip, package.header, package.size) == (done.tip, done.header, done.size)
    assert package.writer is not None
    assert package.writer.station == COUNTY
    assert list(scans) == ["签领表.jpg"]
    assert faults == [None]
    assert out.getvalue() == photo
    assert sorted(path.name for path in tmp_path.iterdir()) == ["p.zfpkg"]


def test_the_cover_counts_lines_and_adds_only_the_newest_amounts(tmp_path: Path) -> None:
    done = sealed(tmp_path, lines=offices.some_lines())
    with open_package(
        done.path, trust=offices.first_trust(), identities=[COUNTY_PC.secret]
    ) as package:
        assert package.index is not None
        assert package.index.cover.records == {"aid": 2, "visit": 1}
        assert package.index.cover.sums == {
            "aid.goods_value": "0",
            "aid.money": "620.50",
            "visit.workers_met": "12",
        }


def test_an_answer_carries_what_arrived_and_what_is_missing(tmp_path: Path) -> None:
    ack = Ack(COUNTY_PC.writer, CITY, 3, "ab" * 32, (5,), (Rejected(6, "SIG_BAD"),), ("cd" * 32,))
    nothing = Ack(offices.SISTER_PC.writer, CITY, 0, None, (), (), ())
    done = seal_package(
        tmp_path / "a.zfpkg",
        CITY_PC.envelope("answer", COUNTY),
        key=CITY_PC.key,
        recipients=READERS,
        acks=[ack, nothing],
    )
    with open_package(
        done.path, trust=offices.first_trust(), identities=[COUNTY_PC.secret]
    ) as package:
        assert package.index is not None
        assert package.index.acks == (ack, nothing)
        assert list(package.lines()) == []


def test_every_member_is_written_even_where_there_is_nothing_to_say(tmp_path: Path) -> None:
    nothing = Ack(COUNTY_PC.writer, CITY, 0, None, (), (), ())
    desk = spoil.Desk(tmp_path)
    index = desk.forgery(acks=[nothing]).index()
    assert index.keys() == set(Index.__struct_fields__)
    assert index["cover"].keys() == {"records", "sums"}
    assert [ack.keys() for ack in index["acks"]] == [spoil.ACK.keys()]
    for path, facts in index["files"].items():
        scan = {"name", "type"} if path.startswith("data/att/") else set()
        assert facts.keys() == {"sha256", "length"} | scan
    document = json.loads(desk.trust(offices.first_trust()).members[kinds.trust_path(1)])
    assert document.keys() == set(TrustDocument.__struct_fields__)
    for writer in document["writers"]:
        assert writer.keys() == set(TrustWriter.__struct_fields__)


def test_many_records_go_into_several_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.exchange.packagewriter.LARGEST_RECORDS", 50_000)
    lines = [offices.revision(number) for number in range(1, 1001)]
    done = sealed(tmp_path, lines=lines)
    with open_package(
        done.path, trust=offices.first_trust(), identities=[CITY_PC.secret]
    ) as package:
        assert package.index is not None
        assert len(kinds.record_files(package.index.files)) > 1
        assert [one.h for one in package.lines()] == [h for h, _ in lines]


def test_a_text_of_one_character_is_no_bomb(tmp_path: Path) -> None:
    done = sealed(tmp_path, lines=[offices.revision(body={"note": "。" * 300_000})])
    with open_package(
        done.path, trust=offices.first_trust(), identities=[CITY_PC.secret]
    ) as package:
        assert [type(one) for one in package.lines()] == [Good]


def test_reference_data_open_with_the_code_from_the_letter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.exchange.scryptfile.COST", 8)
    unit = offices.revision(5, "unit", {"name": "沙湾区总工会"}, writer=CITY_PC.writer)
    path = tmp_path / "r.zfpkg"
    envelope = CITY_PC.envelope("reference", "all")
    done = seal_package(path, envelope, key=CITY_PC.key, passphrase=CODE, lines=[unit])
    assert done.header.recipients == []
    trust = offices.first_trust()
    with open_package(path, trust=trust, passphrase=CODE) as package:
        assert [one.h for one in package.lines()] == [unit[0]]


def test_a_new_office_starts_with_nothing_but_the_check_code(tmp_path: Path) -> None:
    trust = offices.first_trust()
    envelope = CITY_PC.envelope("trust", "all", trust_version=1)
    seal_trust(tmp_path / "t.zfpkg", envelope, trust, key=CITY_PC.key)
    with open_package(tmp_path / "t.zfpkg", trust=None) as package:
        assert package.new_trust == trust
        assert package.index is None
        assert list(package.lines()) == []
        assert package.attachments() == []
    assert trust.root == ROOT.key.public


def test_a_new_pc_asks_to_be_enrolled_before_anybody_knows_it(tmp_path: Path) -> None:
    request = EnrolRequest(
        STRANGER.key.public.text, STRANGER.age, STRANGER.station, "pc-1", COUNTY_PC.writer
    )
    done = seal_enrol(
        tmp_path / "e.zfpkg",
        STRANGER.envelope("enrol"),
        request,
        record_id=offices.record_id(9),
        by="operator-1",
        key=STRANGER.key,
        recipients=(CITY_PC.age,),
    )
    trust = offices.first_trust()
    with open_package(done.path, trust=trust, identities=[CITY_PC.secret]) as package:
        assert read_enrol(package) == request
        assert package.writer is None


def test_another_pc_of_the_city_asks_its_own_station(tmp_path: Path) -> None:
    spare = offices.Office("city's second", CITY, "city")
    path = spoil.Desk(tmp_path).enrol(spare)
    assert inspect_package(path).header.to == CITY
    with open_package(path, trust=offices.first_trust(), identities=[CITY_PC.secret]) as package:
        assert read_enrol(package).signing_key == spare.key.public.text


def test_verifying_says_who_of_the_enrolled_signed_or_that_nobody_did(tmp_path: Path) -> None:
    trust = offices.first_trust()
    desk = spoil.Desk(tmp_path)
    elsewhere = offices.Office("county", "511181")
    known = {
        desk.sealed(): COUNTY_PC,
        desk.enrol(COUNTY_PC): COUNTY_PC,
        desk.enrol(): None,
        desk.enrol(elsewhere): None,
        offices.write(tmp_path, "t", desk.trust(trust).zip()): CITY_PC,
        offices.write(tmp_path, "s", desk.trust(trust, STRANGER).zip()): None,
    }
    for path, office in known.items():
        assert inspect_package(path).writer is None
        assert verify_package(path, trust).writer == (office and trust.writer(office.writer))


def test_a_package_of_an_unknown_pc_is_held_and_says_whose_it_is(tmp_path: Path) -> None:
    path = tmp_path / "p.zfpkg"
    done = seal_package(path, STRANGER.envelope(), key=STRANGER.key, recipients=READERS)
    with pytest.raises(Refused) as held:
        open_package(path, trust=offices.first_trust(), identities=[CITY_PC.secret])
    assert (held.value.code, held.value.outcome) == ("SIGNER_UNKNOWN", "held")
    assert held.value.header == done.header
    assert held.value.tip == done.tip
    assert inspect_package(path).header == done.header


def test_a_county_checks_a_package_it_only_passes_on(tmp_path: Path) -> None:
    done = sealed(tmp_path, lines=offices.some_lines())
    assert verify_package(done.path, offices.first_trust()).tip == done.tip


def test_a_city_restores_the_revisions_of_a_lost_pc(tmp_path: Path) -> None:
    done = seal_package(
        tmp_path / "r.zfpkg",
        CITY_PC.envelope("restore", COUNTY),
        key=CITY_PC.key,
        recipients=READERS,
        lines=offices.some_lines(),
    )
    with open_package(
        done.path, trust=offices.first_trust(), identities=[COUNTY_PC.secret]
    ) as package:
        assert all(isinstance(one, Good) for one in package.lines())


def test_a_body_that_its_type_forbids_is_parked_with_the_reason(tmp_path: Path) -> None:
    def no_aid(type: str, schema: int, body: dict[str, object]) -> str | None:
        return "金额超过上限" if type == "aid" and schema == 1 and "money" in body else None

    done = sealed(tmp_path, lines=offices.some_lines())
    with open_package(
        done.path, trust=offices.first_trust(), identities=[CITY_PC.secret]
    ) as package:
        read = list(package.lines(no_aid))
    assert [getattr(one, "reason", "") for one in read] == ["", "金额超过上限", "金额超过上限"]


def test_a_cancelled_export_leaves_nothing_behind(tmp_path: Path) -> None:
    cancel = Cancel()
    seen: list[Step] = []

    def stop_at_scans(step: Step) -> None:
        seen.append(step)
        if step.label == "加密扫描件":
            cancel.set()

    with pytest.raises(Cancelled):
        sealed(
            tmp_path,
            lines=offices.some_lines(),
            attachments=[offices.scan(b"photo")],
            progress=stop_at_scans,
            cancel=cancel,
        )
    assert seen
    assert list(tmp_path.iterdir()) == []


def test_a_cancelled_import_stops(tmp_path: Path) -> None:
    done = sealed(tmp_path, lines=offices.some_lines())
    cancel = Cancel()
    trust = offices.first_trust()
    with open_package(done.path, trust=trust, identities=[CITY_PC.secret]) as package:
        cancel.set()
        with pytest.raises(Cancelled):
            list(package.lines(cancel=cancel))
    with pytest.raises(Cancelled):
        open_package(done.path, trust=trust, identities=[CITY_PC.secret], cancel=cancel)


def test_a_missing_file_or_folder_is_no_fault_of_the_package(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem, match="找不到文件"):
        inspect_package(tmp_path / "gone.zfpkg")
    with pytest.raises(EnvironmentProblem, match="找不到文件"):
        sealed(tmp_path / "gone")


def test_a_scan_that_changed_on_disk_is_not_packed(tmp_path: Path) -> None:
    good = offices.scan(b"photo")
    with pytest.raises(UserError, match="扫描件已损坏"):
        sealed(tmp_path, attachments=[good._replace(sha256="00" * 32)])
    assert list(tmp_path.iterdir()) == []


def test_a_record_too_long_to_travel_is_said_before_sealing(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="太长"):
        sealed(tmp_path, lines=[offices.revision(body={"note": "字" * 400_000})])


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"seq": 0}, "HEADER_INVALID"),
        ({"seq": 2}, "HEADER_INVALID"),
        ({"prev": "ab" * 32}, "HEADER_INVALID"),
        ({"created": "2026-07-04 10:00"}, "HEADER_INVALID"),
        ({"to": "all"}, "HEADER_INVALID"),
        ({"part": (3, 2)}, "HEADER_INVALID"),
        ({"writer": CITY_PC.writer}, "SIGNER_NOT_WRITER"),
    ],
)
def test_what_no_reader_would_take_is_not_written(
    tmp_path: Path, changes: dict[str, Any], code: str
) -> None:
    with pytest.raises(Refused) as refused:
        sealed(tmp_path, COUNTY_PC.envelope(**changes))
    assert refused.value.code == code
    assert list(tmp_path.iterdir()) == []
