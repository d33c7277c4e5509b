"""不采用: the word of an office on a value that the office above proposes."""

from __future__ import annotations

from typing import Annotated, ClassVar

from app.domain.kernel.fields import Field
from app.domain.records.base import Record
from app.domain.records.facts import Facts


class Refusal(Record, frozen=True, kw_only=True):
    """不采用: the owner of a record leaves it as it is, and tells the office above why (R30).

    `review` is the proposal that it answers. It goes up with the next submission; a program from
    before that does not know it sets it aside and takes in the rest. It counts only where its
    owner is the office that the proposal was made to.
    """

    type_name: ClassVar[str] = "refusal"
    label: ClassVar[str] = "不采用的更正"
    mark: ClassVar[str] = "否"
    travels: ClassVar[frozenset[str]] = frozenset({"submission", "restore"})
    facts: ClassVar[Facts] = Facts(place=None, subject="reason")

    review: Annotated[str, Field("更正建议", required=True, hidden=True, indexed=True)] = ""
    target: Annotated[str, Field("记录", required=True, hidden=True, indexed=True)] = ""
    target_type: Annotated[str, Field("记录类型", required=True, hidden=True)] = ""
    reason: Annotated[str, Field("理由", required=True, prose=True, longest=1000)] = ""
