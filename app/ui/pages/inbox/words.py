"""How the states and totals of a received file are said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from app.domain.kernel.fields import by_name
from app.domain.records import TYPES, Record
from app.domain.values.money import format_money
from app.services.receiving.inbox import Delivery, Standing
from app.services.receiving.package_account import Account
from app.ui.pages.inbox.files.package_facts import Figure, Matter, Total

STANDINGS: Mapping[Standing, tuple[str, str]] = {
    "unseen": ("还没核对", "info"),
    "ready": ("可汇总", "ok"),
    "gap": ("缺前几次", "warning"),
    "enrol": ("登记申请", "info"),
    "held": ("单位未登记", "warning"),
    "frozen": ("待选定", "error"),
    "refused": ("不能接收", "error"),
    "merged": ("已汇总", "neutral"),
    "recorded": ("已收下", "neutral"),
    "withdrawn": ("已撤销", "neutral"),
}
_SUMS = {
    "visit.workers_met": "走访职工（人次）",
    "aid.money": "帮扶金额（元）",
    "aid.goods_value": "慰问物品折价（元）",
}
_MOST = 12
"""Lines of what is to be decided; the lists behind the other views hold them all."""


def standing_chip(one: Delivery) -> tuple[str, str]:
    """The words and kind of a delivery's chip: 缺第6次报送."""
    words, kind = STANDINGS[one.standing]
    if one.standing == "gap" and one.account:
        missing = one.account.missing
        words = f"缺第{missing[0]}次报送" if len(missing) == 1 else f"缺{len(missing)}次报送"
    return words, kind


def figures_of(account: Account) -> list[Figure]:
    """新增, 有改动, 相同; 两处填写不一致, 可能重复, 搁置."""
    return [
        Figure(account.new - account.changed, "新增"),
        Figure(account.changed, "有改动"),
        Figure(account.same, "相同"),
        Figure(account.conflict, "两处填写不一致", "error"),
        Figure(len(account.doubles), "可能重复", "warning"),
        Figure(account.parked, "搁置", "parked"),
    ]


def totals_of(account: Account) -> list[Total]:
    """What the cover says against what the file holds."""
    return list(_totals(account))


def _totals(account: Account) -> Iterator[Total]:
    if not account.contained:
        return
    for name, count in account.cover.items():
        label = TYPES[name].label if name in TYPES else name
        yield Total(f"{label}（次填写）", f"{count:,}", f"{count:,}")
    if account.cover:
        yield Total("合计（次填写）", f"{sum(account.cover.values()):,}", f"{account.contained:,}")
    for name, words in _SUMS.items():
        if Decimal(account.sums.get(name) or 0):
            text = _amount(name, account.sums[name])
            yield Total(words, text, text)
    if account.scans_named:
        yield Total("附件（份）", f"{account.scans_named:,}", f"{account.scans:,}")


def _amount(name: str, value: str) -> str:
    if name == "visit.workers_met":
        return f"{int(Decimal(value)):,}"
    return format_money(Decimal(value))


def matters_of(account: Account) -> list[Matter]:
    """What a person has to decide of a package, and what was set aside and why."""
    found = [
        Matter("不一致", "error", f"{one.number}，{_labels(TYPES[one.type], one.paths)}")
        for one in account.differing
    ]
    found += [
        Matter("可能重复", "warning", f"{one.number} 与 {one.other_number}")
        for one in account.doubles
    ]
    found += [Matter("搁置", "parked", reason) for _, reason in account.parked_items]
    if account.waiting:
        words = f"{account.waiting} 次填写要等前面的报送到了才计入"
        found.append(Matter("等前一次", "info", words))
    rest = len(found) - _MOST
    return [*found[:_MOST], *([Matter("还有", "neutral", f"另外 {rest} 条")] if rest > 0 else [])]


def _labels(record_type: type[Record], paths: tuple[str, ...]) -> str:
    specs = {name: spec.label for name, spec in by_name(record_type).items()}
    names = dict.fromkeys(path.partition("[")[0] for path in paths)
    return "、".join(specs.get(name, "作废") for name in names)
