"""Code lists of help given: cases and aid (帮扶)."""

from __future__ import annotations

from app.domain.kernel.codelist import CodeList

AID_TYPE = CodeList.of(
    "aid_type",
    "帮扶类型",
    """
employment 就业帮扶 就业帮助 就业 职业介绍 再就业
training 培训帮扶 就业培训 培训
medical 医疗帮扶 医疗救助 医疗
policy 政策帮扶 政策
legal 法律帮扶 法律援助 法律
living 生活帮扶 生活救助 生活
schooling 子女助学 助学 金秋助学
visit 走访慰问 慰问
other 其他
""",
)
"""R20 (six measures) with R18 子女助学 and R19 慰问; R18's other three fall under R20's."""

AID_PROGRAMME = CodeList.of(
    "aid_programme",
    "四季送",
    """
spring 春送岗位 送岗位
summer 夏送清凉 送清凉
autumn 秋送助学 金秋助学 送助学
winter 冬送温暖 送温暖
other 其他 日常帮扶
""",
)
"""四季送, R65."""

FUND_SOURCE = CodeList.of(
    "fund_source",
    "资金来源",
    """
central 中央财政专项帮扶资金 中央财政 中央财政专项资金
province 省级配套资金 省级配套 省级财政
city 市级配套资金 市级配套 市级财政
county 县级配套资金 县级配套 县级财政
union 工会经费 工会经费送温暖 工会送温暖资金
donation 社会捐助 社会捐赠 捐款
unit 单位自筹 企业自筹
other 其他
""",
)
"""Usual sources of aid money (中央 / 省市配套 / 工会经费 / 社会捐助)."""

CASE_STAGE = CodeList.of(
    "case_stage",
    "办理阶段",
    """
found 发现
verified 核实
aided 帮扶
followed 回访
closed 办结 已办结
""",
)
"""R22, in this order."""
