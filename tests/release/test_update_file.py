"""The publisher signs the update file of a version with a tool of its own."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from release.update_file import signed, unsigned

from app import __version__
from app.exchange.refusal import Refused
from app.exchange.updates import NAMESPACE, open_update


def test_what_the_publisher_signed_is_an_update(tmp_path: Path) -> None:
    key = tmp_path / "publisher"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key], check=True)
    source = tmp_path / "made.unsigned"
    to_sign = unsigned(source)
    with pytest.raises(Refused, match="SIG_MISSING"), open_update(source):
        pass

    sign = ["ssh-keygen", "-q", "-Y", "sign", "-f", str(key), "-n", NAMESPACE, str(to_sign)]
    subprocess.run(sign, check=True)
    made = tmp_path / f"zoufang-{__version__}.zfupdate"
    signer = signed(source, to_sign.with_name(f"{to_sign.name}.sig"), made)

    assert key.with_suffix(".pub").read_text().startswith(signer)
    with open_update(made) as update:
        assert update.header.version == __version__
        assert "app/__main__.py" in update.tree


def test_it_is_the_same_every_time(tmp_path: Path) -> None:
    first, again = tmp_path / "first", tmp_path / "again"
    unsigned(first)
    unsigned(again)
    assert first.read_bytes() == again.read_bytes()
