"""What each kind of package carries and who may send it (the table of package format §7)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.domain.records import TYPES
from app.exchange import names
from app.exchange.refusal import Refused

INDEX = "data/index.json.age"
ALLOWED_SIGNERS = "data/allowed_signers"
CITY = "city"
"""The role of a city writer in the trust document."""

_RECORDS = re.compile(r"data/records-([0-9]{3})\.jsonl\.zst\.age", re.ASCII)
_SCAN = re.compile(rf"data/att/{names.UUID4.pattern}\.age", re.ASCII)
_TRUST = re.compile(r"data/trust/((?!000000)[0-9]{6})\.json(|\.sshsig|\.new\.sshsig)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Carries:
    """The record types of a kind, whether scans may lie beside them, and who may sign it."""

    types: frozenset[str]
    scans: bool = False
    city_only: bool = False


WORDS: Mapping[str, str] = {
    "submission": "报送",
    "urgent": "加急报告",
    "answer": "回执答复",
    "reference": "名录和活动",
    "trust": "登记文件",
    "enrol": "登记申请",
    "restore": "恢复文件",
}
"""What each kind is called, wherever it is spoken of."""


def _types(kind: str) -> frozenset[str]:
    return frozenset(name for name, record in TYPES.items() if kind in record.travels)


CARRIES: Mapping[str, Carries] = {
    "submission": Carries(_types("submission"), scans=True),
    "urgent": Carries(_types("urgent"), scans=True),
    "answer": Carries(_types("answer")),
    "reference": Carries(_types("reference"), city_only=True),
    "restore": Carries(_types("restore"), scans=True, city_only=True),
    "enrol": Carries(frozenset({"enrol"})),
}


_LARGEST_PAYLOAD: Mapping[str, int] = {"enrol": 64 << 10, "trust": 64 << 20}
"""Bytes under data/ of what is opened whoever sent it: one line, and the chain of versions."""


def require_size(kind: object, octets: int) -> None:
    """Refuse a payload larger than any of its kind (TOO_LARGE); `kind` as the header says it."""
    if isinstance(kind, str) and octets > _LARGEST_PAYLOAD.get(kind, octets):
        raise Refused("TOO_LARGE", f"{kind}：{octets} 字节")


MOST_BEHIND_CODE = 20
"""Files a 启用码 opens: each costs a derivation, and a gigabyte of lines fills sixteen."""


def require_few(paths: Collection[str]) -> None:
    """Refuse a package behind a 启用码 of more files than one is to be derived for (TOO_LARGE)."""
    if len(paths) > MOST_BEHIND_CODE:
        raise Refused("TOO_LARGE", f"{len(paths)} 个文件")


def records_path(number: int) -> str:
    """The path of the record file with this number."""
    return f"data/records-{number:03d}.jsonl.zst.age"


def scan_path(uuid: str) -> str:
    """The path of a scan."""
    return f"data/att/{uuid}.age"


def trust_path(version: int, ending: str = "") -> str:
    """The path of a trust version, or with `.sshsig` / `.new.sshsig` of its signatures."""
    return f"data/trust/{version:06d}.json{ending}"


def require_payload(kind: str, paths: Iterable[str]) -> None:
    """Refuse a payload without its fixed files (MISSING_MEMBER) or with others (EXTRA_MEMBER)."""
    paths = set(paths)
    if kind == "trust":
        _require(paths, trust_required(paths), _TRUST)
        return
    count = len(record_files(paths))
    needed = {INDEX, *(records_path(number) for number in range(max(count, 1)))}
    _require(paths, needed, _SCAN if CARRIES[kind].scans else None)


def _require(paths: set[str], needed: set[str], optional: re.Pattern[str] | None) -> None:
    if absent := needed - paths:
        raise Refused("MISSING_MEMBER", min(absent))
    extra = {path for path in paths - needed if not (optional and optional.fullmatch(path))}
    if extra:
        raise Refused("EXTRA_MEMBER", min(extra))


def trust_required(paths: Iterable[str]) -> set[str]:
    """Versions 1 to the highest number met, each with its signature, and the signers' list."""
    numbers = [int(match[1]) for match in map(_TRUST.fullmatch, paths) if match]
    # A number far off must not be answered with as many names as it says.
    last = min(max(numbers, default=1), len(numbers) + 1)
    versions = range(1, max(last, 1) + 1)
    return {
        ALLOWED_SIGNERS,
        *(trust_path(version, end) for version in versions for end in ("", ".sshsig")),
    }


def record_files(paths: Iterable[str]) -> Sequence[str]:
    """The record files in their order."""
    return sorted(path for path in paths if _RECORDS.fullmatch(path))


def scan_files(paths: Iterable[str]) -> Sequence[str]:
    """The scans, sorted by path."""
    return sorted(path for path in paths if _SCAN.fullmatch(path))
