"""The part of the look that only forms need: states of fields, chips, messages."""

from __future__ import annotations

import re
from dataclasses import fields

from app.ui.theme import CHIPS, LIGHT, RESOURCES, Tokens


def field_style(tokens: Tokens = LIGHT) -> str:
    """resources/theme/fields.qss with every `@name@` replaced; KeyError for a name unknown."""
    values = {field.name: getattr(tokens, field.name) for field in fields(tokens)}
    for kind, chip in CHIPS.items():
        values |= {f"{kind}_text": chip.text, f"{kind}_chip": chip.ground}
    text = (RESOURCES / "theme" / "fields.qss").read_text("utf-8")
    return re.sub(r"@(\w+)@", lambda found: str(values[found[1]]), text)
