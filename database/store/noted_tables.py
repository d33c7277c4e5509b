"""The tables of what an office notes about its work: each line with who and when."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, LargeBinary, MetaData, Table, Text


def noted(metadata: MetaData) -> None:
    """Add them to the other tables."""
    _of_the_desk(metadata)
    _of_keying(metadata)
    _of_figures(metadata)


def _of_the_desk(metadata: MetaData) -> None:
    """What the desk above knows and said: papers, calls, packages, findings."""
    Table(
        "paper_tick",
        metadata,
        Column("campaign", Text, primary_key=True),
        Column("unit", Text, primary_key=True),
        Column("item", Text, primary_key=True),
        Column("group", Text, primary_key=True),
        Column("on", Text, nullable=False, comment="the day it was received"),
        Column("at", Text, nullable=False, comment="when it was ticked"),
        Column("by", Text, nullable=False, comment="operator's id"),
    )
    Table(
        "put_away",
        metadata,
        Column("package", Integer, primary_key=True, comment="n of the package"),
        Column("at", Text, nullable=False),
        Column("by", Text, nullable=False),
    )
    Table(
        "baseline",
        metadata,
        Column("writer", Text, primary_key=True),
        Column("to", Text, primary_key=True),
        Column("seq", Integer, nullable=False, comment="the channel is counted on from here"),
        Column("at", Text, nullable=False),
        Column("by", Text, nullable=False),
    )
    Table(
        "reminder",
        metadata,
        Column("n", Integer, primary_key=True),
        Column("campaign", Text, nullable=False, index=True),
        Column("unit", Text, nullable=False),
        Column("on", Text, nullable=False),
        Column("by", Text, nullable=False, comment="name of who called"),
        Column("promised", Text, nullable=False, comment="what was said"),
        Column("spoke_with", Text, comment="name of who was called"),
        Column("until", Text, comment="the day promised, ISO"),
    )
    Table(
        "drafted_review",
        metadata,
        Column("n", Integer, primary_key=True),
        Column("at", Text, nullable=False),
        Column("by", Text, nullable=False, comment="operator's id who would say it"),
        Column("type", Text, nullable=False),
        Column("target", Text, nullable=False, index=True),
        Column("target_h", Text, nullable=False, comment="the version it is about"),
        Column("review", Text, nullable=False, comment="what would be said, JSON"),
        Column("standing", Text, nullable=False, index=True, comment="waiting, confirmed, …"),
        Column("closed_at", Text, nullable=False),
        Column("closed_by", Text, nullable=False, comment="operator's id who decided of it"),
        Column("word", Text, nullable=False, comment="why it was handed back"),
        Column("made", Text, nullable=False, comment="id of the review, once confirmed"),
    )
    Table(
        "let_stand",
        metadata,
        Column("record", Text, primary_key=True),
        Column("finding", Text, primary_key=True, comment="code of the rule, and what it is about"),
        Column("type", Text, nullable=False),
        Column("h", Text, nullable=False, comment="of the version that it holds for"),
        Column("reason", Text, nullable=False),
        Column("at", Text, nullable=False),
        Column("by", Text, nullable=False, comment="operator's id"),
    )
    Table(
        "merge_run",
        metadata,
        Column("n", Integer, primary_key=True),
        Column("at", Text, nullable=False),
        Column("by", Text, nullable=False, comment="operator's id"),
        Column("account", Text, nullable=False, comment="what came of each file, JSON"),
    )


def _of_keying(metadata: MetaData) -> None:
    """What was keyed, taken in or changed together, and what is still asked of it."""
    Table(
        "sheet_import",
        metadata,
        Column("n", Integer, primary_key=True),
        Column("at", Text, nullable=False),
        Column("by", Text, nullable=False, comment="operator's id"),
        Column("type", Text, nullable=False, comment="what the rows of the sheet are"),
        Column("file", Text, nullable=False),
        Column("added", Integer, nullable=False),
        Column("changed", Integer, nullable=False),
        Column("same", Integer, nullable=False),
        Column("refused", Integer, nullable=False),
        Column("asked", Integer, nullable=False, comment="rows that nobody decided about"),
        Column("first", Integer, nullable=False, comment="n of its first revision"),
        Column("last", Integer, nullable=False, comment="n of its last revision"),
        Column("undone_at", Text, comment="when it was taken back"),
        Column("undone_by", Text, comment="operator's id"),
    )
    Table(
        "scanned_page",
        metadata,
        Column("n", Integer, primary_key=True),
        Column("run", Integer, nullable=False, index=True, comment="taken at one time"),
        Column("file", Text, nullable=False),
        Column("leaf", Integer, nullable=False, comment="page of the file, from 1"),
        Column("sha256", Text, nullable=False, comment="of its picture"),
        Column("type", Text, nullable=False),
        Column("record", Text, nullable=False, index=True),
        Column("page", Integer, nullable=False, comment="of the record's form, 0 not told"),
        Column("pages", Integer, nullable=False, comment="of the record's form, 0 not told"),
        Column("standing", Text, nullable=False, comment="what came of it"),
        Column("at", Text, nullable=False),
        Column("by", Text, nullable=False, comment="operator's id"),
        Column("version", Text, nullable=False, server_default="", comment="h on it, as printed"),
    )
    Table(
        "batch",
        metadata,
        Column("n", Integer, primary_key=True),
        Column("at", Text, nullable=False),
        Column("by", Text, nullable=False, comment="operator's id"),
        Column("type", Text, nullable=False),
        Column("what", Text, nullable=False, comment="in words"),
        Column("count", Integer, nullable=False, comment="records that were changed"),
        Column("first", Integer, nullable=False, comment="n of its first revision"),
        Column("last", Integer, nullable=False, comment="n of its last revision"),
        Column("undone_at", Text, comment="when it was taken back"),
        Column("undone_by", Text, comment="operator's id"),
    )
    Table(
        "guard",
        metadata,
        Column("record", Text, primary_key=True),
        Column("type", Text, nullable=False),
        Column("open", Integer, nullable=False, comment="核对 and 提醒 that nobody answered"),
        Column("kept", Integer, nullable=False, comment="those that stand with a reason"),
    )
    Table(
        "keying_sample",
        metadata,
        Column("n", Integer, primary_key=True),
        Column("type", Text, nullable=False),
        Column("every", Integer, nullable=False, comment="one of so many was drawn"),
        Column("start", Integer, nullable=False, comment="from which on, drawn at random"),
        Column("first", Integer, nullable=False, comment="arrival of the first drawn among"),
        Column("last", Integer, nullable=False, comment="arrival of the last drawn among"),
        Column("among", Integer, nullable=False, comment="how many were drawn among"),
        Column("at", Text, nullable=False),
        Column("by", Text, nullable=False, comment="operator's id"),
    )
    Table(
        "second_keying",
        metadata,
        Column("record", Text, primary_key=True),
        Column("sample", Integer, ForeignKey("keying_sample.n"), nullable=False, index=True),
        Column("keyer", Text, nullable=False, comment="operator's id who keyed it first"),
        Column("at", Text, nullable=True, comment="when it was keyed again"),
        Column("by", Text, nullable=True, comment="operator's id who keyed it again"),
        Column("compared", Integer, nullable=False, comment="fields"),
        Column("differing", Integer, nullable=False, comment="fields"),
        Column("mended", Integer, nullable=False, comment="fields, the second was right"),
        Column("fields", Text, nullable=True, comment="each compared and what came of it, JSON"),
    )


def _of_figures(metadata: MetaData) -> None:
    """What was reported and issued, lists and layouts that are kept, what was worked out."""
    Table(
        "report_step",
        metadata,
        Column("report", Integer, primary_key=True, comment="n of the report"),
        Column("step", Text, primary_key=True, comment="frozen, approved, sealed, carried"),
        Column("at", Text, nullable=False),
        Column("by", Text, nullable=False),
        Column("came", Text, nullable=False, comment="what came of it, JSON"),
    )
    Table(
        "handover",
        metadata,
        Column("n", Integer, primary_key=True),
        Column("on", Text, nullable=False),
        Column("giver", Text, nullable=False),
        Column("taker", Text, nullable=False),
        Column("witness", Text, nullable=False),
        Column("by", Text, nullable=False, comment="operator's id"),
    )
    Table(
        "saved_list",
        metadata,
        Column("type", Text, primary_key=True, comment="of which records the list is"),
        Column("name", Text, primary_key=True),
        Column("content", Text, nullable=False, comment="conditions and order, JSON"),
        Column("at", Text, nullable=False),
        Column("by", Text, nullable=False, comment="operator's id"),
    )
    Table(
        "totals_layout",
        metadata,
        Column("name", Text, primary_key=True),
        Column("columns", Text, nullable=False, comment="which columns of 汇总表, JSON"),
        Column("at", Text, nullable=False),
        Column("by", Text, nullable=False, comment="operator's id"),
    )
    Table(
        "issued_totals",
        metadata,
        Column("n", Integer, primary_key=True),
        Column("campaign", Text, nullable=False, index=True),
        Column("name", Text, nullable=False, comment="what the table was called"),
        Column("as_of", Text, nullable=False),
        Column("at", Text, nullable=False, comment="when it became 定稿"),
        Column("by", Text, nullable=False, comment="name of who issued it"),
        Column("table", Text, nullable=False, comment="columns and rows as issued, JSON"),
    )
    Table(
        "worked_out",
        metadata,
        Column("name", Text, primary_key=True, comment="what was looked for"),
        Column("n", Integer, nullable=False, comment="where the log stood"),
        Column("turned", Integer, nullable=False, comment="where `turned` stood"),
        Column("content", LargeBinary, nullable=False, comment="what was found, made from the log"),
    )
