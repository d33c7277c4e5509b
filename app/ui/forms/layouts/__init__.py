"""Where each field of a record stands. Data only."""

from __future__ import annotations

from app.ui.forms.layouts.people import AID, CASE, PERSON
from app.ui.forms.layouts.places import DOCUMENT, ENTERPRISE, GROUP, OPERATOR, PLAN, UNIT
from app.ui.forms.layouts.shape import Layout
from app.ui.forms.layouts.visits import DEMAND, HAZARD, VISIT

LAYOUTS: dict[str, Layout] = {
    "visit": VISIT,
    "enterprise": ENTERPRISE,
    "person": PERSON,
    "case": CASE,
    "aid": AID,
    "demand": DEMAND,
    "hazard": HAZARD,
    "document": DOCUMENT,
    "group": GROUP,
    "unit": UNIT,
    "plan": PLAN,
    "operator": OPERATOR,
}
"""By record type; a type without one gets all its fields in their own order."""
