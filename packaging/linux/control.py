"""What Debian's package manager is told of the package."""

from __future__ import annotations

import gzip
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import format_datetime
from hashlib import md5
from pathlib import Path

DEPENDS = (
    "adduser",
    "libc6 (>= 2.28)",
    "libcups2",
    "libdbus-1-3",
    "libegl1",
    "libexpat1",
    "libfontconfig1",
    "libfreetype6",
    "libgcc-s1 | libgcc1",
    "libgl1",
    "libglib2.0-0",
    "libstdc++6 (>= 8)",
    "libx11-6",
    "libx11-xcb1",
    "libxcb-cursor0",
    "libxcb-icccm4",
    "libxcb-image0",
    "libxcb-keysyms1",
    "libxcb-randr0",
    "libxcb-render-util0",
    "libxcb-shape0",
    "libxcb-xkb1",
    "libxkbcommon-x11-0",
    "libxkbcommon0",
)
"""By the names of Debian 10 to 13 alike; where 13 renamed one, the new one provides the old."""

MAINTAINER = os.environ.get("ZOUFANG_MAINTAINER", "Zoufang packagers <packagers@zoufang.invalid>")
"""Who made the package and is written to about it; `.invalid` is nobody's address (RFC 2606)."""
_SAID = """\
Package: zoufang
Version: {version}
Architecture: amd64
Maintainer: {maintainer}
Installed-Size: {size}
Depends: {depends}
Recommends: hicolor-icon-theme, shared-mime-info, xdg-utils
Section: misc
Priority: optional
Description: register visits to enterprises and help for workers (走访帮扶登记系统)
 For trade-union offices: visits and help are recorded offline in an encrypted
 store, the official forms are printed, and offices exchange signed, encrypted
 files on a stick. Nothing needs a network.
 .
 供工会使用：走访和帮扶离线登记，数据加密保存，打印登记表，生成和接收报送文件。
"""


def control(version: str, tree: Path) -> str:
    """The file of that name; the size is counted in the tree."""
    size = sum(path.lstat().st_size for path in tree.rglob("*") if path.is_file())
    depends = ", ".join(DEPENDS)
    return _SAID.format(
        version=version, maintainer=MAINTAINER, size=-(-size // 1024), depends=depends
    )


def md5sums(tree: Path) -> str:
    """The sum of every file, as `dpkg --verify` reads it."""
    return "".join(_sums(tree))


def _sums(tree: Path) -> Iterator[str]:
    for path in sorted(tree.rglob("*")):
        if path.is_file() and not path.is_symlink() and "DEBIAN" not in path.parts:
            found = md5(path.read_bytes(), usedforsecurity=False).hexdigest()
            yield f"{found}  {path.relative_to(tree).as_posix()}\n"


def changelog(version: str, time: int) -> bytes:
    """Debian's own changelog, packed; what is new for users stands in the other one."""
    dated = format_datetime(datetime.fromtimestamp(time, UTC))
    lines = [f"zoufang ({version}) stable; urgency=medium", "", "  * See changelog.gz.", ""]
    lines += [f" -- {MAINTAINER}  {dated}", ""]
    return packed("\n".join(lines).encode())


def packed(content: bytes) -> bytes:
    """As gzip, the same bytes every time."""
    return gzip.compress(content, 9, mtime=0)
