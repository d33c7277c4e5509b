"""What a command prints steers no terminal, whatever a record or a file is called."""

from __future__ import annotations

import pytest

from app.cli.frame.output import Output
from app.cli.frame.reply import Complaint, Reply


def test_a_text_from_outside_is_printed_without_what_steers_a_terminal(
    capfdbinary: pytest.CaptureFixture[bytes],
) -> None:
    hostile = "名单\x1b[2J\x9b31m\u202efdp.exe\x07\r第一行\t二\n三"
    shown = Output(json=False)
    shown.show(Reply({}, [hostile], [Complaint("BAD", hostile)]))
    shown.tell(hostile)
    out, err = capfdbinary.readouterr()
    for printed in (out.decode(), err.decode()):
        assert "名单" in printed
        assert "\t二\n三" in printed
        assert not set(printed) & set("\x1b\x9b\u202e\x07\r")
