"""The pages of records: the same page, told apart by these lines."""

from __future__ import annotations

from app.ui.keys import key
from app.ui.pages.records.beside.history_card import HistoryCard
from app.ui.pages.records.beside.timeline_card import TimelineCard
from app.ui.pages.records.kind import HISTORY, Next, RecordKind, Third
from app.ui.pages.visits.sheet_view import SheetCard


def _history(type_name: str) -> Third:
    return Third(HISTORY, lambda desk: HistoryCard(desk, type_name))


def _around(type_name: str, title: str) -> Third:
    return Third(title, lambda desk: TimelineCard(desk, type_name, title))


VISIT = RecordKind(
    "visit",
    "clipboard-text",
    "走访",
    "照着纸质登记表填写，填好就能打印和报送。\n单位和领导打拼音首字母就能找到。",
    (Third("表样", SheetCard), _around("visit", "由此而来"), _history("visit")),
    (
        Next(key("Ctrl+1", "意见诉求"), "demand", "visit"),
        Next(key("Ctrl+2", "帮扶事项"), "case", "visit"),
        Next(key("Ctrl+3", "隐患"), "hazard", "visit"),
    ),
)
DEMAND = RecordKind(
    "demand",
    "chat-text",
    "意见诉求",
    "走访中提出的意见、建议和诉求，一件记一条。\n转交、答复和办结都记在同一条上。",
    (_history("demand"),),
)
PERSON = RecordKind(
    "person",
    "identification-card",
    "档案",
    "一户一档，身份证号、困难情况和家庭成员都在这里。\n填档案前请先取得本人的知情同意。",
    (_around("person", "本户经过"), _history("person")),
    (Next(key("Ctrl+2", "帮扶事项"), "case", "person"),),
)
CASE = RecordKind(
    "case",
    "handshake",
    "帮扶事项",
    "一件帮扶事项，记一个困难职工从发现到办结的全过程。\n先要有这位职工的档案。",
    (_around("case", "帮扶经过"), _history("case")),
    (Next(key("Ctrl+B", "帮扶记录"), "aid", "case"),),
)
AID = RecordKind(
    "aid",
    "gift",
    "帮扶记录",
    "给了什么、给了多少、用的哪一笔钱，一次记一条。\n从帮扶事项里按 Ctrl+B 添加最快。",
    (_history("aid"),),
)
HAZARD = RecordKind(
    "hazard",
    "warning",
    "隐患",
    "走访中发现的劳动关系隐患和矛盾，发现当天就要记。\n预警级别高的可以单独加急报送。",
    (_history("hazard"),),
)
ENTERPRISE = RecordKind(
    "enterprise",
    "buildings",
    "单位",
    "走访过的企（事）业单位会自动列在这里。\n也可以先把名录建好，走访时直接选。",
    (_around("enterprise", "本单位经过"), _history("enterprise")),
    (
        Next(key("Ctrl+1", "走访"), "visit", "enterprise"),
        Next(key("Ctrl+3", "隐患"), "hazard", "enterprise"),
    ),
)
PLAN = RecordKind(
    "plan",
    "calendar-check",
    "安排",
    "哪个工作组哪一天去哪个单位，先排好再下去。\n两级去同一个单位时会有提醒。",
    (_history("plan"),),
)
GROUP = RecordKind(
    "group",
    "users-three",
    "工作组",
    "领导、部门和去的地方，一个组一条。\n走访时选了工作组，领导和级别自动带出。",
    (_history("group"),),
)
DOCUMENT = RecordKind(
    "document",
    "files",
    "材料",
    "方案、总结、调研报告和信息都存在这里。\n文件作为附件，随记录一起报送。",
    (_history("document"),),
)
