"""名册, 签领表 and 公示名单: many pages, sums in capitals, and no number that must not be there."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.documents.drawing.ledger import Column, Ledger, Row, print_ledger
from app.documents.drawing.target import Target
from app.documents.people.public_list import PublicList, Shown, public_list
from app.documents.people.roster import Registered, Roster, roster
from app.documents.people.sign_list import Gift, SignList, sign_list
from app.domain.kernel.errors import Cancelled
from app.domain.kernel.progress import Cancel, Step
from app.domain.values.money import capital, format_money

ID = "511111198001010019"
LONG = "峨眉山—乐山大佛景区管理委员会文化旅游投资开发公司工会"
ReadPages = Callable[..., list[str]]


def registered(n: int) -> Registered:
    return Registered(
        number=f"沙湾-困2011-{n:04d}",
        name="鲁𬭎",
        sex="男",
        resident_id=ID,
        workplace="峨眉山—乐山大佛景区管理委员会文化旅游投资开发公司工会"
        if n % 5
        else "红岩陶瓷厂",
        distress_class="深度困难",
        cause="患重特大疾病",
        household_size=3,
        per_head=Decimal("410.00"),
        filed_on=date(2011, 7, 12),
    )


def gift(n: int, money: str | None = "500.50") -> Gift:
    return Gift(
        number=f"沙湾-扶2011-{n:04d}",
        name="阿尔·日古",
        resident_id=ID,
        workplace="沙湾永泰铁合金有限公司",
        kind="走访慰问\n冬送温暖",
        money=None if money is None else Decimal(money),
        goods="棉被2床（折价365.80元）" if money is None else "",
    )


def roster_of(count: int) -> Roster:
    return Roster(
        "沙湾区总工会", "付志勇", date(2011, 12, 10), tuple(map(registered, range(count)))
    )


def signed_by(*gifts: Gift) -> SignList:
    return SignList("沙湾区总工会", "付志勇", date(2011, 12, 10), gifts)


NOTICE = PublicList(
    title="困难职工帮扶名单公示",
    office="沙湾区总工会",
    kind="帮扶类型",
    value="金额（元）",
    rows=(Shown("阿尔·日古", "沙湾永泰铁合金有限公司", "冬送温暖", "500.50"),),
    opens=date(2011, 12, 1),
    closes=date(2011, 12, 7),
    telephone="0833-3441234",
    dated=date(2011, 12, 1),
)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "名单.pdf"


def plain(pages: list[str]) -> list[str]:
    """The pages without the breaks of lines and cells."""
    return ["".join(page.split()) for page in pages]


@pytest.mark.parametrize("count", [1, 9, 40, 300])
def test_a_roster_has_every_person_once_under_a_head_on_each_page(
    out: Path, pages_of: ReadPages, count: int
) -> None:
    assert roster(roster_of(count), out) == len(pages_of(out))
    pages = plain(pages_of(out))
    text = "".join(pages)
    assert all(text.count(f"沙湾-困2011-{n:04d}") == 1 for n in range(count))
    assert all("编号姓名性别身份证号单位困难类别主要原因" in page for page in pages)
    assert all("填表人：付志勇" in page and "填报单位：沙湾区总工会" in page for page in pages)
    assert text.count(f"合计：困难职工{count}户，家庭人口{3 * count}人") == 1
    assert f"第{len(pages)}页共{len(pages)}页" in pages[-1]


def test_a_roster_hides_the_numbers_and_says_whose_household_is_not_counted(
    out: Path, pages_of: ReadPages
) -> None:
    content = roster_of(2)
    unknown = dataclasses.replace(content.persons[0], household_size=None, per_head=None)
    roster(dataclasses.replace(content, persons=(unknown, content.persons[1])), out)
    (page,) = plain(pages_of(out))
    assert ID not in page
    assert "511111**********19" in page
    assert "家庭人口3人（1户未填家庭人口）" in page


def test_a_row_that_heads_others_is_not_the_last_of_a_page(out: Path, pages_of: ReadPages) -> None:
    for before in range(20, 60):
        rows = (*[Row(("一",))] * before, Row(("各部分",), heads=True), Row(("末",)))
        print_ledger(Ledger("目录", (Column("题名", 80),), rows, landscape=False), out)
        pages = plain(pages_of(out))
        assert not any("各部分" in page and "末" not in page for page in pages), before


def test_a_unit_in_brackets_stands_whole_in_the_head(out: Path, pages_of: ReadPages) -> None:
    columns = (Column("走访职工（人次）", 22), Column("单位", 60))
    print_ledger(Ledger("表", columns, (Row(("1", "甲")),)), out)
    assert "（人次）" in pages_of(out)[0].split()


@pytest.mark.parametrize("count", [1, 9, 40])
def test_a_list_to_sign_adds_up_each_page_and_all(
    out: Path, pages_of: ReadPages, count: int
) -> None:
    sign_list(signed_by(*map(gift, range(count))), out)
    pages = plain(pages_of(out))
    on_page = [page.count("阿尔·日古") for page in pages]
    assert sum(on_page) == count
    for page, rows in zip(pages, on_page, strict=True):
        amount = rows * Decimal("500.50")
        assert f"本页小计（人民币大写）：{capital(amount)}¥{format_money(amount)}" in page
        assert all(words in page for words in ("填表人：付志勇", "审核：", "发放人：", "代领人"))
    total = count * Decimal("500.50")
    assert f"总计（人民币大写）：{capital(total)}¥{format_money(total)}共{count}笔" in pages[-1]
    assert sum("总计" in page for page in pages) == 1


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.integers(0, 10**9) | st.none(), min_size=1, max_size=45))
def test_the_pages_together_make_the_total(
    out: Path, pages_of: ReadPages, fen: list[int | None]
) -> None:
    amounts = [None if one is None else Decimal(one) / 100 for one in fen]
    gifts = [gift(n, None if one is None else str(one)) for n, one in enumerate(amounts)]
    sign_list(signed_by(*gifts), out)
    pages = plain(pages_of(out))
    parts = [page.split("本页小计")[1].split("¥")[1] for page in pages]
    sums = [Decimal(part.split("总计")[0].split("填表人")[0].replace(",", "")) for part in parts]
    assert sum(sums) == sum(one for one in amounts if one is not None)
    whole = pages[-1].split("总计")[1].split("¥")[1].split("共")[0]
    assert Decimal(whole.replace(",", "")) == sum(sums)


def test_full_numbers_stand_on_a_list_to_sign_only_when_asked_for(
    out: Path, pages_of: ReadPages
) -> None:
    content = signed_by(gift(1))
    sign_list(content, out)
    assert ID not in "".join(pages_of(out))
    sign_list(dataclasses.replace(content, full_numbers=True), out)
    assert ID in "".join(pages_of(out))


def test_a_list_to_fill_in_by_hand_is_one_page_without_sums(out: Path, pages_of: ReadPages) -> None:
    assert sign_list(signed_by(), out) == 1
    (page,) = plain(pages_of(out))
    assert "总计（人民币大写）：¥" in page
    assert "零元" not in page


def test_the_last_page_has_room_for_the_total(out: Path, pages_of: ReadPages) -> None:
    """Whatever the number of rows, nothing reaches into the footer."""
    for count in range(8, 26):
        sign_list(signed_by(*map(gift, range(count))), out)
        below = [text.strip() for text in pages_of(out, (0, 0, 842, 45))]
        assert all(text.endswith("页") and "计" not in text for text in below), count


def test_a_text_longer_than_a_page_goes_on(out: Path, pages_of: ReadPages) -> None:
    long = dataclasses.replace(gift(1), goods="棉被、" * 1200)
    assert sign_list(signed_by(long, gift(2)), out) > 2
    text = "".join(plain(pages_of(out)))
    assert text.count("棉被") == 1200
    assert "壹仟零壹元整" in text


def test_the_notice_says_who_what_until_when_and_whom_to_call(
    out: Path, pages_of: ReadPages
) -> None:
    assert public_list(NOTICE, out) == 1
    (page,) = plain(pages_of(out))
    for words in (
        "困难职工帮扶名单公示",
        "公示期：2011年12月1日至2011年12月7日",
        "监督电话：0833-3441234",
        "向沙湾区总工会反映",
        "阿尔·日古沙湾永泰铁合金有限公司冬送温暖500.50",
    ):
        assert words in page


def test_a_notice_of_many_pages_introduces_itself_once(out: Path, pages_of: ReadPages) -> None:
    count = public_list(dataclasses.replace(NOTICE, rows=NOTICE.rows * 90), out)
    pages = plain(pages_of(out))
    assert count == len(pages) > 2
    assert sum("监督电话" in page for page in pages) == 1
    assert all("序号姓名单位帮扶类型金额（元）" in page for page in pages)
    assert "".join(pages).count("阿尔·日古") == 90
    assert pages[-1].count("2011年12月1日") == 1


def test_a_character_no_font_has_is_named_with_the_record(out: Path) -> None:
    strange = dataclasses.replace(registered(7), name="王\U0003134a")
    target = Target(out)
    roster(dataclasses.replace(roster_of(1), persons=(strange,)), target)
    assert "沙湾-困2011-0007 姓名" in target.warning
    assert out.exists()


def test_a_list_is_watched_and_can_be_stopped(out: Path) -> None:
    steps: list[Step] = []
    cancel = Cancel()

    def watch(step: Step) -> None:
        steps.append(step)
        if step.done == 5:
            cancel.set()

    with pytest.raises(Cancelled):
        roster(roster_of(40), out, progress=watch, cancel=cancel)
    assert [step.done for step in steps] == list(range(6))
    assert not out.exists()


def test_the_same_list_gives_the_same_bytes(out: Path) -> None:
    roster(roster_of(9), out)
    first = out.read_bytes()
    roster(roster_of(9), out)
    assert out.read_bytes() == first
