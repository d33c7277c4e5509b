"""The rules of 活动 and of what is reported of its 指标, as data."""

from __future__ import annotations

from collections import Counter

from app.domain.checking.formulas import mixes_units
from app.domain.checking.rule import Context, Rule, Severity, is_backward
from app.domain.kernel.fields import ADDED_NAME, MOST_ADDED, Kind, by_name
from app.domain.records import TYPES, Attainment, Campaign


def _adds_twice(campaign: Campaign, context: Context) -> bool:
    """Two added fields of one name, or one that is called as a field of the record."""
    for type_name in {one.type for one in campaign.extra_fields} & TYPES.keys():
        mine = [one for one in campaign.extra_fields if one.type == type_name]
        own = by_name(TYPES[type_name])
        labels = [*(one.label for one in mine), *(spec.label for spec in own.values())]
        names = [*(one.name for one in mine if one.name), *own]
        if len({*labels}) < len({spec.label for spec in own.values()}) + len(mine):
            return True
        if len({*names}) < len(names):
            return True
    return False


def _adds_misnamed(campaign: Campaign, context: Context) -> bool:
    names = (one.name for one in campaign.extra_fields if one.name)
    return any(not ADDED_NAME.fullmatch(name) for name in names)


def _adds_too_many(campaign: Campaign, context: Context) -> bool:
    return max(Counter(one.type for one in campaign.extra_fields).values(), default=0) > MOST_ADDED


def _adds_unchoosable(campaign: Campaign, context: Context) -> bool:
    choice = (Kind.CODE, Kind.CODES)
    return any(one.kind in choice and not one.options for one in campaign.extra_fields)


def _adds_unfillable(campaign: Campaign, context: Context) -> bool:
    limits = ((one.least, one.most) for one in campaign.extra_fields)
    return any(least is not None and most is not None and most < least for least, most in limits)


def _counts_in_another_unit(campaign: Campaign, context: Context) -> bool:
    return any(map(mixes_units, campaign.indicators))


def _no_such_indicator(one: Attainment, context: Context) -> bool:
    known = context.campaign.indicators if context.campaign else ()
    return bool(known and one.indicator) and not _measured(one, context)


def _measured(one: Attainment, context: Context) -> str:
    """How its indicator is measured: `rate`, `number`, "" where the campaign has none such."""
    found = context.campaign.indicator_named(one.indicator) if context.campaign else None
    return "" if found is None else "rate" if found.measure == "percent" else "number"


_E, _N = Severity.ERROR, Severity.NOTE

CAMPAIGN_RULES: tuple[Rule, ...] = (
    Rule(
        "K01", _E, Campaign, "ends",
        lambda campaign, context: is_backward(campaign.starts, campaign.ends),
        "结束日期早于开始日期。", "请核对两个日期。",
    ),
    Rule(
        "K02", _E, Campaign, "phases",
        lambda campaign, context: any(is_backward(p.starts, p.ends) for p in campaign.phases),
        "有一个步骤的结束日期早于开始日期。", "请核对步骤的日期。",
    ),
    Rule(
        "K03", _E, Campaign, "dues",
        lambda campaign, context: any(is_backward(d.remind, d.due) for d in campaign.dues),
        "有一项的开始提醒日期晚于截止日期。", "请核对应报表的日期。",
    ),
    Rule(
        "K04", _N, Campaign, "dues",
        lambda campaign, context: any(not due.kinds for due in campaign.dues),
        "有一项没有写由哪类单位报送，不会出现在任何单位的应报表里。", "请填写应报单位类别。",
    ),
    Rule(
        "K05", _N, Campaign, "starts",
        lambda campaign, context: not (campaign.starts and campaign.ends),
        "没有填活动的起止日期，程序不知道哪一天的走访属于它，每次都要问。",
        "文件里没有写日期时由市总工会定；暂时不定请说明理由。",
    ),
    Rule(
        "K06", _E, Campaign, "extra_fields", _adds_twice,
        "增加的项目里有两项同名，或与表上原有的项目同名。", "请换一个项目名称。",
    ),
    Rule(
        "K07", _E, Campaign, "extra_fields", _adds_unchoosable,
        "选一项、选几项的项目没有写选项。", "请在“选项”里填写，用、隔开。",
    ),
    Rule(
        "K08", _E, Campaign, "extra_fields", _adds_unfillable,
        "增加的项目的最大值小于最小值。", "请核对两个数字。",
    ),
    Rule(
        "K09", _E, Campaign, "extra_fields", _adds_misnamed,
        "增加的项目的代码写法不对。", "代码用小写字母开头，只用小写字母、数字和下划线，最多40个。",
    ),
    Rule(
        "K10", _E, Campaign, "extra_fields", _adds_too_many,
        f"给一类记录增加了多于 {MOST_ADDED} 个项目。", "请去掉用不着的。",
    ),
    Rule(
        "K11", _E, Campaign, "indicators", _counts_in_another_unit,
        "有一个指标的计量单位，不是由记录计算时数的单位（人次、人、户、个、家不能混用）。",
        "请改计量单位，或者在“由记录计算”里选“由人填报”。",
    ),
    Rule(
        "J01", _E, Attainment, "indicator", _no_such_indicator,
        "这个活动没有这个指标。", "请按 F7 选，或者写“统计”的“指标进度”里的代码，如 T8。",
    ),
    Rule(
        "J02", _E, Attainment, "value",
        lambda one, context: _measured(one, context) == "number" and one.value is None,
        "没有填本月完成数。", "这个指标按数量报，请填本月新完成的数。",
    ),
    Rule(
        "J03", _E, Attainment, "numerator",
        lambda one, context: _measured(one, context) == "rate"
        and None in (one.numerator, one.denominator),
        "没有填分子、分母。", "这个指标是率，请填月末的分子和分母。",
    ),
    Rule(
        "J04", _E, Attainment, "numerator",
        lambda one, context: (one.numerator or 0) > (one.denominator or one.numerator or 0),
        "分子比分母大。", "请核对两个数字。",
    ),
)  # fmt: skip
