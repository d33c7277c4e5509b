"""The record types; `TYPES` names them all."""

from __future__ import annotations

from app.domain.records.base import Acceptance, Attachment, Record, Row, body_of
from app.domain.records.office import Document, Link, Operator, Proposal, Question, Review
from app.domain.records.people import Aid, Case, FamilyMember, Person
from app.domain.records.reference import (
    Area,
    Campaign,
    ChecklistItem,
    Definition,
    Due,
    FormText,
    Group,
    Indicator,
    Phase,
    Plan,
    Target,
    Unit,
)
from app.domain.records.visits import Demand, Enterprise, Hazard, ItemDone, Visit

TYPES: dict[str, type[Record]] = {
    record.type_name: record
    for record in (
        Campaign, Unit, Area, Enterprise, Group, Plan, Target, Visit, Demand, Hazard,
        Person, Case, Aid, Document, Operator, Review, Link,
    )
}  # fmt: skip

__all__ = [
    "TYPES", "Acceptance", "Aid", "Area", "Attachment", "Campaign", "Case", "ChecklistItem",
    "Definition", "Demand", "Document", "Due", "Enterprise", "FamilyMember", "FormText", "Group",
    "Hazard", "Indicator", "ItemDone", "Link", "Operator", "Person", "Phase", "Plan", "Proposal",
    "Question", "Record", "Review", "Row", "Target", "Unit", "Visit", "body_of",
]  # fmt: skip
