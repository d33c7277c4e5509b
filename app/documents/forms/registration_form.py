"""附件2 走访活动情况登记表 as the paper is (R55, R56): blank, filled, one or many."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.documents.drawing.fonts import shipped
from app.documents.drawing.layout import Pen
from app.documents.drawing.target import Out, write_whole
from app.documents.forms.registration_data import FormTexts, RegistrationForm
from app.documents.forms.registration_sheet import Sheet
from app.domain.kernel.progress import Cancel, Progress, Step, silent

__all__ = ["FormTexts", "RegistrationForm", "lacking_in", "registration_form", "registration_pdf"]

_LABEL = "正在生成登记表"


def registration_form(
    pages: Sequence[RegistrationForm],
    out: Out,
    *,
    texts: FormTexts,
    qr: bool = True,
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> int:
    """Write the forms to `out`, one sheet each and as many 续页 as needed; answer the pages.

    Raises `UserError` MISSING_GLYPH (before anything is written) when a character cannot be
    printed and FORM_TOO_FULL when the names of row 1 leave no room, `EnvironmentProblem` when the
    disk refuses, `Cancelled` after 取消. None of them leaves a file.
    """
    data, count = registration_pdf(pages, texts=texts, qr=qr, progress=progress, cancel=cancel)
    write_whole(out, data, lacking_in(pages, texts))
    progress(Step(_LABEL, len(pages), len(pages)))
    return count


def registration_pdf(
    pages: Sequence[RegistrationForm],
    *,
    texts: FormTexts,
    qr: bool = True,
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> tuple[bytes, int]:
    """As `registration_form`, but nothing is written: the bytes of the PDF and its pages."""
    fonts = shipped()
    pen = Pen(fonts, "".join(texts.title_lines))
    sheet = Sheet(pen, texts, qr)
    count = 0
    for done, form in enumerate(pages):
        if cancel is not None:
            cancel.check()
        progress(Step(_LABEL, done, len(pages)))
        count += sheet.draw(form)
    data = pen.finish()
    if cancel is not None:
        cancel.check()
    return data, count


def lacking_in(pages: Sequence[RegistrationForm], texts: FormTexts) -> tuple[str, ...]:
    """Where a box stands on the forms for a character that no font has."""
    return shipped().lacking(_all_texts(pages, texts))


def _all_texts(pages: Sequence[RegistrationForm], texts: FormTexts) -> Iterator[tuple[str, str]]:
    for field in FormTexts.__slots__:
        yield "表中文字", "".join(getattr(texts, field))
    for form in pages:
        where = form.number or form.enterprise
        yield f"{where} {''.join(texts.leaders)}", "".join(form.leaders)
        yield f"{where} {''.join(texts.enterprise)}", form.enterprise
        yield f"{where} {''.join(texts.opinions)}", form.opinions
        yield f"{where} {texts.reporter.rstrip('：')}", form.reporter
        yield f"{where} 编号", form.number
