"""工作记录 and 材料 of one county: a log, an activity, a meeting, news and what came of it."""

from __future__ import annotations

from app.domain.records import (
    Activity,
    Diary,
    Document,
    Honour,
    Meeting,
    Policy,
    Press,
    Reporter,
)
from demo.arranging import FIRST
from demo.places import SHAWAN
from demo.stage import Stage
from demo.tables import day
from demo.typing_in import save

_TITLE = "沙湾区总工会走进车间听诉求"


def keep_records(stage: Stage) -> None:
    """What 沙湾 writes down beside its visits, by the end of September."""
    _go_out(stage)
    _meet(stage)
    _report(stage)


def _go_out(stage: Stage) -> None:
    on = stage.calendar.turn("9-22", 17).isoformat()
    id = stage.records[SHAWAN, f"group {FIRST}"]
    log = {
        "group": id,
        "kept_on": on,
        "author": "范晓琴",
        "place": "沙湾镇",
        "methods": "召开座谈会、走访调查",
        "categories": "生活、权益",
        "content": "上午听厂方介绍生产情况，三分之一职工是农民工。\n下午开座谈会，十二名职工参加，"
        "反映夜班没有班车，食堂晚上不开伙，加班工资算法不清楚。",
    }
    save(stage, SHAWAN, Diary, log)
    activity = {
        "group": id,
        "kind": "政策宣传",
        "title": "工资集体协商政策进车间",
        "held_on": on,
        "place": "厂部礼堂",
        "people": "86",
        "materials": "120",
    }
    save(stage, SHAWAN, Activity, activity)


def _meet(stage: Stage) -> None:
    on = stage.calendar.turn("9-26", 10).isoformat()
    meeting = {
        "kind": "研究工作",
        "title": "研究走访中职工反映的突出问题",
        "held_on": on,
        "chairs": "罗晓燕",
        "decided": "夜班班车由经审办同厂方协商，十月底前答复职工。",
        "responsible": "范晓琴",
        "due": day("10-31").isoformat(),
        "done_on": "",
    }
    save(stage, SHAWAN, Meeting, meeting)
    honour = {
        "title": "乐山市工人先锋号",
        "level": "市级",
        "year": "2011",
        "holder": "沙湾水泥厂检修班",
        "holder_kind": "班组",
        "granted_by": "乐山市总工会",
    }
    save(stage, SHAWAN, Honour, honour)


def _report(stage: Stage) -> None:
    on = stage.calendar.turn("9-27", 9).isoformat()
    reporter = {"name": "范晓琴", "department": "办公室", "serves_from": day("1-1").isoformat()}
    news = {
        "kind": "活动动态",
        "title": _TITLE,
        "dated": on,
        "reporter": save(stage, SHAWAN, Reporter, reporter),
        "text": "九月二十二日，沙湾区总工会第一工作组走进车间，同职工面对面交流。",
        "channels": "工会网站",
        "submitted_on": on,
        "outcome": "采用",
        "adopted_by": "乐山工会信息",
    }
    document = save(stage, SHAWAN, Document, news)
    press = {"document": document, "outlet": "乐山日报", "form": "报纸", "published_on": on}
    save(stage, SHAWAN, Press, press)
    policy = {
        "kind": "制度",
        "title": "职工诉求限时答复制度",
        "issued_on": on,
        "issuer": "沙湾区总工会",
        "mechanisms": "密切联系群众机制",
        "text": "工会收到职工诉求，七个工作日内答复；要转交的，写明转给谁、什么时候答复。",
    }
    save(stage, SHAWAN, Policy, policy)
