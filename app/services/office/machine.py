"""The marker of this computer, to notice a copied store."""

from __future__ import annotations

import hashlib
import platform
import sys
from pathlib import Path


def machine_marker() -> str:
    """Sixteen hex digits that stay the same on this computer and differ on another."""
    return hashlib.sha256(f"zoufang {_system_id()}".encode()).hexdigest()[:16]


def _system_id() -> str:
    if sys.platform == "win32":
        import winreg  # noqa: PLC0415  (Windows only)

        with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, r"SOFTWARE\Microsoft\Cryptography") as key:
            return str(winreg.QueryValueEx(key, "MachineGuid")[0])
    for place in (Path("/etc/machine-id"), Path("/var/lib/dbus/machine-id")):
        if place.exists() and (text := place.read_text().strip()):
            return text
    return platform.node()
