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
news 活动动态 信息 动态
results 工作成效 成效
experience 典型经验 经验
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

FORM_PLACE = CodeList.of(
    "form_place",
    "登记表上的位置",
    """
title1 标题第一行
title2 标题第二行
title3 标题第三行
leaders 走访领导
enterprise 走访单位
headcount 职工人数
opinions 建议与意见
notes 说明
note1 说明第1条
note2 说明第2条
note3 说明第3条
note4 说明第4条
note5 说明第5条
reporter 填报单位
date 日期
""",
)

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
innovation 职工参与经济技术创新
contests 职工参与技能比赛
suggestions 职工参与合理化建议
taking_part 规模以上企业参与面
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
publicity 政策宣传 宣传
study 学习贯彻 学习
contest 劳动竞赛 竞赛
skills 技能比赛 技能竞赛
innovation 群众性经济技术创新 经济技术创新 技术创新
suggestions 合理化建议
survey 专项调查 职工队伍状况调查
superior 上级调研慰问 上级调研 上级来访
culture 文体活动 企业文化
other 其他
""",
)
"""R10, R31 (劳动竞赛 and what T1-T3 of R60 count), R57 (a named survey, a superior's visit), R67,
R76."""

MEETING_KIND = CodeList.of(
    "meeting_kind",
    "会议类型",
    """
work 研究工作 工作会议 会议
launch 动员部署 动员会
inspection 督促检查 督查 检查
exchange 经验交流
commendation 表彰会 总结表彰
press 新闻发布会
symposium 座谈会
other 其他
""",
)
"""R45, R49 (新闻发布会, 座谈会), R76."""

NEWS_CHANNEL = CodeList.of(
    "news_channel",
    "报送渠道",
    """
website 工会网站 网站
bulletin 信息刊物 信息
weibo 微博
briefing 工作简报 简报
other 其他
""",
)
"""R69: 工会网站、信息、微博等平台."""

NEWS_STATE = CodeList.of(
    "news_state",
    "采用情况",
    """
submitted 已报送 报送
adopted 采用 已采用
returned 退回 已退回
""",
)
"""R69: what was sent up is adopted or returned."""

MEDIA_FORM = CodeList.of(
    "media_form",
    "媒体形式",
    """
newspaper 报纸 报刊
broadcast 广播电视 电视 广播
internet 互联网 网络 网站
bulletin 工作简报 简报
press_conference 新闻发布会
symposium 座谈会
other 其他
""",
)
"""R49."""

POLICY_KIND = CodeList.of(
    "policy_kind",
    "成果类别",
    """
system 制度 工作制度
method 办法
measure 措施
research 调研成果
theory 理论成果 理论文章
other 其他
""",
)
"""R48, R72."""

MECHANISM = CodeList.of(
    "mechanism",
    "四个机制",
    """
serving 服务职工群众的长效机制 长效机制
deciding 民主决策机制 民主决策
researching 调查研究机制 调查研究
contact 密切联系群众机制 密切联系群众
""",
)
"""R58."""

HONOUR_HOLDER = CodeList.of(
    "honour_holder",
    "获得者类型",
    """
firm 单位 企业 企（事）业单位
team 班组
person 个人
park 工业园区 园区
union 工会 基层工会
other 其他
""",
)
"""R66: 工人先锋号, “五化五强”班组, 示范单位, 劳动关系和谐企业（工业园区）."""

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
