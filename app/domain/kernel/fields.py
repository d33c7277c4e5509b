"""A field is defined once: in the annotation of its record (design of the house, README).

`Field` is what a person sees and what limits hold; `fields_of` is the only
reader of annotations. Tables, widgets, Excel columns, JSON Schema, checks,
history and conflicts are all made from `FieldSpec`s.
"""

from __future__ import annotations

import datetime as dt
import re
import types
import typing
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import islice
from types import MappingProxyType
from typing import Annotated, Any, Protocol, get_args, get_origin

import msgspec

from app.domain.kernel.codelist import Code, CodeList
from app.domain.kernel.text import clean_name, clean_text

MONEY_PATTERN = r"^(0|[1-9][0-9]{0,12})(\.[0-9]{1,2})?$"

Money = Annotated[str, msgspec.Meta(pattern=MONEY_PATTERN)]
"""An amount in yuan as a decimal string, so that no float ever touches it."""


class Kind(StrEnum):
    """What a field's value is, and so how it is typed, stored, shown and merged."""

    TEXT = "text"
    PROSE = "prose"
    INTEGER = "integer"
    MONEY = "money"
    DATE = "date"
    TIME = "time"
    FLAG = "flag"
    CODE = "code"
    CODES = "codes"
    NAMES = "names"
    LINK = "link"
    LINKS = "links"
    ROWS = "rows"
    OBJECT = "object"


@dataclass(frozen=True, slots=True)
class Applies:
    """When a field has something to say: another field says one of `values`, or anything at all.

    残疾类别 applies where 健康状况 says 残疾. A form keeps it out of the way until then; a value
    that is there is shown all the same.
    """

    field: str
    values: tuple[str, ...] = ()

    def holds(self, said: Any) -> bool:
        """Whether what the other field says makes this one apply; 否 and nothing do not."""
        if not self.values:
            return bool(said)
        chosen = (said,) if isinstance(said, str) else said or ()
        return any(one in self.values for one in chosen)


