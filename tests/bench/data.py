"""What a year of walking and helping leaves behind: revisions like real ones, always the same."""

from __future__ import annotations

import datetime as dt
import random
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

import msgspec

from app.domain import codes
from app.domain.kernel.codelist import CodeList
from app.domain.kernel.uuid7 import uuid7
from app.domain.merging.revision import Revision, seal
from app.domain.records import (
    Aid,
    Case,
    Enterprise,
    FamilyMember,
    ItemDone,
    Person,
    Record,
    Visit,
    body_of,
)
from app.domain.values.resident_id import check_digit

CAMPAIGN = "2011-36"
EDITED = 0.1
"""The share of revisions that change an earlier record."""

_START = dt.datetime(2011, 7, 1, 8, tzinfo=dt.timezone(dt.timedelta(hours=8)))
_WEIGHTS = {"visit": 30, "enterprise": 12, "person": 14, "case": 20, "aid": 24}
_RECENT = 400
"""Records that may still be changed or pointed at."""

_SURNAMES = "李王张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗阿吉曲沙马"
_GIVEN = "建国明勇军华秀英丽芳志强伟平红梅春兰桂珍德富永发小波晓燕木呷依伍且日古尔"
_PLACES = "沙湾嘉农轸溪太平铜茨福禄牛石龚嘴葫芦碧山谭坝踏水范店"
_TRADES = "机械 建材 电力 水泥 食品 纺织 化工 物流 矿业 冶金 陶瓷 造纸 茶业 制药 运输 商贸".split()
_FORMS = "有限责任公司 厂 股份公司 分公司 站 中心学校 卫生院".split()
_WORDS = """
希望加强一线职工技能培训，办好工友夜校
工资集体协商合同到期后要及时续签
车间夏季温度过高，防暑降温费没有发足
农民工参加工伤保险的比例还不高
班车线路调整后，夜班职工上下班不便
职工食堂价格偏高，建议由工会牵头成立伙食委员会
企业用工短缺，请帮助联系职业学校
困难职工子女上学费用较重，希望纳入金秋助学
社保缴费基数与实际工资不符
劳动合同文本不规范，试用期约定过长
建议把女职工体检列入专项集体合同
厂区照明不足，存在安全隐患
因原材料涨价，企业资金周转困难
职代会提案办理情况没有公开
退休职工活动室年久失修
大病职工自付医药费超过三万元，家庭无其他收入
下岗后靠打零工维持生活，母亲长期卧床
子女考上大学，学费和生活费尚无着落
已向企业行政转达，答应月底前答复
由县总工会与人社局协商办理
送去慰问金和棉被，转达组织的关心
""".split()


class Made(NamedTuple):
    """One revision: its name, its bytes, and what they say."""

    h: str
    raw: bytes
    revision: Revision
    record: Record


@dataclass(slots=True)
class _Kept:
    """The newest revision of a record that may be changed again."""

    h: str
    id: str
    record: Record


