"""The sticks that are in the computer."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.exchange import sticks

TABLE = """proc /proc proc rw 0 0
/dev/sda1 / ext4 rw 0 0
/dev/sdb1 /media/clerk/USB\\040DISK vfat rw 0 0
/dev/sdc1 /run/media/clerk/报送 exfat rw 0 0
/dev/sdb1 /media/clerk/USB\\040DISK vfat rw 0 0
"""


@pytest.mark.skipif(not Path("/proc").exists(), reason="another system tells it otherwise")
def test_what_is_mounted_for_a_person_is_a_stick(tmp_path: Path) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(TABLE, "utf-8")
    found = [str(place) for place in sticks.sticks(mounts)]
    assert found == ["/media/clerk/USB DISK", "/run/media/clerk/报送"]
    assert sticks.sticks(tmp_path / "none") == []
