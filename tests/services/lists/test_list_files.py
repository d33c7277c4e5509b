"""A list taken along: what was narrowed and sorted, masked unless a reason was given."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from app.documents.drawing.target import Target
from app.domain.kernel.errors import UserError
from app.domain.kernel.order import By
from app.domain.records import (
    Aid,
    Attainment,
    Campaign,
    Case,
    Demand,
    Enterprise,
    Person,
    Record,
    Visit,
)
from app.services.lists import list_files, saved_lists, table_query
from app.services.lists.chip_words import chip_in
from app.services.lists.chips import Chip, How, offered
from app.services.lists.ledgers import LEDGERS, ledger_named, ledger_of
from app.services.lists.saved_lists import SavedList
from app.services.lists.table_columns import columns_of
from app.services.lists.table_query import TableQuery
from app.services.office.office import Office
from app.services.records import saving
from app.services.records.link_resolving import Links
from app.services.records.reveals import revealed
from tests.services.offices import COUNTY, SetClock, reopened, save_visit
from tests.services.papers.test_form_papers import text_of

ID = "11010519491231002X"


def lines(path: Path) -> list[list[Any]]:
    sheet: Any = load_workbook(path).active
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def write(office: Office, query: TableQuery, out: Path, because: str | None = None) -> list[Any]:
    ids = table_query.listed(office, query).ids
    list_files.write_list_sheet(office, out, query, ids, full_numbers_because=because)
    return lines(out)


def words_of(rows: Sequence[Sequence[Any]]) -> set[str]:
    return {str(value) for row in rows for value in row if value is not None}


def test_what_is_shown_is_what_is_taken_along(county: Office, tmp_path: Path) -> None:
    for name, met in (("甲厂", "12"), ("乙厂", "30"), ("丙厂", "1")):
        save_visit(county, enterprise_name=name, workers_met=met)
    query = TableQuery(
        Visit,
        ("enterprise_name", "workers_met"),
        (By("workers_met", falling=True),),
        chips=(Chip("workers_met", How.BETWEEN, ("10", ""), "10 以上"),),
    )
    found = write(county, query, tmp_path / "t.xlsx")
    assert found[2][0] == "条件：走访职工人次 10 以上　排序：走访职工人次（降序）"
    assert [row[:3] for row in found[4:7]] == [[1, "乙厂", 30], [2, "甲厂", 12], ["合计", None, 42]]


def test_the_people_of_a_unit_are_not_added_for_every_visit(county: Office, tmp_path: Path) -> None:
    """人次 add up; how many work there is the same at the second visit."""
    for day in ("2011-07-05", "2011-07-20"):
        save_visit(county, visited_on=day, headcount=300, workers_met=10)
    found = write(county, TableQuery(Visit, ("headcount", "workers_met")), tmp_path / "t.xlsx")
    assert [row[:3] for row in found if row[0] == "合计"] == [["合计", None, 20]]


def test_a_sum_of_what_nobody_filled_in_is_none_and_not_nought(
    county: Office, tmp_path: Path
) -> None:
    for name in ("甲厂", "乙厂"):
        saving.save(county, Enterprise, {"name": name, "headcount": 30})
    chips = (chip_in(Enterprise, "单位名称~厂"), chip_in(Enterprise, "职工人数=30"))
    query = TableQuery(Enterprise, ("name", "headcount", "members"), chips=chips)
    (last,) = [row for row in write(county, query, tmp_path / "t.xlsx") if row[0] == "合计"]
    assert last[:4] == ["合计", None, 60, "—"]
    out = tmp_path / "t.pdf"
    list_files.print_list_paper(county, out, query, table_query.listed(county, query).ids)
    assert "—" in text_of(out).split()


def test_numbers_are_masked_unless_a_reason_is_given_and_that_is_kept(
    county: Office, tmp_path: Path
) -> None:
    one = saving.save(county, Person, {"name": "龚䶮", "resident_id": ID, "telephone": ""})
    saving.save(county, Person, {"name": "曾勇", "resident_id": "511102198001010012"})
    query = TableQuery(Person, ("name", "resident_id"), chips=(Chip("name", How.IS, ("龚䶮",)),))
    masked = write(county, query, tmp_path / "t.xlsx")
    assert ID not in words_of(masked)
    assert "110105**********2X" in words_of(masked)
    assert revealed(county) == []
    with pytest.raises(UserError, match="原因"):
        write(county, query, tmp_path / "f.xlsx", " ")
    assert not (tmp_path / "f.xlsx").exists()
    assert ID in words_of(write(county, query, tmp_path / "f.xlsx", "财务核对"))
    (kept,) = revealed(county)
    assert (kept.record, kept.fields, kept.why) == (one.id, ("resident_id",), "财务核对")


def test_nothing_found_is_said(county: Office, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="没有可以导出"):
        write(county, TableQuery(Demand), tmp_path / "t.xlsx")


@pytest.mark.parametrize("ledger", LEDGERS, ids=lambda one: one.name)
def test_every_ledger_has_columns_of_its_type(ledger: Any) -> None:
    known = columns_of(ledger.record_type)
    assert [name for name in ledger.columns if name not in known] == []
    assert ledger.query.shown
    assert ledger_of(ledger.record_type) is ledger is ledger_named(ledger.title)


def test_a_ledger_comes_out_as_sheet_and_on_paper(county: Office, tmp_path: Path) -> None:
    person = saving.save(county, Person, {"name": "龚䶮", "resident_id": ID}).id
    case = {"person": person, "types": "生活帮扶", "found_on": "2011-07-01"}
    case_id = saving.save(county, Case, case).id
    for money in ("500.50", "1000"):
        aid = {"case": case_id, "type": "生活帮扶", "given_on": "2011-07-01", "money": money}
        saving.save(county, Aid, aid)
    ledger = ledger_named("帮扶台账")
    found = write(county, ledger.query, tmp_path / "t.xlsx")
    assert found[-3][0] == "合计"
    assert 1500.5 in found[-3]
    target = Target()
    ids = table_query.listed(county, ledger.query).ids
    assert list_files.print_list_paper(county, target, ledger.query, ids, title=ledger.title) == 1


HAZARD = {
    "nature": "欠薪", "level": "重大", "description": "拖欠两个月工资，职工准备集体上访。" * 4,
    "people": 120, "found_at": "2011-07-20 08:01", "joined_at": "2011-07-20 08:42",
    "handled_at": "2011-07-21 09:03", "reported_at": "2011-07-20 10:04",
    "reported_to_party": True, "reported_to_union": False, "responsible": "王主任",
    "trends": "新情况、新矛盾", "measures": "约谈企业负责人，先行支付生活费。" * 4,
}  # fmt: skip
DEMAND = {
    "raised_on": "2011-07-05", "category": "生活", "content": "食堂饭菜太贵。" * 10,
    "addressee": "工会领导机关", "referred_to": "人力资源和社会保障局", "measures": "与企业协商",
    "schedule": "八月底前定方案", "responsible": "李主席", "due": "2011-09-30",
    "progress": "已经谈了两次", "reply": "十月起每餐补贴三元", "trends": "新问题",
    "state": "已办结", "closed_on": "2011-07-18", "outcome": "职工满意",
}  # fmt: skip


@pytest.mark.parametrize(
    ("title", "keyed", "said"),
    [
        (
            "隐患台账", HAZARD,
            ("2011-07-20 08:01", "2011-07-20 08:42", "2011-07-21 09:03", "2011-07-20 10:04",
             "新情况、新矛盾", "是", "否", "王主任"),
        ),
        (
            "诉求台账", DEMAND,
            ("与企业协商", "八月底前定方案", "李主席", "已经谈了两次", "十月起每餐补贴三元",
             "新问题", "2011-07-18"),
        ),
    ],
)  # fmt: skip
def test_what_is_asked_to_be_recorded_stands_in_the_sheet_and_on_one_page_across(
    county: Office, tmp_path: Path, title: str, keyed: Any, said: Sequence[str]
) -> None:
    """R24: the four times and whom it was reported to; R44, R12: what is done about a demand."""
    firm = saving.save(county, Enterprise, {"name": "乐山市沙湾区无线电有限责任公司"}).id
    ledger = ledger_named(title)
    saving.save(county, ledger.record_type, {**keyed, "enterprise": firm})
    found = write(county, ledger.query, tmp_path / "t.xlsx")
    (row,) = [row for row in found if row[0] == 1]
    cells = [f"{one:%Y-%m-%d %H:%M}".removesuffix(" 00:00") if isinstance(one, dt.datetime)
             else str(one) for one in row]  # fmt: skip
    assert [words for words in said if words not in cells] == []
    out = tmp_path / "t.pdf"
    ids = table_query.listed(county, ledger.query).ids
    assert list_files.print_list_paper(county, out, ledger.query, ids, title=title) == 1
    printed = "".join(text_of(out).split())
    assert [words for words in said if words.replace(" ", "") not in printed] == []
    # A day or an hour stands in one line, however narrow the column.
    times = {piece for words in said if "2011-" in words for piece in words.split()}
    assert times <= set(text_of(out).split())


def test_questions_narrow_a_list_and_are_said(county: Office, clock: SetClock) -> None:
    late = {"raised_on": "2011-06-01", "category": "就业", "content": "招工难", "due": "2011-06-20"}
    saving.save(county, Demand, late)
    saving.save(county, Demand, {**late, "content": "限电", "due": "2011-12-20"})
    save_visit(county, enterprise_name="甲厂")
    saving.save(county, Enterprise, {"name": "乙厂"})
    for record_type, words, count in (
        (Demand, "超期", 1),
        (Demand, "没有超期", 1),
        (Demand, "未办结", 2),
        (Enterprise, "未走访", 1),
        (Enterprise, "本活动走访过", 1),
        (Enterprise, "待核实", 2),
    ):
        chips: tuple[Chip, ...] = (chip_in(record_type, words),)
        assert TableQuery(record_type, chips=chips).narrowed_to == (words,)
        if record_type is Enterprise:
            chips += (chip_in(Enterprise, "单位名称~厂"), chip_in(Enterprise, "地址没有填"))
            chips += (chip_in(Enterprise, "统一社会信用代码没有填"),)
        found = table_query.listed(county, TableQuery(record_type, chips=chips)).ids
        names = [saving.show(county, record_type, one).record for one in found]
        ours = [one for one in names if getattr(one, "name", "甲厂") in ("甲厂", "乙厂")]
        assert len(ours) == count, words


@pytest.mark.parametrize(
    ("words", "chip"),
    [
        ("类别=就业", Chip("category", How.IS, ("job",), "就业")),
        ("内容~限电", Chip("content", How.HAS, ("限电",), "限电")),
        (
            "提出日期=2011-07-01..",
            Chip("raised_on", How.BETWEEN, ("2011-07-01", ""), "2011-07-01.."),
        ),
        ("办结日期没有填", Chip("closed_on", How.EMPTY)),
        ("答复已填", Chip("reply", How.FILLED)),
    ],
)
def test_a_condition_is_read_from_words(words: str, chip: Chip) -> None:
    made = chip_in(Demand, words)
    assert (made.field, made.how) == (chip.field, chip.how)
    assert made.shown == chip.shown
    if chip.field != "category":
        assert made == chip


@pytest.mark.parametrize(
    ("record_type", "words"),
    [
        (Visit, "活动=2011-36"),
        (Visit, "活动=乐工发〔2011〕36号"),
        (Visit, "填报单位=511111"),
        (Visit, "填报单位=沙湾区总工会"),
        (Visit, "填报单位=沙湾"),
        (Visit, "级别=county"),
        (Visit, "级别=县级"),
        (Visit, "主要领导带队=1"),
        (Visit, "走访方式=meeting"),
    ],
)
def test_a_choice_is_named_by_its_code_too(
    county: Office, record_type: type[Record], words: str
) -> None:
    labels = {one.label for one in offered(Visit)}
    words = words.replace("走访方式", "走访方式" if "走访方式" in labels else "调研方式")
    words = words.replace("级别", next(one for one in labels if one.endswith("级别")))
    save_visit(county, level="县级", led_by_chief="是", methods="召开座谈会")
    with county.store.read() as connection:
        chip = chip_in(record_type, words, links=Links(county, connection))
    assert len(table_query.listed(county, TableQuery(Visit, chips=(chip,))).ids) == 1


@pytest.mark.parametrize(
    ("words", "known"),
    [
        ("活动=2099-01", "2011-36"),
        ("填报单位=没有的单位", "沙湾区总工会"),
        ("主要领导带队=也许", "是、否"),
        ("调研方式=托梦", "召开座谈会"),
    ],
)
def test_a_choice_that_is_none_is_refused_with_those_there_are(
    county: Office, words: str, known: str
) -> None:
    with county.store.read() as connection, pytest.raises(UserError) as refused:
        chip_in(Visit, words, links=Links(county, connection))
    assert refused.value.code == "CONDITION"
    assert words.partition("=")[2] in str(refused.value)
    assert known in str(refused.value)


def test_a_unit_or_worker_that_nobody_is_called_is_refused_with_near_ones(county: Office) -> None:
    save_visit(county, enterprise_name="沙湾水泥厂")
    label = next(one.label for one in offered(Visit) if one.name == "enterprise")
    with county.store.read() as connection:
        links = Links(county, connection)
        chip = chip_in(Visit, f"{label}=沙湾水泥", links=links)
        assert (chip.how, chip.values) == (How.HAS, ("沙湾水泥",))
        for sign in "=~":
            with pytest.raises(UserError, match="没有叫“沙湾水厂”") as refused:
                chip_in(Visit, f"{label}{sign}沙湾水厂", links=links)
            assert "沙湾水泥厂" in refused.value.remedy
        with pytest.raises(UserError, match="没有叫“刘勇”的") as refused:
            chip_in(Aid, "困难职工=刘勇", links=links)
        assert "看看" in refused.value.remedy


@pytest.mark.parametrize("words", ["", "瞎写", "类别=瞎写", "提出日期=去年", "内容="])
def test_what_is_no_condition_is_refused(words: str) -> None:
    with pytest.raises(UserError, match=r"看不懂|没有“瞎写”"):
        chip_in(Demand, words)


@pytest.mark.parametrize(
    "words",
    [
        "职工人数=1.5",
        "职工人数=1" + "0" * 30,
        "职工人数=1" * 2,
        "职工人数=" + "9" * 5000,
        "登记日期=2011-99-99",
    ],
)
def test_a_number_or_day_that_is_none_is_no_condition(words: str) -> None:
    label = next(one.label for one in offered(Visit) if one.name == "headcount")
    day = next(one.label for one in offered(Visit) if one.name == "visited_on")
    with pytest.raises(UserError, match="看不懂"):
        chip_in(Visit, words.replace("职工人数", label).replace("登记日期", day))


def test_more_conditions_than_can_be_asked_are_refused(county: Office) -> None:
    chips = tuple(Chip("opinions", How.HAS, (f"词{n}",)) for n in range(1_000))
    with pytest.raises(UserError) as refused:
        table_query.listed(county, TableQuery(Visit, chips=chips))
    assert refused.value.code == "TOO_MANY_CONDITIONS"
    with pytest.raises(UserError) as refused:
        saved_lists.save(county, Visit, SavedList("多", chips))
    assert refused.value.code == "TOO_MANY_CONDITIONS"
    table_query.listed(county, TableQuery(Visit, chips=chips[:100]))


def test_a_condition_on_what_is_no_text_finds_nothing(county: Office) -> None:
    chip = chip_in(Demand, "内容~\udcff\x00限电")
    assert chip.values == ("限电",)
    assert len(table_query.listed(county, TableQuery(Demand, chips=(chip,))).ids) == 0


def test_a_list_with_a_name_outlives_the_window(tmp_path: Path, county: Office) -> None:
    chips = (chip_in(Demand, "超期"), chip_in(Demand, "类别=就业"))
    saved_lists.save(county, Demand, SavedList(" 超期的就业 ", chips, (By("due"),)))
    again = reopened(tmp_path / COUNTY, county.clock)
    try:
        (kept,) = saved_lists.saved(again, Demand)
        assert kept == SavedList("超期的就业", chips, (By("due"),))
        assert saved_lists.saved(again, Visit) == []
        assert (
            saved_lists.named(again, Demand, "超期的就业").applied(TableQuery(Demand)).chips
            == chips
        )
        saved_lists.save(again, Demand, SavedList("超期的就业", chips[:1]))
        assert [one.chips for one in saved_lists.saved(again, Demand)] == [chips[:1]]
        saved_lists.remove(again, Demand, "超期的就业")
        with pytest.raises(UserError, match="没有常用筛选"):
            saved_lists.named(again, Demand, "超期的就业")
    finally:
        again.close()


def test_a_list_needs_a_name_and_a_condition(county: Office) -> None:
    chip = chip_in(Demand, "超期")
    for name in ("", "长" * 31):
        with pytest.raises(UserError, match="名称"):
            saved_lists.save(county, Demand, SavedList(name, (chip,)))
    with pytest.raises(UserError, match="没有筛选条件"):
        saved_lists.save(county, Demand, SavedList("空的"))


def test_a_kept_condition_on_the_code_of_an_indicator_says_its_name(county: Office) -> None:
    (campaign,) = [s.record for s in saving.listing(county, Campaign) if s.record.indicators][:1]
    code, words = campaign.indicators[0].code, campaign.indicators[0].words
    old = (Chip("indicator", How.IS, (code,), code), Chip("indicator", How.IS, ("没有的",)))
    saved_lists.save(county, Attainment, SavedList("旧的", old))
    (kept,) = saved_lists.saved(county, Attainment)
    assert [chip.shown for chip in kept.chips] == [words, "没有的"]
    assert [chip.values for chip in kept.chips] == [(code,), ("没有的",)]
