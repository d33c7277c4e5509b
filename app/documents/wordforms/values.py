"""The words beside a label, as they would be typed, and what is doubtful about them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from app.documents.wordforms.counts import flat, numbers_in
from app.documents.wordforms.doubts import Doubt
from app.documents.wordforms.labels import looks_like_label
from app.documents.wordforms.saying import DAY
from app.domain.kernel.errors import UserError
from app.domain.kernel.text import clean_name, clean_text
from app.domain.values.dates import has_year, parse_date
from app.domain.values.person_names import parted_names

Taken = tuple[str, list[Doubt]]

_SEALS = re.compile(
    r"[（(【\[]\s*(?:请?(?:盖|签|加盖).{0,6}|公章|章|签字|签名|印章|单位公章)\s*[)）】\]]"
)
_BLANK_LINE = re.compile("[_＿…﹍]{2,}")
_BRACKET = re.compile(r"[（(【\[〔][^（）()【】\[\]〔〕]*[)）】\]〕]")
_JOB = (
    "副?(?:主席|书记|主任|部长|局长|科长|股长|处长|县长|区长|市长|镇长|乡长|常委|委员|干事|干部|"
    "调研员|经理|厂长|组长|队长|主办|科员|秘书长?|会计|专干|同志|领导|人大主任|党委书记)"
)
_JOB_ONLY = re.compile(f"(?:[市县区镇乡]|总?工会|联合会|党委|政府|人大|分管|常务)*{_JOB}")
_JOB_LAST = re.compile(f"{_JOB}$")
_JOB_BEFORE = re.compile(f"^[\u3400-\u9fff、]{{0,16}}{_JOB}[\\s:：]*(?=[\u3400-\u9fff·]{{2,}})")
_IS_JOB = re.compile(
    f"{_JOB}|总?工会|带队|陪同|随行|单位|部门|办公室|[部科室处]$|男|女|党|组|分管|常务|兼|正|县|市|区|镇|乡"
)
_OTHERS = re.compile("(?:陪同|随行|记录|参加|同行|司机|联系人)[^、，\n]{0,4}[:：]")
_HAN_NAME = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]{2,4}")
_DOTTED = re.compile("[\u3400-\u9fff]+(?:·[\u3400-\u9fff]+)+")
_UNITS = re.compile(
    r"(?:总计|合计|共计|共有|共|职工|员工|现有|在职|在册|总数|为|有|计)|[人名位个]|[\s:：。.；;]+"
)
_MOST = 1_000_000
_REPEATED = re.compile(r"(.{4,60}?)\1{1,20}", re.DOTALL)
_WEEKDAY = re.compile(r"[(（]?(?:星期|周|礼拜)[一二三四五六日天][)）]?")
_TWO_UNITS = re.compile(r"(?:公司|厂|院|校|局|中心|所|站) +\S{2}")
_NO_NAME = re.compile("同[上前左右]|待定|不详|暂无|未填|附后|见附件|如[上前]|略")
_LUNAR = re.compile("^[（(]?(?:农历|阴历|旧历|夏历)")
_SOFT = re.compile(r"[ \u3000\xa0]+")


def leaders(text: str) -> Taken:
    """The names in a text, joined by 、; a doubt where a word may be more or less than a name."""
    plain = _BLANK_LINE.sub(" ", _SEALS.sub("", clean_text(text))).strip()
    if not plain:
        return "", []
    doubts: list[Doubt] = []
    bare, odd = _without_brackets(plain)
    if odd:
        doubts.append(Doubt("LEADERS_CHECK", f"括号里的“{odd}”没有读进去。"))
    if others := _OTHERS.search(bare):
        doubts.append(Doubt("LEADERS_CHECK", f"里面写着“{others[0]}”，看看是不是都算走访领导。"))
    try:
        names = parted_names(bare)
    except UserError as error:
        return _one_line(plain), [Doubt("LEADERS_CHECK", error.what)]
    kept: list[str] = []
    for name in names:
        mended = _without_job(name)
        if mended != name:
            doubts.append(Doubt("LEADERS_CHECK", f"“{name}”读成了“{mended}”。"))
        elif not _is_name(name):
            doubts.append(Doubt("LEADERS_CHECK", f"“{name}”看不准是不是姓名。"))
        if mended not in kept:
            kept.append(mended)
    return "、".join(kept), doubts


def _without_brackets(text: str) -> tuple[str, str]:
    """A text without what stands in brackets: jobs go, what else it is is told."""
    odd: list[str] = []

    def told(found: re.Match[str]) -> str:
        inside = found[0][1:-1].strip()
        if inside and not _IS_JOB.search(inside):
            odd.append(inside)
        return "\u3001" if _more_behind(text, found.end()) else ""

    return _BRACKET.sub(told, text), "、".join(odd)


def _more_behind(text: str, end: int) -> bool:
    """Whether another name follows a bracket at once: 张三（主席）李四."""
    return bool(re.match(r"\s*[\u3400-\u9fff]", text[end : end + 4]))


def _without_job(name: str) -> str:
    """A name without what somebody is: 王建国副主席, 区总工会主席王建国."""
    for size in (3, 2):
        bare, job = name[:size], name[size:]
        cut = bare.endswith(("副", "总", "区", "县", "镇"))
        if _JOB_ONLY.fullmatch(job) and _HAN_NAME.fullmatch(bare) and not cut:
            return bare
    before = _JOB_BEFORE.sub("", name)
    if before != name and (_HAN_NAME.fullmatch(before) or _DOTTED.fullmatch(before)):
        return before
    return name


def _is_name(name: str) -> bool:
    if _DOTTED.fullmatch(name):
        return True
    if _HAN_NAME.fullmatch(name) is None or looks_like_label(name):
        return False
    if _NO_NAME.fullmatch(name):
        return False
    return _JOB_LAST.search(name) is None


def once(text: str) -> tuple[str, list[Doubt]]:
    """A text that stands there several times over is taken once: some programs save it so."""
    found = _REPEATED.fullmatch(text.strip())
    if found is None:
        return text, []
    return found[1], [Doubt("REPEATED", "同样的文字重复了几遍，读作一遍。")]


def enterprise(text: str) -> Taken:
    """The name of the unit in one line."""
    lines = [line.strip() for line in clean_text(text).split("\n") if line.strip()]
    plain = _SEALS.sub("", _BLANK_LINE.sub("", "".join(lines))).strip()
    plain, doubts = once(plain)
    name = clean_name(plain)
    if not name:
        return "", []
    if looks_like_label(name) or len(name) < 3 or len(name) > 60:
        doubts.append(Doubt("ENTERPRISE_CHECK", f"“{name[:30]}”看不准是不是单位名称。"))
    elif re.search("[:：]|[（(](?:原|曾用|又名)", name):
        doubts.append(Doubt("ENTERPRISE_CHECK", f"“{name[:30]}”里不只是单位名称。"))
    elif re.search("[、，；;,]|等.{0,3}家", re.sub(_BRACKET, "", name)) or _TWO_UNITS.search(name):
        doubts.append(Doubt("ENTERPRISE_CHECK", "看起来不止一个单位，一份登记表只记一个。"))
    elif len(lines) > 1 and re.search("(?:公司|厂|院|校|局|中心|所|站)$", lines[0]):
        doubts.append(Doubt("ENTERPRISE_CHECK", "分成了几行，可能不止一个单位。"))
    return name, doubts


def headcount(text: str) -> Taken:
    """The number of people as figures; a doubt where it is about, of several, or of something."""
    plain = flat(clean_text(text)).replace("\n", " ")
    plain = _BLANK_LINE.sub("", plain).strip()
    if not re.sub(r"[\s人名位个]", "", plain):
        return "", []
    outside = _BRACKET.sub(" ", plain)
    found, rest = numbers_in(outside)
    if not found:
        found, rest = numbers_in(plain)
    if len(found) != 1 and len(set(found)) != 1:
        first = _first_of_many(outside, found)
        return first, [Doubt("HEADCOUNT_CHECK", f"“{_short(plain)}”里不是只有一个人数。")]
    value = found[0]
    if value != int(value) or not 0 <= value <= _MOST:
        return "", [Doubt("HEADCOUNT_CHECK", f"“{_short(plain)}”看不出是多少人。")]
    left = _UNITS.sub("", rest)
    if left or outside != plain or len(found) > 1:
        return str(int(value)), [
            Doubt("HEADCOUNT_CHECK", f"“{_short(plain)}”读成了 {int(value)} 人。")
        ]
    return str(int(value)), []


def _first_of_many(outside: str, found: Sequence[float]) -> str:
    """Of 236人，其中女职工100人 the first, which is the whole; of anything else nothing."""
    if found and re.search("其中|含|包括", outside) and found[0] == int(found[0]):
        return str(int(found[0]))
    return ""


def opinions(text: str) -> Taken:
    """The text as it stands, without blank lines before and behind it."""
    lines = [line.rstrip() for line in clean_text(text).split("\n")]
    plain = "\n".join(lines).strip("\n")
    plain = re.sub(r"\n{3,}", "\n\n", plain)
    return plain.strip(), []


def reporter(text: str) -> Taken:
    """Who reports, in one line, without seals and what stands behind it."""
    plain = _SEALS.sub(" ", _BLANK_LINE.sub(" ", clean_text(text)))
    plain = re.sub(r"[（(]\s*[)）]", "", plain)
    lines = [_SOFT.sub(" ", line).strip(" ,，;；。|") for line in plain.split("\n")]
    lines = [line for line in lines if line]
    if not lines:
        return "", []
    name = clean_name(lines[0])
    doubts = []
    more = lines[1:] or (len(name) > 40) or looks_like_label(name)
    if more or " " in name:
        doubts.append(Doubt("REPORTER_CHECK", f"“{_short(plain)}”看不准是哪个单位。"))
    return name, doubts


def without_day(text: str) -> tuple[str, str]:
    """Who reports and, cut off from its end, the day behind it; of several days all of them."""
    found = list(DAY.finditer(text))
    if not found:
        return text, ""
    last = found[-1]
    if len({one[0] for one in found}) > 1:
        return DAY.sub("", text), "、".join(one[0] for one in found)
    return text[: last.start()] + text[last.end() :], last[0]


def day(text: str, today: date) -> Taken:
    """The day as 2011-09-20; a doubt where year or day is left out or it cannot be."""
    plain = flat(clean_text(text)).replace("\n", " ")
    plain = _SEALS.sub("", _BLANK_LINE.sub(" ", plain)).strip(" 。.；;，,()（）")
    plain = _WEEKDAY.sub("", plain)
    joined = re.sub(r"\s+", "", plain)
    if not re.sub("[年月日号]", "", joined):
        return "", []
    days = [found[0] for found in DAY.finditer(plain) if re.sub(r"[\s年月日号]", "", found[0])]
    if len(set(days)) > 1:
        return "", [Doubt("DATE_UNCLEAR", f"“{_short(plain)}”里有几个日期。")]
    one = re.sub(r"\s+", "", days[0]) if days else joined
    more = joined.replace(one, "", 1)
    if _LUNAR.search(plain):
        return "", [Doubt("DATE_UNCLEAR", f"“{_short(plain)}”是农历，请填公历的日子。")]
    try:
        if not has_year(one):
            return "", [Doubt("DATE_UNCLEAR", f"“{_short(plain)}”没有写年份。")]
        value = parse_date(one, today=today)
    except UserError:
        return "", [Doubt("DATE_UNCLEAR", f"“{_short(plain)}”看不出是哪一天。")]
    doubts = []
    if value > today:
        doubts.append(Doubt("DATE_UNCLEAR", "这一天还没有到。"))
    if re.search("[0-9一二三四五六七八九十]", more):
        doubts.append(Doubt("DATE_UNCLEAR", f"“{_short(plain)}”里还有别的数字。"))
    return value.isoformat(), doubts


def _one_line(text: str) -> str:
    return re.sub(r"\s*\n\s*", "、", text.strip())


def _short(text: str) -> str:
    one = re.sub(r"\s+", " ", text).strip()
    return one if len(one) <= 40 else f"{one[:40]}…"
