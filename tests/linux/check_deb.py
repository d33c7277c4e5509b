"""The package installed on bare Debians, used, and removed; `make test-deb`.

Not among the usual tests: it makes whole systems, as root. ZOUFANG_DEB names the package,
ZOUFANG_ROOTS where bare systems are kept, ZOUFANG_PICTURES where what is seen is kept.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from app import __version__
from tests.houses import NEWER
from tests.installed_updates import BROKEN, Publisher
from tests.linux.bare_root import BareRoot, fresh, make_base
from tests.linux.elf_needs import elf_files, needs
from tests.linux.input_methods import INPUT_METHODS, begun
from tests.linux.screen import Screen, screen, until

CEILING = {"GLIBC": (2, 28), "GLIBCXX": (3, 4, 25), "CXXABI": (1, 3, 11)}
"""What UOS V20 and Kylin V10 have: glibc 2.28 and the libraries of GCC 8."""

RELEASES = ("bullseye", "bookworm", "trixie")
DATA = "/var/lib/zoufang/data"
PASSPHRASE = "walk-the-yellow-river-9"
ACCENT = "#B4232A"
UNIT = {"name": "沙湾水泥厂", "kind": "企业", "area": "沙湾镇"}


@pytest.fixture(scope="module")
def deb() -> Path:
    return Path(os.environ["ZOUFANG_DEB"]).resolve()


@pytest.fixture(scope="module")
def laid_out(deb: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package unpacked."""
    place = tmp_path_factory.mktemp("deb")
    subprocess.run(["dpkg-deb", "-x", deb, place], check=True)
    return place


def test_nothing_in_it_needs_more_than_the_oldest_system_has(laid_out: Path) -> None:
    files = list(elf_files(laid_out))
    assert len(files) > 50
    for path in files:
        for kind, version in needs(path).items():
            assert version <= CEILING[kind], f"{path.relative_to(laid_out)}: {kind} {version}"


