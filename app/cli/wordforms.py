"""`import-forms`: filled Word forms, looked at first and then saved as they were seen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.cli.frame.open_folder import at_work
from app.cli.frame.options import Data, Operator, pairs, wrong
from app.cli.frame.progress import watched
from app.cli.frame.reply import Complaint, Reply, Status
from app.cli.workbooks import Answer, require_known

if TYPE_CHECKING:
    from app.services.wordforms.filled_forms import FilledForm, FormsRead
    from app.services.wordforms.form_import import FormsSeen
    from app.services.wordforms.form_judging import Decided
    from app.services.workbooks.import_account import ImportAccount, ImportRow

Chosen = Annotated[
    list[Path],
    typer.Argument(
        metavar="FILE|FOLDER", help="Word 登记表（docx、doc、wps、odt）或放着它们的文件夹"
    ),
]
Save = Annotated[
    str, typer.Option("--save", metavar="预览号", help="照看过的导入；预览号是预览最后写的那个")
]
Looked = Annotated[
    list[str] | None,
    typer.Option("--looked", metavar="第几份", help="这一份要看的都看过了；all 表示全部"),
]
Put = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="第几份:栏目=内容", help="这一栏改成这个内容，如 3:职工人数=236"),
]
Leave = Annotated[
    list[int] | None, typer.Option("--leave-out", metavar="第几份", help="不导入这一份")
]


def import_forms(
    *,
    data: Data,
    files: Chosen,
    save: Save = "",
    looked: Looked = None,
    put: Put = None,
    leave_out: Leave = None,
    answer: Answer = None,
    operator: Operator = None,
) -> Reply:
    """导入填好的 Word 登记表。先看每一栏读成了什么、原文是什么，再写 --save 预览号 导入。"""
    from app.services.lists.search_upkeep import keep_up
    from app.services.wordforms.form_files import read_files
    from app.services.wordforms.form_import import carry_out, look

    answers = pairs(answer or (), "--answer")
    require_known(answers)
    with at_work(data, operator, reads=not save) as office, watched() as watch:
        steps: dict[str, Any] = {"progress": watch.progress, "cancel": watch.cancel}
        read = read_files(office, files, **steps)
        if save and save != read.mark:
            return _refuse_mark(save)
        decided = _decided(read, looked or (), put or (), leave_out or (), answers)
        seen = look(office, read, decided, **steps)
        account = seen.account
        if save:
            account = carry_out(office, seen, **steps)
            keep_up(office, **steps)
    return _reply(seen, account)


def _refuse_mark(save: str) -> Reply:
    what = f"预览号“{save}”对不上：文件在看过以后改过，或者选的不是那些文件。"
    remedy = "请不写 --save 再看一遍，用新的预览号。"
    return Reply({}, (), (Complaint("SEEN_CHANGED", what, remedy=remedy),), Status.REFUSED)


def _decided(
    read: FormsRead,
    looked: Sequence[str],
    put: Sequence[str],
    out: Sequence[int],
    answers: Mapping[str, str],
) -> Decided:
    from app.services.wordforms.form_judging import Decided

    numbers = {form.number: form for form in read.forms}
    wanted = set(numbers) if "all" in looked else {_number(word, numbers) for word in looked}
    names = {(n, b.name) for n in wanted for b in numbers[n].blanks} | {(n, "") for n in wanted}
    typed = {}
    for key, words in pairs(put, "--set").items():
        number, sign, label = key.partition(":")
        form = numbers[_number(number, numbers)]
        blank = next((b for b in form.blanks if sign and label in (b.label, b.name)), None)
        if blank is None:
            labels = "、".join(b.label for b in form.blanks)
            wrong(f"--set 要写成 第几份:栏目=内容，栏目有：{labels}。")
        typed[form.number, blank.name] = words
    left = frozenset(_number(str(number), numbers) for number in out)
    return Decided(typed, frozenset(names), left, answers)


def _number(word: str, numbers: Mapping[int, FilledForm]) -> int:
    if not word.isdecimal() or int(word) not in numbers:
        wrong(f"没有第“{word}”份；共{len(numbers)}份。")
    return int(word)


_OUT = {"refused": "FORM_REFUSED", "asked": "FORM_ASKED"}
_WORDS = {
    "add": "添加",
    "change": "修改",
    "same": "相同",
    "asked": "要看",
    "refused": "不能导入",
}


def _reply(seen: FormsSeen, account: ImportAccount) -> Reply:
    from msgspec import to_builtins

    read = seen.read
    complaints = [
        Complaint(file.code, f"{file.name}：", file.sentence) for file in read.files if file.code
    ]
    complaints += [
        Complaint(_OUT[row.outcome], f"第{row.row}份：", "".join(row.sentences))
        for row in account.rows
        if row.outcome in _OUT
    ]
    value = {"mark": read.mark, "files": to_builtins(read.files), "account": to_builtins(account)}
    status = Status.REFUSED if complaints else Status.DONE
    return Reply(value, [*_lines(seen, account), *_summary(read, account)], complaints, status)


def _lines(seen: FormsSeen, account: ImportAccount) -> Iterator[str]:
    rows = {row.row: row for row in account.rows}
    for file in seen.read.files:
        lists = f"（另有{len(file.lists)}张名单没有读）" if file.lists and not file.code else ""
        yield f"{file.name}：{len(file.forms)}份{lists}"
        for form in file.forms:
            yield from _form_lines(form, rows[form.number], seen.decided)


def _form_lines(form: FilledForm, row: ImportRow, decided: Decided) -> Iterator[str]:
    number = f"  {row.number}" if row.number else ""
    yield f"第{form.number}份  {_WORDS[row.outcome]}{number}  {row.told}"
    for doubt in form.doubts:
        yield f"    ？{doubt.sentence}"
    for blank in form.blanks:
        words = decided.words(form, blank.name)
        source = " ".join(blank.source.split())
        beside = f"    〔{source}〕" if source and source != words else ""
        yield f"    {blank.label}：{words}{beside}"
        for doubt in blank.doubts:
            yield f"        ？{doubt.sentence}"


def _summary(read: FormsRead, account: ImportAccount) -> Iterator[str]:
    from app.services.workbooks.import_account import QUESTIONS

    for code, count in account.questions.items():
        ways = "；".join(
            f"--answer {code}={way} {words}" for way, words in QUESTIONS[code].answers.items()
        )
        yield f"{QUESTIONS[code].words}：{count}份。{ways}"
    verb = "将" if account.dry_run else "已"
    yield (
        f"{verb}添加{account.added}份，{verb}修改{account.changed}份，相同{account.same}份，"
        f"要看{account.asked}份，不能导入{account.refused}份。"
    )
    if account.dry_run:
        yield f"看过以后，加上 --save {read.mark} 导入。"
    elif account.batch:
        yield f"导入号 {account.batch}，撤销：zoufang undo-import {account.batch}"
