"""What one computer saves, the other hears of at once: which records, and nothing of its own."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from app.domain.kernel.changes import Changes
from app.services.office.office import Office
from app.services.office.others_news import OthersNews
from tests.services.offices import new_clock, reopened, save_visit
from tests.services.server.test_two_clerks import begun


def test_what_another_process_saved_is_named(city: Office, tmp_path: Path) -> None:
    there = Path(shutil.copytree(city.folder.root, tmp_path / "second desk"))
    news = OthersNews(city)
    assert news.since() == Changes()
    mine = save_visit(city)
    assert news.since() == Changes()

    def keying(_tell: object) -> None:
        clock = new_clock()
        clock.set(2011, 7, 21)
        office = reopened(there, clock)
        save_visit(office, enterprise_name="乐山二厂")
        office.close()

    child, reader = begun(keying)
    with os.fdopen(reader, encoding="utf-8") as pipe:
        pipe.read()
    found = news.since()
    assert "visit" in found.types
    assert found.ids - {mine.id}
    assert news.since() == Changes()
    news.close()
    assert news.since() == Changes()
    os.waitpid(child, 0)
