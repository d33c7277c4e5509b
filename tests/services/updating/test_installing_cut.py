"""The same version is installed again and the power goes: what is run is whole or not there."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from app.exchange.keys import SigningKey
from app.services.office import program_versions
from app.services.updating import installing
from tests.made_updates import FILES, made_update

KEY = SigningKey.generate()
WHO = {KEY.public.text: "本系统的发布方"}
_STEPS = ("os.remove", "os.rename", "os.rmdir", "os.mkdir")


def installed_until(update: Path, most: int) -> bool:
    """Whether a child got to the end that may change so many names."""
    child = os.fork()
    if child == 0:
        left = [most]

        def watch(event: str, _: object) -> None:
            left[0] -= event in _STEPS
            if left[0] < 0:
                os._exit(9)

        sys.addaudithook(watch)
        installing.install(update, WHO)
        os._exit(0)
    return os.waitpid(child, 0)[1] == 0


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_no_half_removed_version_is_run(tmp_path: Path, versions: Path) -> None:
    update = made_update(tmp_path, KEY)
    installing.install(update, WHO)
    seen, steps = set(), 0
    while not installed_until(update, steps):
        steps += 1
        program = program_versions.to_run()
        seen.add(program is not None)
        if program is not None:
            program_versions.write(program_versions.Versions(chosen="9.1.0"))
            found = [name for name in FILES if (program / name).is_file()]
            assert found == list(FILES), steps
    assert True in seen
    assert program_versions.to_run() == versions / "9.1.0"
    assert {one.name for one in versions.iterdir()} == {"9.1.0", program_versions.STATE}