def test_lintian_finds_no_errors(deb: Path) -> None:
    words = ["lintian", "--fail-on", "error", "--allow-root", str(deb)]
    done = subprocess.run(words, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("release", RELEASES)
def test_installed_used_and_removed(release: str, deb: Path, tmp_path: Path) -> None:
    base = make_base(release, Path(os.environ["ZOUFANG_ROOTS"]))
    with fresh(base, tmp_path) as root:
        install(root, deb)
        find_every_library(root)
        keep_data_of_a_group(root)
        root.install("xvfb")
        with screen(root) as seen, new_visit(root, seen, {}):
            key_one_visit(root, seen, release, lambda: seen.type("王主席"))
        (visit,) = listed(root)["records"]
        assert visit["record"]["enterprise_name"] == UNIT["name"]
        assert visit["record"]["headcount"] == 120
        update(root, Publisher(tmp_path / "made"))
        remove(root)


@pytest.mark.parametrize("name", INPUT_METHODS)
@pytest.mark.parametrize("release", ["bookworm", "trixie"])
def test_chinese_is_typed(release: str, name: str, deb: Path, tmp_path: Path) -> None:
    base = make_base(release, Path(os.environ["ZOUFANG_ROOTS"]))
    one = INPUT_METHODS[name]
    with fresh(base, tmp_path) as root:
        install(root, deb)
        keep_data_of_a_group(root)
        root.install("xvfb", "fonts-wqy-microhei", *one.packages)

        def leader() -> None:
            seen.press(*one.to_chinese)
            seen.type("ningbo ")

        with (
            screen(root) as seen,
            begun(root, one, "clerk", seen.display) as session,
            new_visit(root, seen, session),
        ):
            key_one_visit(root, seen, f"{release}-{name}", leader)
        (visit,) = listed(root)["records"]
        assert visit["record"]["leaders"] == ["宁波"]


def install(root: BareRoot, deb: Path) -> None:
    (root.path / "zoufang.deb").write_bytes(deb.read_bytes())
    root.run("apt-get", "-qq", "update")
    root.install("/zoufang.deb")


def update(root: BareRoot, publisher: Publisher) -> None:
    """One that falls is given up by itself, the next is run; the data are there with both."""
    publisher.become_known(root.path / "usr/lib/zoufang/program")
    for version, then in ((BROKEN, __version__), (NEWER, NEWER)):
        publisher.publish(version, root.path / "newer.zfupdate")
        words = ("zoufang", "update", "install", "/newer.zfupdate", "--data", DATA)
        root.run(*words, user="clerk", ZOUFANG_PASSPHRASE=PASSPHRASE)
        assert then in root.run("zoufang", "--version", user="clerk")
        assert len(listed(root)["records"]) == 1


def find_every_library(root: BareRoot) -> None:
    """What the package depends on is all that it needs."""
    home = root.path / "usr/lib/zoufang"
    inside = [f"/{path.relative_to(root.path)}" for path in elf_files(home)]
    told = root.run("ldd", *inside)
    assert "not found" not in told, told


def keep_data_of_a_group(root: BareRoot) -> None:
    root.run("useradd", "--create-home", "--groups", "zoufang", "clerk")
    words = ("--data", DATA, "--role", "city", "--unit", "511100", "--operator", "张三")
    root.run("zoufang", "init", *words, user="clerk", ZOUFANG_PASSPHRASE=PASSPHRASE)
    add = ("zoufang", "add", "--data", DATA, "enterprise", "--from", "-")
    said = json.dumps(UNIT)
    root.run(*add, user="clerk", said=said, ZOUFANG_PASSPHRASE=PASSPHRASE)


@contextmanager
def new_visit(root: BareRoot, seen: Screen, session: Mapping[str, str]) -> Iterator[None]:
    """From the passphrase to the empty form, by keys alone; after it the window is closed."""
    words = root.words("zoufang", user="clerk", **{"DISPLAY": seen.display, **session})
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as program:
        until(lambda: seen.window("走访帮扶登记系统"), "the window")
        until(lambda: seen.colour(840, 478) == ACCENT, "the button 打开")
        seen.type(PASSPHRASE)
        seen.press("Return")
        until(lambda: seen.colour(1, 100) == ACCENT, "首页")
        seen.press("ctrl+n")
        until(lambda: seen.colour(1, 148) == ACCENT, "走访登记")
        until(lambda: seen.colour(724, 700) == ACCENT, "the form")
        yield
        seen.press("alt+F4")
        output, _ = program.communicate()
        assert program.returncode == 0, output.decode()


def key_one_visit(root: BareRoot, seen: Screen, name: str, leader: Callable[[], None]) -> None:
    """All of the form but its first field, which `leader` keys; then it is saved."""
    pictures = Path(os.environ.get("ZOUFANG_PICTURES", "build/linux/pictures"))
    leader()
    seen.press("Return")
    seen.type(UNIT["name"])
    seen.press("Return")
    seen.type("120")
    seen.press("Tab", "Tab")
    seen.type("工会组织健全，职工有活动室。")
    seen.press("Tab")
    seen.type("2011-11-20")
    seen.press("Tab")
    seen.picture(pictures / f"{name}-keyed.png")
    before = last_save(root)
    seen.press("ctrl+s")
    until(lambda: last_save(root) != before, "the save")
    seen.picture(pictures / f"{name}-saved.png")


def last_save(root: BareRoot) -> str:
    """The number of the last save, which stands outside the store."""
    return (root.path / DATA[1:] / "last-save").read_text("utf-8")


def listed(root: BareRoot) -> dict[str, list[dict[str, dict[str, object]]]]:
    words = ("zoufang", "list", "--data", DATA, "visit", "--json")
    told = root.run(*words, user="clerk", ZOUFANG_PASSPHRASE=PASSPHRASE)
    found: dict[str, list[dict[str, dict[str, object]]]] = json.loads(told)
    return found


def remove(root: BareRoot) -> None:
    """The program goes, purged too; the data stays."""
    store = root.path / DATA[1:] / "store.db"
    before = store.read_bytes()
    root.run("apt-get", "-qq", "-y", "remove", "zoufang", DEBIAN_FRONTEND="noninteractive")
    root.run("dpkg", "--purge", "zoufang")
    assert not (root.path / "usr/lib/zoufang").exists()
    assert not (root.path / "usr/bin/zoufang").exists()
    assert store.read_bytes() == before
