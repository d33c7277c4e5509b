"""Opening a data folder: the passphrase from the environment or a prompt."""

from __future__ import annotations

import getpass
import os
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from app.cli.frame.options import wrong
from app.cli.frame.usage import called

if TYPE_CHECKING:
    from app.services.office.office import Office

PASSPHRASE = "ZOUFANG_PASSPHRASE"
NEW_PASSPHRASE = "ZOUFANG_NEW_PASSPHRASE"
RECOVERY_CODE = "ZOUFANG_RECOVERY_CODE"
ROOT_PASSPHRASE = "ZOUFANG_ROOT_PASSPHRASE"
NEW_ROOT_PASSPHRASE = "ZOUFANG_NEW_ROOT_PASSPHRASE"


def passphrase() -> str:
    """The operator's passphrase."""
    return _from_environment(PASSPHRASE) or _asked("口令：", PASSPHRASE)


def new_passphrase(name: str = PASSPHRASE) -> str:
    """A passphrase to be set, from the environment under `name`: typed twice where it is typed."""
    given = _from_environment(name)
    if given:
        return given
    first = _asked("新的口令：", name)
    if _asked("再输入一次口令：", name) != first:
        wrong("两次输入的口令不一样。")
    return first


def root_passphrase() -> str:
    """The root key's passphrase: its own where one is set, else the operator's."""
    return _from_environment(ROOT_PASSPHRASE) or passphrase()


@contextmanager
def at_work(data: Path, operator: str | None = None, *, reads: bool = False) -> Iterator[Office]:
    """The office of a data folder, closed again afterwards.

    A command that `reads` only shares the folder with a window and other commands; any other
    has it for itself. Raises as `services.office.office.open_office`, and `EnvironmentProblem`
    IN_USE.
    """
    with at_work_with(data, operator, reads=reads) as (office, _):
        yield office


@contextmanager
def at_work_with(
    data: Path, operator: str | None = None, *, reads: bool = False
) -> Iterator[tuple[Office, str]]:
    """As `at_work`, and the passphrase it was opened with."""
    from app.services.office import folder_lock, folder_swap
    from app.services.office.folder import tidy
    from app.services.office.office import open_office, require_data, require_some
    from app.services.starting.demonstration import on_its_day

    require_some(data)
    folder_swap.complete(data)
    with folder_lock.reading(data) if reads else folder_lock.writing(data, called.get()):
        require_data(data)
        if not reads:
            tidy(data)
        own = passphrase()
        with closing(open_office(data, own, operator=operator)) as office:
            for words in (office.read_only, office.lost.words if office.lost else ""):
                if words:
                    typer.echo(words, err=True)
            yield on_its_day(office), own


def asked(given: str | None, question: str, option: str) -> str:
    """What an option says, or what the person at the terminal answers."""
    if given:
        return given
    if not sys.stdin.isatty():
        wrong(f"缺少选项 {option}。")
    return str(typer.prompt(question, prompt_suffix="：", err=True))


def _from_environment(name: str) -> str | None:
    return os.environ.get(name) or None


def _asked(question: str, name: str) -> str:
    if not sys.stdin.isatty():
        wrong(f"没有口令。请设置环境变量 {name}，或在终端里运行。")
    return getpass.getpass(question)
