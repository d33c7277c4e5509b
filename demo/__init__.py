"""`zoufang demo`: a city, two counties and a township play one campaign in a folder."""

from __future__ import annotations

from demo.playing import PASSPHRASE, run
from demo.result import DemoResult

__all__ = ["PASSPHRASE", "DemoResult", "run"]
