"""What is laid into an installed program, from made wheels."""

import json
import os
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest
from bundle import checkout
from bundle.contents import is_taken
from bundle.dated import compile_all, compile_bare, settle
from bundle.licences import licence_texts
from bundle.lock import Pin
from bundle.sbom import Part, sbom
from bundle.wheels import lay_out

from app import __version__


def wheel(folder: Path, name: str, files: dict[str, str]) -> Path:
    path = folder / f"{name}-1.0-py3-none-any.whl"
    said = f"{name}-1.0.dist-info"
    with ZipFile(path, "w") as packed:
        packed.writestr(f"{said}/METADATA", f"Name: {name}\nVersion: 1.0\nLicense: MIT\n")
        packed.writestr(f"{said}/licenses/LICENSE", f"Copyright {name}")
        for inside, text in files.items():
            packed.writestr(inside, text)
    return path


@pytest.mark.parametrize("system", ["windows", "linux"])
def test_of_qt_only_what_the_window_needs_is_taken(system: str) -> None:
    suffix = ".pyd" if system == "windows" else ".abi3.so"
    assert is_taken(system, f"PySide6/QtWidgets{suffix}")
    assert not is_taken(system, f"PySide6/QtQuick{suffix}")
    assert not is_taken(system, "PySide6/opengl32sw.dll")
    assert not is_taken(system, "PySide6/QtWidgets.pyi")


def test_types_and_tests_of_libraries_stay_behind() -> None:
    assert is_taken("linux", "lxml/etree.py")
    assert not is_taken("linux", "lxml/etree.pyi")
    assert not is_taken("linux", "greatlib/tests/test_it.py")
    assert is_taken("linux", "pyside6_essentials-6.9.3.dist-info/METADATA")


def test_a_wheel_is_laid_out_without_its_scripts(tmp_path: Path) -> None:
    files = {
        "good/__init__.py": "",
        "good/one.pyi": "",
        "good-1.0.data/scripts/run": "",
        "good-1.0.data/purelib/good/two.py": "2",
    }
    lay_out("linux", wheel(tmp_path, "good", files), tmp_path / "libraries")
    laid = sorted(one.name for one in (tmp_path / "libraries" / "good").iterdir())
    assert laid == ["__init__.py", "two.py"]
    assert not (tmp_path / "libraries" / "good-1.0.data").exists()


def test_a_wheel_that_reaches_out_is_refused(tmp_path: Path) -> None:
    bad = wheel(tmp_path, "bad", {"../bad.py": ""})
    with pytest.raises(ValueError, match=r"\.\./bad\.py"):
        lay_out("linux", bad, tmp_path / "libraries")
    assert not (tmp_path / "bad.py").exists()


def test_the_list_of_parts_is_the_same_every_time(tmp_path: Path) -> None:
    made = wheel(tmp_path, "good", {})
    python = Part("CPython", "3.11.9", "PSF-2.0", "platform", source=made)
    first, again = (sbom("linux", [Pin("good", "1.0", ())], tmp_path, [python]) for _ in "ab")
    assert first == again
    said = json.loads(first)
    assert (said["bomFormat"], said["specVersion"]) == ("CycloneDX", "1.5")
    assert said["metadata"]["component"]["version"] == __version__
    (good,) = (one for one in said["components"] if one["name"] == "good")
    assert good["purl"] == "pkg:pypi/good@1.0"
    assert good["licenses"] == [{"expression": "MIT"}]
    assert good["hashes"][0]["alg"] == "SHA-256"
    assert {"CPython", "Noto Sans SC"} <= {one["name"] for one in said["components"]}


def test_licences_name_what_they_are_for_once(tmp_path: Path) -> None:
    libraries = tmp_path / "libraries"
    for name in ("good", "other"):
        lay_out("linux", wheel(tmp_path, name, {}), libraries)
    (libraries / "other-1.0.dist-info/licenses/LICENSE").write_text("Copyright good")
    text = licence_texts(checkout.ROOT, libraries)
    assert "good-1.0, other-1.0" in text
    assert text.count("Copyright good") == 1
    assert "SIL OPEN FONT LICENSE" in text


def test_a_compiled_folder_is_the_same_every_time(tmp_path: Path) -> None:
    made = []
    for name in ("one", "two"):
        folder = tmp_path / name
        (folder / "room").mkdir(parents=True)
        (folder / "room" / "it.py").write_text("def f() -> int:\n    return 1\n")
        compile_all(folder)
        settle(folder, 86_400)
        made.append({one.relative_to(folder): one for one in folder.rglob("*")})
    assert len(made[0]) == 4
    assert list(made[0]) == list(made[1])
    for inside, path in made[0].items():
        assert path.stat().st_mtime == 86_400
        assert path.is_dir() or path.read_bytes() == made[1][inside].read_bytes()
        assert os.access(path, os.R_OK)


def test_libraries_go_along_compiled_and_without_their_documentation(tmp_path: Path) -> None:
    source = '"""Module."""\nfrom __future__ import annotations\n\n\ndef f():\n    """Said."""\n'
    (tmp_path / "room").mkdir()
    (tmp_path / "room" / "__init__.py").write_text(f"{source}\n\ndef g():\n    assert 0, f()\n")
    compile_bare(tmp_path)
    assert [one.name for one in (tmp_path / "room").iterdir()] == ["__init__.pyc"]
    asked = "import traceback, room; print(room.__doc__, room.f(), room.f.__doc__); room.g()"
    words = [sys.executable, "-I", "-c", f"import sys; sys.path.insert(0, '.'); {asked}"]
    done = subprocess.run(words, cwd=tmp_path, check=False, capture_output=True, text=True)
    assert done.stdout == "None None None\n"
    assert 'File "room/__init__.py", line 10, in g' in done.stderr


def test_the_program_is_what_git_knows_of_it() -> None:
    names = checkout.program_files()
    assert {"app/__main__.py", "LICENSE", "resources/theme/zoufang.qss"} <= set(names)
    assert not [name for name in names if name.startswith(("tests/", "packaging/"))]
    assert not [name for name in names if name.endswith(".zfpkg")]
    assert checkout.version() == __version__
    assert "Requires-Dist: psycopg[binary]>=3.2" in checkout.metadata()
