"""The systems an installed program is made for, and what their Python says of itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Target:
    """One system: `markers` as PEP 508 names them, `platforms` in pip's words, newest last."""

    name: str
    markers: Mapping[str, str]
    platforms: tuple[str, ...]


def _markers(platform: str, system: str, os_name: str, machine: str) -> Mapping[str, str]:
    return {
        "sys_platform": platform,
        "platform_system": system,
        "os_name": os_name,
        "platform_machine": machine,
        "python_version": "3.11",
        "python_full_version": "3.11.9",
        "implementation_name": "cpython",
        "implementation_version": "3.11.9",
        "platform_python_implementation": "CPython",
        "platform_release": "",
        "platform_version": "",
        "extra": "",
    }


WINDOWS = Target("windows", _markers("win32", "Windows", "nt", "AMD64"), ("win_amd64",))

_GLIBC = ("manylinux2014_x86_64", "manylinux_2_17_x86_64", "manylinux_2_27_x86_64")
LINUX = Target(
    "linux", _markers("linux", "Linux", "posix", "x86_64"), (*_GLIBC, "manylinux_2_28_x86_64")
)
"""glibc 2.28 is what UOS V20 and Kylin V10 have."""

TARGETS = {one.name: one for one in (WINDOWS, LINUX)}
