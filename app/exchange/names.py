"""Names of members, offices and packages (package format §7, Names)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from app.exchange.refusal import Refused

_MEMBER = re.compile(r"[A-Za-z0-9._/-]{1,200}", re.ASCII)
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.ASCII | re.IGNORECASE)

HEX64 = re.compile(r"[0-9a-f]{64}", re.ASCII)
KEY_ID = re.compile(r"[0-9a-f]{16}", re.ASCII)
STATION = re.compile(r"[0-9]{6,12}", re.ASCII)
WRITER = re.compile(r"([0-9]{6,12})-([0-9a-f]{8})", re.ASCII)
PACKAGE_ID = re.compile(r"zf-([0-9]{6,12}-[0-9a-f]{8})-([0-9]{6,})-[0-9a-f]{8}", re.ASCII)
UUID4 = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", re.ASCII)
UUID7 = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", re.ASCII)
MOST = 2**53 - 1
"""The largest number every JSON reader keeps exact."""


def check_members(names: Iterable[str]) -> None:
    """Refuse unsafe names (PATH_UNSAFE), then names that differ only in case (PATH_DUP)."""
    names = list(names)
    for name in names:
        if not is_safe(name):
            raise Refused("PATH_UNSAFE", name[:200])
    seen: set[str] = set()
    for name in names:
        if name.lower() in seen:
            raise Refused("PATH_DUP", name)
        seen.add(name.lower())


def is_safe(name: str) -> bool:
    """Whether the name can be unpacked on any system without leaving its folder."""
    return _MEMBER.fullmatch(name) is not None and all(map(_safe_segment, name.split("/")))


def _safe_segment(segment: str) -> bool:
    return bool(segment) and "." not in (segment[0], segment[-1]) and not _DEVICE.fullmatch(segment)


def single_root(names: Iterable[str]) -> str:
    """Return the one folder every member lies in, or refuse with ROOT."""
    roots = {name.partition("/")[0] if "/" in name else "" for name in names}
    if len(roots) != 1 or "" in roots:
        raise Refused("ROOT", "、".join(sorted(roots)[:5]))
    return roots.pop()


def package_id(writer: str, seq: int, tail: str) -> str:
    """`zf-<writer>-<seq>-<8 hex>`; raises nothing, the caller's names are checked elsewhere."""
    return f"zf-{writer}-{seq:06d}-{tail}"


def file_name(writer: str, to: str, seq: int) -> str:
    """The advisory file name of a package, as people see it on a stick."""
    return f"{writer}_to_{to}_{seq:06d}.zfpkg"
