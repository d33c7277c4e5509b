"""`second`: a sample of what was keyed is keyed again by another operator, and compared."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.cli.frame.open_folder import at_work
from app.cli.frame.options import Data, Key, Operator, Type, type_named, wrong
from app.cli.frame.reply import Complaint, Reply, Status
from app.cli.records import From, read_rows

if TYPE_CHECKING:
    from app.domain.records import Record
    from app.services.office.office import Office
    from app.services.records.keying_samples import Sample
    from app.services.records.second_comparison import Again, Difference

Every = Annotated[int, typer.Option("--every", metavar="几条", help="每几条抽一条，2 到 1000")]
Right = Annotated[
    list[str] | None, typer.Option("--second", metavar="栏目", help="这一栏这次录的对；可以写多次")
]
First = Annotated[bool, typer.Option("--first", help="其余不一样的栏，都是原来录的对")]


def draw(*, data: Data, type_name: Type, every: Every = 10, operator: Operator = None) -> Reply:
    """从上次抽样以后一条一条录的里面，每几条抽一条，从随机的一条起；抽法记下来。"""
    from app.services.records.keying_samples import draw as draw_one

    with at_work(data, operator) as office:
        sample = draw_one(office, type_named(type_name), every)
    return Reply(_sample(sample), [_sample_line(sample)])


def waiting(*, data: Data, type_name: Type, operator: Operator = None) -> Reply:
    """列出等您再录的纸（自己录的不列，要换一位经办人），和以往的抽样。"""
    from app.services.records import keying_samples, second_papers

    record_type = type_named(type_name)
    with at_work(data, operator, reads=True) as office:
        found = second_papers.waiting(office, record_type)
        papers = [second_papers.paper(office, record_type, one) for one in found.mine]
        samples = keying_samples.samples(office)
    own = [one for one in samples if one.label == record_type.label]
    value = {
        "papers": [{"id": p.record, "number": p.number, "title": p.title} for p in papers],
        "others": found.others,
        "samples": [_sample(one) for one in own],
    }
    lines = ["  ".join(filter(None, (one.number, one.title, one.day))) for one in papers]
    waits = f"等您录的有 {len(papers)} 张，您自己录的还有 {found.others} 张。"
    return Reply(value, [*lines, waits, *map(_sample_line, own)])


def compare(
    *, data: Data, type_name: Type, key: Key, source: From, operator: Operator = None
) -> Reply:
    """把再录的一遍和原来的一栏一栏比，列出不一样的；记录不变。"""
    from app.services.records.second_comparison import compare as put_beside

    record_type = type_named(type_name)
    with at_work(data, operator) as office:
        found = put_beside(office, record_type, _again(office, record_type, key, source))
    lines = [*map(_line, found.differing), _told(found.compared, len(found.differing))]
    fields = [
        {"field": one.field, "label": one.label, "first": one.first, "second": one.second}
        for one in found.differing
    ]
    return Reply({"compared": found.compared, "differing": fields}, lines)


def settle(
    *,
    data: Data,
    type_name: Type,
    key: Key,
    source: From,
    right: Right = None,
    first: First = False,
    operator: Operator = None,
) -> Reply:
    """存下比对的结果：这次录的对的栏用 --second 写出，记录照改，再勾上已核对。"""
    from app.services.records import second_comparison

    record_type = type_named(type_name)
    with at_work(data, operator) as office:
        again = _again(office, record_type, key, source)
        found = second_comparison.compare(office, record_type, again)
        names = _fields(right or (), found.differing)
        if len(names) < len(found.differing) and not first:
            return _undecided([one for one in found.differing if one.field not in names])
        done = second_comparison.settle(office, record_type, again, names)
    value = {"compared": done.compared, "differing": done.differing, "mended": done.mended}
    mended = f"改正 {done.mended} 栏。" if done.mended else ""
    return Reply(value, [f"{_told(done.compared, done.differing)}{mended}已核对。"])


def result(*, data: Data, operator: Operator = None) -> Reply:
    """各经办人：抽到几张，再录几张，比对几栏，不一样几栏，占百分之几；哪些栏最常不一样。"""
    from dataclasses import asdict

    from app.services.people.keying_agreement import differing_fields, keying_agreement

    with at_work(data, operator, reads=True) as office:
        found, fields = keying_agreement(office), differing_fields(office)
    lines = [
        f"{one.name}　抽到 {one.drawn} 张，再录 {one.done} 张，比对 {one.compared} 栏，"
        f"不一样 {one.differing} 栏{f'（{one.rate}）' if one.rate else ''}，"
        f"其中原来录错 {one.mended} 栏"
        for one in found
    ]
    lines += [
        f"{one.type}的“{one.label}”　比对 {one.compared} 张，不一样 {one.differing} 张"
        f"（{one.rate}），其中原来录错 {one.mended} 张"
        for one in fields
    ]
    value = {"operators": list(map(asdict, found)), "fields": list(map(asdict, fields))}
    return Reply(value, lines or ["还没有抽过样。"])


def _again(office: Office, record_type: type[Record], key: str, source: str) -> Again:
    """What was typed of a paper; null is an empty field, what is left out is not compared."""
    from app.domain.kernel.fields import fields_of
    from app.domain.records.paper_mark import NOT_ON_PAPER
    from app.services.records import second_papers
    from app.services.records.second_comparison import Again

    rows = read_rows(source)
    if len(rows) != 1:
        wrong("一次比一张：文件里写一个 JSON 对象。")
    paper = second_papers.paper(office, record_type, key)
    specs = fields_of(record_type, paper.campaign)
    names = {word: spec.name for spec in specs for word in (spec.label, spec.name)}
    unknown = [word for word in rows[0] if word not in names]
    if unknown:
        wrong(f"没有这些栏：{'、'.join(unknown)}。")
    typed = {names[word]: value for word, value in rows[0].items()}
    fields = tuple(name for name in typed if name not in NOT_ON_PAPER)
    return Again(paper.record, paper.h, fields, typed)


def _fields(words: Sequence[str], differing: Sequence[Difference]) -> tuple[str, ...]:
    names = {word: one.field for one in differing for word in (one.label, one.field)}
    for word in words:
        if word not in names:
            told = "、".join(one.label for one in differing) or "没有"
            wrong(f"--second 的“{word}”不是不一样的栏；不一样的有：{told}。")
    return tuple(dict.fromkeys(names[word] for word in words))


def _undecided(open_: Sequence[Difference]) -> Reply:
    what = f"还有{len(open_)}栏没有定：{'、'.join(one.label for one in open_)}。"
    remedy = "这次录的对写 --second 栏目；其余都是原来录的对，加 --first。"
    told = Complaint("UNDECIDED", what, remedy=remedy)
    return Reply({}, [*map(_line, open_)], (told,), Status.REFUSED)


def _line(one: Difference) -> str:
    return f"{one.label}：原来录的 {one.first or '（空）'}，这次录的 {one.second or '（空）'}"


def _told(compared: int, differing: int) -> str:
    return f"比对 {compared} 栏，不一样 {differing} 栏。"


def _sample_line(one: Sample) -> str:
    return (
        f"{one.at[:10]}  {one.label}  {one.among} 条里每 {one.every} 条抽一条，"
        f"从第 {one.start} 条起，抽到 {one.drawn} 张，已再录 {one.done} 张（{one.by}）"
    )


def _sample(one: Sample) -> dict[str, Any]:
    from dataclasses import asdict

    return asdict(one)
