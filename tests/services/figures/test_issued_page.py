"""The page for leaders: what a 定稿 says, whole in one file, with nobody in it."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from PIL import Image

from app.domain.kernel.errors import UserError
from app.domain.records import Leader, Target
from app.services.figures import issued_page, issued_totals, statistics
from app.services.figures.issued_totals import Issued
from app.services.office.office import Office
from app.services.records import saving
from tests.services.figures.test_statistics import a_year
from tests.services.offices import SetClock, deliver, save_visit

PERSONAL = (
    "刘勇", "11010519491231002X", "补发工资", "李经办", "市经办", "王主任", "赵厂长", "13900001234",
    "请工会多来", "张师傅", "沙湾水泥厂",
)  # fmt: skip
"""Names, numbers and words of the records below; the enterprise is left out with them."""


class Read(HTMLParser):
    """Every tag with what it has, and all the text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "br", "rect", "circle", "line", "polyline"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in ("rect", "circle", "line", "polyline"):
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def issued(office: Office) -> Issued:
    seen = statistics.statistics(office, "2011-36")
    return issued_totals.issue(office, issued_totals.shown(office, seen), seen)


def page_of(office: Office, one: Issued, out: Path) -> str:
    return issued_page.write_page(office, one, out / "页.html").read_text("utf-8")


@pytest.fixture
def told(county: Office) -> Office:
    a_year(county)
    saving.save(county, Leader, {"name": "王主任", "post": "主席", "serves_from": "2010-01-01"})
    save_visit(
        county,
        enterprise_name="沙湾水泥厂",
        leaders="王主任",
        opinions="请工会多来，赵厂长电话13900001234；张师傅说补发工资",
    )
    return county


def test_it_is_whole_in_itself_and_as_of_its_day(
    told: Office, tmp_path: Path, clock: SetClock
) -> None:
    one = issued(told)
    clock.set(2011, 8, 1)
    save_visit(told, enterprise_name="嘉农电站", area="嘉农镇", workers_met=5)
    page = page_of(told, one, tmp_path)
    read = Read(page)
    assert not read.open
    names = {tag for tag, _ in read.tags}
    assert {"svg", "table", "h1", "meta"} <= names
    assert not names & {"script", "link", "img", "iframe", "object", "embed", "a", "form"}
    given = [value or "" for _, attrs in read.tags for value in attrs.values()]
    assert not any(re.match(r"(?i)(https?:|//|data:|javascript:)", value)
                   for value in given if value != "http://www.w3.org/2000/svg")  # fmt: skip
    assert not re.search(r"(?i)url\(|@import|\bon\w+=", page)
    assert "沙湾区总工会　数字截至2011年7月21日" in read.text
    assert "依据2011年7月21日的定稿（第1号）" in read.text
    assert "每周走访" in read.text
    assert "意见诉求" in read.text
    assert "走访落后的" in read.text
    kept = issued_totals.issued_one(told, 1)
    assert kept == one
    assert page_of(told, kept, tmp_path) == page


def test_nobody_is_in_it(told: Office, tmp_path: Path) -> None:
    page = page_of(told, issued(told), tmp_path)
    assert not [word for word in PERSONAL if word in page]
    assert not re.search(r"(?<!\d)1\d{10}(?!\d)|(?<!\d)\d{17}[\dX](?!\d)", page)


def test_the_city_shows_its_counties_and_its_indicators(
    city: Office, told: Office, tmp_path: Path, clock: SetClock
) -> None:
    deliver(told, city, tmp_path / "stick")
    clock.set(2012, 6, 1)
    saving.save(
        city, Target, {"campaign": "2012-55", "indicator": "T6", "unit": "511111", "value": 300}
    )
    seen = statistics.statistics(city, "2012-55")
    one = issued_totals.issue(city, issued_totals.shown(city, seen), seen)
    text = Read(page_of(city, one, tmp_path)).text
    assert "T6 全年新增基层工会（个）" in text
    assert "确保 2,000" in text
    page = Read(page_of(city, issued(city), tmp_path))
    tiles = [
        attrs["class"] for _, attrs in page.tags if (attrs.get("class") or "").startswith("tile ")
    ]
    assert len(tiles) >= 11
    assert "沙湾区总工会" in page.text
    assert not [word for word in PERSONAL if word in page.text]


def test_what_somebody_writes_is_text_and_never_a_tag(told: Office, tmp_path: Path) -> None:
    seen = statistics.statistics(told)
    table = issued_totals.shown(told, seen)
    names = (("<b>走访</b>&\"'13900001234", "户"), *table.columns[1:])
    one = issued_totals.issue(told, replace(table, columns=names, office="<i>县"), seen)
    read = Read(page_of(told, one, tmp_path))
    assert "i" not in {tag for tag, attrs in read.tags if not attrs}
    assert "<b>走访</b>&\"'（号码略）" in read.text


def test_a_table_issued_without_its_pictures_says_so(told: Office, tmp_path: Path) -> None:
    seen = statistics.statistics(told)
    one = issued_totals.issue(told, issued_totals.shown(told, seen))
    text = Read(page_of(told, one, tmp_path)).text
    assert "这里只有汇总表" in text
    with pytest.raises(UserError, match="没有第9号定稿"):
        issued_totals.issued_one(told, 9)


CHROMIUM = shutil.which("chromium")
_ALONE = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
    "--disable-background-networking", "--host-resolver-rules=MAP * ~NOTFOUND",
    "--enable-logging=stderr", "--window-size=1200,1600",
)  # fmt: skip


@pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed on this computer")
def test_a_browser_without_a_network_renders_it_and_complains_of_nothing(
    told: Office, tmp_path: Path
) -> None:
    assert CHROMIUM is not None
    text = page_of(told, issued(told), tmp_path)
    assert "<script" not in text
    assert not re.search(r"""(?:src|href)\s*=\s*["']?(?:https?:)?//""", text)
    page, picture = (tmp_path / "页.html").as_uri(), tmp_path / "页.png"
    own = f"--user-data-dir={tmp_path / 'browser'}"
    said = subprocess.run(
        [CHROMIUM, *_ALONE, own, f"--screenshot={picture}", page],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "CONSOLE" not in said.stderr
    with Image.open(picture) as shot:
        colours = shot.convert("RGB").getcolors(1 << 24)
    assert colours is not None
    assert len(colours) > 20, "letters, tiles and bars, and not an empty page"
