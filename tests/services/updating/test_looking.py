"""An update is taken from who may make one, if it is newer and fits what is installed."""

from __future__ import annotations

from pathlib import Path

import pytest

from app import __version__
from app.domain.kernel.errors import Cancelled, UserError
from app.domain.kernel.progress import Cancel
from app.exchange.keys import SigningKey, check_code
from app.services.office import program_versions
from app.services.office.office import Office
from app.services.office.program_versions import Stage, Versions
from app.services.packages.trust_store import trust_now
from app.services.updating import installing, looking, office_updates, program_tree
from tests.made_updates import made_update

KEY = SigningKey.generate()
WHO = {KEY.public.text: "本系统的发布方"}


def refused(path: Path, signers: dict[str, str] = WHO) -> UserError:
    with pytest.raises(UserError) as told:
        looking.look(path, signers)
    return told.value


def test_what_it_offers_is_told_before_anything_is_changed(tmp_path: Path, versions: Path) -> None:
    offer = looking.look(made_update(tmp_path, KEY), WHO)
    assert (offer.header.version, offer.from_whom) == ("9.1.0", "本系统的发布方")
    assert offer.header.notes == ["填报更快了。"]
    assert offer.code == check_code(KEY.public)
    assert not versions.exists()


def test_the_city_may_sign_and_nobody_else_may(
    tmp_path: Path, city: Office, county: Office
) -> None:
    by_city = made_update(tmp_path, city.signing_key)
    assert office_updates.look(county, by_city).from_whom == f"市总工会的电脑{city.identity.writer}"

    (tmp_path / "other").mkdir()
    by_county = made_update(tmp_path / "other", county.signing_key)
    with pytest.raises(UserError) as told:
        office_updates.look(city, by_county)
    assert told.value.code == "UPDATE_STRANGER"
    assert check_code(county.signing_key.public) in told.value.why


def test_the_keys_of_the_city_are_known_while_no_data_is_open(
    tmp_path: Path, city: Office, county: Office
) -> None:
    path = made_update(tmp_path, city.signing_key)
    assert looking.kept_signers() == {}
    looking.keep_signers(trust_now(county))
    assert looking.look(path, looking.kept_signers()).from_whom == "市总工会"


def test_the_publisher_of_the_set_up_is_known_by_its_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = tmp_path / "publishers.txt"
    keys.write_text(f"# 发布方\n{KEY.public.text} 某公司\n", "utf-8")
    monkeypatch.setattr(looking, "PUBLISHERS", keys)
    assert looking.signers(None) == {KEY.public.text: "本系统的发布方"}


@pytest.mark.parametrize("version", ["0.0.1", __version__])
def test_no_version_goes_backward(tmp_path: Path, version: str) -> None:
    problem = refused(made_update(tmp_path, KEY, version))
    assert problem.code == "UPDATE_OLDER"
    assert version in problem.what


def test_what_fell_here_once_is_not_tried_again(tmp_path: Path, versions: Path) -> None:
    versions.mkdir()
    program_versions.write(Versions(failed=("9.1.0",)))
    assert refused(made_update(tmp_path, KEY)).code == "UPDATE_FAILED_BEFORE"


@pytest.mark.parametrize(
    ("needs", "why"),
    [
        ({"libraries": {"openpyxl": "99.0"}}, "openpyxl 99.0"),
        ({"libraries": {"no-such-library": "1"}}, "no-such-library 1"),
        ({"python": "3.99"}, "Python 3.99"),
        ({"absent": "resources/fonts/new.otf"}, "resources/fonts/new.otf"),
    ],
)
def test_what_needs_more_than_is_installed_wants_the_whole_set_up(
    tmp_path: Path, needs: dict[str, str], why: str
) -> None:
    problem = refused(made_update(tmp_path, KEY, **needs))  # type: ignore[arg-type]
    assert problem.code == "UPDATE_NEEDS_SETUP"
    assert why in problem.why
    assert "完整的安装程序" in problem.remedy


def test_a_damaged_file_changes_nothing(tmp_path: Path, versions: Path) -> None:
    path = made_update(tmp_path, KEY)
    path.write_bytes(path.read_bytes()[:-40])
    with pytest.raises(UserError) as told:
        installing.install(path, WHO)
    assert told.value.code == "UPDATE_UNSOUND"
    assert not versions.exists()


def test_it_can_be_stopped_before_anything_is_changed(tmp_path: Path, versions: Path) -> None:
    cancel = Cancel()

    def stop(step: object) -> None:
        if "装入" in str(step):
            cancel.set()

    with pytest.raises(Cancelled):
        installing.install(made_update(tmp_path, KEY), WHO, progress=stop, cancel=cancel)
    assert list(versions.iterdir()) == []
    assert program_versions.read() == Versions()


def test_installed_it_stands_beside_and_is_run_from_the_next_start(
    tmp_path: Path, versions: Path
) -> None:
    data = tmp_path / "data"
    data.mkdir()
    path = made_update(tmp_path, KEY)
    installing.install(path, WHO, keep_in=data / "updates")
    assert (versions / "9.1.0" / "app" / "__init__.py").read_text() == '__version__ = "9.1.0"\n'
    assert program_versions.read().stage is Stage.INSTALLED
    assert program_versions.to_run() == versions / "9.1.0"
    assert (data / "updates" / path.name).read_bytes() == path.read_bytes()
    assert program_versions.to_run("9.1.0") is None, "it runs itself"
    assert program_versions.to_run("10.0.0") is None, "a newer set-up is not replaced"


def test_a_third_version_takes_the_place_of_the_second(tmp_path: Path, versions: Path) -> None:
    for version in ("9.1.0", "9.2.0"):
        installing.install(made_update(tmp_path, KEY, version), WHO)
    assert sorted(path.name for path in versions.iterdir() if path.is_dir()) == ["9.2.0"]


def test_what_is_new_is_read_by_version() -> None:
    text = "# 1.2.0\n- 甲\n- 乙\n\n# 1.1.0\n- 丙\n"
    assert program_tree.news("1.2.0", text) == ["甲", "乙"]
    assert program_tree.news("1.1.0", text) == ["丙"]
    assert program_tree.news("1.3.0", text) == []
