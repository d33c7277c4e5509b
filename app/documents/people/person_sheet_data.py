"""What stands on a 困难职工档案表, and where: the fields of the file row by row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from app.documents.drawing.printed_code import PrintedCode
from app.documents.workbooks.cell_values import shown
from app.domain.checking.income import monthly_per_head
from app.domain.checking.state import is_seen_again
from app.domain.codes.person import OF_OLD
from app.domain.kernel.fields import FieldSpec, Kind, by_name, value_of
from app.domain.records import Aid, Case, FamilyMember, Person
from app.domain.values.money import format_money


@dataclass(frozen=True, slots=True)
class PersonSheet:
    """One file of a household. Everything empty = the blank form.

    `unit` is the 填报单位 in words; `enterprise` and `area` the names behind the links of the
    person; `cases` and `aids` in the order of their days; `record_id`, `version` and `h`
    (content hash, hexadecimal) name the revision.
    """

    person: Person = field(default_factory=Person)
    unit: str = ""
    enterprise: str = ""
    area: str = ""
    cases: tuple[Case, ...] = ()
    aids: tuple[Aid, ...] = ()
    record_id: str = ""
    version: int = 0
    h: str = ""
    void: bool = False

    @property
    def number(self) -> str:
        """The 编号."""
        return self.person.number

    def code_of(self, page: int, pages: int) -> str:
        """What the QR code of a page says; empty for a form that shows no record."""
        if not self.record_id:
            return ""
        return PrintedCode(self.record_id, self.version, self.h[:16], page, pages).text


@dataclass(frozen=True, slots=True)
class Place:
    """A label and its value in the head: the field, and both widths in mm."""

    field: str
    label: float
    value: float


def _row(*places: tuple[str, float, float]) -> tuple[Place, ...]:
    return tuple(Place(*place) for place in places)


HEAD = (
    _row(("name", 16, 40), ("sex", 14, 18), ("nationality", 14, 24), ("politics", 20, 28)),
    _row(("resident_id", 20, 50), ("born", 20, 34), ("marriage", 20, 30)),
    _row(("distress_class", 20, 40), ("categories", 20, 94)),
    _row(("health", 20, 38), ("disability", 20, 38), ("insurance", 20, 38)),
    _row(("workplace", 20, 94), ("status", 20, 40)),
    _row(("industry", 20, 60), ("working_since", 26, 26), ("model_worker", 20, 22)),
    _row(("housing", 20, 38), ("floor_area", 20, 38), ("single_parent", 20, 38)),
    _row(("registration", 20, 38), ("registered_area", 24, 92)),
    _row(("address", 20, 104), ("postcode", 20, 30)),
    _row(("telephone", 20, 52), ("other_contact", 26, 76)),
    _row(("bank", 20, 67), ("bank_card", 20, 67)),
    _row(("monthly_income", 29, 29), ("other_income", 29, 29), ("yearly_income", 29, 29)),
    _row(("household_size", 18, 14), ("per_head", 29, 29), ("no_earner", 22, 20),
         ("self_help", 22, 20)),
    _row(("main_cause", 26, 46), ("other_causes", 26, 76)),
)  # fmt: skip
"""The head of the form; every row is 174 mm wide."""

MEMBERS: tuple[tuple[tuple[str, ...], float], ...] = (
    (("name",), 24),
    (("relation", "sex"), 20),
    (("resident_id", "born"), 36),
    (("nationality", "politics"), 20),
    (("health", "insurance"), 26),
    (("status", "monthly_income"), 22),
    (("place", "schooling", "school_from", "school_years"), 26),
)
"""The columns of 家庭成员: fields one below the other, and the width in mm."""

PER_HEAD = "家庭月人均收入"
YES_OR_NO = "□是 □否"


PERSON, MEMBER = by_name(Person), by_name(FamilyMember)
CASE, AID = by_name(Case), by_name(Aid)


def label_of(field: str) -> str:
    """The label of a place in the head."""
    return PER_HEAD if field == "per_head" else PERSON[field].label


def shown_value(sheet: PersonSheet, field: str) -> str:
    """What stands at a place of the head."""
    person = sheet.person
    if field == "per_head":
        per_head = monthly_per_head(person)
        return "" if per_head is None else f"{format_money(per_head)}元"
    if field == "workplace":
        return person.workplace or sheet.enterprise
    if field == "registered_area":
        return sheet.area
    return in_words(PERSON[field], value_of(person, field))


def in_words(spec: FieldSpec, value: object) -> str:
    """A value as it is printed: money with two decimals, numbers with their unit."""
    if spec.kind is Kind.FLAG and value is None:
        return YES_OR_NO
    if value is None or value == "":
        return ""
    if spec.kind is Kind.MONEY:
        return f"{format_money(Decimal(str(value)))}元"
    words = shown(spec, value).replace(OF_OLD, "")
    return words + (spec.field.unit if spec.kind is Kind.INTEGER else "")


def texts(sheet: PersonSheet) -> Iterator[tuple[str, str]]:
    """Every text of a sheet with the place it stands at."""
    person, where = sheet.person, sheet.number or sheet.person.name
    for place in (place for row in HEAD for place in row):
        yield f"{where} {label_of(place.field)}", shown_value(sheet, place.field)
    for name in ("story", "consent_scope", "remarks"):
        yield f"{where} {PERSON[name].label}", value_of(person, name)
    yield f"{where} 附件", attachment_names(person)
    yield f"{where} 填报单位", sheet.unit + sheet.number
    for member in person.family:
        yield f"{where} 家庭成员", "".join(member_words(member, names) for names, _ in MEMBERS)
    for case in sheet.cases:
        yield f"{where} 帮扶事项 {case.number}", "".join(case_words(case))
    for aid in sheet.aids:
        yield f"{where} 帮扶记录 {aid.number}", "".join(aid_words(aid))


def attachment_names(person: Person) -> str:
    """The names of the scans and photographs of a file."""
    return "；".join(one.name for one in person.attachments)


def member_words(member: FamilyMember, names: tuple[str, ...]) -> str:
    """The lines of one cell of 家庭成员."""
    words = [in_words(MEMBER[name], value_of(member, name)) for name in names]
    if "school_from" in names:
        words[-2:] = [words[-2] + "年入学" * bool(words[-2]), words[-1] + "制" * bool(words[-1])]
    return "\n".join(word for word in words if word)


CASES = (("编号", 30), ("帮扶类型", 24), ("进展", 34), ("责任人", 20), ("事由、回访情况", 66))
AIDS = (("帮扶日期", 22), ("帮扶类型\n四季送", 26), ("金额", 26), ("帮扶内容、实物", 56),
        ("资金来源", 24), ("签收情况", 20))  # fmt: skip
"""The columns of 帮扶事项 and 帮扶记录: title and width in mm."""

STAGES = ("found_on", "verified_on", "aided_on", "followed_up_on", "closed_on")


def case_words(case: Case) -> tuple[str, ...]:
    """The cells of a 帮扶事项: of its 进展 the days that are known."""
    days = [
        f"{CASE[name].label.removesuffix('日期')} {in_words(CASE[name], value_of(case, name))}"
        for name in STAGES
        if value_of(case, name)
    ]
    if case.follow_up_due and not is_seen_again(case):
        days.append(f"计划回访 {in_words(CASE['follow_up_due'], case.follow_up_due)}")
    follow_up = f"回访：{case.follow_up}" if case.follow_up else ""
    return (
        case.number,
        in_words(CASE["types"], case.types).replace("、", "\n"),
        "\n".join(days),
        case.responsible,
        "\n".join(text for text in (case.description, follow_up, case.remarks) if text),
    )


def aid_words(aid: Aid) -> tuple[str, ...]:
    """The cells of a 帮扶记录."""
    worth = in_words(AID["goods_value"], aid.goods_value)
    goods = aid.goods + (f"（折价{worth}）" if worth else "")
    programme = "" if aid.programme == "other" else in_words(AID["programme"], aid.programme)
    return (
        in_words(AID["given_on"], aid.given_on),
        "\n".join(text for text in (in_words(AID["type"], aid.type), programme) if text),
        in_words(AID["money"], aid.money),
        "\n".join(text for text in (goods, aid.content, aid.remarks) if text),
        in_words(AID["fund"], aid.fund),
        aid.receipt,
    )
