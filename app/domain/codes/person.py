"""Code lists of the worker in difficulty (困难职工档案, public form copies; R18, R19, R65)."""

from __future__ import annotations

from app.domain.kernel.codelist import CodeList

SEX = CodeList.of(
    "sex",
    "性别",
    """
1 男 男性
2 女 女性
9 未说明 未知
""",
)
"""GB/T 2261.1-2003 (without 0, which nobody enters)."""

POLITICS = CodeList.of(
    "politics",
    "政治面貌",
    """
01 中共党员 党员 中国共产党党员
02 中共预备党员 预备党员
03 共青团员 团员
13 群众
DP 民主党派
04 民革会员 民革
05 民盟盟员 民盟
06 民建会员 民建
07 民进会员 民进
08 农工党党员 农工党
09 致公党党员 致公党
10 九三学社社员 九三学社 九三
11 台盟盟员 台盟
12 无党派人士 无党派民主人士 无党派
99 其他
""",
)
"""GB/T 4762-1984; DP and 99 are the archive form's own choices, which the standard lacks."""

HEALTH = CodeList.of(
    "health",
    "健康状况",
    """
10 良好 健康 健康或良好 正常
20 一般或较弱 一般 较弱 体弱
41 恶性肿瘤 癌症 肿瘤
31 心血管病 心脏病 心血管疾病
32 脑血管病 脑血管疾病
ESRD 终末期肾病 尿毒症 肾衰竭
35 慢性肾炎 肾病
38 精神病 精神疾病 神经或精神疾病
37 糖尿病
33 慢性呼吸系统病 呼吸系统疾病
34 慢性消化系统病 消化系统疾病
36 结核病 肺结核
CRIT 其他重特大疾病 重大疾病 重病 大病
49 其他慢性病 慢性病
60 残疾
""",
)
"""GB/T 2261.3-2003; ESRD and CRIT are the archive form's own choices."""

DISABILITY = CodeList.of(
    "disability",
    "残疾类别",
    """
0 无 无残疾 否
1 视力残疾 视力
2 听力残疾 听力
3 言语残疾 言语 语言残疾
4 肢体残疾 肢体
5 智力残疾 智力
6 精神残疾 精神
7 多重残疾 多重
""",
)
"""GB/T 26341-2010 kinds; 0 is ours."""

DISABILITY_GRADE = CodeList.of(
    "disability_grade",
    "残疾等级",
    """
1 一级 壹级
2 二级 贰级
3 三级 叁级
4 四级 肆级
""",
)
"""GB/T 26341-2010 grades."""

MODEL_WORKER = CodeList.of(
    "model_worker",
    "劳模类型",
    """
none 非劳模 无 否
national 全国劳模 全国 全国劳动模范 全国先进工作者
province 省部级劳模 省部级 省级 省劳模 省劳动模范
city 地市级劳模 地市级 市级 市劳模 市劳动模范
other 其他 县级 县级劳模 企业劳模
""",
)
"""劳模类型 of the archive form; 困难劳模 R19."""

HOUSING = CodeList.of(
    "housing",
    "住房类型",
    """
unit_rental 承租单位公房 单位公房 公房
public_rental 政府廉租房 廉租房 公租房 公共租赁住房
bought 自购房 自有住房 商品房
none 无房
rented 租房 租住 出租屋
self_built 自建房
other 其他
""",
)
"""住房类型 of the archive form."""

MARRIAGE = CodeList.of(
    "marriage",
    "婚姻状况",
    """
10 未婚
20 已婚 初婚 再婚 复婚
30 丧偶
40 离异 离婚
90 未说明
""",
)
"""GB/T 2261.2-2003, main classes."""

HOUSEHOLD_REGISTRATION = CodeList.of(
    "household_registration",
    "户口类型",
    """
urban 非农业 非农业户口 城镇 城镇户口
rural 农业 农业户口 农村 农村户口
converted 农转居 农转非
resident 居民户口 家庭户
""",
)
"""户口类型 of the archive form; 居民户口 since the two kinds were joined (国发〔2014〕25号)."""

