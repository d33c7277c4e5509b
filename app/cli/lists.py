"""`list`, `show`, `history`: what stands in the records."""

from __future__ import annotations

from typing import Annotated

import typer

from app.cli.frame.open_folder import at_work
from app.cli.frame.options import Data, Key, Operator, Type, type_named
from app.cli.frame.reply import Reply

Voided = Annotated[bool, typer.Option("--void", help="也列出已作废的")]


def list_records(
    *, data: Data, type_name: Type, voided: Voided = False, operator: Operator = None
) -> Reply:
    """列出一类记录。"""
    from app.cli.frame.record_views import brief, state_value
    from app.services.records import saving

    record_type = type_named(type_name)
    with at_work(data, operator, reads=True) as office:
        states = saving.listing(office, record_type, voided=voided)
    value = {
        "type": record_type.type_name,
        "count": len(states),
        "records": [state_value(state) for state in states],
    }
    return Reply(value, [*(brief(s) for s in states), f"共{len(states)}条。"])


def show(*, data: Data, type_name: Type, key: Key, operator: Operator = None) -> Reply:
    """显示一条记录。"""
    from app.cli.frame.record_views import added_value, details, state_value
    from app.services.lists.added_fields import fields_of_record
    from app.services.records import saving

    record_type = type_named(type_name)
    with at_work(data, operator, reads=True) as office:
        state = saving.show(office, record_type, key)
        specs = fields_of_record(office, state)
    added = added_value(state, specs)
    value = state_value(state) | ({"added": added} if added else {})
    return Reply(value, details(state, specs))


def history(*, data: Data, type_name: Type, key: Key, operator: Operator = None) -> Reply:
    """谁在何时把什么改成了什么。"""
    from app.cli.frame.record_views import labels, version_value
    from app.domain import records
    from app.services.lists.added_fields import every_field_here
    from app.services.records import record_versions, saving

    record_type = type_named(type_name)
    with at_work(data, operator, reads=True) as office:
        versions = record_versions.history(office, record_type, key)
        specs = every_field_here(office, record_type)
        people = saving.listing(office, records.Operator, voided=True)
    names = {state.id: state.record.name for state in people}
    lines = [
        f"{v.revision.at}  {names.get(v.revision.by, v.revision.by)}  {_WORDS[v.revision.op]}  "
        f"{labels(specs, v.changed)}  {v.revision.why or ''}".rstrip()
        for v in versions
    ]
    shown = [version_value(record_type, v, names) for v in versions]
    value = {"type": record_type.type_name, "versions": shown}
    return Reply(value, lines)


_WORDS = {
    "create": "添加",
    "edit": "修改",
    "void": "作废",
    "restore": "改回",
    "merge": "选定",
    "adopt": "采纳更正",
    "import": "导入",
}
