"""How a paper of money is recorded on a page: typed, shown with sums in words and balances before and after, then recorded."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.queries import area_name
from core.page_parts import Crumb
from core.transitions import TransitionRefused
from core.wording import Text
from disbursements.models import BudgetLine

F = TypeVar("F", bound=forms.Form)


@dataclass(frozen=True, slots=True)
class Change:
    """A balance that the paper changes, in đồng."""

    label: Text
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Checked:
    """What the confirmation shows before anything is recorded."""

    amount: int
    facts: Sequence[tuple[Text, Text]]
    changes: Sequence[Change] = ()
    warnings: Sequence[Text] = ()


@dataclass(frozen=True, slots=True)
class Act:
    """A page of one paper: its words, and where its end leads."""

    title: Text
    label: Text
    hint: Text
    back: str
    crumbs: list[Crumb]


def serve(
    request: HttpRequest,
    act: Act,
    make: Callable[..., F],
    check: Callable[[F], Checked],
    run: Callable[[F], str],
    form_page: Callable[[F], HttpResponse] | None = None,
) -> HttpResponse:
    """The form, then the confirmation, then the record; a refusal comes back with everything that was typed."""
    is_sent = request.method == "POST" and "edit" not in request.POST
    form = make(request.POST) if is_sent else make(initial=request.POST.dict() or None)
    if is_sent and form.is_valid():
        try:
            if "confirmed" not in request.POST:
                return _confirmation(request, act, form, check(form))
            messages.success(request, run(form))
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect(act.back)
    if form_page is not None:
        return form_page(form)
    context = {"act": act, "form": form, "crumb_parts": act.crumbs}
    return render(request, "disbursements/budget/act.html", context, status=422 if form.errors else 200)


def _confirmation(request: HttpRequest, act: Act, form: forms.Form, checked: Checked) -> HttpResponse:
    context = {
        "act": act,
        "checked": checked,
        "typed": [bound.as_hidden() for bound in form],
        "crumb_parts": act.crumbs,
    }
    return render(request, "disbursements/budget/check.html", context)


def line_label(line: BudgetLine) -> str:
    """A line with what tells it from others."""
    return f"{line.reference}, {area_name(line.area_code)}, {line.source}"
