"""What stands on 附件2: the record's blanks and the campaign's words (R55)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.documents.drawing.printed_code import PrintedCode
from app.domain.codes import FORM_PLACE
from app.domain.kernel.errors import UserError


@dataclass(frozen=True, slots=True)
class RegistrationForm:
    """One sheet: one unit visited. Everything empty = the blank form.

    `headcount` is 走访企（事）业职工人数 in 人; `opinions` holds paragraphs, one a line; `number`
    is the 编号; `record_id`, `version` and `h` (content hash, hexadecimal) name the revision.
    """

    leaders: tuple[str, ...] = ()
    enterprise: str = ""
    headcount: int | None = None
    opinions: str = ""
    reporter: str = ""
    filed_on: date | None = None
    number: str = ""
    record_id: str = ""
    version: int = 0
    h: str = ""
    void: bool = False

    def code_of(self, page: int, pages: int) -> str:
        """What the QR code of a page says; empty for a form that shows no record."""
        if not self.record_id:
            return ""
        return PrintedCode(self.record_id, self.version, self.h[:16], page, pages).text


@dataclass(frozen=True, slots=True)
class FormTexts:
    """The printed words of the form; they come with the campaign. Labels are given line by line."""

    title_lines: tuple[str, ...]
    leaders: tuple[str, ...]
    enterprise: tuple[str, ...]
    headcount: tuple[str, ...]
    opinions: tuple[str, ...]
    note: tuple[str, ...]
    notes: tuple[str, ...]
    reporter: str = "填报单位："

    @classmethod
    def from_places(cls, places: Mapping[str, str]) -> FormTexts:
        """From the campaign's texts by their place on the paper (title1, leaders, note1, …).

        Raises `UserError` FORM_TEXTS_MISSING when a place of the form has no text.
        """
        labels = ("leaders", "enterprise", "headcount", "opinions", "notes", "reporter")
        missing = [place for place in ("title1", *labels) if not places.get(place)]
        if missing:
            raise UserError(
                "FORM_TEXTS_MISSING",
                "本次活动没有登记表的文字，不能打印。",
                why=f"缺少：{'、'.join(map(FORM_PLACE.label_of, missing))}。",
                remedy="市总工会在“设置 → 活动”的登记表文字里补上，随回执发下来。",
            )
        lines = {place: tuple(text.split("\n")) for place, text in places.items()}
        return cls(
            title_lines=_numbered(lines, "title"),
            leaders=lines["leaders"],
            enterprise=lines["enterprise"],
            headcount=lines["headcount"],
            opinions=lines["opinions"],
            note=lines["notes"],
            notes=_numbered(lines, "note"),
            reporter=places["reporter"],
        )


def _numbered(lines: Mapping[str, tuple[str, ...]], stem: str) -> tuple[str, ...]:
    """The lines of stem1, stem2, … in this order."""
    numbers = sorted(int(place[len(stem) :]) for place in lines if _is_numbered(place, stem))
    return tuple(line for number in numbers for line in lines[f"{stem}{number}"])


def _is_numbered(place: str, stem: str) -> bool:
    return place.startswith(stem) and place[len(stem) :].isdecimal()
