"""All commands together, in the order of a person's work."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import Annotated, Any, NoReturn

import typer
from typer.main import get_command

from app import __version__
from app.cli import (
    answers,
    archiving,
    attachments,
    backup,
    booklets,
    briefing,
    deciding,
    demonstration,
    directory,
    doubles,
    drawing,
    evaluating,
    evaluation_results,
    figures,
    figures_issued,
    findings,
    forms,
    integrity,
    keys,
    ledgers,
    letters,
    lists,
    merging,
    moving,
    outbox,
    packages,
    papers,
    people,
    proposals,
    records,
    registering,
    reporting,
    reviewing,
    scanning,
    second,
    starting,
    tallies,
    updating,
    wordforms,
    workbooks,
)
from app.cli.frame.output import Output
from app.cli.frame.running import run
from app.cli.frame.usage import Command, Group

Members = tuple[tuple[str, Callable[..., Any]], ...]

_COMMANDS: Members = (
    ("demo", demonstration.demo),
    ("quickstart", booklets.quickstart),
    ("init", starting.init),
    ("add", records.add),
    ("list", lists.list_records),
    ("show", lists.show),
    ("history", lists.history),
    ("attach", attachments.attach),
    ("detach", attachments.detach),
    ("void", records.void),
    ("bring-back", records.bring_back),
    ("settle", records.settle),
    ("adopt", records.adopt),
    ("template", workbooks.template),
    ("import", workbooks.import_rows),
    ("import-forms", wordforms.import_forms),
    ("imports", workbooks.list_imports),
    ("undo-import", workbooks.undo_import),
    ("form", forms.form),
    ("scans", scanning.scans),
    ("scans-waiting", scanning.waiting),
    ("scans-received", scanning.received),
    ("give-scan", scanning.give),
    ("undo-scans", scanning.undo),
    ("ledger", ledgers.ledger),
    ("export", ledgers.export),
    ("check", integrity.check),
    ("submit", reporting.submit),
    ("urgent", reporting.urgent),
    ("share", reporting.share),
    ("inspect", packages.inspect),
    ("verify", packages.verify),
    ("merge", merging.merge),
    ("merges", merging.merges),
    ("undo", deciding.undo),
    ("settle-fork", deciding.settle_fork),
    ("answer", answers.answer),
    ("coverage", figures.coverage),
    ("rates", directory.rates),
    ("tally", tallies.tally),
    ("indicators", tallies.indicators),
    ("missing", figures.missing),
    ("duplicates", figures.duplicates),
    ("double-aid", doubles.double_aid),
    ("one-file", doubles.one_file),
    ("report", letters.report),
    ("archive", archiving.archive),
    ("backup", backup.backup),
    ("restore", backup.restore),
    ("rescue", backup.rescue),
    ("move-store", moving.move_store),
    ("join", moving.join),
)

_GROUPS: tuple[tuple[str, str, Members], ...] = (
    (
        "enrol",
        "报送单位登记",
        (
            ("invite", registering.invite),
            ("request", registering.request),
            ("approve", registering.approve),
            ("restore", registering.restore),
        ),
    ),
    (
        "update",
        "程序更新：从更新文件装入新版本，或回到原来的版本",
        (
            ("look", updating.look),
            ("install", updating.install),
            ("go-back", updating.go_back),
            ("make", updating.make),
            ("pass-down", updating.pass_down),
            ("take-back", updating.take_back),
        ),
    ),
    (
        "directory",
        "单位名录：逐家核实，重复的并成一条",
        (
            ("work", directory.work),
            ("verify", directory.verify),
            ("gone", directory.gone),
            ("join", directory.join),
            ("undo", directory.undo),
        ),
    ),
    (
        "second",
        "二次录入：抽样，换一位经办人再录，一栏一栏比对",
        (
            ("draw", second.draw),
            ("list", second.waiting),
            ("compare", second.compare),
            ("settle", second.settle),
            ("result", second.result),
        ),
    ),
    (
        "draw",
        "随机抽取走访单位：抽取、替补、排进工作安排；谁都可以核验",
        (
            ("new", drawing.new),
            ("list", drawing.list_draws),
            ("show", drawing.show),
            ("replace", drawing.replace),
            ("plan", drawing.plan),
            ("export", drawing.export),
            ("sheet", drawing.sheet),
            ("verify", drawing.verify_file),
        ),
    ),
    (
        "issued",
        "定稿：汇总表存下来不再变，做成给领导看的网页",
        (
            ("new", figures_issued.new),
            ("list", figures_issued.list_issued),
            ("page", figures_issued.page),
        ),
    ),
    (
        "briefing",
        "工作简报：期号、选信息、取定稿的数、印发、登记",
        (
            ("list", briefing.list_briefings),
            ("items", briefing.items),
            ("new", briefing.new),
            ("choose", briefing.choose),
            ("figures", briefing.figures),
            ("write", briefing.write),
            ("issue", briefing.issue),
            ("withdraw", briefing.withdraw),
            ("paper", briefing.paper),
        ),
    ),
    (
        "evaluation",
        "考评：按本单位定的项目和分值打分、排名、定稿、出通报",
        (
            ("list", evaluating.list_evaluations),
            ("show", evaluating.show),
            ("compute", evaluating.compute),
            ("give", evaluating.give),
            ("appeal", evaluating.appeal),
            ("commend", evaluating.commend),
            ("issue", evaluating.issue),
            ("notice", evaluating.notice),
            ("show-points", evaluating.show_points),
            ("hide-points", evaluating.hide_points),
            ("appeals", evaluating.appeals),
            ("decide", evaluating.decide),
            ("undecide", evaluating.undecide),
            ("results", evaluation_results.results),
            ("object", evaluation_results.object_to),
            ("withdraw", evaluation_results.withdraw),
        ),
    ),
    (
        "paper",
        "困难职工的档案表、名册、签领表和公示名单，隐患报告单",
        (
            ("file", papers.file),
            ("roster", papers.roster),
            ("sign", papers.sign),
            ("public", papers.public),
            ("hazard", papers.hazard),
            ("seen", papers.seen),
        ),
    ),
    (
        "outbox",
        "发出和收到的报送文件：核对、找回、声明遗失、放弃留存",
        (
            ("check", outbox.check),
            ("find", outbox.find),
            ("lost", outbox.lost),
            ("let-go", outbox.let_go),
            ("held", outbox.held),
            ("give-up", outbox.give_up),
        ),
    ),
    (
        "keys",
        "这台电脑和全市的登记",
        (
            ("show", keys.show),
            ("rotate", keys.rotate),
            ("revoke", keys.revoke),
            ("change-root", keys.change_root),
            ("root-passphrase", keys.root_passphrase),
            ("export-identity", keys.export_identity),
        ),
    ),
    (
        "operator",
        "经办人、口令和恢复码",
        (
            ("add", people.add),
            ("list", people.list_operators),
            ("passphrase", people.passphrase),
            ("change", people.change),
            ("leave", people.leave),
            ("rekey", people.rekey),
            ("recovery", people.recovery),
        ),
    ),
    (
        "findings",
        "逻辑检查收到的全部记录：列出、退回、认可",
        (
            ("list", findings.list_findings),
            ("return", findings.send_back),
            ("accept", findings.accept),
            ("ask-again", findings.ask_again),
        ),
    ),
    (
        "review",
        "审核下级的记录，看上级的审核",
        (
            ("accept", reviewing.accept),
            ("return", reviewing.send_back),
            ("propose", reviewing.propose),
            ("link", reviewing.link),
            ("owners", reviewing.owners),
            ("owner", reviewing.owner),
            ("list", reviewing.list_reviews),
            ("two-steps", reviewing.two_steps),
            ("drafts", reviewing.drafts),
            ("confirm", reviewing.confirm),
            ("hand-back", reviewing.hand_back),
            ("refuse", proposals.refuse),
            ("refused", proposals.refused),
            ("withdraw", proposals.withdraw),
            ("leave", proposals.leave),
            ("demands", proposals.demands),
            ("reply", proposals.reply),
        ),
    ),
)

_ALONE: dict[str, Callable[..., Any]] = {"draw": drawing.root}
"""What a group does by an option of its own, without a command."""


class Root(Group):
    """The command `zoufang`; every end of it is printed and has its exit status."""

    def main(self, args: Sequence[str] | None = None, *rest: Any, **extra: Any) -> NoReturn:
        """Run the words and leave with the exit status."""
        sys.exit(run(self.perform, sys.argv[1:] if args is None else args))

    def perform(self, words: list[str], output: Output) -> object:
        """Run the words; returns what the command gave back."""
        return super().main(words, "zoufang", standalone_mode=False, obj=output)


def perform(words: list[str], output: Output) -> object:
    """Run one command line; returns what the command gave back."""
    root = get_command(commands(next((word for word in words if word[:1] != "-"), "")))
    assert isinstance(root, Root)
    return root.perform(words, output)


def commands(wanted: str = "") -> typer.Typer:
    """The whole command line, or for speed only the command or group that is wanted."""
    app = _group(Root, "走访帮扶登记系统：登记、打印、报送、汇总。")
    app.callback()(_root)
    names = [name for name, *_ in (*_COMMANDS, *_GROUPS)]
    shown = {wanted} if wanted in names else set(names)
    for name, function in _COMMANDS:
        if name in shown:
            app.command(name, cls=Command)(function)
    for name, help_text, members in _GROUPS:
        if name in shown:
            app.add_typer(_with_members(help_text, members, _ALONE.get(name)), name=name)
    return app


def _with_members(
    help_text: str, members: Members, alone: Callable[..., Any] | None
) -> typer.Typer:
    group = _group(Group, help_text)
    if alone is not None:
        group.callback(invoke_without_command=True)(alone)
    for name, function in members:
        group.command(name, cls=Command)(function)
    return group


def _group(cls: type[Group], help_text: str) -> typer.Typer:
    return typer.Typer(
        cls=cls,
        help=help_text,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
    )


def _show_version(asked: bool) -> None:
    if asked:
        print(f"zoufang {__version__}")
        raise typer.Exit


def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="显示版本。")
    ] = False,
) -> None:
    """走访帮扶登记系统：登记、打印、报送、汇总。"""
