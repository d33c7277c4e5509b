"""What a record is, is said by its class: no table, no guess and no word stands for it."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest

from app.domain.records import TYPES

ROOT = Path(__file__).parents[1]

GETATTR = {
    "app/cli/frame/reply.py": "what an error brings along",
    "app/documents/forms/registration_form.py": "the words of a form",
    "app/domain/campaign/totals.py": "the members of a sum",
    "app/domain/kernel/fields.py": "the one place that reads a field by its name",
    "app/domain/records/registry.py": "whether a class says its facts",
    "app/exchange/files.py": "what only some systems have",
    "app/exchange/index.py": "the members of a header",
    "app/ui/fields/prose.py": "methods handed on",
    "app/ui/holding.py": "what a job holds of Qt",
    "app/ui/start/unlock.py": "what an error brings along",
    "app/ui/theme.py": "the colours",
    "app/ui/worker.py": "what an answer brings along",
    "demo/totals.py": "the members of a sum",
}
"""Where `getattr` stands, and for what; never for a field of a record."""

WIRE = ("app/exchange/", "app/cli/", "app/domain/records/", "database/migrations/")
"""Where a type is a word: in packages, in what is typed as a command and answered as JSON."""

BY_FIELD = frozenset(
    {"equal", "among", "empty", "filled", "since", "until", "before", "naming"}
    | {"value_of", "text_of", "pointing_at", "get", "setdefault", "pop", "Column"}
)
"""What is asked by the name of a field; so is `body["campaign"]`."""

OTHER_WORDS: Mapping[str, frozenset[str]] = {
    path: frozenset(words.split())
    for path, words in {
        # names of fields, and of columns that are no types
        "app/documents/forms/registration_data.py": "enterprise reporter",
        "app/domain/kernel/fields.py": "unit link",
        "app/domain/merging/phone_corrections.py": "review",
        "app/services/deciding/beside.py": "enterprise",
        "app/services/deciding/across.py": "campaign enterprise group person unit visit",
        "app/services/deciding/doubles.py": "unit",
        "app/services/deciding/helped_twice.py": "case person",
        "app/services/deciding/finding_acts.py": "review",
        "app/services/deciding/joined_files.py": "unit",
        "app/services/receiving/line_faults.py": "enterprise person",
        "app/services/deciding/refused_proposals.py": "review",
        "app/ui/parts/refusal_bar.py": "refusal",
        "app/services/deciding/to_verify.py": "area",
        "app/services/evaluating/evaluations.py": "campaign unit",
        "app/services/evaluating/score_appeals.py": "unit",
        "app/services/figures/double_aid.py": "case person unit",
        "app/services/figures/figure_records.py": "unit",
        "app/services/figures/leaders_behind.py": "unit",
        "app/services/archiving/archive_answers.py": "campaign",
        "app/services/archiving/archive_ledgers.py": "case unit visit",
        "app/services/archiving/archive_materials.py": "plan",
        "app/services/letters/letter_figures.py": "visit",
        "app/services/letters/briefings.py": "campaign document",
        "app/services/letters/report_letters.py": "campaign",
        "app/services/lists/chips.py": "campaign area group unit",
        "app/services/lists/lookups.py": "campaign",
        "app/services/lists/table_cells.py": "unit",
        "app/services/lists/table_columns.py": "unit",
        "app/services/records/enterprise_names.py": "area",
        "app/services/wordforms/form_judging.py": "unit",
        "app/services/records/filling.py": "area",
        "app/services/records/guards.py": "enterprise person",
        "app/services/records/headcounts.py": "area",
        "database/state/counts.py": "enterprise",
        "database/state/tally_sources.py": "unit area group",
        "app/cli/tallies.py": "unit",
        "app/ui/pages/briefing/briefing_panel.py": "briefing",
        "app/ui/pages/statistics/evaluation_view.py": "campaign",
        "app/ui/pages/statistics/indicators_view.py": "campaign target",
        "app/ui/pages/statistics/tally_view.py": "unit area",
        "app/services/figures/directory_tallies.py": "unit area",
        "app/services/figures/issued_totals.py": "unit area",
        "app/services/figures/indicator_counts.py": "unit case person enterprise",
        "app/services/figures/totals_behind.py": "unit area enterprise case person",
        "app/services/figures/indicators.py": "unit campaign",
        "app/services/figures/tally_kinds.py": "unit area group",
        "app/services/figures/tally_rows.py": "unit area group",
        "app/services/planning/draw_frames.py": "area unit",
        "app/services/planning/draws.py": "campaign enterprise group",
        "app/services/planning/placing.py": "campaign enterprise group",
        "app/services/records/prefill.py": "unit campaign",
        "app/services/records/state_from_log.py": "target",
        "app/services/reviewing/notices.py": "enterprise campaign group unit person",
        "app/services/reporting/paper_totals.py": "unit campaign",
        "app/services/figures/union_rates.py": "unit",
        "app/services/todo/todo_office.py": "enterprise",
        "app/services/workbooks/row_guards.py": (
            "area campaign case enterprise group person unit visit"
        ),
        "app/ui/forms/layouts/people.py": "case enterprise person visit",
        "app/ui/forms/layouts/places.py": "area campaign enterprise group leader",
        "app/ui/forms/layouts/shape.py": "unit",
        "app/services/figures/compared_records.py": (
            "area campaign case enterprise group person unit"
        ),
        "app/documents/wordforms/labels.py": "reporter",
        "app/ui/forms/layouts/worklog.py": "campaign enterprise group visit",
        "app/ui/forms/layouts/writing.py": "campaign document enterprise group reporter unit visit",
        "app/ui/forms/layouts/visits.py": "area campaign enterprise group visit",
        "app/ui/pages/directory/fill_sheet.py": "area",
        "app/ui/pages/inbox/records/records_view.py": "unit",
        "app/ui/pages/plans/board_view.py": "area campaign enterprise group",
        "app/ui/pages/records/sheet/known_values.py": "campaign",
        "database/state/ordering.py": "unit",
        "database/state/standing.py": "campaign case enterprise group person",
        "database/store/columns.py": "unit campaign",
        "demo/arranging.py": "campaign",
        "demo/checking_list.py": "area",
        "demo/counting.py": "campaign unit",
        "demo/keeping.py": "document group reporter",
        "demo/typing_in.py": "area case enterprise group person visit",
        "demo/writing_up.py": "visit",
        # levels, and kinds of units
        "app/domain/campaign/campaign_data.py": "enterprise",
        "app/domain/campaign/union_rates.py": "enterprise",
        "app/services/starting/setting_up.py": "enterprise",
        "app/ui/pages/statistics/overlaps_view.py": "enterprise",
        # duties, steps, ways in, faults, and what a widget is called
        "app/services/office/duties.py": "leader review",
        "app/services/reviewing/two_steps.py": "review",
        "app/services/reviewing/several.py": "review",
        "app/services/backup/integrity.py": "link",
        "app/services/office/keyring_slots.py": "operator",
        "app/services/reporting/reporting_steps.py": "review",
        "app/services/starting/first_start.py": "unit operator",
        "app/ui/fields/text.py": "unit",
        "app/ui/pages/settings/data.py": "link",
        "app/ui/pages/submit/page.py": "review",
        "app/ui/pages/submit/prepare.py": "review",
        "app/ui/start/wizard/wizard.py": "unit operator",
    }.items()
}
"""Words that are a type's name too and mean something else in this module."""


