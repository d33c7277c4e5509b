"""The words that stand over the blanks of the form, as offices write them."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from typing import NamedTuple


class Item(StrEnum):
    """What a blank of 附件2 holds (R55); VISITED stands on forms an office added it to."""

    LEADERS = "leaders"
    ENTERPRISE = "enterprise_name"
    HEADCOUNT = "headcount"
    OPINIONS = "opinions"
    REPORTER = "reporter"
    FILED = "filed_on"
    VISITED = "visited_on"
    NOTE = "note"
    OTHER = "other"


PRIMARY = (Item.LEADERS, Item.ENTERPRISE, Item.HEADCOUNT, Item.OPINIONS)
"""What the table of the form holds."""
NAMES = {
    Item.LEADERS: "参与走访领导",
    Item.ENTERPRISE: "走访企（事）业单位名称",
    Item.HEADCOUNT: "走访企（事）业职工人数",
    Item.OPINIONS: "建议与意见",
    Item.REPORTER: "填报单位",
    Item.FILED: "填报日期",
    Item.VISITED: "走访日期",
}

_FIRM = "(?:企业?事业?|企业|事业)"
_THE = "(?:被|受|所|参与|本次|此次|此|该)*"
_UNIT = f"(?:{_FIRM}?(?:单位|企业|公司)|{_FIRM})"
_STAFF = "(?:职工|员工|从业人员|在岗人员|用工)"
_SAID = "(?:建议|意见|诉求|要求|反映|呼声|困难|问题)"
_AND = "(?:和|与|及|以及|或)?"

_WORDS: tuple[tuple[Item, str], ...] = (
    (
        Item.LEADERS,
        "(?:参与|参加|带队|陪同|市|县|区|镇|乡|总工会|工会|本次|此次)*(?:走访|下访|慰问|调研)*的?"
        "(?:工会)?(?:领导|领导干部)(?:同志)?(?:及|和)?(?:随行|工作|陪同|参与)*(?:人员)?(?:姓名|名单)?",
    ),
    (
        Item.LEADERS,
        "(?:参与|参加|带队|陪同|随行)*(?:走访|下访)(?:组|小组|工作组)?"
        "(?:人|人员|成员|同志|干部)(?:姓名|名单)?",
    ),
    (Item.LEADERS, "(?:参与|参加|陪同|随行)(?:走访|的)*(?:人员|同志)(?:姓名|名单)?|走访领导干部"),
    (Item.LEADERS, "(?:工作组|走访组|带队|组)(?:长|成员|人)|带队人|走访者"),
    (
        Item.ENTERPRISE,
        f"{_THE}(?:走访|下访|联系|到访|慰问)?的?{_UNIT}(?:单位)?的?(?:名称|全称|名)",
    ),
    (Item.ENTERPRISE, f"{_THE}(?:走访|下访|到访|访)的?(?:{_UNIT}|对象)(?:名称)?"),
    (Item.ENTERPRISE, f"{_FIRM}单位|企业|单位名|走访到的单位"),
    (
        Item.HEADCOUNT,
        f"{_THE}(?:走访)?的?(?:{_UNIT}|单位)?的?(?:现有|现|在职|在册|在岗|全部|全体)?"
        f"{_STAFF}的?(?:总人数|总数|人数|数|数量|总计|合计|规模)",
    ),
    (Item.HEADCOUNT, f"(?:{_UNIT}|单位)(?:的)?(?:总)?人数|人数|总人数|现有职工|在职职工|职工"),
    (
        Item.OPINIONS,
        f"(?:主要|对工会工作的?|对工会的?|提出的?|反映的?|收集的?|征求的?)*"
        f"(?:{_UNIT}|单位|职工群众|职工|群众|工会|{_AND})*的?(?:主要|提出的?|反映的?)*"
        f"{_SAID}(?:{_AND}{_SAID})*(?:情况|内容|摘要|记录|征集)?",
    ),
    (Item.OPINIONS, f"(?:存在|反映|了解|发现)的?(?:主要)?{_SAID}(?:{_AND}{_SAID})*"),
    (
        Item.REPORTER,
        "(?:填报|填表|上报|报送|呈报|填写|报表|填制)(?:单位|工会|部门|机构|组织)(?:名称|全称)?",
    ),
    (
        Item.FILED,
        "(?:填报|填表|上报|报送|呈报|填写|报表|制表|填制)(?:的)?(?:日期|时间|日)|日期|时间|年月日",
    ),
    (Item.VISITED, "(?:走访|下访|到访|慰问)(?:的)?(?:日期|时间|日)"),
    (Item.NOTE, "说明|备注|注|填表说明|填报说明|附注|注意事项"),
    (
        Item.OTHER,
        "序号|编号|表号|联系人|联络人|联系电话|电话|手机|手机号码?|传真|邮编|地址|单位地址|企业地址|"
        "会员|工会会员|(?:企业|单位)(?:性质|类型|类别|规模|地址|电话|负责人|法人|代码|联系人|代表)|所属行业|行业|"
        "法人|法人代表|法定代表人|负责人|单位负责人|主要负责人|工会主席|主席|职务|职称|审核|审核人|审批人|"
        "填表人|填报人|经办人|制表|制表人|记录人|报送人|联系方式|走访(?:方式|内容|地点|地区|情况|形式|"
        "次数|目的|主题|级别|户数|职工人次|人次|职工)|(?:办理|处理|解决|落实|整改|答复|回复)"
        "(?:情况|结果|意见|措施|时限)|领导批示|领导签字|领导意见|(?:市|县|区|镇|乡)?总?工会"
        "(?:审核)?意见|审核意见|单位意见|主管意见|会员人数|会员数|女职工人数|女职工数|农民工人数|"
        "农民工数|困难职工人数|困难职工数|工会会员人数|工会会员数|(?:所在|所属)?(?:乡镇|街道|区县|县区|地区)|"
        "盖章|公章|签字|签名|附件|密级|性别|年龄|姓名|家庭住址|是否建会|建会时间|参会人数",
    ),
)
_PATTERNS = tuple((item, re.compile(words)) for item, words in _WORDS)
_QUALIFIER = re.compile(
    r"[（(【\[〔](?:请?[^（）()【】\[\]〔〕]{0,6}?(?:签字|签名|签章|盖章|公章|章|人|名|个|姓名|可多[人选]|必填|"
    r"全称|名称|单位|手写|打印|可附页|另附页?|附页|可另附纸|填写|年月日|人数|职务|含.{0,6}))[)）】\]〕]"
)
_DROPPED = re.compile(r"[\s、,，.。．:：;；*＊#★●■□◆·•_＿\-—－/／\"“”'‘’（）()【】\[\]〔〕《》<>]+")
_NUMBERING = re.compile(r"^\s*(?:[（(]?[一二三四五六七八九十0-9]{1,2}[)）、.．])\s*")
_SIGNED = re.compile(r"(?:签字|签名|签章|盖章|公章|负责人签字|人签字)$")
_LIKE = re.compile(
    "(?:名称|姓名|电话|地址|地点|方式|性质|类型|类别|情况|日期|时间|人数|意见|备注|说明|编号|序号|职务|"
    "签字|盖章|负责人|联系人|代码|行业|规模|主席|对象|内容|结果|措施|建议|次数|形式|目的|数量|比例|金额)$"
)
_SCALED = re.compile(r"[十百千万]\s*[人名]")
"""职工人数（百人）: what stands beside it is not the number of people."""
_LONGEST = 30
"""Characters of a label; what is longer is a text."""


class Label(NamedTuple):
    """A label that was recognised; `sure` when its words can mean nothing else."""

    item: Item
    words: str
    sure: bool = True


def key_of(text: str) -> str:
    """The words of a label without blanks, marks, and what stands in brackets behind it."""
    plain = _NUMBERING.sub("", unicodedata.normalize("NFKC", text))
    joined = re.sub(r"\s+", "", plain)
    return _SIGNED.sub("", _DROPPED.sub("", _QUALIFIER.sub("", joined))) or _DROPPED.sub("", joined)


def label_of(text: str) -> Label | None:
    """The label that a whole text is, or None."""
    if len(text) > _LONGEST * 4:
        return None
    key = key_of(text)
    if not key or len(key) > _LONGEST:
        return None
    for item, pattern in _PATTERNS:
        if pattern.fullmatch(key):
            return Label(item, key, key not in _UNSURE and _SCALED.search(text) is None)
    return None


def looks_like_label(text: str) -> bool:
    """Whether a short text reads as if it stood over a blank, though it is not known."""
    key = key_of(text)
    if not 1 < len(key) <= 12 or any(one.isdigit() for one in key):
        return False
    return bool(_LIKE.search(key)) or text.rstrip().endswith((":", "："))


_UNSURE = frozenset(
    "职工 单位 企业 人数 日期 时间 总人数 问题 困难 要求 反映 组长 带队人 现有职工 走访职工人数 "
    "走访职工数 走访员工人数 领导 工会领导".split()
)
"""Labels that may mean something else; what stands beside them is looked at."""
