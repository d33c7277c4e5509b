"""走访告知: where the city was, and what others have, as far as a county needs to know it."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, ClassVar

from app.domain import codes
from app.domain.kernel.fields import Field
from app.domain.records.base import Record, Row
from app.domain.records.facts import Facts


class PaperPage(Row, frozen=True, kw_only=True):
    """A page of signed paper that came: which of how many, on which day, of which version.

    `version` are the first digits of the hash that stands on it; `accepted` is False while
    it waits there because the record says otherwise.
    """

    page: Annotated[int | None, Field("页", ge=0, le=255)] = None
    pages: Annotated[int | None, Field("共几页", ge=0, le=255)] = None
    came_on: Annotated[dt.date | None, Field("收到日期")] = None
    version: Annotated[str, Field("版本", longest=64, hidden=True)] = ""
    accepted: Annotated[bool | None, Field("已归入")] = None


class Notice(Record, frozen=True, kw_only=True):
    """走访告知: the city's word that it visited a unit, or helped a worker of a county (R37).

    It goes down with the answer and never up, is no visit and counts as none: who was met, what
    was said and who went stay at the city. One that names a `person` is for the `station` alone
    whose file that is. `source` is the record told of, which the receiver does not have, and
    what is named by its id may be another office's: nothing here is a link to be followed.

    A 提示 is one too: it says nothing of a visit, but in `hints` by what a county recognises under
    its `hint_key` that another office has a person or a unit already (`doubles.hints`), `hint_of`
    which of both. 纸质收讫 is one as well: in `papers` which pages of the signed paper of the
    record `paper_of` came there. Programs from before that know neither find nothing in it.
    """

    type_name: ClassVar[str] = "notice"
    label: ClassVar[str] = "走访告知"
    mark: ClassVar[str] = "知"
    travels: ClassVar[frozenset[str]] = frozenset({"answer", "restore"})
    facts: ClassVar[Facts] = Facts(place=None)

    campaign: Annotated[str, Field("活动", hidden=True)] = ""
    enterprise: Annotated[str, Field("企（事）业单位", hidden=True, indexed=True)] = ""
    person: Annotated[str, Field("职工", hidden=True, indexed=True)] = ""
    met_on: Annotated[dt.date | None, Field("日期")] = None
    group: Annotated[str, Field("工作组", hidden=True)] = ""
    level: Annotated[str, Field("走访级别", codes=codes.GROUP_LEVEL)] = ""
    workers_met: Annotated[int | None, Field("走访职工人次", unit="人次", ge=0, le=1_000_000)] = (
        None
    )
    station: Annotated[str, Field("送达单位", hidden=True)] = ""
    source: Annotated[str, Field("告知的记录", required=True, hidden=True, indexed=True)] = ""
    hint_of: Annotated[str, Field("提示什么", hidden=True, indexed=True)] = ""
    hint_key: Annotated[str, Field("提示的密钥", hidden=True)] = ""
    paper_of: Annotated[str, Field("收到纸质的记录", hidden=True, indexed=True)] = ""
    papers: Annotated[tuple[PaperPage, ...], Field("收到的纸质", hidden=True)] = ()
    hints: Annotated[str, Field("提示", prose=True, longest=20_000, hidden=True)] = ""
