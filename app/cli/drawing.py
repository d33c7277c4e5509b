"""`draw`: units are drawn at random, replaced, checked by anybody, printed and planned."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.cli.frame.open_folder import at_work
from app.cli.frame.options import CampaignCode, Data, Operator, pairs, wrong
from app.cli.frame.reply import Reply

if TYPE_CHECKING:
    from app.domain.campaign.draw_file import DrawFile
    from app.domain.campaign.random_draw import Allocation
    from app.services.office.office import Office
    from app.services.planning.draw_frames import DrawnFrom
    from app.services.planning.draws import DrawSeen

Which = Annotated[str, typer.Argument(metavar="DRAW", help="抽取的编号或 id")]
Checked = Annotated[Path, typer.Argument(metavar="FILE", help="抽取文件")]
Title = Annotated[str, typer.Option("--title", help="抽取事项")]
Witness = Annotated[list[str], typer.Option("--witness", help="监督人；可以写多次")]
Drawer = Annotated[str, typer.Option("--by", help="抽取人；不写就是经办人")]
Where = Annotated[
    list[str] | None, typer.Option("--where", help="条件，同 export 的 --where；可以写多次")
]
Saved = Annotated[str | None, typer.Option("--saved", help="单位名录的常用筛选的名称")]
Strata = Annotated[
    str, typer.Option("--strata", help="分层：unit、area、kind、ownership、section 或 size")
]
Count = Annotated[int, typer.Option("--count", help="抽几家；加了 --each 是每层几家")]
Each = Annotated[bool, typer.Option("--each", help="每层一样多；不写就按各层家数的比例")]
Fixed = Annotated[list[str] | None, typer.Option("--fixed", help="层名=家数；可以写多次")]
Seed = Annotated[str, typer.Option("--seed", help="种子：现场掷出的点数等；不写由电脑取")]
Preview = Annotated[bool, typer.Option("--dry-run", help="只看名单和各层家数，不抽")]
OutFile = Annotated[Path, typer.Argument(metavar="OUT", help="要写的文件")]
Verify = Annotated[Path | None, typer.Option("--verify", metavar="FILE", help="核验抽取文件")]


def root(context: typer.Context, verify: Verify = None) -> Reply | None:
    """随机抽取走访单位；--verify 谁都可以核验，不用数据文件夹。"""
    if context.invoked_subcommand is None and verify is not None:
        return verify_file(verify)
    if context.invoked_subcommand is None:
        wrong("缺少命令。")
    if verify is not None:
        wrong("--verify 单独用。")
    return None


def new(
    *,
    data: Data,
    title: Title = "",
    count: Count = 0,
    witness: Witness = [],  # noqa: B006  (typer reads it, nobody changes it)
    by: Drawer = "",
    where: Where = None,
    saved: Saved = None,
    strata: Strata = "",
    each: Each = False,
    fixed: Fixed = None,
    seed: Seed = "",
    campaign: CampaignCode = None,
    dry_run: Preview = False,
    operator: Operator = None,
) -> Reply:
    """抽取：先定名单，再用种子抽，结果立即记下来，以后不能改。"""
    from app.domain.campaign.random_draw import numbers
    from app.services.planning import draws
    from app.services.planning.draw_frames import frame_of
    from app.services.planning.draws import DrawWish

    told = _numbers(fixed)
    allocation = _allocation(strata, told, each=each)
    with at_work(data, operator, reads=dry_run) as office:
        chosen = _frame(office, campaign, where, saved, strata)
        if dry_run:
            found = frame_of(office, chosen)
            sizes = found.frame.sizes
            wanted = numbers(sizes, allocation, count, told)
            value = {"frame_sha256": found.sha256, "sizes": sizes, "numbers": wanted}
            lines = [f"{n or '全部'}：{size:,}家，抽{wanted[n]:,}家" for n, size in sizes.items()]
            return Reply(value, [*lines, f"名单校验值：{found.sha256}"])
        wish = DrawWish(title, chosen, allocation, count, told, seed, by, witness)
        made = draws.make(office, wish)
        return _reply(draws.seen(office, made.state.id))


def _numbers(fixed: list[str] | None) -> dict[str, int]:
    told = pairs(fixed or (), "--fixed")
    if bad := next((one for one in told.values() if not one.isdecimal()), None):
        wrong(f"--fixed 的家数要写数字，现在是“{bad}”。")
    return {name: int(number) for name, number in told.items()}


def _allocation(strata: str, fixed: dict[str, int], *, each: bool) -> Allocation:
    from app.domain.campaign.random_draw import Allocation
    from app.services.planning.draw_frames import PARTS

    if strata not in PARTS:
        wrong(f"没有分层方式“{strata}”。可以是：{'、'.join(filter(None, PARTS))}。")
    if not strata and (fixed or each):
        wrong("--fixed 和 --each 要和 --strata 一起用。")
    if fixed:
        return Allocation.FIXED
    if not strata:
        return Allocation.WHOLE
    return Allocation.EQUAL if each else Allocation.PROPORTIONAL


def _frame(
    office: Office, campaign: str | None, where: list[str] | None, saved: str | None, strata: str
) -> DrawnFrom:
    from app.domain.records import Enterprise
    from app.services.lists import saved_lists
    from app.services.lists.chip_words import chip_in
    from app.services.planning.draw_frames import DrawnFrom
    from app.services.records.link_resolving import Links

    kept = saved_lists.named(office, Enterprise, saved).chips if saved is not None else ()
    with office.store.read() as connection:
        links = Links(office, connection)
        chips = tuple(chip_in(Enterprise, one, links=links) for one in where or ())
    return DrawnFrom(campaign, (*kept, *chips), strata)


def list_draws(*, data: Data, operator: Operator = None) -> Reply:
    """列出抽取，新的在前。"""
    from app.cli.frame.record_views import state_value
    from app.services.planning import draws

    with at_work(data, operator, reads=True) as office:
        states = draws.listed(office)
    lines = [
        f"{s.record.number}　{s.record.title}　抽中{len(s.record.results)}家"
        + ("　已作废" if s.void else "")
        for s in states
    ]
    return Reply({"draws": [state_value(one) for one in states]}, lines or ["还没有抽取。"])


def show(*, data: Data, which: Which, operator: Operator = None) -> Reply:
    """显示一次抽取，并照名单和种子重新算一遍。"""
    from app.services.planning import draw_files, draws

    with at_work(data, operator, reads=True) as office:
        found = draws.seen(office, which)
        draw_files.check(office, found.state.id)
        return _reply(found, "照名单和种子重新算过，结果相同。")


def replace(
    *,
    data: Data,
    which: Which,
    unit: Annotated[str, typer.Argument(metavar="UNIT", help="不能走访的单位：名称或 id")],
    why: Annotated[str, typer.Option("--why", help="原因")],
    operator: Operator = None,
) -> Reply:
    """替补：换成这一层接着抽出的那一家，写明原因。"""
    import msgspec

    from app.services.planning import draws

    with at_work(data, operator) as office:
        came = draws.replace(office, which, unit, why)
    moved = "，走访安排也换成了它" if came.planned else ""
    value = {**msgspec.to_builtins(came.unit), "planned": came.planned}
    return Reply(value, [f"替补：{came.unit.name}（第{came.unit.place}家）{moved}。"])


def plan(*, data: Data, which: Which, operator: Operator = None) -> Reply:
    """把抽中的单位排进工作安排，确定方式是随机抽取。"""
    from app.services.planning import draws

    with at_work(data, operator) as office:
        placed = draws.make_plans(office, which)
    value = {"planned": len(placed.plans), "skipped": placed.skipped}
    left = f"，{placed.skipped}家以前排过" if placed.skipped else ""
    return Reply(value, [f"排进{len(placed.plans)}家{left}。"])


def export(*, data: Data, which: Which, out: OutFile, operator: Operator = None) -> Reply:
    """导出核验文件：名单、种子、方法和结果，谁都可以重新算。"""
    from app.services.planning import draw_files

    with at_work(data, operator, reads=True) as office:
        place = draw_files.write_file(office, which, out)
    return Reply({"file": place}, [f"核验文件：{place}"])


def sheet(*, data: Data, which: Which, out: OutFile, operator: Operator = None) -> Reply:
    """抽取结果单，PDF。"""
    from app.documents.drawing.target import Target
    from app.services.papers.draw_papers import print_draw

    target = Target(out)
    with at_work(data, operator, reads=True) as office:
        pages = print_draw(office, target, draw=which)
    return Reply({"file": out, "pages": pages}, [f"抽取结果单：{out}（{pages}页）"])


def verify_file(file: Checked) -> Reply:
    """核验抽取文件：只用文件里的名单和种子重新算一遍。"""
    from app.services.planning.draw_files import verify_file as verified

    found = verified(file)
    return Reply(_of_file(found), list(_file_lines(found)))


def _of_file(found: DrawFile) -> dict[str, Any]:
    import msgspec

    told: dict[str, Any] = msgspec.to_builtins(found)
    return {"verified": True, **told, "frame": len(found.frame)}


def _file_lines(found: DrawFile) -> list[str]:
    layers = f"，分{len(found.strata)}层" if found.parted_by else ""
    lines = [
        f"{found.office}　{found.number}　{found.title}",
        f"名单{len(found.frame):,}家{layers}，抽中{len(found.results)}家，"
        f"替补{len(found.replacements)}家。",
        f"名单校验值：{found.frame_sha256}",
        f"种子：{found.seed}（{found.seed_from}）",
        "核验通过：照名单和种子重新算过，结果相同。",
    ]
    return lines + ([found.void + "。"] if found.void else [])


def _reply(found: DrawSeen, more: str = "") -> Reply:
    from app.cli.frame.record_views import state_value

    record = found.state.record
    lines = [f"{record.number}　{record.title}　种子：{record.seed}"]
    lines += [f"名单校验值：{record.frame_sha256}"]
    for one in found.lines:
        layer = f"{one.stratum}　" if one.stratum else ""
        gone = f"　已换成{one.replacement.name}" if one.replacement else ""
        lines.append(f"  {layer}{one.place}　{one.name}{gone}")
    stand = [one.unit for one in found.lines if one.stands]
    value = {**state_value(found.state), "stand": stand, "planned": sorted(found.planned)}
    return Reply(value, [*lines, *([more] if more else [])])
