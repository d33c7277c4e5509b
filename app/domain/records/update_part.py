"""新版程序: a piece of an update file that goes down with the answer."""

from __future__ import annotations

from typing import Annotated, ClassVar

from app.domain.kernel.fields import Field
from app.domain.records.base import Record
from app.domain.records.facts import Facts


class UpdatePart(Record, frozen=True, kw_only=True):
    """新版程序: one of the parts of an update file that an office above passes down (R30).

    An answer carries records and no files, so the file travels as text: zstd, then base64, cut
    into lines. Whose program it is says the signature inside it, whoever passes it down.
    """

    type_name: ClassVar[str] = "update_part"
    label: ClassVar[str] = "新版程序"
    mark: ClassVar[str] = "新"
    travels: ClassVar[frozenset[str]] = frozenset({"answer", "restore"})
    facts: ClassVar[Facts] = Facts(place=None, made_whole=True)

    version: Annotated[str, Field("版本", required=True, longest=20, hidden=True)] = ""
    sha256: Annotated[str, Field("校验值", required=True, longest=64, hidden=True)] = ""
    size: Annotated[int | None, Field("大小", required=True, hidden=True, unit="字节", ge=1)] = None
    part: Annotated[int | None, Field("第几份", required=True, hidden=True, ge=1)] = None
    parts: Annotated[int | None, Field("共几份", required=True, hidden=True, ge=1, le=100)] = None
    data: Annotated[str, Field("内容", required=True, hidden=True, longest=900_000)] = ""
