"""One form on a page of its own: what the act is called, its fields under headings, what was refused at its place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as lazy

from core.dates import InvalidDateError, parse_date
from core.page_parts import Crumb
from core.wording import Text

NUMERIC: Final = {"autocomplete": "off", "inputmode": "numeric"}
PLAIN: Final = {"autocomplete": "off", "spellcheck": "false"}
LATEST: Final = dt.date(2099, 12, 31)
KEEP: Final = lazy("Đã đối chiếu giấy tờ, giữ nguyên")


@dataclass(frozen=True, slots=True)
class Section:
    """Fields under one heading; `note` stands above them."""

    code: str
    title: Text
    icon: str
    fields: Sequence[forms.BoundField]
    note: Text = ""


@dataclass(frozen=True, slots=True)
class Act:
    """What the page does: its title, what it is about, the button, where "Để sau" leads, the label of a second button."""

    title: Text
    button: Text
    back_url: str
    about: Text = ""
    hint: Text = ""
    another: Text = ""


class DayField(forms.CharField):
    """A day typed as officers write it; cleaned to a date, None when empty."""

    def __init__(self, *, label: str, help_text: str = "", required: bool = False, missing: str = "") -> None:
        messages = {"required": missing} if missing else None
        super().__init__(
            label=label,
            help_text=help_text,
            required=required,
            error_messages=messages,
            widget=forms.TextInput({**NUMERIC, "class": "w-date"}),
        )

    def clean(self, value: Any) -> dt.date | None:
        typed = super().clean(value)
        if not typed:
            return None
        try:
            return parse_date(typed, latest=LATEST)
        except InvalidDateError as error:
            raise forms.ValidationError(str(error)) from error


class ReasonField(forms.CharField):
    """Why; never empty."""

    def __init__(self, *, label: str, missing: str, help_text: str = "") -> None:
        super().__init__(
            label=label,
            help_text=help_text,
            max_length=500,
            error_messages={"required": missing},
            widget=forms.Textarea({"rows": 3}),
        )


def show_refusal(form: forms.Form, *found: Mapping[str, Sequence[str]]) -> None:
    """The service's sentences at their fields; what has no field here stands above the form."""
    for sentences in found:
        for field, texts in sentences.items():
            # a new person's fields are `new.…` there and `new-…` in a form
            name = field.replace("new.", "new-")
            for text in texts:
                form.add_error(name if name in form.fields else None, text)


def form_page(
    request: HttpRequest,
    form: forms.Form,
    act: Act,
    sections: Sequence[Section],
    crumb_parts: Sequence[Crumb],
    *,
    has_warnings: bool = False,
    **more: Any,
) -> HttpResponse:
    """The page; 422 when something was refused. With `has_warnings` the tick that keeps them stands at the top."""
    context = {
        "form": form,
        "act": act,
        "sections": sections,
        "crumb_parts": crumb_parts,
        "is_doubt": has_warnings,
        "has_warnings": has_warnings or was_kept(form),
        **more,
    }
    status = 422 if form.errors else 200
    return render(request, "beneficiaries/form_page.html", context, status=status)


def was_kept(form: forms.Form) -> bool:
    """The tick was shown before: it stays on the page while other fields are corrected."""
    return form.is_bound and bool(form.data.get("keep"))


def one_section(form: forms.Form, title: Text, icon: str, *names: str) -> Section:
    """These fields of the form, or all that a person fills in but the tick."""
    chosen = names or tuple(
        name for name, field in form.fields.items() if name != "keep" and not field.widget.is_hidden
    )
    return Section("fields", title, icon, [form[name] for name in chosen])
