"""Signature files and SSH keys byte for byte; anything else is refused (§2, §7)."""

from __future__ import annotations

import base64
import hashlib
import struct

import pytest

from app.domain.kernel.errors import UserError
from app.exchange import keys, sshsig, wire
from app.exchange.keys import PACKAGE_NAMESPACE, PublicKey
from tests.exchange.offices import CITY_PC, COUNTY_PC
from tests.exchange.refusals import refusal

KEY = COUNTY_PC.key
SMALL = 2815
"""Letters of the longest purpose whose signature file is still read."""
BEGIN, END = "-----BEGIN SSH SIGNATURE-----\n", "-----END SSH SIGNATURE-----\n"
SIGNED = sshsig.sign(KEY, "ns", b"message")


def armored(data: bytes) -> bytes:
    body = base64.b64encode(data).decode()
    lines = "".join(body[at : at + 70] + "\n" for at in range(0, len(body), 70))
    return f"{BEGIN}{lines}{END}".encode()


def signature(
    *,
    magic: bytes = b"SSHSIG\0\0\0\1",
    blob: bytes = KEY.public.blob,
    reserved: bytes = b"",
    hash_name: bytes = b"sha512",
    algorithm: bytes = b"ssh-ed25519",
    value: bytes = bytes(64),
) -> bytes:
    return armored(magic + wire.pack(blob, b"ns", reserved, hash_name, wire.pack(algorithm, value)))


def test_a_signature_is_read_back() -> None:
    found = sshsig.parse(SIGNED)
    assert (found.signer, found.namespace, len(found.value)) == (KEY.public, b"ns", 64)
    assert found.verifies(b"message")
    assert not found.verifies(b"Message")
    found.require("ns")
    assert refusal(lambda: found.require("n")) == ("SIG_NAMESPACE", "")
    other = sshsig.Signature(CITY_PC.key.public, found.namespace, found.value)
    assert not other.verifies(b"message")
    renamed = sshsig.Signature(found.signer, b"xx", found.value)
    assert not renamed.verifies(b"message")
    assert not sshsig.Signature(found.signer, b"ns", b"short").verifies(b"message")


def test_the_form_is_the_one_written_out_here() -> None:
    assert sshsig.parse(signature()) == sshsig.Signature(KEY.public, b"ns", bytes(64))


@pytest.mark.parametrize(
    "armor",
    [
        b"",
        b"\xff",
        SIGNED[:-1],
        SIGNED + b"\n",
        SIGNED[1:],
        SIGNED.replace(b"\n", b""),
        SIGNED.replace(b"\n", b"\n\n", 2),
        signature(magic=b"SSHSIG\0\0\0\2"),
        signature(magic=b"SSHSIX\0\0\0\1"),
        signature(magic=b""),
        signature(blob=b"x"),
        signature(reserved=b"x"),
        signature(hash_name=b"sha256"),
        signature(algorithm=b"ssh-rsa"),
        signature(value=bytes(63)),
        signature(value=bytes(65)),
        armored(b"SSHSIG\0\0\0\1"),
        armored(b"SSHSIG\0\0\0\1" + wire.pack(KEY.public.blob, b"ns", b"", b"sha512")),
        SIGNED.replace(b"A", b"!", 1),
    ],
)
def test_what_ssh_keygen_would_not_write_is_no_signature(armor: bytes) -> None:
    assert refusal(lambda: sshsig.parse(armor)) == ("SIG_BAD", "")


def test_a_file_larger_than_any_is_not_read() -> None:
    def of_name(length: int) -> bytes:
        return sshsig.sign(KEY, "n" * length, b"")

    small, large = of_name(SMALL), of_name(SMALL + 1)
    assert len(small) <= sshsig.LARGEST < len(large)
    assert sshsig.parse(small).namespace == b"n" * SMALL
    assert refusal(lambda: sshsig.parse(large)) == ("SIG_BAD", "")


def test_strings_on_the_wire_stand_behind_their_length() -> None:
    assert wire.pack(b"ab", b"") == b"\0\0\0\2ab\0\0\0\0"
    assert wire.pack() == b""
    assert wire.unpack(wire.pack(b"ab", b"", b"c" * 300)) == [b"ab", b"", b"c" * 300]
    assert wire.unpack(b"") == []


@pytest.mark.parametrize("data", [b"\0", b"\0\0\0", wire.pack(b"a") + b"\0\0\0"])
def test_a_length_that_is_cut_off(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"^a length is cut off$"):
        wire.unpack(data)


@pytest.mark.parametrize("data", [b"\0\0\0\1", wire.pack(b"abc")[:-1], b"\xff\xff\xff\xffab"])
def test_a_string_that_is_cut_off(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"^a string is cut off$"):
        wire.unpack(data)


