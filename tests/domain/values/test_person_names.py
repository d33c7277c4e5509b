"""Who took part is written in many ways; every person counts once, and nobody is made up."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.kernel.errors import UserError
from app.domain.values.person_names import parted_names

TWO = ["张三", "李四"]


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("张三 李四", TWO),
        ("张三\u3000李四", TWO),
        ("张三/李四", TWO),
        ("张三和李四", TWO),
        ("张三及李四", TWO),
        ("张三\n李四", TWO),
        ("张三,李四，王五；赵六", ["张三", "李四", "王五", "赵六"]),
        ("张三（副主席）、李四", ["张三（副主席）", "李四"]),
        ("张三|李四", TWO),
        ("张三、", ["张三"]),
        ("张 三、李 四", TWO),
        ("张三  李四  王小五", ["张三", "李四", "王小五"]),
        ("区总工会主席张三", ["区总工会主席张三"]),
        ("张三.李四", TWO),
        ("张三。李四", TWO),
        ("张三+李四", TWO),
        ("张三&李四", TWO),
        ("张三、李四、张三", TWO),
        ("阿尔•日古、张三", ["阿尔·日古", "张三"]),
        ("张三 、 李四", TWO),
        ("张三,\u200b李四", TWO),
        ("张三 李 四", TWO),
        ("李秀英 赵敏", ["李秀英", "赵敏"]),
        ("刘　勇", ["刘勇"]),
        ("刘 勇", ["刘勇"]),
        ("王 小 明", ["王小明"]),
        ("李 秀英", ["李秀英"]),
        ("李 秀英 赵敏", ["李秀英", "赵敏"]),
        ("刘 勇 赵敏", ["刘勇", "赵敏"]),
        ("阿尔 · 日古", ["阿尔·日古"]),
        ("阿尔·日古 张三", ["阿尔·日古", "张三"]),
        ("阿尔·日古和张三", ["阿尔·日古", "张三"]),
        ("李和平", ["李和平"]),
        ("李和平和赵和", ["李和平", "赵和"]),
        ("张三和王和平", ["张三", "王和平"]),
        ("区总工会主席 张三", ["区总工会主席 张三"]),
        ("张三 副主席", ["张三 副主席"]),
        ("John Smith", ["John Smith"]),
        ("张三 和 李四", TWO),
        ("张 三及李四", TWO),
        ("张三 阿尔· 日古", ["张三", "阿尔·日古"]),
        ("李 和 平", ["李和平"]),
        ("张三和李四和王五", ["张三", "李四", "王五"]),
        (" 、，", []),
        ("张三-李四", TWO),
        ("张三—李四", TWO),
        ("张三～李四", TWO),
        ("张三陪同李四", TWO),
        ("张三（主席）李四", ["张三（主席）", "李四"]),
        ("张三(组长) 李四(组员)", ["张三(组长)", "李四(组员)"]),
        ("张三（区总工会）副主席", ["张三（区总工会）副主席"]),
        ("1.张三 2.李四", TWO),
        ("1、张三；2、李四", TWO),
        ("①张三②李四", TWO),
        ("带队：张三；成员：李四", TWO),
        ("带队领导:张三 陪同人员:李四", TWO),
        ("张三、李四共2人", TWO),
        ("张三、李四（2人）", TWO),
        ("无", []),
        ("暂无", []),
    ],
)
def test_every_way_of_writing(written: str, names: list[str]) -> None:
    assert parted_names(written) == names


@pytest.mark.parametrize(
    "written",
    [
        *("张三、李四等3人", "李四等三人", "张三等", "张三等同志", "张三一行5人"),
        *("张三等一行５人", "张三、李四共3人", "张三（5人）"),
    ],
)
def test_others_without_a_name_are_asked_for(written: str) -> None:
    with pytest.raises(UserError) as refused:
        parted_names(written)
    assert refused.value.code == "NAMES_MISSING"


@pytest.mark.parametrize(
    "written",
    [
        "张 三 李 四",
        "张三 李",
        "阿尔.日古",
        "张三-区总工会",
        "张三：李四",
        "？",
        "不详",
        "同上",
        "1）",
        "带队：",
    ],
)
def test_what_may_be_one_or_two_persons_is_asked(written: str) -> None:
    with pytest.raises(UserError) as refused:
        parted_names(written)
    assert refused.value.code == "NAMES_UNCLEAR"


NAMES = st.lists(
    st.sampled_from(["张三", "李秀英", "赵敏", "李和平", "欧阳文", "刘勇", "王小五"]),
    min_size=1,
    unique=True,
)


@given(
    NAMES, st.sampled_from(["、", " ", "\u3000", "/", "|", "+", "&", "\n", "。", "和", "及", ", "])
)
def test_whoever_is_written_is_read(names: list[str], mark: str) -> None:
    assert parted_names(mark.join(names)) == names


@given(st.text(alphabet="张李三四和及.·• 　、等人", max_size=12))
def test_no_character_of_a_name_is_lost_or_made_up(written: str) -> None:
    with suppress(UserError):
        kept = "".join(sorted("".join(set(parted_names(written)))))
        assert set(kept) - {"·", " "} <= set(written)
        assert parted_names("、".join(parted_names(written))) == parted_names(written)
