"""The record types, a file each; `TYPES` names them all."""

from __future__ import annotations

from app.domain.records.activity import Activity
from app.domain.records.aid import Aid
from app.domain.records.area import Area
from app.domain.records.attainment import Attainment
from app.domain.records.base import Acceptance, Attachment, Record, Row, body_of
from app.domain.records.briefing import Briefing, BriefingPart
from app.domain.records.campaign import (
    Campaign,
    ChecklistItem,
    Definition,
    Due,
    FormText,
    Indicator,
    Phase,
    PlanYear,
)
from app.domain.records.case import Case
from app.domain.records.contact import Contact
from app.domain.records.demand import Demand
from app.domain.records.diary import Correction, Diary
from app.domain.records.document import Document
from app.domain.records.draw import Draw, DrawnUnit, DrawStratum, Replacement
from app.domain.records.enterprise import Enterprise
from app.domain.records.evaluation import Appeal, Criterion, Evaluation, Score, Standing
from app.domain.records.group import Group
from app.domain.records.hazard import Hazard
from app.domain.records.honour import Honour
from app.domain.records.leader import Leader
from app.domain.records.link import Link
from app.domain.records.meeting import Meeting
from app.domain.records.notice import Notice, PaperPage
from app.domain.records.operator import Operator
from app.domain.records.person import FamilyMember, Person
from app.domain.records.plan import Plan
from app.domain.records.policy import Policy
from app.domain.records.press import Press
from app.domain.records.refusal import Refusal
from app.domain.records.registry import TYPES
from app.domain.records.reporter import Reporter
from app.domain.records.review import Proposal, Question, Review
from app.domain.records.score_appeal import ScoreAppeal
from app.domain.records.score_sheet import ScoreSheet, SheetAnswer, SheetLine
from app.domain.records.target import Target
from app.domain.records.unit import Unit
from app.domain.records.update_part import UpdatePart
from app.domain.records.visit import ItemDone, Visit

__all__ = [
    "TYPES", "Acceptance", "Activity", "Aid", "Appeal", "Area", "Attachment", "Attainment",
    "Briefing",
    "BriefingPart",
    "Campaign", "Case", "ChecklistItem", "Contact", "Correction", "Criterion", "Definition",
    "Demand", "Diary", "Document", "Draw", "DrawStratum", "DrawnUnit", "Due", "Enterprise",
    "Evaluation", "FamilyMember", "FormText", "Group", "Hazard", "Honour", "Indicator",
    "ItemDone", "Leader", "Link", "Meeting", "Notice", "Operator", "PaperPage", "Person",
    "Phase", "Plan", "PlanYear", "Policy", "Press", "Proposal", "Question", "Record", "Refusal",
    "Replacement", "Reporter", "Review", "Row", "Score", "ScoreAppeal", "ScoreSheet",
    "SheetAnswer", "SheetLine", "Standing", "Target", "Unit", "UpdatePart", "Visit", "body_of",
]  # fmt: skip
