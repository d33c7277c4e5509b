"""What a person has to look at before a form is saved: by kind, with its words."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec


class Doubt(msgspec.Struct, frozen=True):
    """One thing to be looked at: its kind and a sentence."""

    code: str
    sentence: str


WORDS: Mapping[str, str] = {
    "TRACKED": "这里有修订痕迹：删去的没有读，加上的读了。",
    "HIDDEN": "这里有隐藏的文字，没有读。",
    "TEXTBOX": "这是从文本框里读来的。",
    "PAGE_FOOTER": "这是从页眉或页脚里读来的。",
    "STRUCK": "这里有划掉的字，没有读。",
    "PALE": "这里有白色的或者小得看不见的字，也读了，看看该不该要。",
    "AUTO_DATE": "这里是自动更新的日期，不一定是填表的那一天。",
    "NUMBERED": "这里有自动编号，编号没有读，要的话请补上。",
    "TURNED": "这里有改变文字方向的记号，纸上看到的顺序可能和读的不一样。",
    "SPREAD": "原表里分在几格，拼在了一起。",
    "LABEL_CHECK": "栏目的名称和登记表不大一样，看看是不是这一栏。",
}
"""Sentences that are the same wherever the kind occurs; the others name what they found."""


def told(code: str) -> Doubt:
    """The doubt of a kind with a fixed sentence."""
    return Doubt(code, WORDS[code])
