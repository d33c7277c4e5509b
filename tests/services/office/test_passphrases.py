"""A passphrase that anybody would try first is refused, with one sentence on a better one."""

from __future__ import annotations

import pytest

from app.domain.kernel.errors import UserError
from app.services.office.passphrases import is_firm, require_firm

SHORT = ("", "        ", "12345678", "aaaaaaaa", "password", "𬭎𫍯𬭎𫍯𬭎𫍯𬭎", "我 爱 我")
COMMON = (
    "          ",
    "aaaaaaaaaa",
    "a" * 5000,
    "一一一一一一一一一一",
    "woaini1314",
    "woaini1314520",
    "aini5201314",
    "qwer1234qwer",
    "qwertyuiop",
    "1qaz2wsx3edc",
    "aa123456aa",
    "abc123456789",
    "password123",
    "Passw0rd2024",
    "13812345678",
    "139 1234 5678",
    "19800101",
    "1980-01-01-1980",
    "511102198001010010",
    "51110219800101001X",
    "li19800101",
    "gonghui123456",
    "leshan123456",
    "zhangsan123",
    "zhangsan1980",
    "ａａ１２３４５６ａａ",
)
FIRM = (
    "correct horse",
    "battery staple",
    "走访 2011 万家企业",
    "青衣江边的白鹭飞过来了",
    "blue whale sings",
    "沫若 书屋 门前 银杏",
)


def code_of(passphrase: str, *known: str) -> str:
    with pytest.raises(UserError) as caught:
        require_firm(passphrase, known)
    assert caught.value.remedy
    return caught.value.code


@pytest.mark.parametrize("passphrase", SHORT)
def test_what_is_short_is_refused(passphrase: str) -> None:
    assert code_of(passphrase) in ("PASSPHRASE_TOO_SHORT", "PASSPHRASE_COMMON")


@pytest.mark.parametrize("passphrase", COMMON)
def test_what_is_tried_first_is_refused(passphrase: str) -> None:
    assert code_of(passphrase) in ("PASSPHRASE_TOO_SHORT", "PASSPHRASE_COMMON")


@pytest.mark.parametrize("passphrase", FIRM)
def test_a_sentence_of_ones_own_is_taken(passphrase: str) -> None:
    require_firm(passphrase, ("李敏", "沙湾区总工会", "0833-3441234"))


def test_the_name_the_unit_and_the_telephone_of_its_owner_protect_nothing() -> None:
    known = ("欧阳慧敏", "沙湾区总工会", "0833-3441234")
    assert code_of("欧阳慧敏沙湾区总工会", *known) == "PASSPHRASE_COMMON"
    assert code_of("欧阳慧敏3441234", *known) == "PASSPHRASE_COMMON"
    assert is_firm("欧阳慧敏沙湾区总工会")


def test_any_length_is_judged_by_its_beginning() -> None:
    assert is_firm("青衣江边的白鹭飞过来了" + "x" * 100_000)
    assert not is_firm("x" * 100_000 + "青衣江边的白鹭飞过来了")
