"""What is carried between offices: submissions, answers, and copies between two PCs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from app.services.receiving import take_package
from app.services.receiving.take_package import Account
from app.services.reporting import freeze, sealed_report, send_apart, sign_off
from app.services.reporting.frozen_report import ReportKind
from app.services.reviewing import answers
from demo import papers
from demo.places import CITY, Place
from demo.stage import Stage


def submit(stage: Stage, place: Place, on: str, kind: ReportKind = "daily") -> Sequence[Path]:
    """送审, 审签 and 生成报送文件 on one day, with the 送审表 and the 报送单 printed."""
    office = stage.offices[place]
    today = stage.calendar.turn(on, 15)
    report = freeze.freeze(office, kind)
    papers.print_review(stage, place, report.n)
    sign_off.approve(office, report.n, place.signer, today)
    sent = sealed_report.seal_report(office, report.n, stage.stick(f"{place.folder}-{report.n}"))
    papers.print_slip(stage, place, sent)
    return sent.files


def newest(files: Iterable[Path]) -> Path:
    """The file sealed last: what a clerk takes who sends only the newest one."""
    return max(files, key=lambda file: file.stem.rpartition("_")[2])


def take(stage: Stage, place: Place, files: Iterable[Path]) -> list[Account]:
    """收件, in order of the files' names."""
    return take_package.receive_all(stage.offices[place], files)


def share(stage: Stage, giver: Place, taker: Place, name: str) -> list[Account]:
    """Copy one PC's records to the other PC of the same office."""
    files = send_apart.share(stage.offices[giver], stage.stick(name))
    return take(stage, taker, files)


def answer(stage: Stage, above: Place, below: Place, name: str) -> Sequence[Path]:
    """Write one office's answer; returns the files on the stick."""
    stick = stage.stick(name)
    return answers.answer(stage.offices[above], below.station, stick).files


def answer_from_city(stage: Stage, takers: Sequence[Place], name: str) -> None:
    """The city's answer to one office, loaded by every PC of it."""
    files = answer(stage, CITY, takers[0], name)
    for taker in takers:
        take(stage, taker, files)
