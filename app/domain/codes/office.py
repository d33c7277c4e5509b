"""Code lists of offices, places, people on duty and the word of an office above."""

from __future__ import annotations

from app.domain.kernel.codelist import CodeList

UNIT_KIND = CodeList.of(
    "unit_kind",
    "填报单位类型",
    """
city 市总工会
county 县（市、区）总工会 县级总工会 县（市区）总工会 区总工会 县总工会
hitech 高新区工会 高新区
scenic 景区管委会工会 景区管委会 景区
system 市级系统工会 系统工会 产业工会 市级产业工会
enterprise 市属企业工会 市属基层工会 市属企业（基层）工会
township 乡镇（街道）工会 乡镇工会 街道工会
""",
)
"""R2; 乡镇（街道） R36."""

AREA_KIND = CodeList.of(
    "area_kind",
    "地域类型",
    """
city 市
county 县（市、区） 县 区
town 镇
rural 乡
ethnic 民族乡 彝族乡
street 街道
zone 开发区（园区） 开发区 工业园区 园区 高新区
""",
)
"""R6: 乡镇（街道）和各类开发区（工业园区）. A city and a county hold them; they are not covered."""

GROUP_LEVEL = CodeList.of(
    "group_level",
    "工作组层级",
    """
city 市级 市 市总工会
county 县级 县 县（市、区） 县（市、区）总工会
township 乡镇（街道） 乡镇 街道
enterprise 企事业工会 企事业 企（事）业工会
""",
)
"""R32-R36; 企事业工会派出的工作组 (2011 document, 五之四)."""

PLAN_SOURCE = CodeList.of(
    "plan_source",
    "确定方式",
    """
drawn 随机抽取 抽取 随机
arranged 当地安排 当地工会统一安排 统一安排 安排
""",
)
"""R34."""

DRAW_ALLOCATION = CodeList.of(
    "draw_allocation",
    "各层抽取家数",
    """
whole 不分层
equal 每层一样多
proportional 按各层家数的比例
fixed 逐层指定
""",
)
DRAW_SEED = CodeList.of(
    "draw_seed",
    "种子来源",
    """
rolled 现场报出 掷骰子 当天日期
random 电脑取的随机数 电脑
""",
)
"""What decides a draw: said aloud before everybody, or taken from the chance of the computer."""

EVALUATION_BASIS = CodeList.of(
    "evaluation_basis",
    "怎么打分",
    """
typed 人工打分 人工
cadres 工会干部走访覆盖率
groups 市县工作组走访覆盖率
townships 乡镇（街道）普遍走访率
areas 乡镇（街道）与园区覆盖率
on_time 按时报送率
closed 诉求办结率
indicator 指标完成率
enterprises 走访单位数
workers 走访职工人次
persons 帮扶人数
news 被采用的信息数
""",
)
"""R43, R47: the figures that points may follow; the documents name none and give no weights."""

DUTY = CodeList.of(
    "duty",
    "职责",
    """
clerk 经办 经办人
leader 负责人 单位负责人
admin 管理 管理员
""",
)
"""Duties of an operator (经办人)."""

PAPER_MARK = CodeList.of(
    "paper_mark",
    "纸上",
    """
blank 空白 没填 未填
illegible 看不清 字迹不清 无法辨认
dash 横线 划线 斜线
""",
)
"""What a paper has where nothing can be keyed."""

REVIEW_VERDICT = CodeList.of(
    "review_verdict",
    "审核意见",
    """
accept 通过 同意
return 退回 退回核实
propose 更正 电话更正 建议更正
adopt 采用
""",
)
"""The word of an office above on a record: R30; a piece of 信息 is adopted (R50, R69)."""
