"""Forms: 附件2 for many visits.

Floor: the same page operations (the same strings, fonts, places, rules, QR squares), recorded
once, put on a bare canvas of the library in a plain loop. What ours does beside that: check the
characters, break the lines and measure them, compute the QR codes.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple
from unittest import mock

from reportlab.pdfgen.canvas import Canvas

from app.documents.drawing import layout
from app.documents.forms.registration_form import FormTexts, RegistrationForm, registration_form
from app.domain.records import Visit
from tests.bench.data import Chronicle, Made
from tests.bench.measuring import Outcome, Plan, compare, median

NAME = "forms"
CAMPAIGN = Path(__file__).resolve().parents[2] / "resources" / "campaigns" / "2011-36.json"


def run(plan: Plan) -> Iterator[Outcome]:
    """One line, per form."""
    count = plan.size(500, 100)
    texts, forms = _texts(), _forms(count)
    with plan.prepared.work() as folder:
        print_all = partial(registration_form, forms, folder / "ours.pdf", texts=texts)
        drawn = _recorded(print_all)
        floor = partial(_replay, drawn, folder / "floor.pdf")
        times = compare(plan, partial(_ready, print_all), partial(_ready, floor), per=count)
    speed = f"{1000 / median(times.ours):.0f} forms/s"
    yield Outcome(f"a form, of {count} in one file", times, note=speed)


@contextmanager
def _ready(work: Callable[[], object]) -> Iterator[Callable[[], object]]:
    yield work


def _texts() -> FormTexts:
    rows = json.loads(CAMPAIGN.read_text("utf-8"))["campaign"]["form_texts"]
    return FormTexts.from_places({row["place"]: row["text"] for row in rows})


def _forms(count: int) -> list[RegistrationForm]:
    made = Chronicle("511111", "511111-00000000", "0", seed=7).revisions(count * 5)
    visits = [one for one in made if one.revision.type == "visit"]
    return [_form(one) for one in visits[:count]]


def _form(made: Made) -> RegistrationForm:
    visit = made.record
    assert isinstance(visit, Visit)
    return RegistrationForm(
        leaders=visit.leaders,
        enterprise=visit.enterprise_name,
        headcount=visit.headcount,
        opinions="\n".join([visit.opinions] * 3),
        reporter="沙湾区总工会",
        filed_on=visit.filed_on,
        number=visit.number,
        record_id=made.revision.id,
        version=1,
        h=made.h,
    )


class Stroke(NamedTuple):
    """One call on the canvas, or on the text that is being set."""

    on_text: bool
    method: str
    arguments: tuple[Any, ...]


class _Recorder:
    """Passes every call on and writes it down."""

    def __init__(self, target: Any, strokes: list[Stroke], on_text: bool = False) -> None:
        self._target = target
        self._strokes = strokes
        self._on_text = on_text

    def __getattr__(self, name: str) -> Callable[..., Any]:
        def call(*arguments: Any) -> Any:
            self._strokes.append(Stroke(self._on_text, name, arguments))
            bare = [one._target if isinstance(one, _Recorder) else one for one in arguments]
            result = getattr(self._target, name)(*bare)
            return _Recorder(result, self._strokes, True) if name == "beginText" else result

        return call


_QUESTIONS = ("hasForm",)


def _recorded(print_all: Callable[[], object]) -> list[Stroke]:
    strokes: list[Stroke] = []

    def recorder(*arguments: Any, **options: Any) -> Any:
        return _Recorder(Canvas(*arguments, **options), strokes)

    with mock.patch.object(layout, "Canvas", recorder):
        print_all()
    return [one for one in strokes if one.method not in _QUESTIONS]


def _replay(strokes: Sequence[Stroke], out: Path) -> None:
    data = BytesIO()
    size = (layout.PAGE_WIDTH, layout.PAGE_HEIGHT)
    canvas = Canvas(data, pagesize=size, invariant=1, pageCompression=1)
    text: Any = None
    for on_text, method, arguments in strokes:
        if on_text:
            getattr(text, method)(*arguments)
        elif method == "beginText":
            text = canvas.beginText()
        elif method == "drawText":
            canvas.drawText(text)
        else:
            getattr(canvas, method)(*arguments)
    with out.open("wb") as file:
        file.write(data.getvalue())
        file.flush()
        os.fsync(file.fileno())
