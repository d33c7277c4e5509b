"""What goes beside the installers of a version, and whether the version may be given out at all.

    python -m release.complete check
    python -m release.complete add OUT LINUX_TREE WINDOWS_FOLDER

`check` wants the version in CHANGELOG.md with its day, nothing left under Unreleased, and what is
new in `resources/news.md`. `add` puts into OUT the lists of parts, the lists of files with their
sums, the package format as an archive, and SHA256SUMS over everything.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from time import gmtime
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from bundle import checkout

SUMS = "SHA256SUMS"
_FORMAT = "resources/package-format"


def faults(root: Path = checkout.ROOT) -> Iterator[str]:
    """What is still missing before the version may be given out."""
    version = re.escape(checkout.version())
    news = (root / "CHANGELOG.md").read_text("utf-8")
    if not re.search(rf"^## \[{version}\] - \d{{4}}-\d\d-\d\d$", news, re.MULTILINE):
        yield f"CHANGELOG.md 没有 {checkout.version()} 一节 / has no dated section for it"
    left = re.search(r"^## \[Unreleased\]\n(.*?)(?=^## |\Z)", news, re.DOTALL | re.MULTILINE)
    if left and left[1].strip():
        yield "CHANGELOG.md 的 Unreleased 还有内容 / still has something under Unreleased"
    told = (root / "resources" / "news.md").read_text("utf-8")
    if not re.search(rf"^# {version}$", told, re.MULTILINE):
        yield f"resources/news.md 没有 {checkout.version()} / says nothing of it"


def add(out: Path, tree: Path, windows: Path) -> None:
    """Put all papers into `out`, which has the installers already."""
    name = f"zoufang-{checkout.version()}"
    (out / f"{name}-linux-files.txt").write_text(_listing(tree), "utf-8")
    (out / f"{name}-windows-files.txt").write_text(_listing(windows), "utf-8")
    documents = tree / "usr/share/doc/zoufang"
    shutil.copyfile(documents / "sbom.json", out / f"{name}-linux-sbom.cdx.json")
    shutil.copyfile(windows / "sbom.json", out / f"{name}-windows-sbom.cdx.json")
    shutil.copyfile(checkout.ROOT / "CHANGELOG.md", out / "CHANGELOG.md")
    pack_format(out / f"{name.replace('-', '-package-format-')}.zip")
    (out / SUMS).write_text(_listing(out, without=SUMS), "utf-8")


def pack_format(target: Path) -> None:
    """The standard with its examples and its test of any reader, and the licence."""
    listed = subprocess.run(
        ["git", "-C", checkout.ROOT, "ls-files", "-z", _FORMAT, "LICENSE"],
        check=True,
        capture_output=True,
        text=True,
    )
    when = gmtime(checkout.commit_time())[:6]
    top = target.stem
    with ZipFile(target, "w") as packed:
        for name in sorted(filter(None, listed.stdout.split("\0"))):
            entry = ZipInfo(f"{top}/{name.removeprefix(f'{_FORMAT}/')}", when)
            entry.external_attr = 0o644 << 16
            packed.writestr(entry, (checkout.ROOT / name).read_bytes(), ZIP_DEFLATED, 9)


def _listing(folder: Path, without: str = "") -> str:
    """As `sha256sum` writes it, by path."""
    paths = sorted(one for one in folder.rglob("*") if one.is_file() and one.name != without)
    sums = ((sha256(one.read_bytes()).hexdigest(), one.relative_to(folder)) for one in paths)
    return "".join(f"{total}  {path.as_posix()}\n" for total, path in sums)


def main(words: Sequence[str]) -> int:
    """Do one of the steps; 1 where the version may not be given out."""
    if words[0] == "add":
        add(*map(Path, words[1:4]))
        return 0
    found = list(faults())
    for fault in found:
        print(fault, file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
