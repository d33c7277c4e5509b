"""What the offices write up: demands, hazards, and documents with their files."""

from __future__ import annotations

import io
from collections.abc import Mapping

from app.domain.records import Briefing, Demand, Document, Hazard
from app.services.figures import issued_totals
from app.services.letters import briefing_issuing, briefings
from app.services.records import saving
from database.store import attachments
from demo.places import CITY, Place
from demo.stage import Stage
from demo.tables import YEAR, day
from demo.troubles import DEMANDS, DOCUMENTS, HAZARDS, Danger, Paper, Wish
from demo.typing_in import save


def type_demands(stage: Stage, place: Place, on: str) -> None:
    """意见诉求, each from its visit."""
    today = stage.calendar.turn(on, 10).isoformat()
    for wish in DEMANDS[place]:
        save(stage, place, Demand, _demand(stage, place, wish, today))


def _demand(stage: Stage, place: Place, wish: Wish, today: str) -> dict[str, object]:
    closed = wish.state == "已办结"
    return {
        "visit": stage.records[place, f"visit {wish.visit}"],
        "raised_on": today,
        "category": wish.category,
        "raiser": wish.raiser,
        "trends": "" if closed else "新问题",
        "content": wish.text,
        "addressee": wish.addressee,
        "referred_to": wish.department,
        "referred_on": today,
        "state": wish.state,
        "due": "" if closed else day("11-15").isoformat(),
        "closed_on": today if closed else "",
        "outcome": "已答复本人" if closed else "",
    }


def type_hazard(stage: Stage, place: Place) -> str:
    """隐患矛盾, as soon as it was handled; returns its id."""
    danger = HAZARDS[place]
    stage.calendar.turn(danger.handled.split()[0], 18)
    return save(stage, place, Hazard, _hazard(stage, place, danger))


def _hazard(stage: Stage, place: Place, danger: Danger) -> dict[str, object]:
    return {
        "visit": stage.records[place, f"visit {danger.visit}"],
        "nature": danger.nature,
        "description": danger.text,
        "people": danger.people,
        "level": danger.level,
        "trends": danger.trends,
        "found_at": f"{YEAR}-{danger.found}",
        "joined_at": f"{YEAR}-{danger.joined}",
        "handled_at": f"{YEAR}-{danger.handled}",
        "reported_at": f"{YEAR}-{danger.reported}",
        "reported_to_party": "是",
        "reported_to_union": "是",
        "responsible": place.signer,
        "measures": danger.measures,
    }


def type_documents(stage: Stage, place: Place) -> None:
    """总结报告 and 综合调研报告, each with its file (R17, R42)."""
    for paper in DOCUMENTS[place]:
        stage.calendar.turn(paper.dated, 11)
        typed = {
            "kind": paper.kind,
            "title": paper.title,
            "dated": day(paper.dated).isoformat(),
            "author": paper.author,
            "text": "" if paper.parts else paper.text,
            **dict(zip(("situation", "analysis", "advice", "measures"), paper.parts, strict=False)),
            "attachments": [_attached(stage, place, paper)],
        }
        save(stage, place, Document, typed, paper.kind)


def _attached(stage: Stage, place: Place, paper: Paper) -> Mapping[str, object]:
    """Keep the file beside the store, and the row that names it."""
    data = f"{paper.title}\n\n{paper.text}\n\n{paper.author}\n".encode()
    sha256, size = attachments.add(stage.offices[place].scans, io.BytesIO(data))
    return {"sha256": sha256, "name": f"{paper.title}.txt", "type": "text/plain", "size": size}


def issue_briefing(stage: Stage) -> None:
    """工作简报 of the city: the figures of its 定稿 and what the year was like, 印发 (R50)."""
    city = stage.offices[CITY]
    key = briefings.begin(city).id
    newest = issued_totals.issued(city, None)[0]
    briefings.add_figures(city, key, newest.n)
    briefings.add_text(city, key, "下一步", "抓好诉求办结和困难职工帮扶，做好年终总结评比。")
    told = {"recipients": "市委、市政府", "copies_to": "省总工会", "approved_by": CITY.signer}
    saving.save(city, Briefing, told, record=key)
    briefing_issuing.issue(city, key)
