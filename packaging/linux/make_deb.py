"""Makes the package from this commit, its locked libraries and what the build root made.

    python -m linux.make_deb ROOT QT_ROOT WHEELS OUT.deb

ROOT is the build root with `build/python`, and `build/parts`, QT_ROOT that with `build/fcitx`; both
are made by `build.sh`. The same commit gives the same bytes.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from bundle import checkout, lock
from bundle.dated import settle
from bundle.gather import gather
from bundle.sbom import Part
from bundle.targets import LINUX

from linux import control, icons, interpreter

FILES = Path(__file__).resolve().parent / "files"
_HOME = Path("usr/lib/zoufang")
_DOC = Path("usr/share/doc/zoufang")
_INPUT_METHODS = "libraries/PySide6/Qt/plugins/platforminputcontexts"

_PLACES = {
    "zoufang.sh": "usr/bin/zoufang",
    "zoufang.desktop": "usr/share/applications/zoufang.desktop",
    "zoufang.xml": "usr/share/mime/packages/zoufang.xml",
    "zoufang.metainfo.xml": "usr/share/metainfo/zoufang.metainfo.xml",
    "zoufang.1": "usr/share/man/man1/zoufang.1.gz",
    "zoufang.zh_CN.1": "usr/share/man/zh_CN/man1/zoufang.1.gz",
    "lintian-overrides": "usr/share/lintian/overrides/zoufang",
    "copyright": "usr/share/doc/zoufang/copyright",
    "README.Debian": "usr/share/doc/zoufang/README.Debian",
    "postinst": "DEBIAN/postinst",
}
_RUNS = ("usr/bin/zoufang", "DEBIAN/postinst")

_INSIDE = {
    "openssl": "libssl-dev",
    "libffi": "libffi-dev",
    "zlib": "zlib1g-dev",
    "bzip2": "libbz2-dev",
    "xz": "liblzma-dev",
}
"""What the interpreter has inside, and the package of the build root it came from."""
_QT_HEADERS = "qt6-base-private-dev"
"""What the plugin for fcitx is compiled with; it is linked to the Qt of the wheel."""


def make(root: Path, qt_root: Path, wheels: Path, out: Path) -> None:
    """Write the package `out`."""
    tree = root / "build" / "tree"
    shutil.rmtree(tree, ignore_errors=True)
    lock.download(LINUX, wheels)
    gather(LINUX, wheels, tree / _HOME, beside=_parts(root, qt_root))
    built = root / "build" / "python" / "usr/lib/zoufang/python"
    interpreter.lay_out(built, tree / _HOME / "python")
    (plugin,) = (qt_root / "build" / "fcitx").iterdir()
    shutil.copyfile(plugin, tree / _HOME / _INPUT_METHODS / plugin.name)
    _put_documents(root, tree)
    icons.draw(FILES, tree / "usr/share/icons/hicolor")
    _strip(root, tree)
    version = f"{checkout.version()}-1"
    (tree / "DEBIAN" / "control").write_text(control.control(version, tree), "utf-8")
    (tree / "DEBIAN" / "md5sums").write_text(control.md5sums(tree), "utf-8")
    settle(tree, checkout.commit_time())
    _pack(root, out)


def _put_documents(root: Path, tree: Path) -> None:
    dated = datetime.fromtimestamp(checkout.commit_time(), UTC).strftime("%Y-%m-%d")
    for name, place in _PLACES.items():
        text = (FILES / name).read_text("utf-8")
        text = text.replace("@VERSION@", checkout.version()).replace("@DATE@", dated)
        content = text.encode()
        target = tree / place
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(control.packed(content) if target.suffix == ".gz" else content)
        target.chmod(0o755 if place in _RUNS else 0o644)
    doc = tree / _DOC
    for name in ("sbom.json", "quickstart.pdf"):
        shutil.move(tree / _HOME / name, doc / name)
    licences = [(tree / _HOME / "licences.txt").read_bytes()]
    licences += [(root / f"usr/share/doc/{one}/copyright").read_bytes() for one in _INSIDE.values()]
    (tree / _HOME / "licences.txt").unlink()
    (doc / "licences.txt.gz").write_bytes(control.packed(b"\n".join(licences)))
    news = (checkout.ROOT / "CHANGELOG.md").read_bytes()
    (doc / "changelog.gz").write_bytes(control.packed(news))
    (doc / "changelog.Debian.gz").write_bytes(
        control.changelog(f"{checkout.version()}-1", checkout.commit_time())
    )


def _parts(root: Path, qt_root: Path) -> list[Part]:
    """What no wheel brings: the interpreter with what is inside it, and Qt's headers for fcitx."""
    parts = root / "build" / "parts"
    (source,) = parts.glob("python3.11_*.debian.tar.xz")
    version = source.name.removeprefix("python3.11_").removesuffix(".debian.tar.xz")
    found = [Part("python3.11", version, "Python-2.0", purl=_purl("python3.11", version))]
    for name, package in _INSIDE.items():
        version = _version_of(package, root)
        found.append(Part(name, version, "", purl=_purl(package, version)))
    version = _version_of(_QT_HEADERS, qt_root)
    return [*found, Part("qt6-base", version, "LGPL-3.0-only", purl=_purl(_QT_HEADERS, version))]


def _version_of(package: str, root: Path) -> str:
    said = ["dpkg-query", f"--admindir={root}/var/lib/dpkg", "-W", "-f=${source:Version}", package]
    return subprocess.run(said, check=True, capture_output=True, text=True).stdout


def _purl(name: str, version: str) -> str:
    return f"pkg:deb/debian/{name}@{version.replace('+', '%2B')}"


def _strip(root: Path, tree: Path) -> None:
    """Our own interpreter is stripped; what wheels bring stays as it was signed for."""
    python = tree / _HOME / "python"
    found = [python / "bin" / "python3.11", *sorted(python.rglob("*.so"))]
    inside = [f"/{path.relative_to(root)}" for path in found]
    subprocess.run(["chroot", root, "strip", "--strip-unneeded", *inside], check=True)


def _pack(root: Path, out: Path) -> None:
    words = ["env", f"SOURCE_DATE_EPOCH={checkout.commit_time()}"]
    words += ["dpkg-deb", "--root-owner-group", "-Zxz", "--build", "/build/tree", "/build/out.deb"]
    subprocess.run(["chroot", root, *words], check=True, stdout=subprocess.DEVNULL)
    out.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(root / "build" / "out.deb", out)


if __name__ == "__main__":
    make(*(Path(word).resolve() for word in sys.argv[1:5]))
