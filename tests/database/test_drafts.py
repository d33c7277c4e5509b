"""What was being typed is there again after the power came back."""

from __future__ import annotations

from pathlib import Path

from database.books import drafts
from database.books.drafts import Draft

KEY = bytes(range(32))
FIRST = Draft(
    "v-1", "visit", "2011-07-04T09:00:00+08:00", "op-1", {"unit": "五通桥", "headcount": None}
)
SECOND = Draft("p-1", "person", "2011-07-04T09:05:00+08:00", "op-2", {"name": "𬭎·阿木"})


def test_a_draft_comes_back_after_a_restart(tmp_path: Path) -> None:
    store = drafts.open_store(tmp_path / "drafts.db", KEY)
    drafts.save(store, FIRST)
    drafts.save(store, SECOND)
    store.close()
    store = drafts.open_store(tmp_path / "drafts.db", KEY)
    assert drafts.saved(store) == [SECOND, FIRST]
    assert drafts.get(store, "v-1") == FIRST
    store.close()


def test_typing_on_replaces_and_saving_removes(tmp_path: Path) -> None:
    store = drafts.open_store(tmp_path / "drafts.db", KEY)
    drafts.save(store, FIRST)
    later = Draft("v-1", "visit", "2011-07-04T09:01:00+08:00", "op-1", {"unit": "五通桥区"})
    drafts.save(store, later)
    assert drafts.saved(store) == [later]
    drafts.remove(store, "v-1")
    drafts.remove(store, "never there")
    assert drafts.saved(store) == []
    assert drafts.get(store, "v-1") is None
    store.close()


def test_half_typed_words_are_not_readable_from_the_disk(tmp_path: Path) -> None:
    store = drafts.open_store(tmp_path / "drafts.db", KEY)
    drafts.save(store, SECOND)
    store.close()
    assert "阿木".encode() not in (tmp_path / "drafts.db").read_bytes()
