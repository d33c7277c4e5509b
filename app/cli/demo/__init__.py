"""`zoufang demo`: a city, two counties and a township play one campaign in a folder."""

from __future__ import annotations

from app.cli.demo.playing import PASSPHRASE, run
from app.cli.demo.result import DemoResult

__all__ = ["PASSPHRASE", "DemoResult", "run"]
