"""Code lists of visits, demands and hazards."""

from __future__ import annotations

from app.domain.kernel.codelist import CodeList

SIX_ITEMS = CodeList.of(
    "six_items",
    "六个到位",
    """
visit 走访慰问 走访慰问到位
publicity 政策宣传 政策宣传到位
research 调查研究 调查研究到位
guidance 指导服务 指导服务到位
aid 困难帮扶 困难帮扶到位
counselling 心理疏导 心理疏导到位
""",
)
"""R9: exactly these six."""

FOUR_FRONT = CodeList.of(
    "four_front",
    "四个在一线",
    """
learn 掌握企业和职工情况 在一线掌握企业和职工情况
help 开展政策宣传和维权帮扶 在一线开展政策宣传和维权帮扶
settle 化解劳动关系矛盾 在一线化解劳动关系矛盾
style 转变工会干部作风 在一线转变工会干部作风
""",
)
"""R8."""

PRIORITY = CodeList.of(
    "priority",
    "工作重点",
    """
policy 宣传政策法规 政策法规宣传
listen 倾听职工诉求 听取职工诉求
solve 协调解决困难 协调解决职工困难
develop 推动工作发展 推动工会工作发展
""",
)
"""R4: the four things that a visit does."""

METHOD = CodeList.of(
    "method",
    "调研方式",
    """
meeting 召开座谈会 座谈会 座谈
visit 走访调查 走访
typical 典型调查
questionnaire 问卷调查 问卷
other 其他
""",
)
"""R15 (four, and 等)."""

PROGRAMME = CodeList.of(
    "programme",
    "结合活动",
    """
thousand_visits 进千户企业、访万名职工
face_to_face 面对面心贴心实打实服务职工在基层 面对面、心贴心、实打实服务职工在基层
gua_bao_bang 挂包帮
double_thousand 双千工程
striving 创先争优
cooling 夏季送清凉慰问 夏送清凉 送清凉
autumn_aid 金秋助学 秋送助学
union_building 广普查、深组建、全覆盖 集中建会 集中建会行动
wage_bargaining 工资集体协商 推动工资集体协商
other 其他
""",
)
"""Programme tags of a visit: R3, R26, R28."""

DEMAND_CATEGORY = CodeList.of(
    "demand_category",
    "诉求类别",
    """
thought 职工思想 思想
work 就业 职工就业
life 生活 职工生活
rights 合法权益 权益 职工合法权益落实
hazard 劳动关系隐患 隐患 隐患问题
union 基层工会工作 工会工作 基层工会工作难点
""",
)
"""R13 (six)."""

DEMAND_RAISER = CodeList.of(
    "demand_raiser",
    "提出方",
    """
unit 单位 企业 企（事）业单位 企业行政
workers 职工 员工
union 工会 基层工会
""",
)
"""The form's 企（事）业单位、职工的建议与意见 (R55); 工会 R30."""

ADDRESSEE = CodeList.of(
    "addressee",
    "反映对象",
    """
party 党委
government 政府
union 工会领导机关 上级工会 工会
""",
)
"""R14."""

DEMAND_STATE = CodeList.of(
    "demand_state",
    "办理状态",
    """
open 待办 未办
referred 已转有关部门 已转办 转办
working 办理中 正在办理
closed 已办结 办结
unresolved 暂不能解决 无法解决
""",
)
"""R12, R44: closed item by item."""

HAZARD_NATURE = CodeList.of(
    "hazard_nature",
    "隐患性质",
    """
arrears 欠薪 拖欠工资
insurance 社保 社会保险 欠缴社保
layoff 裁员 解除劳动合同
injury 工伤 职业病 工伤职业病
restructuring 改制 企业改制 破产改制
other 其他
""",
)
"""R23, R24 (事由 of hidden-risk ledgers)."""

WARNING_LEVEL = CodeList.of(
    "warning_level",
    "预警级别",
    """
general 一般 蓝色 蓝 四级
larger 较大 黄色 黄 三级
major 重大 橙色 橙 二级
critical 特别重大 红色 红 一级
""",
)
"""R59; the four colours of 国家突发公共事件总体应急预案."""

NEW_TREND = CodeList.of(
    "new_trend",
    "三新",
    """
situation 新情况
problem 新问题
conflict 新矛盾
""",
)
"""R25."""