class Chronicle:
    """What one writer of a station saves, in order; the seed decides everything."""

    def __init__(self, station: str, writer: str, operator: str, seed: int) -> None:
        self._station = station
        self._writer = writer
        self._operator = operator
        self._chance = random.Random(seed)
        self._now = _START
        self._count = 0
        self._recent: list[_Kept] = []
        self._made: dict[str, deque[str]] = {}

    def revisions(self, count: int) -> Iterator[Made]:
        """The next `count` revisions, about one in ten of them an edit."""
        makers: dict[str, Callable[[], Record]] = {
            "visit": self._visit,
            "enterprise": self._enterprise,
            "person": self.person,
            "case": self._case,
            "aid": self._aid,
        }
        kinds = self._chance.choices(list(_WEIGHTS), list(_WEIGHTS.values()), k=count)
        for kind in kinds:
            self._now += dt.timedelta(seconds=self._chance.randrange(20, 60))
            if self._recent and self._chance.random() < EDITED:
                yield self._edit(self._chance.choice(self._recent))
            else:
                yield self._create(makers[kind]())

    def _create(self, record: Record) -> Made:
        made = uuid7(int(self._now.timestamp() * 1000), self._chance.randbytes(10))
        kept = _Kept("", made, record)
        self._recent.append(kept)
        del self._recent[:-_RECENT]
        self._made.setdefault(record.type_name, deque(maxlen=_RECENT)).append(made)
        return self._sealed(kept, record, ())

    def _edit(self, kept: _Kept) -> Made:
        record = msgspec.structs.replace(kept.record, remarks=self._sentences(1))
        return self._sealed(kept, record, (kept.h,))

    def _sealed(self, kept: _Kept, record: Record, parents: tuple[str, ...]) -> Made:
        revision = Revision(
            id=kept.id,
            type=record.type_name,
            schema=record.schema,
            parents=parents,
            writer=self._writer,
            at=self._now.isoformat(),
            by=self._operator,
            op="edit" if parents else "create",
            body=body_of(record),
        )
        kept.h, raw = seal(revision)
        kept.record = record
        return Made(kept.h, raw, revision, record)

    def _visit(self) -> Visit:
        enterprise = self._earlier("enterprise")
        return Visit(
            number=self._number(""),
            unit=self._station,
            campaign=CAMPAIGN,
            leaders=tuple(self._name() for _ in range(self._chance.randrange(1, 4))),
            enterprise_name=self._firm(),
            enterprise=enterprise,
            headcount=self._chance.randrange(20, 3000),
            opinions=self._sentences(self._chance.randrange(1, 4)),
            visited_on=self._now.date(),
            filed_on=self._now.date(),
            workers_met=self._chance.randrange(5, 60),
            items=(ItemDone(id="1", item=self._code(codes.SIX_ITEMS), evidence="已开展。"),),
            methods=(self._code(codes.METHOD),),
        )

    def _enterprise(self) -> Enterprise:
        return Enterprise(
            number=self._number("企"),
            unit=self._station,
            name=self._firm(),
            kind=self._code(codes.ENTERPRISE_KIND),
            ownership=self._code(codes.OWNERSHIP),
            industry=self._code(codes.INDUSTRY),
            affiliation=self._code(codes.AFFILIATION),
            address=f"{self._place()}镇{self._place()}街{self._chance.randrange(1, 300)}号",
            headcount=self._chance.randrange(20, 3000),
            headcount_on=self._now.date(),
            members=self._chance.randrange(10, 20),
            has_union=True,
            management_contact=self._name(),
            management_telephone=self._telephone(),
            union_contact=self._name(),
            union_telephone=self._telephone(),
        )

    def person(self) -> Person:
        """A person whom nobody wrote down yet."""
        born, number = self._resident()
        return Person(
            number=self._number("困"),
            unit=self._station,
            name=self._name(),
            resident_id=number,
            sex="1" if int(number[16]) % 2 else "2",
            born=born,
            nationality=self._code(codes.NATIONALITY),
            main_cause=self._code(codes.DISTRESS_CAUSE),
            enterprise=self._earlier("enterprise"),
            address=f"{self._place()}镇{self._place()}村{self._chance.randrange(1, 12)}组",
            telephone=self._telephone(),
            monthly_income=str(self._chance.randrange(300, 1500)),
            household_size=3,
            family=(
                FamilyMember(
                    id="1", name=self._name(), relation=self._code(codes.RELATION), status=""
                ),
            ),
            story=self._sentences(2),
            filed_on=self._now.date(),
        )

    def _case(self) -> Case:
        return Case(
            number=self._number("帮"),
            unit=self._station,
            person=self._earlier("person"),
            visit=self._earlier("visit"),
            types=(self._code(codes.AID_TYPE),),
            description=self._sentences(2),
            stage=self._code(codes.CASE_STAGE),
            found_on=self._now.date(),
            follow_up=self._sentences(1),
            responsible=self._name(),
        )

    def _aid(self) -> Aid:
        return Aid(
            number=self._number("扶"),
            unit=self._station,
            case=self._earlier("case"),
            person=self._earlier("person"),
            given_on=self._now.date(),
            type=self._code(codes.AID_TYPE),
            programme=self._code(codes.AID_PROGRAMME),
            money=str(self._chance.choice((200, 300, 500, 800, 1000, 2000))),
            goods="棉被1床、菜油1桶",
            goods_value=f"{self._chance.randrange(50, 400)}.50",
            fund=self._code(codes.FUND_SOURCE),
            receipt="本人签收",
            content=self._sentences(2),
        )

    def _number(self, mark: str) -> str:
        self._count += 1
        return f"{self._station}-{mark}2011-{self._count:06d}"

    def _earlier(self, type_name: str) -> str:
        """The id of a recent record of this type; nothing while there is none."""
        made = self._made.get(type_name)
        return self._chance.choice(made) if made else ""

    def _firm(self) -> str:
        serial = self._chance.randrange(100_000)
        return f"乐山{self._place()}{self._of(_TRADES)}{self._of(_FORMS)}{serial:05d}"

    def _resident(self) -> tuple[dt.date, str]:
        born = dt.date(1950, 1, 1) + dt.timedelta(days=self._chance.randrange(15_000))
        first = f"511111{born:%Y%m%d}{self._chance.randrange(1000):03d}"
        return born, first + check_digit(first)

    def _sentences(self, count: int) -> str:
        return "；".join(f"{self._of(_WORDS)}（{self._name()}）" for _ in range(count)) + "。"

    def _name(self) -> str:
        return self._of(_SURNAMES) + self._of(_GIVEN) + self._of(_GIVEN)

    def _place(self) -> str:
        return self._of(_PLACES) + self._of(_PLACES)

    def _telephone(self) -> str:
        return f"138{self._chance.randrange(10**8):08d}"

    def _code(self, listed: CodeList) -> str:
        return self._chance.choice(listed.codes).value

    def _of(self, choices: str | list[str]) -> str:
        return self._chance.choice(choices)
