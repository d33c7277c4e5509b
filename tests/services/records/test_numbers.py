"""编号: each is given once, also by a store that was restored from an earlier day."""

from __future__ import annotations

from app.domain.records import Visit
from app.domain.values import numbering
from app.services.office.office import Office
from database.books import settings
from tests.services.offices import record_of, save_visit


def test_a_restored_store_counts_on_above_what_it_has(county: Office) -> None:
    for unit in ("甲厂", "乙厂", "丙厂"):
        save_visit(county, enterprise_name=unit)
    with county.store.write() as connection:
        settings.keep_serial(connection, "沙湾-2011-/1", 1)
        settings.remove(connection, "numbers above/沙湾-2011-/1")
    assert save_visit(county, enterprise_name="丁厂").number == "沙湾-2011-0004"


def test_a_number_tells_which_of_a_computers_records_it_is() -> None:
    for computer in (1, 2, 100):
        for count in (1, 9_999, 10_000, 30_000):
            number = numbering.number("沙湾-2011-", count, computer)
            assert numbering.count_of("沙湾-2011-", number, computer) == count
            other = computer % 100 + 1
            assert numbering.count_of("沙湾-2011-", number, other) == 0
    for strange in ("沙湾-2011-", "沙湾-2011-00x1", "沙湾-困2011-0001", "沙湾-2011-0000", ""):
        assert numbering.count_of("沙湾-2011-", strange, 1) == 0


def test_numbers_go_on_one_by_one(county: Office) -> None:
    numbers = [save_visit(county, enterprise_name=f"{n}厂").number for n in range(3)]
    assert numbers == ["沙湾-2011-0001", "沙湾-2011-0002", "沙湾-2011-0003"]
    assert record_of(county, Visit.type_name, numbers[2]).enterprise_name == "2厂"
