"""The records of a city from the raw lines of its log, read by nothing of the house's own."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import Any

from app.services.office.office import Office
from database.log import packages, revisions

Body = dict[str, Any]


def folded(office: Office) -> dict[str, dict[str, Body]]:
    """The last body of every record by type, from the raw lines alone; void ones are gone."""
    with office.store.read() as connection:
        numbers = {
            h
            for package in packages.find(connection, direction="in")
            for _, h, *_ in packages.contents(connection, package.n)
        }
        lines = [row.raw for h in numbers if (row := revisions.get(connection, h))]
    found: dict[str, dict[str, Body]] = defaultdict(dict)
    for line in sorted(map(json.loads, lines), key=lambda one: (one["at"], len(one["parents"]))):
        body = None if line["op"] == "void" else {**line["body"], "writer": line["writer"][:6]}
        found[line["type"]].pop(line["id"], None)
        if body is not None:
            found[line["type"]][line["id"]] = body
    return found
