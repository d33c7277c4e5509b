"""记录单: a record on paper, its first words and the corrections beside them."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.documents.drawing.target import Target
from app.domain.kernel.errors import UserError
from app.domain.kernel.progress import Cancel, silent
from app.domain.records import Diary, Document, Group
from app.services.backup import integrity
from app.services.office.office import Office
from app.services.papers.paper_catalogue import PAPERS, Order
from app.services.papers.record_papers import print_records
from app.services.receiving import take_package
from app.services.records import saving, voiding
from tests.documents.conftest import ReadPages, pages_of
from tests.services import forging
from tests.services.offices import deliver

__all__ = ["pages_of"]


def printed(office: Office, pages_of: ReadPages, out: Path, order: Order) -> list[str]:
    (paper,) = PAPERS[order.record_type]
    pages = paper.make(office, order, Target(out), silent, Cancel())
    texts = pages_of(out)
    assert len(texts) == pages
    return texts


def test_a_diary_is_printed_with_its_corrections(
    county: Office, pages_of: ReadPages, tmp_path: Path
) -> None:
    group = saving.save(
        county,
        Group,
        {"name": "第一工作组", "level": "县级", "leaders": "李明书", "campaign": "2011-36"},
    ).id
    typed = {"group": group, "kept_on": "2011-07-01", "author": "付志勇", "campaign": "2011-36"}
    correction = {"on": "2011-07-01", "words": "夜班应为中班", "by": "李明书"}
    keys = [
        saving.save(county, Diary, {**typed, "content": text, "corrections": [correction]}).id
        for text in ("夜班没有班车。\n食堂不开伙。", "第二篇。")
    ]
    first, second = printed(county, pages_of, tmp_path / "日志.pdf", Order(Diary, keys))
    for words in (
        "调查日志",
        "第一工作组",
        "夜班没有班车。",
        "食堂不开伙。",
        "夜班应为中班",
        "李明书",
    ):
        assert words in first
    assert "第二篇。" in second


def test_a_long_report_goes_on_overleaf_and_nothing_is_lost(
    county: Office, pages_of: ReadPages, tmp_path: Path
) -> None:
    part = "走访的企业中，建立工资集体协商制度的不到一半。" * 60
    typed = {"title": "调研", "kind": "research", "dated": "2011-07-01", "campaign": "2011-36"}
    parts = dict.fromkeys(("situation", "analysis", "advice", "measures"), part)
    key = saving.save(county, Document, typed | parts).id
    texts = printed(county, pages_of, tmp_path / "报告.pdf", Order(Document, [key]))
    assert len(texts) > 2
    assert "".join("".join(texts).split()).count("不到一半") == 240
    voiding.void(county, Document, key, "录错了")
    assert "已作废" in printed(county, pages_of, tmp_path / "二.pdf", Order(Document, [key]))[0]


def test_nothing_is_no_paper(county: Office, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="没有可打印"):
        print_records(
            county, Target(tmp_path / "无.pdf"), Document, [], progress=silent, cancel=Cancel()
        )


def test_a_row_of_files_that_says_nothing_is_no_bar_to_printing_or_checking(
    city: Office, county: Office, pages_of: ReadPages, tmp_path: Path
) -> None:
    """Another program may leave out of a package what this one always writes."""
    typed = {"kind": "summary", "title": "总结", "campaign": "2011-36", "dated": "2011-07-20"}
    made = saving.save(county, Document, typed)
    rows = {"attachments": [{"id": "a"}, {"id": "b", "name": "乙.jpg"}]}
    edit = forging.line(county, "document", rows, record=made.id, parents=[made.state.h])
    deliver(county, city, tmp_path / "up")
    take_package.receive(city, forging.package(county, tmp_path / "x.zfpkg", [edit]).path)
    (page,) = printed(city, pages_of, tmp_path / "总结.pdf", Order(Document, [made.id]))
    assert "乙.jpg" in page
    examined = integrity.examine_store(city)
    assert {"scan_missing"} == {one.kind for one in examined.faults}
