"""The words of the option parser, in Chinese: wrong usage, and the frame of the help pages."""

from __future__ import annotations

import re
from contextvars import ContextVar
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

_SENTENCES = (
    (r"Missing option '?(?P<a>[^'. ]+).*", "缺少选项 {a}。"),
    (r"Missing argument '?(?P<a>[^'. ]+).*", "缺少参数 {a}。"),
    (r"Missing command\.", "缺少命令。"),
    (r"No such option: (?P<a>\S+).*\(Possible options: (?P<b>.*)\)", "没有选项 {a}。像是：{b}。"),
    (r"No such option: (?P<a>\S+).*", "没有选项 {a}。"),
    (r"No such command '(?P<a>.*?)'\. Did you mean (?P<b>.*)\?", "没有命令 {a}。像是：{b}。"),
    (r"No such command '(?P<a>.*?)'.*", "没有命令 {a}。"),
    (r"Got unexpected extra argument\S* \((?P<a>.*)\)", "多了参数：{a}。"),
    (r"Option '(?P<a>.*?)' requires .*", "选项 {a} 后面要有值。"),
    (r"Option '(?P<a>.*?)' does not take a value.*", "选项 {a} 后面不带值。"),
    (r"Invalid value for '?(?P<a>[^'. ]+).*?: Input should be a valid integer.*", "{a} 应是整数。"),
    (r"Invalid value for '?(?P<a>[^'. ]+).*?: (?P<b>.*)", "{a} 的值不对：{b}。"),
    (r"Invalid value: (?P<b>.*)", "{b}"),
)

_FRAME = (
    ("Usage:", "用法："),
    ("Arguments:", "参数："),
    ("Options:", "选项："),
    ("Commands:", "命令："),
    ("[OPTIONS]", "[选项]"),
    ("COMMAND [ARGS]...", "命令 [参数]…"),
    ("Show this message and exit.", "显示这一页。"),
    ("[required]", "（必填）"),
    ("; required]", "；必填]"),
    ("<list[Path]>", "<路径>"),
    ("<list[str]>", "<文字>"),
    ("<path>", "<路径>"),
    ("<str>", "<文字>"),
    ("<int range>", "<整数>"),
    ("env var:", "环境变量"),
    ("default:", "默认"),
)

_EVERYWHERE = "\n\n每个命令都可以加 --json：只输出一个 JSON 文档。"


def in_chinese(error: typer.TyperException) -> str:
    """The sentence for wrong usage."""
    said = error.format_message()
    for pattern, sentence in _SENTENCES:
        if match := re.fullmatch(pattern, said, re.DOTALL):
            return sentence.format(**match.groupdict())
    return said


def _framed(text: str) -> str:
    for english, chinese in _FRAME:
        text = text.replace(english, chinese)
    return text


called: ContextVar[str] = ContextVar("called", default="")
"""The command that runs, as it was written: enrol approve."""


class Command(TyperCommand):
    """A command whose help page is Chinese, and that is known by name while it runs."""

    def invoke(self, ctx: Any) -> Any:
        token = called.set(ctx.command_path.partition(" ")[2])
        try:
            return super().invoke(ctx)
        finally:
            called.reset(token)

    def get_help(self, ctx: Any) -> str:
        return _framed(super().get_help(ctx)) + _EVERYWHERE


class Group(TyperGroup):
    """A group of commands whose help page is Chinese."""

    def get_help(self, ctx: Any) -> str:
        return _framed(super().get_help(ctx)) + _EVERYWHERE
