"""The pages of records: the same page, told apart by these lines."""

from __future__ import annotations

from app.ui.pages.records.kind import RecordKind, Third
from app.ui.pages.visits.sheet_view import SheetCard

VISITS = RecordKind(
    "visit",
    "走访登记",
    "clipboard-text",
    "走访",
    "照着纸质登记表填写，填好就能打印和报送。\n单位和领导打拼音首字母就能找到。",
    (Third("表样", SheetCard),),
)

HELP_GIVEN = (
    RecordKind(
        "demand",
        "意见诉求",
        "chat-text",
        "意见诉求",
        "走访中提出的意见、建议和诉求，一件记一条。\n转交、答复和办结都记在同一条上。",
    ),
    RecordKind(
        "person",
        "困难职工档案",
        "identification-card",
        "档案",
        "一户一档，身份证号、困难情况和家庭成员都在这里。\n填档案前请先取得本人的知情同意。",
    ),
    RecordKind(
        "case",
        "帮扶事项",
        "handshake",
        "帮扶事项",
        "一件帮扶事项，记一个困难职工从发现到办结的全过程。\n先要有这位职工的档案。",
    ),
    RecordKind(
        "hazard",
        "隐患预警",
        "warning",
        "隐患",
        "走访中发现的劳动关系隐患和矛盾，发现当天就要记。\n预警级别高的可以单独加急报送。",
    ),
)

AROUND = (
    RecordKind(
        "enterprise",
        "单位名录",
        "buildings",
        "单位",
        "走访过的企（事）业单位会自动列在这里。\n也可以先把名录建好，走访时直接选。",
    ),
    RecordKind(
        "plan",
        "工作安排",
        "calendar-check",
        "安排",
        "哪个工作组哪一天去哪个单位，先排好再下去。\n两级去同一个单位时会有提醒。",
    ),
    RecordKind(
        "document",
        "材料",
        "files",
        "材料",
        "方案、总结、调研报告和信息都存在这里。\n文件作为附件，随记录一起报送。",
    ),
)