NOT_OURS = r"^not an ssh-ed25519 key$"


@pytest.mark.parametrize(
    "blob",
    [
        wire.pack(b"ssh-ed25519", bytes(31)),
        wire.pack(b"ssh-ed25519", bytes(33)),
        wire.pack(b"ssh-rsa", bytes(32)),
        wire.pack(b"ssh-ed25519"),
        wire.pack(b"ssh-ed25519", bytes(32), b""),
        b"",
    ],
)
def test_a_blob_that_is_not_one_key_of_ours(blob: bytes) -> None:
    with pytest.raises(ValueError, match=NOT_OURS):
        PublicKey.from_blob(blob)


def test_a_key_in_text_says_what_is_wrong() -> None:
    text = KEY.public.text
    assert text == "ssh-ed25519 " + base64.b64encode(KEY.public.blob).decode()
    for wrong, why in (
        (text + "!", r"^not base64$"),
        (text[:-1], r"^not base64$"),
        ("ssh-rsa" + text[11:], NOT_OURS),
        (text[:-4], r"^a string is cut off$"),
        ("", NOT_OURS),
    ):
        with pytest.raises(ValueError, match=why):
            PublicKey.from_text(wrong)


def test_the_names_of_a_key() -> None:
    key = PublicKey(bytes(range(32)))
    blob = struct.pack(">I", 11) + b"ssh-ed25519" + struct.pack(">I", 32) + bytes(range(32))
    assert key.blob == blob
    assert key.text == (
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f"
    )
    digest = hashlib.sha256(blob)
    assert key.key_id == digest.hexdigest()[:16] == "66402c9468c58941"
    assert keys.writer_name("511133", key) == "511133-66402c94"
    assert keys.check_code(key) == keys.short_code(digest.digest())
    assert keys.allowed_signers_line("511133-66402c94", key) == (
        f'511133-66402c94 namespaces="{PACKAGE_NAMESPACE}" {key.text}'
    )


def test_a_short_code_reads_five_bits_a_letter() -> None:
    assert keys.short_code(bytes(10)) == "0000-0000-0000-0000"
    assert keys.short_code(b"\xff" * 32) == "ZZZZ-ZZZZ-ZZZZ-ZZZZ"
    assert keys.short_code((1).to_bytes(10)) == "0000-0000-0000-0001"
    counted = int("".join(f"{n:05b}" for n in range(16)), 2).to_bytes(10)
    assert keys.short_code(counted) == "0123-4567-89AB-CDEF"
    upper = int("".join(f"{n:05b}" for n in range(16, 32)), 2).to_bytes(10)
    assert keys.short_code(upper + b"more") == "GHJK-MNPQ-RSTV-WXYZ"


def test_what_cannot_be_opened_says_what_to_check() -> None:
    for call in (
        lambda: keys.SigningKey.from_openssh(b"junk"),
        lambda: keys.age_identity("AGE-SECRET-KEY-1"),
        lambda: keys.age_recipient("junk"),
    ):
        with pytest.raises(UserError) as said:
            call()
        assert (said.value.code, said.value.what, said.value.why, said.value.remedy) == (
            "KEY_UNREADABLE",
            "打不开密钥文件。",
            "",
            "请检查口令是否正确、文件是否完整。",
        )


def test_a_key_without_passphrase_is_kept_plain_and_one_with_it_is_not() -> None:
    plain = KEY.to_openssh()
    assert plain.startswith(b"-----BEGIN OPENSSH PRIVATE KEY-----\n")
    assert keys.SigningKey.from_openssh(plain).public == KEY.public
    assert keys.SigningKey.from_openssh(plain, "").public == KEY.public
    assert KEY.public.verify(keys.SigningKey.from_openssh(plain).sign(b"m"), b"m")


def test_an_age_recipient_has_one_spelling() -> None:
    assert keys.is_age_recipient(COUNTY_PC.age)
    for other in (COUNTY_PC.age.upper(), COUNTY_PC.age[:-1], COUNTY_PC.age + " ", "", "age1"):
        assert not keys.is_age_recipient(other)


def test_a_check_code_is_heard_whatever_it_is_spaced_with() -> None:
    code = keys.check_code(KEY.public)
    for heard in (
        f" {code} ",
        code.replace("-", "　"),
        code.replace("-", "－"),
        code.replace("-", "—"),
        code.replace("-", "–"),
        code.replace("-", "\t"),
        code.replace("1", "I").replace("0", "o"),
    ):
        assert keys.same_code(heard, KEY.public)
    assert not keys.same_code(code[:-1], KEY.public)
    assert not keys.same_code(code.replace("-", "_"), KEY.public)
