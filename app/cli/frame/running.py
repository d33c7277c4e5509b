"""Run a command line and turn every end it can have into a printed reply and a status."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable, Sequence
from functools import singledispatch
from pathlib import Path

import typer

from app.cli.frame.kept_bugs import keep
from app.cli.frame.output import Output
from app.cli.frame.reply import Complaint, Reply, Status
from app.cli.frame.usage import in_chinese
from app.domain.kernel.errors import Cancelled, EnvironmentProblem, Problem

JSON = "--json"
Command = Callable[[list[str], Output], object]
"""Runs words that speak through the output; gives its `Reply` back, or an exit status."""


def run(command: Command, words: Sequence[str]) -> int:
    """Run `command` with the words, print its reply, and return the exit status."""
    words, json = _without_json(words)
    output = Output(json)
    reply = _reply_of(command, words, output)
    if isinstance(reply, Reply):
        output.show(reply)
        return reply.status
    return reply if isinstance(reply, int) else Status.DONE


def _without_json(words: Sequence[str]) -> tuple[list[str], bool]:
    """The words without `--json`, which may stand anywhere before a bare `--`."""
    end = words.index("--") if "--" in words else len(words)
    kept = [word for word in words[:end] if word != JSON]
    return [*kept, *words[end:]], len(kept) < end


def _reply_of(command: Command, words: list[str], output: Output) -> object:
    try:
        return command(words, output)
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001  (the last wall)
        complaint, status = _ending(error)
        return Reply({}, (), (complaint,), status)


@singledispatch
def _ending(error: BaseException) -> tuple[Complaint, Status]:
    """A fault of the program: nothing of its contents is shown, only where the trace lies."""
    if os.environ.get("ZOUFANG_DEBUG"):
        traceback.print_exception(error, file=sys.stderr)
    file = keep(error)
    remedy = (
        f"请把“{file}”发给维护人员，里面没有个人信息。"
        if file
        else "请设置 ZOUFANG_DEBUG=1 再试一次，把显示的内容发给维护人员。"
    )
    why = "已经保存过的内容没有丢失。"
    what = "程序内部出错，这一步没有完成。"
    return Complaint("BUG", what, why=why, remedy=remedy), Status.BUG


@_ending.register
def _usage(error: typer.TyperException) -> tuple[Complaint, Status]:
    return Complaint("USAGE", in_chinese(error), remedy="用法见 --help。"), Status.USAGE


@_ending.register(Cancelled)
@_ending.register(typer.Abort)
@_ending.register(KeyboardInterrupt)
def _cancelled(error: BaseException) -> tuple[Complaint, Status]:
    return Complaint("CANCELLED", "已取消。"), Status.REFUSED


@_ending.register
def _refused(problem: Problem) -> tuple[Complaint, Status]:
    return Complaint.of(problem), Status.REFUSED


@_ending.register
def _in_the_way(problem: EnvironmentProblem) -> tuple[Complaint, Status]:
    return Complaint.of(problem), Status.ENVIRONMENT


@_ending.register
def _of_the_system(error: OSError) -> tuple[Complaint, Status]:
    from app.exchange.files import words_for

    try:
        with words_for(Path(str(error.filename or ""))):
            raise error
    except EnvironmentProblem as problem:
        return _in_the_way(problem)
