"""How the form of a new dossier is shown, and what is said when it was taken in."""

import datetime as dt
from dataclasses import dataclass
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from core.dates import format_date
from core.page_parts import Crumb
from core.requests import actor_of
from support_programs.models import Case
from support_programs.queries.claims import missing_answers
from support_programs.queries.entry_drafts import taken_in_today
from support_programs.queries.entry_rows import can_paste
from support_programs.views.claim_forms import ClaimForm
from support_programs.views.entry_memory import keeps_for_next
from support_programs.views.entry_paste import Filled, choices_for

# what the pile has in common, so that the pen goes to the next one
_SKIPPED: Final = ("received_on", "after_hours", "stream", "keep")


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page says beside the form: its draft and when it was kept, doubts, another version, a pasted row."""

    draft_id: int | None = None
    kept_at: dt.datetime | None = None
    has_warnings: bool = False
    is_changed: bool = False
    filled: Filled | None = None


def claim_page(request: HttpRequest, form: ClaimForm, shown: Shown, *, status: int = 200) -> HttpResponse:
    """The form with its sections; the first field that waits for the pen has it, unless something is to be corrected."""
    was_kept = form.is_bound and bool(form.data.get("keep"))
    if not form.errors:
        _focus(form)
    context = {
        "form": form,
        "rules": form.definition,
        "sections": list(form.sections()),
        "child_rows": form.child_rows(),
        "has_warnings": shown.has_warnings or was_kept,
        "is_doubt": shown.has_warnings,
        "is_changed": shown.is_changed,
        "draft_id": shown.draft_id,
        "kept_at": shown.kept_at,
        "today": taken_in_today(actor_of(request)),
        "is_of_employer": form.definition.beneficiary_kind == "employer",
        "crumb_parts": crumbs_of(form.definition.short_name, is_below=True),
        **_row_of(request, form, shown.filled),
        "keeps_next": "keep_next" in request.POST
        if "keep_shown" in request.POST
        else keeps_for_next(request),
    }
    return render(request, "support_programs/claim_new.html", context, status=status)


def _row_of(request: HttpRequest, form: ClaimForm, filled: Filled | None) -> dict[str, Any]:
    """The application that the form takes in; the box for a row of Excel, and what was made of the row in it."""
    asked = form.data if form.is_bound else form.initial
    return {
        "can_paste": can_paste(form.definition),
        "application": asked.get("application", ""),
        "row_paste": asked.get("row_paste", ""),
        "filled": filled,
        "filled_packed": filled.packed if filled else asked.get("filled", ""),
        "cell_choices": choices_for(form.definition) if filled else [],
        "kept_labels": [form.fields[name].label for name in filled.kept if name in form.fields]
        if filled
        else [],
    }


def _focus(form: ClaimForm) -> None:
    """The first empty line of the form gets the pen; a form without an empty one none."""
    for name, field in form.fields.items():
        is_line = getattr(field.widget, "input_type", "") == "text"
        if is_line and name not in _SKIPPED and not form.initial.get(name):
            field.widget.attrs["autofocus"] = True
            return


def say_taken_in(request: HttpRequest, case: Case, today: int) -> None:
    """Which case was made, with the way to it, what it still lacks, and how far the pile is."""
    link = format_html(
        '<a href="{}">{}</a>', reverse("support_programs:case_page", args=[case.reference]), case.reference
    )
    said = _("Đã lập hồ sơ %(ref)s của %(name)s, tính là tiếp nhận ngày %(day)s.") % {
        "ref": "{ref}",
        "name": "{name}",
        "day": format_date(case.received_on),
    }
    count = _("Hôm nay bạn đã nhập %(count)s hồ sơ.") % {"count": today}
    messages.success(request, format_html(said + " {count}", ref=link, name=case.applicant_name, count=count))
    if missing := missing_answers(case):
        messages.warning(
            request,
            _("Hồ sơ %(ref)s còn thiếu: %(what)s.") % {"ref": case.reference, "what": "; ".join(missing)},
        )


def crumbs_of(last: Any, *, is_below: bool = False) -> list[Crumb]:
    """The way back from choosing a programme, or from its form."""
    parts = [Crumb(lazy("Hồ sơ"), "/cases/")]
    if is_below:
        parts.append(Crumb(lazy("Thêm hồ sơ"), "/cases/new/"))
    return [*parts, Crumb(last)]
