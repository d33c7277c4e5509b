"""People without this program can check a package with stock tools (package format §1)."""

from __future__ import annotations

import hashlib
import io
import json
import subprocess
import zipfile
from collections.abc import Sequence
from pathlib import Path

import bagit
import pytest
import sshsig as other_sshsig
from sshsig import ssh_public_key

from app.exchange import kinds, sshsig
from app.exchange.keys import PACKAGE_NAMESPACE, SigningKey, allowed_signers_line
from app.exchange.packagereader import open_package
from app.exchange.packagewriter import seal_package
from app.exchange.refusal import Refused
from tests.exchange import offices
from tests.exchange.forge import RECORDS, Forgery
from tests.exchange.offices import CITY_PC, COUNTY_PC, READERS


def run(command: Sequence[str | Path], folder: Path, given: bytes = b"") -> bytes:
    done = subprocess.run(command, cwd=folder, input=given, capture_output=True, check=True)
    return done.stdout


@pytest.fixture
def bag(tmp_path: Path) -> Path:
    """A package unpacked with unzip, beside the city's key and the signers' list."""
    package = tmp_path / "P.zfpkg"
    seal_package(
        package,
        COUNTY_PC.envelope(),
        key=COUNTY_PC.key,
        recipients=READERS,
        lines=offices.some_lines(),
        attachments=[offices.scan(b"photo")],
    )
    run(["unzip", "-q", package], tmp_path)
    (tmp_path / "city.key").write_text(CITY_PC.secret + "\n")
    (tmp_path / "allowed_signers").write_text(offices.first_trust().allowed_signers)
    return next(path for path in tmp_path.iterdir() if path.is_dir())


def test_ssh_keygen_verifies_the_signature(bag: Path) -> None:
    signature = next((bag / "signatures").iterdir())
    told = run(
        [
            *("ssh-keygen", "-Y", "verify", "-f", "../allowed_signers", "-I", COUNTY_PC.writer),
            *("-n", PACKAGE_NAMESPACE, "-s", signature),
        ],
        bag,
        (bag / "tagmanifest-sha256.txt").read_bytes(),
    )
    assert b"Good" in told


def test_another_implementation_verifies_the_signature(bag: Path) -> None:
    signature = next((bag / "signatures").iterdir()).read_text()
    county = ssh_public_key.PublicKey.from_openssh_str(COUNTY_PC.key.public.text)
    with (bag / "tagmanifest-sha256.txt").open("rb") as message:
        assert other_sshsig.verify(message, signature, [county], PACKAGE_NAMESPACE) == county


def test_sha256sum_and_bagit_find_every_file_whole(bag: Path) -> None:
    run(["sha256sum", "-c", "--strict", "tagmanifest-sha256.txt"], bag)
    run(["sha256sum", "-c", "--strict", "manifest-sha256.txt"], bag)
    assert bagit.Bag(str(bag)).validate()


def test_age_and_zstd_give_the_records_the_index_names(bag: Path) -> None:
    index = json.loads(run(["age", "-d", "-i", "../city.key", kinds.INDEX], bag))
    path = kinds.records_path(0)
    frame = run(["age", "-d", "-i", "../city.key", path], bag)
    plain = run(["zstd", "-dc"], bag, frame)
    facts = index["files"][path]
    assert (hashlib.sha256(plain).hexdigest(), len(plain)) == (facts["sha256"], facts["length"])
    assert [json.loads(line)["h"] for line in plain.splitlines()] == [
        h for h, _ in offices.some_lines()
    ]
    (photo,) = kinds.scan_files(index["files"])
    assert run(["age", "-d", "-i", "../city.key", photo], bag) == b"photo"


def test_a_county_opens_a_file_sealed_with_stock_age_and_zstd(tmp_path: Path) -> None:
    """Not only ours: a record file made by other tools is read as well."""
    path = tmp_path / "p.zfpkg"
    lines = offices.some_lines()
    seal_package(path, COUNTY_PC.envelope(), key=COUNTY_PC.key, recipients=READERS, lines=lines)
    forgery = Forgery.of(path)
    plain = run(["zstd", "-dc"], tmp_path, forgery.plain(RECORDS))
    frame = run(["zstd", "-c", "-9", f"--stream-size={len(plain)}"], tmp_path, plain)
    to = [word for one in READERS for word in ("-r", one)]
    forgery.members[RECORDS] = run(["age", *to], tmp_path, frame)
    path.write_bytes(forgery.whole())
    with open_package(path, trust=offices.first_trust(), identities=[CITY_PC.secret]) as package:
        assert [one.h for one in package.lines()] == [h for h, _ in lines]


def test_our_signature_is_ssh_keygens_to_the_byte(tmp_path: Path) -> None:
    key = tmp_path / "key"
    key.write_bytes(COUNTY_PC.key.to_openssh())
    key.chmod(0o600)
    message = b"a message\n"
    theirs = run(
        ["ssh-keygen", "-Y", "sign", "-f", key, "-n", "zoufang-package-v1"], tmp_path, message
    )
    assert sshsig.sign(COUNTY_PC.key, "zoufang-package-v1", message) == theirs


def test_a_signature_with_another_hash_is_not_suite_std_1(tmp_path: Path) -> None:
    key = tmp_path / "key"
    key.write_bytes(COUNTY_PC.key.to_openssh())
    key.chmod(0o600)
    command: list[str | Path] = [
        "ssh-keygen",
        "-Y",
        "sign",
        "-O",
        "hashalg=sha256",
        "-f",
        key,
        "-n",
        "file",
    ]
    with pytest.raises(Refused) as refused:
        sshsig.parse(run(command, tmp_path, b"x"))
    assert refused.value.code == "SIG_BAD"


@pytest.mark.parametrize("passphrase", ["", "市总工会的口令"])
def test_ssh_keygen_keys_are_ours_and_ours_are_theirs(tmp_path: Path, passphrase: str) -> None:
    theirs = tmp_path / "theirs"
    make: list[str | Path] = [
        "ssh-keygen",
        "-q",
        "-t",
        "ed25519",
        "-N",
        passphrase,
        "-C",
        "",
        "-f",
        theirs,
    ]
    run(make, tmp_path)
    key = SigningKey.from_openssh(theirs.read_bytes(), passphrase or None)
    assert theirs.with_suffix(".pub").read_text().strip() == key.public.text

    ours = tmp_path / "ours"
    ours.write_bytes(key.to_openssh(passphrase or None))
    ours.chmod(0o600)
    show: list[str | Path] = ["ssh-keygen", "-y", "-P", passphrase, "-f", ours]
    shown = run(show, tmp_path)
    assert shown.decode().strip() == key.public.text


def test_the_stock_zip_reader_sees_the_same_members(tmp_path: Path) -> None:
    path = tmp_path / "p.zfpkg"
    seal_package(path, COUNTY_PC.envelope(), key=COUNTY_PC.key, recipients=READERS)
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as box:
        assert box.testzip() is None
        assert box.namelist()[0].endswith("/header.json")
        assert [name.partition("/")[2] for name in box.namelist()[1:4]] == [
            "bag-info.txt",
            "bagit.txt",
            "data/index.json.age",
        ]
    assert allowed_signers_line("511133-00000000", COUNTY_PC.key.public).startswith(
        '511133-00000000 namespaces="zoufang-package-v1" ssh-ed25519 AAAA'
    )