INSURANCE = CodeList.of(
    "insurance",
    "医保状况",
    """
employee 职工医保 城镇职工基本医疗保险 职工基本医疗保险 城镇职工医保
resident 居民医保 城乡居民基本医疗保险 城镇居民基本医疗保险 城乡居民医保 城镇居民医保
rural 新农合 新型农村合作医疗
public 公费医疗
commercial 商业医疗保险 商业保险
none 未参保 无 未参加 未参加医保
other 其他
""",
)
"""医保状况 of the archive form."""

WORK_STATUS = CodeList.of(
    "work_status",
    "身份",
    """
employed 在职 在岗 在职职工 在岗职工
migrant 农民工 进城务工人员
new_form 新就业形态劳动者 新就业形态 快递员 网约车司机 外卖骑手
flexible 灵活就业 灵活就业人员 个体经营
off_post 待岗 内退 病休 离岗
laid_off 下岗 下岗职工
unemployed 失业 失业人员
retired 退休 离退休 退休人员
farmer 务农 农民
student 学生 在校学生
preschool 学龄前儿童 学龄前 幼儿
unable 无劳动能力 丧失劳动能力
jobless 无业
soldier 现役军人 军人
other 其他
""",
)
"""工作状态/身份 of the archive form (worker and family); R18, R65; 新就业形态劳动者."""

EDUCATION = CodeList.of(
    "education",
    "学历",
    """
10 研究生 硕士 博士 硕士研究生 博士研究生
20 大学本科 本科 大学
30 大学专科 专科 大专 高职
40 中等职业教育 中专 技校 职高 中职
60 普通高中 高中
70 初中
80 小学
85 学前教育 幼儿园
90 其他 文盲
""",
)
"""GB/T 4658-2006, main classes; 85 is ours (当前学历 of children)."""

RELATION = CodeList.of(
    "relation",
    "与本人关系",
    """
01 本人
10 配偶
11 夫 丈夫
12 妻 妻子
20 子 儿子
21 独生子
22 长子
23 次子
30 女 女儿
31 独生女
32 长女
33 次女
27 养子或继子 养子 继子
37 养女或继女 养女 继女
28 女婿
38 儿媳
51 父亲 父
52 母亲 母
57 继父或养父 继父 养父
58 继母或养母 继母 养母
53 公公
54 婆婆
55 岳父
56 岳母
41 孙子
42 孙女
43 外孙子 外孙
44 外孙女
61 祖父 爷爷
62 祖母 奶奶
63 外祖父 外公
64 外祖母 外婆
71 兄 哥哥
73 弟 弟弟
75 姐姐 姐
77 妹妹 妹
97 其他亲属 其他
99 非亲属
""",
)
"""GB/T 4761-2008, two-figure codes in use on household pages."""

CHILDREN = frozenset({"20", "21", "22", "23", "27", "30", "31", "32", "33", "37"})
"""Of these the 子女."""

DISTRESS_CLASS = CodeList.of(
    "distress_class",
    "困难类别",
    """
deep 深度困难 深度困难职工
relative 相对困难 相对困难职工
accident 意外致困 意外致困职工
low_income 低保户（旧） 低保户 低保
low_margin 低保边缘户（旧） 低保边缘户 低保边缘
accident_old 意外致困户（旧） 意外致困户
""",
)
"""困难类别: the first three since about 2018, the last three of files made before."""

OF_OLD = "（旧）"
"""Marks the classes of earlier years where one chooses; on paper they stand without it."""

DISTRESS_CAUSE = CodeList.of(
    "distress_cause",
    "致困原因",
    """
unable 无劳动能力
not_working 有劳动能力而未就业 未就业
laid_off 下岗失业 下岗 失业
uninsured 未参加社会保险 未参保
benefits 社会保险待遇落实不到位 社保待遇未落实
illness 患重特大疾病 重特大疾病 重大疾病 大病
disaster 遭受自然灾害 自然灾害
accident 遭受意外事故 意外事故
schooling 子女上学 子女就学
other 其他
""",
)
"""主要 / 次要致困原因 of the archive form."""

PERSON_CATEGORY = CodeList.of(
    "person_category",
    "对象类别",
    """
worker 困难职工
migrant 困难农民工 农民工
model_worker 困难劳模
laid_off 下岗失业人员 下岗人员 失业人员
zero_employment 零就业职工家庭 零就业家庭
graduate 困难职工家庭毕业生 困难家庭高校毕业生
other 其他
""",
)
"""Whom help is for: R18, R19, R65."""