@cache
def modules() -> Mapping[str, ast.Module]:
    """Every module of the product and the demo."""
    return {
        path.relative_to(ROOT).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
        for folder in ("app", "database", "demo")
        for path in sorted((ROOT / folder).rglob("*.py"))
    }


def called(node: ast.Call) -> str:
    """The last name of what is called."""
    return node.func.attr if isinstance(node.func, ast.Attribute) else ast.unparse(node.func)


def columns_of(tree: ast.Module) -> Iterator[str]:
    """Where a column or a table of the database is taken into the hand."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute | ast.Subscript):
            inner = node.value
            if isinstance(inner, ast.Attribute) and inner.attr == "c":
                yield ast.unparse(node)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "states.table":
            yield ast.unparse(node)
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [one.name for one in node.names]
            yield from (name for name in names if name.partition(".")[0] == "sqlalchemy")


def guesses(tree: ast.Module) -> Iterator[str]:
    """Where a record's class is asked for, though whoever found the record said it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and called(node) == "isinstance":
            subject = ast.unparse(node.args[0])
            if subject.endswith(".record"):
                yield ast.unparse(node)


def type_words(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """The texts that are a type's name, without those that name a field where they stand."""
    fields = {
        id(argument)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and called(node) in BY_FIELD
        for argument in node.args
    }
    fields |= {id(node.slice) for node in ast.walk(tree) if isinstance(node, ast.Subscript)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and node.value in TYPES and id(node) not in fields:
            yield node.lineno, str(node.value)


def test_no_table_leaves_the_database() -> None:
    found = {
        f"{path}: {told}"
        for path, tree in modules().items()
        if not path.startswith("database/")
        for told in columns_of(tree)
    }
    assert not found


def test_a_field_of_a_record_is_never_guessed() -> None:
    found = {
        path
        for path, tree in modules().items()
        if path.startswith(("app/", "demo/"))
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and called(node) == "getattr"
    }
    assert found == GETATTR.keys()


def test_whoever_finds_a_record_knows_its_class() -> None:
    found = {path for path, tree in modules().items() for _ in guesses(tree)}
    assert found <= {"app/services/lists/timelines.py"}, "only a timeline holds several types"


@pytest.mark.parametrize("folder", ["app", "database", "demo"])
def test_a_type_is_named_by_its_class(folder: str) -> None:
    """A new word here is a type's name (then say the class), or belongs in `OTHER_WORDS`."""
    found = {
        f"{path}:{line} {word}"
        for path, tree in modules().items()
        if path.startswith(f"{folder}/") and not path.startswith(WIRE)
        for line, word in type_words(tree)
        if word not in OTHER_WORDS.get(path, ())
    }
    assert not found


def test_no_word_is_excused_that_is_not_there() -> None:
    said = {path: {word for _, word in type_words(tree)} for path, tree in modules().items()}
    needless = {
        f"{path}: {word}"
        for path, words in OTHER_WORDS.items()
        for word in words - said.get(path, set())
    }
    assert not needless
