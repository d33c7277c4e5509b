"""What the set-up for Windows lays down is what its removal takes away."""

from __future__ import annotations

from pathlib import Path

from windows.make_setup import removal_of


def test_everything_at_the_top_goes_and_data_beside_it_stays(tmp_path: Path) -> None:
    (tmp_path / "program").mkdir()
    (tmp_path / "program" / "a.py").touch()
    for name in ("zoufang.exe", "quickstart.pdf"):
        (tmp_path / name).touch()
    assert removal_of(tmp_path).splitlines() == [
        'RMDir /r "$INSTDIR\\program"',
        'Delete "$INSTDIR\\quickstart.pdf"',
        'Delete "$INSTDIR\\zoufang.exe"',
    ]
