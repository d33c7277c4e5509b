"""Two names of a unit as clerks write them: one unit, or two that only look alike."""

from __future__ import annotations

import pytest

from app.domain.doubles.places import unit_names
from app.domain.naming.unit_names import FAIR, FULL, WEAK, likeness
from database.reference import preset

NAMES = unit_names(preset.areas())


def weight(one: str, other: str, *, near: bool = True) -> int:
    first, second = NAMES.read(one), NAMES.read(other)
    found = likeness(first, second, near=near)
    assert found == likeness(second, first, near=near)
    return found.weight if found else 0


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("沙湾沫若水泥有限公司", "沙湾区沫若水泥有限责任公司"),
        ("乐山市沙湾区恒宇机械厂", "恒宇机械厂"),
        ("恒宇机械（沙湾）有限公司", "沙湾恒宇机械厂"),
        ("恒宇机械厂（本部）", "恒宇机械总厂"),
        ("和邦集团公司", "四川和邦"),
        ("市医药公司", "乐山市医药公司"),
        ("沙湾镇卫生院", "乐山市沙湾区沙湾镇卫生院"),
        ("马边县民族中学", "马边彝族自治县民族中学"),
        ("玖龙纸浆公司", "四川峨眉山玖龙纸浆有限公司"),
        ("恒宇机械厂", "恒于机械厂"),
        ("沫若水泥有限公司", "沫若泥有限公司"),
        ("沫若水泥有限公司", "若沫水泥有限公司"),
        ("乐山永泰建材有限公司", "乐山永秦建材有限公司"),
        ("恒宇机械厂", "恒宇机械制造有限公司"),
        ("恒宇机械厂", "恒宇精密机械厂"),
        ("沙湾恒宇机械厂", "恒宇厂"),
        ("沙湾沫若水泥有限责任公司", "沙湾沫若水泥有限责公司"),
        ("沙湾沫若水泥有限责任公司", "沙弯区沫若水泥公司"),
        ("沙湾沫若水泥有限责任公司", "乐市沙湾区沫若水泥"),
        ("沙湾沫若水泥厂（原沫东水泥厂）", "沫若水泥有限公司"),
        ("马边县医院", "马边彝族自治县人民医院"),
        ("沙湾镇中心校", "沙湾区沙湾镇中心小学"),
        ("金鹰食品有限公司", "金鹰食品有限责任公司工会委员会"),
        ("恒宇机械厂", "沙湾恒宇机械厂工会办公室"),
        ("乐山市第九建筑公司", "乐山市9建筑公司"),
        ("乐山市第十二建筑公司", "乐山市第12建筑公司"),
        ("乐山市第二水泥厂", "乐山二水泥厂"),
    ],
)
def test_one_unit_under_two_names_in_one_county(one: str, other: str) -> None:
    assert weight(one, other) >= FAIR


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("乐山电力股份有限公司", "乐电"),
        ("川南林业局", "川林局"),
        ("长征药业股份有限公司", "长药公司"),
        ("永盛建材", "永昌建材"),
        ("新光茶业公司", "兴光茶业公司"),
        ("乐山康盛电子有限公司", "乐山康盛电子贸易有限公司"),
        ("乐山沫若水泥有限公司", "乐山沫若水泥劳务公司"),
    ],
)
def test_what_needs_another_reason_is_weak(one: str, other: str) -> None:
    assert weight(one, other) == WEAK


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("沙湾区第一水泥厂", "沙湾区第二水泥厂"),
        ("沙湾镇卫生院", "嘉农镇卫生院"),
        ("沙湾镇中心小学", "沙湾镇中心幼儿园"),
        ("恒宇机械厂", "恒宇建材厂"),
        ("乐山电力股份有限公司沙湾分公司", "乐山电力股份有限公司"),
        ("沙湾恒宇机械厂", "五通桥恒宇机械厂"),
        ("东风电机公司", "西风电机公司"),
        ("竹根农机厂一分厂", "竹根农机厂二分厂"),
        ("沙湾区第1水泥厂", "沙湾区第二水泥厂"),
        ("第十水泥厂", "第四水泥厂"),
        ("沙湾区总工会", "沙湾区人民医院工会"),
    ],
)
def test_two_units_that_only_look_alike(one: str, other: str) -> None:
    assert weight(one, other) == 0


def test_the_same_name_is_full_in_one_county_and_fair_in_two() -> None:
    assert weight("恒宇机械厂", "恒宇 机械厂") == FULL
    assert weight("恒宇机械厂", "恒宇 机械厂", near=False) == FAIR
    assert weight("恒宇机械厂", "恒宇机械有限公司", near=False) == WEAK
