"""汇总表: columns kept under a name, 定稿 frozen with day and who, what differs later."""

from __future__ import annotations

from decimal import Decimal

import pytest

from app.domain.kernel.errors import UserError
from app.domain.records import Visit
from app.services.figures import issued_totals, statistics, totals_behind, totals_files
from app.services.lists import table_query
from app.services.lists.table_query import TableQuery
from app.services.office.office import Office
from app.services.records import voiding
from tests.services.figures.test_statistics import a_year
from tests.services.offices import SetClock, save_visit


def test_workers_met_that_no_visit_tells_are_none_and_not_nought(county: Office) -> None:
    save_visit(county, enterprise_name="嘉农电站", area="嘉农镇", workers_met="")
    table = issued_totals.shown(county, statistics.statistics(county))
    told = {row[0]: row[2] for row in (*table.rows, *table.sums)}
    assert (told["嘉农镇"], told["合计"]) == ("—", "—")
    assert told["沙湾镇"] == 0
    save_visit(county, enterprise_name="沙湾水泥厂", area="沙湾镇", workers_met=7)
    table = issued_totals.shown(county, statistics.statistics(county))
    told = {row[0]: row[2] for row in (*table.rows, *table.sums)}
    assert (told["嘉农镇"], told["沙湾镇"], told["合计"]) == ("—", 7, 7)


def test_columns_are_chosen_and_kept_under_a_name(county: Office) -> None:
    a_year(county)
    save_visit(county, enterprise_name="沙湾水泥厂", items=[{"item": "aid"}, {"item": "visit"}])
    seen = statistics.statistics(county)
    wanted = ("0", "9", "six:aid", "demands:rights", "7", "gone:away")
    table = issued_totals.shown(county, seen, wanted)
    assert table.columns == (
        ("走访单位", "户"), ("走访次数", "次"), ("困难帮扶", "次"), ("合法权益", "件"),
        ("慰问金", "元"),
    )  # fmt: skip
    rows = {row[0]: row[1:] for row in table.rows}
    assert rows["沙湾镇"] == (1, 2, 1, 1, Decimal("1234.50"))
    assert rows["嘉农镇"] == (0, 0, 0, 0, Decimal(0))
    assert table.sums[0] == ("合计", 1, 2, 1, 1, Decimal("1234.50"))
    issued_totals.keep_layout(county, " 给区委的表 ", table.names)
    assert issued_totals.layouts(county) == {"给区委的表": table.names}
    issued_totals.drop_layout(county, "给区委的表")
    assert issued_totals.layouts(county) == {}
    with pytest.raises(UserError, match="名称"):
        issued_totals.keep_layout(county, "  ", table.names)


def test_an_issued_table_stays_and_shows_what_is_another_number_now(
    county: Office, clock: SetClock
) -> None:
    a_year(county)
    seen = statistics.statistics(county)
    then = issued_totals.issue(county, issued_totals.shown(county, seen))
    assert (then.by, then.at[:10]) == ("李经办", "2011-07-21")
    clock.set(2011, 8, 1)
    visit = save_visit(county, enterprise_name="嘉农电站", area="嘉农镇", workers_met=5).id
    (kept,) = issued_totals.issued(county, seen.campaign)
    assert kept.table == then.table
    left, _ = totals_files.sheet_of(county, kept.table).above
    assert left == "填报单位：沙湾区总工会　定稿第1号（2011-07-21，李经办）", (
        "on paper and in Excel"
    )
    now = issued_totals.shown(county, statistics.statistics(county), kept.table.names)
    told = {(d.row, kept.table.columns[d.column][0]): (d.then, d.now)
            for d in issued_totals.differences(kept.table, now)}  # fmt: skip
    assert told == {
        ("嘉农镇", "走访单位"): (0, 1),
        ("嘉农镇", "走访职工"): (0, 5),
        ("嘉农镇", "乡镇覆盖"): ("0／1", "1／1"),
        ("嘉农镇", "规上覆盖"): ("0／1", "1／1"),
        ("合计", "走访单位"): (1, 2),
        ("合计", "走访职工"): (35, 40),
        ("合计", "乡镇覆盖"): ("1／9", "2／9"),
        ("合计", "规上覆盖"): ("1／2", "2／2"),
    }
    voiding.void(county, Visit, visit, "录错了")
    again = issued_totals.shown(county, statistics.statistics(county), kept.table.names)
    assert issued_totals.differences(kept.table, again) == ()


def test_behind_every_number_of_the_totals_there_is_a_list_of_just_as_many(county: Office) -> None:
    a_year(county)
    seen = statistics.statistics(county)
    names = ("0", "4", "5", "6", "9", "11", "six:visit", "demands:rights")
    table = issued_totals.shown(county, seen, names)
    lines = [(None, table.sums[0]), *zip(table.codes, table.rows, strict=True)]
    for code, line in lines:
        for name, number in zip(names, line[1:], strict=True):
            found = totals_behind.records_behind(county, seen, name, code, str(line[0]))
            assert found is not None
            record_type, chip = found
            listed = table_query.listed(county, TableQuery(record_type, chips=(chip,)))
            assert len(listed.ids) == number, (line[0], name)
    pairs = issued_totals.shown(county, seen, ("2", "3"))
    for code, line in [(None, pairs.sums[0]), *zip(pairs.codes, pairs.rows, strict=True)]:
        reached, _, due = str(line[2]).partition("／")
        firms = totals_behind.records_behind(county, seen, "3", code, str(line[0]))
        if due:
            assert firms is not None
            assert len(firms[1].values) == int(due), (line[0], reached)
        visits = totals_behind.records_behind(county, seen, "2", code, str(line[0]))
        assert (visits is not None) == (str(line[1])[0] not in "0—"), line[0]
        assert visits is None or visits[0] is Visit
