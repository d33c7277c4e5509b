"""Which record types there are."""

from __future__ import annotations

from app.domain.records.aid import Aid
from app.domain.records.area import Area
from app.domain.records.base import Record
from app.domain.records.campaign import Campaign
from app.domain.records.case import Case
from app.domain.records.demand import Demand
from app.domain.records.document import Document
from app.domain.records.enterprise import Enterprise
from app.domain.records.group import Group
from app.domain.records.hazard import Hazard
from app.domain.records.link import Link
from app.domain.records.operator import Operator
from app.domain.records.person import Person
from app.domain.records.plan import Plan
from app.domain.records.review import Review
from app.domain.records.target import Target
from app.domain.records.unit import Unit
from app.domain.records.visit import Visit

TYPES: dict[str, type[Record]] = {
    record.type_name: record
    for record in (
        Campaign, Unit, Area, Enterprise, Group, Plan, Target, Visit, Demand, Hazard,
        Person, Case, Aid, Document, Operator, Review, Link,
    )
}  # fmt: skip
"""By name, those first that others are told by."""
