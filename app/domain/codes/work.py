"""Code lists of documents, activities, honours and targets."""

from __future__ import annotations

from app.domain.kernel.codelist import CodeList

DOCUMENT_KIND = CodeList.of(
    "document_kind",
    "材料类别",
    """
plan 实施方案 方案
schedule 计划安排 安排 计划
summary 总结报告 总结
research 综合调研报告 调研报告
form 情况登记表 登记表 实践活动情况登记表
news 信息 活动动态 工作成效
experience 典型经验 经验 制度
media 媒体报道 媒体
briefing 工作简报 简报
other 其他
""",
)
"""R17, R40, R42 (登记表 goes with the summary), R46, R48, R49, R50."""

REPORT_SECTION = CodeList.of(
    "report_section",
    "调研报告部分",
    """
situation 情况
analysis 分析
advice 建议
measures 对策
""",
)
"""R17: 有情况、有分析、有建议、有对策."""

INDICATOR_UNIT = CodeList.of(
    "indicator_unit",
    "计量单位",
    """
person_times 人次
persons 人
pieces 个
members 名
firms 家
percent % 百分比 百分之
households 户
""",
)
"""R61: 人次≠人≠个≠名≠家≠%≠户."""

INDICATOR_COUNT = CodeList.of(
    "indicator_count",
    "指标的算法",
    """
typed 由人填报
union_rate 企业法人单位建会率 建会率
member_rate 职工入会率 入会率
wage_rate 各类企业工资集体协商覆盖率 工资集体协商覆盖率
congress_rate 职代会建制率
affairs_rate 厂务公开建制率
new_unions 全年新增基层工会 新增基层工会
reemployed 帮助下岗失业人员再就业
schooling 资助困难职工子女上学
relief 生活医疗救助
enterprises_visited 走访企业
workers_met 走访职工
""",
)
"""What the records themselves say of an indicator (R60); those of 2012 are known by title."""

STRENGTH = CodeList.of(
    "strength",
    "目标力度",
    """
strive 力争
ensure 确保 确保全年
reach 达到
within_year 年内
endeavour 努力
""",
)
"""R60, R61."""

ACTIVITY_KIND = CodeList.of(
    "activity_kind",
    "活动类型",
    """
education 形势教育 主题教育
publicity 政策宣传
contest 劳动竞赛 技能比赛
innovation 群众性经济技术创新 合理化建议 技术创新
inspection 上级调研督查 督查 检查
survey 专项调查 职工队伍状况调查
meeting 会议 研究工作
culture 文体活动 企业文化
other 其他
""",
)
"""R10, R31, R45, R57, R67."""

HONOUR_LEVEL = CodeList.of(
    "honour_level",
    "荣誉级别",
    """
national 全国 国家级
province 省级 省部级
city 市级
county 县级 县（市、区）级
other 其他
""",
)
"""R66."""