@dataclass(frozen=True, slots=True)
class Field:
    """Everything a field is besides its type.

    `unit` is the unit printed behind a number (人, 元); `codes` its code list;
    `links` the record type it points at (by `code` where that type has one,
    else by record id); `longest` counts code points; `sensitive` fields are
    masked in lists; `past` dates may not lie ahead; those that `needs_year` (a birth)
    have nothing to do with a campaign and are typed with their year; `hidden` fields
    are not typed by hand; `indexed` ones are searched by; `read` brings a typed text into
    its one form or refuses it with a `UserError`; `parted` does so for a line of several
    (names of persons); `source` is where the demand comes from (R-number);
    `offers` is what is offered by name while one types it, or its code, into a row of a table;
    `ask` is said where a required value is missing; `applies` tells of which records the
    field says anything; one `beside` is shown at the other fields and has no place of its own.
    """

    label: str
    help: str = ""
    required: bool = False
    unit: str = ""
    codes: CodeList | None = None
    links: str = ""
    ge: int | None = None
    le: int | None = None
    longest: int = 200
    prose: bool = False
    sensitive: bool = False
    past: bool = False
    needs_year: bool = False
    hidden: bool = False
    indexed: bool = False
    read: Callable[[str], str] | None = None
    parted: Callable[[str], list[str]] | None = None
    source: str = ""
    offers: str = ""
    ask: str = "请对照纸面填写。"
    applies: Applies | None = None
    beside: bool = False


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One field as every reader sees it: its name, kind, `Field` and, for rows, its columns.

    `extra` is what a campaign adds, `kept` the other campaign that one is left of; one `removed`
    is asked by none any more.
    """

    name: str
    kind: Kind
    field: Field
    columns: tuple[FieldSpec, ...] = ()
    extra: bool = False
    kept: str = ""
    removed: bool = False

    @property
    def label(self) -> str:
        """The Chinese label."""
        return self.field.label

    @property
    def shape(self) -> typing.Literal["value", "set", "rows", "members"]:
        """How two versions of this field are merged (package format §4)."""
        return _SHAPES.get(self.kind, "value")


_SHAPES: dict[Kind, typing.Literal["value", "set", "rows", "members"]] = {
    Kind.CODES: "set",
    Kind.LINKS: "set",
    Kind.NAMES: "set",
    Kind.ROWS: "rows",
    Kind.OBJECT: "members",
}


ADDED_KIND = CodeList.of(
    "added_kind",
    "填写方式",
    """
    text 一行文字 文字 文本
    prose 多行文字 长文字
    integer 整数 数字 数量
    money 金额
    date 日期
    flag 是否 是或否
    code 选一项 单选
    codes 选几项 多选
    """,
)
"""How a field that a campaign adds may be filled in."""

ADDED_TO = CodeList.of(
    "added_to",
    "加在哪里",
    """
    visit 走访登记 走访
    plan 走访安排 工作安排
    group 工作组
    document 材料
    diary 调查日志 日志
    activity 活动记录 活动
    meeting 会议与督查 会议 督查
    press 媒体报道 媒体
    policy 制度成果 制度
    demand 意见诉求 诉求
    person 困难职工档案 困难职工
    case 帮扶事项
    aid 帮扶记录 帮扶
    hazard 隐患
    """,
)
"""The record types to which a campaign may add fields."""

ADDED_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}", re.ASCII)
"""What the name of an added field may be: it stands in files and in questions to the store."""

MOST_ADDED = 100
"""Fields that campaigns add to one record type."""


class ExtraField(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A field that a campaign adds to a record type; its values live in `extra`."""

    id: Annotated[str, Field("行号", hidden=True)] = ""
    type: Annotated[str, Field("加在哪里", codes=ADDED_TO, required=True)] = ""
    name: Annotated[str, Field("项目代码", hidden=True, longest=40)] = ""
    label: Annotated[str, Field("项目名称", required=True, longest=30)] = ""
    kind: Annotated[Kind, Field("填写方式", codes=ADDED_KIND, help="不选就是一行文字")] = Kind.TEXT
    required: Annotated[bool, Field("必填")] = False
    unit: Annotated[str, Field("计量单位", longest=10, help="如：人、户、元")] = ""
    options: Annotated[
        tuple[str, ...], Field("选项", longest=50, help="选一项、选几项时填写，用、隔开")
    ] = ()
    least: Annotated[int | None, Field("最小值", help="整数才用")] = None
    most: Annotated[int | None, Field("最大值", help="整数才用")] = None
    longest: Annotated[int | None, Field("最多字数", ge=1, le=20_000, help="文字才用")] = None
    help: Annotated[str, Field("填写说明", longest=500)] = ""


class KeptField(ExtraField, frozen=True, kw_only=True):
    """A field of another campaign (`of`) in which a record says something."""

    of: str


class RemovedField(KeptField, frozen=True, kw_only=True):
    """A field that its campaign (`of`) asked once and asks no more: it is shown, not keyed."""


class HasExtraFields(Protocol):
    """What `fields_of` asks of a campaign."""

    @property
    def extra_fields(self) -> tuple[ExtraField, ...]:
        """The fields added, of any record type."""


def fields_of(
    record_type: type[msgspec.Struct], campaign: HasExtraFields | None = None
) -> tuple[FieldSpec, ...]:
    """All fields of a record type in declared order, then those the campaign adds."""
    declared = _declared(record_type)
    if campaign is None or not campaign.extra_fields:
        return declared
    return declared + added_to(record_type, (campaign,))


def by_name(
    record_type: type[msgspec.Struct], campaign: HasExtraFields | None = None
) -> Mapping[str, FieldSpec]:
    """The fields of `fields_of`, by name."""
    if campaign is None:
        return _declared_by_name(record_type)
    return {spec.name: spec for spec in fields_of(record_type, campaign)}


@cache
def _declared_by_name(record_type: type[msgspec.Struct]) -> Mapping[str, FieldSpec]:
    return MappingProxyType({spec.name: spec for spec in _declared(record_type)})


def value_of(record: msgspec.Struct, name: str) -> Any:
    """The value of one field; raises `AttributeError` where the type has no such field."""
    return getattr(record, name)


