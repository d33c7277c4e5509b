"""What others read in a report names nobody by a number."""

from __future__ import annotations

import pytest

from app.domain.values.masking import without_numbers

LEFT_OUT = "（号码略）"


@pytest.mark.parametrize(
    "number",
    [
        "511102198001010019",
        "511102 19800101 001X",
        "511102800101001",
        "13908130007",
        "139-0813-0007",
        "１３９０８１３０００７",
        "0833-2123456",
        "０８３３－２１２３４５６",
        "（0833）2123456",
        "01012345678",
        "6222021300012345",
        "6222 0213 0001 2345 678",
    ],
)
def test_numbers_of_persons_are_left_out(number: str) -> None:
    assert without_numbers(f"请找王师傅{number}。") == f"请找王师傅{LEFT_OUT}。"


def test_a_short_telephone_is_known_by_the_word_before_it() -> None:
    assert without_numbers("电话：2123456，欠薪2123456元") == f"电话{LEFT_OUT}，欠薪2123456元"


@pytest.mark.parametrize(
    "text",
    [
        "2011-07-20 2011-08-01",
        "乐工发〔2011〕36号，职工1200人，金额12345678.50元",
        "代码91511100MA62K3X12B，编号沙湾-2011-0003，热线12351",
    ],
)
def test_days_sums_and_names_of_papers_stay(text: str) -> None:
    assert without_numbers(text) == text