@cache
def _declared(record_type: type[msgspec.Struct]) -> tuple[FieldSpec, ...]:
    hints = typing.get_type_hints(record_type, include_extras=True)
    return tuple(
        _spec(name, hints[name]) for name in _in_reading_order(record_type.__struct_fields__)
    )


def _in_reading_order(names: Iterable[str]) -> list[str]:
    """Common members are inherited first but read last, except 编号."""
    last = ("unit", "owner", "attachments", "remarks", "accepted", "extra")
    order = [name for name in names if name not in last]
    return order + [name for name in last if name in names]


def _spec(name: str, hint: Any) -> FieldSpec:
    notes = getattr(hint, "__metadata__", ())
    field = next((part for part in notes if isinstance(part, Field)), None)
    if field is None:
        raise TypeError(f"{name} has no Field")
    inner = _without_none(get_args(hint)[0])
    item = get_args(inner)[0] if get_origin(inner) is tuple else None
    columns = _declared(item) if _is_struct(item) else ()
    return FieldSpec(name, _kind(inner, item, field), field, columns)


def _without_none(hint: Any) -> Any:
    if get_origin(hint) in (typing.Union, types.UnionType):
        hint = next(part for part in get_args(hint) if part is not type(None))
    if get_origin(hint) is Annotated and MONEY_META not in hint.__metadata__:
        hint = get_args(hint)[0]
    return hint


MONEY_META = typing.get_args(Money)[1]

_SCALARS: dict[Any, Kind] = {
    str: Kind.TEXT,
    int: Kind.INTEGER,
    bool: Kind.FLAG,
    dt.date: Kind.DATE,
    dt.datetime: Kind.TIME,
    Money: Kind.MONEY,
}


def _kind(inner: Any, item: Any, field: Field) -> Kind:
    if item is not None:
        if _is_struct(item):
            return Kind.ROWS
        return Kind.CODES if field.codes else Kind.LINKS if field.links else Kind.NAMES
    if field.codes:
        return Kind.CODE
    if field.links:
        return Kind.LINK
    if field.prose:
        return Kind.PROSE
    return _SCALARS.get(inner, Kind.OBJECT)


def _is_struct(hint: Any) -> bool:
    return isinstance(hint, type) and issubclass(hint, msgspec.Struct)


def added_to(
    record_type: type[msgspec.Struct], campaigns: Iterable[HasExtraFields]
) -> tuple[FieldSpec, ...]:
    """What any of the campaigns adds to a type, each name once: as the last of them says it.

    A campaign comes from another office, whose program may be another one: what would hide a
    field of the record, cannot be asked for or is beyond `MOST_ADDED` is not there.
    """
    name, declared = getattr(record_type, "type_name", ""), _declared_by_name(record_type)
    found = {
        extra.name: extra
        for campaign in campaigns
        for extra in campaign.extra_fields
        if extra.type == name and extra.name not in declared and ADDED_NAME.fullmatch(extra.name)
    }
    return tuple(map(_added, islice(found.values(), MOST_ADDED)))


def _added(extra: ExtraField) -> FieldSpec:
    words = (one for option in extra.options if (one := clean_name(option)))
    options = tuple(Code(one, one) for one in dict.fromkeys(words))
    plain = extra.kind if extra.kind in ADDED_KIND else Kind.TEXT
    kind = Kind.CODE if options and plain is Kind.TEXT else plain
    label = clean_name(extra.label) or extra.name
    choice = kind in (Kind.CODE, Kind.CODES)
    field = Field(
        label,
        help=clean_text(extra.help),
        required=extra.required,
        unit=clean_name(extra.unit),
        codes=CodeList(extra.name, label, options) if choice else None,
        ge=extra.least,
        le=extra.most,
        longest=max(extra.longest or 0, 0) or (_LONG if kind is Kind.PROSE else _SHORT),
        prose=kind is Kind.PROSE,
    )
    kept = extra.of if isinstance(extra, KeptField) else ""
    removed = isinstance(extra, RemovedField)
    return FieldSpec(extra.name, kind, field, extra=True, kept=kept, removed=removed)


_SHORT, _LONG = 200, 2000
"""Characters of an added field whose limit nobody set."""
