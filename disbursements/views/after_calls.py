"""Calling payees back: samples, one sample with its shares, one call."""

from typing import Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods

from accounts.queries import area_name
from core.page_parts import Crumb, Tab
from core.requests import actor_of
from core.shortcuts import get_visible
from core.transitions import TransitionRefused
from core.workflow import Actor
from disbursements.enums import CallOutcome
from disbursements.forms.after import CallForm, SampleForm
from disbursements.models import CallbackItem, CallbackSample
from disbursements.permissions import (
    NOT_CALLER,
    may_call_back,
    may_manage_recoveries,
    may_read_batches,
)
from disbursements.queries.callbacks import (
    call_rows,
    items_of_sample,
    outcome_shares,
    samples_of,
)
from disbursements.services.callbacks import draw_sample, record_call, see_phone
from support_programs.permissions import grievance_desk
from support_programs.queries.case_page import history_of
from support_programs.views.paging import page_of

LIST: Final = Crumb(lazy("Gọi kiểm tra"), "/callbacks/")
NOT_YET: Final = "none"


@require_GET
def callback_list(request: HttpRequest) -> HttpResponse:
    """The samples of one's area, newest first."""
    actor = _reader(request)
    page = page_of(request, samples_of(actor))
    page.object_list = [(row, area_name(row.area_code)) for row in page.object_list]
    context = {
        "page": page,
        "may_draw": may_call_back(actor),
        "area_name": area_name(actor.area_code),
        "crumb_parts": [Crumb(lazy("Đợt chi trả"), "/batches/"), Crumb(LIST.label)],
    }
    return render(request, "disbursements/after/callbacks.html", context)


@require_http_methods(["GET", "POST"])
def callback_new(request: HttpRequest) -> HttpResponse:
    """Choose the payments and how many people; the seed is shown on the sample."""
    actor = actor_of(request)
    if not may_call_back(actor):
        raise PermissionDenied(str(NOT_CALLER))
    initial = {"area": request.GET.get("area", actor.area_code), "batch": request.GET.get("batch", "")}
    form = SampleForm(actor, request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            sample = draw_sample(
                actor=actor, scope=form.scope(), size=form.size(), seed=form.cleaned_data["seed"]
            )
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã chọn %(n)d người để gọi.") % {"n": sample.size})
            return redirect("disbursements:callback_page", reference=sample.reference)
    context = {"form": form, "crumb_parts": [LIST, Crumb(lazy("Chọn mẫu"))]}
    return render(
        request, "disbursements/after/callback_new.html", context, status=422 if form.errors else 200
    )


@require_GET
def callback_page(request: HttpRequest, reference: str) -> HttpResponse:
    """One sample: how it was drawn, what was answered with shares, and the people in the order of the draw."""
    actor = _reader(request)
    sample = _sample_of(reference, actor)
    outcome = request.GET.get("outcome", "")
    chosen = {NOT_YET: ""}.get(outcome, outcome if outcome in CallOutcome.values else None)
    shares = outcome_shares(sample)
    page = page_of(request, items_of_sample(sample, chosen))
    page.object_list = call_rows(page.object_list)
    context = {
        "sample": sample,
        "area": area_name(sample.area_code),
        "shares": shares,
        "tabs": _tabs(sample, {row.code: row.people for row in shares}, chosen),
        "page": page,
        "may_call": may_call_back(actor),
        "events": history_of("disbursements.callbacksample", sample.pk),
        "crumb_parts": [LIST, Crumb(sample.reference)],
    }
    return render(request, "disbursements/after/callback_page.html", context)


def _tabs(sample: CallbackSample, counts: dict[str, int], chosen: str | None) -> list[Tab]:
    tabs = [
        Tab(_("Tất cả"), "?", sample.size, is_current=chosen is None),
        Tab(_("Chưa gọi"), f"?outcome={NOT_YET}", counts.get("", 0), is_current=chosen == ""),
    ]
    return tabs + [
        Tab(
            outcome.label,
            f"?outcome={outcome.value}",
            counts[outcome.value],
            is_current=chosen == outcome.value,
            is_hot=outcome in CallOutcome.alarming(),
        )
        for outcome in CallOutcome
        if counts.get(outcome.value)
    ]


@sensitive_variables("phone", "context")
@require_http_methods(["GET", "POST"])
def callback_call(request: HttpRequest, reference: str, position: int) -> HttpResponse:
    """One person to call: their number (`reveal`, recorded, shown in this answer only) and what they said."""
    actor = _reader(request)
    item: CallbackItem = get_visible(
        CallbackItem.objects.select_related("sample"),
        actor,
        sample=_sample_of(reference, actor),
        position=position,
    )
    phone, refusal = "", ""
    wants_number = "reveal" in request.POST
    form = CallForm(request.POST if request.method == "POST" and not wants_number else None)
    try:
        if wants_number:
            phone = see_phone(actor=actor, item=item)
        elif form.is_bound and form.is_valid():
            record_call(actor=actor, item=item, answer=form.answer())
            messages.success(request, _("Đã ghi kết quả gọi."))
            return redirect("disbursements:callback_call", reference=reference, position=position)
    except TransitionRefused as refused:
        refusal = str(refused)
        if not wants_number:
            form.add_error(None, refusal)
    context = {
        "sample": item.sample,
        "row": call_rows([item])[0],
        "item": item,
        "form": form,
        "phone": phone,
        "refusal": refusal if wants_number else "",
        "may_call": may_call_back(actor),
        "is_alarming": item.outcome in CallOutcome.alarming(),
        "may_complain": grievance_desk(actor),
        "may_recover": may_manage_recoveries(actor),
        "next_position": _next(item),
        "crumb_parts": [
            LIST,
            Crumb(item.sample.reference, f"/callbacks/{item.sample.reference}/"),
            Crumb(_("Người thứ %(n)d") % {"n": item.position}),
        ],
    }
    status = 422 if form.errors or refusal else 200
    response = render(request, "disbursements/after/callback_call.html", context, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


def _next(item: CallbackItem) -> int | None:
    """The place of the next person who was not called yet."""
    rows = items_of_sample(item.sample, "").exclude(pk=item.pk).values_list("position", flat=True)
    return rows.filter(position__gt=item.position).first() or rows.first()


def _reader(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    if not may_read_batches(actor):
        raise PermissionDenied(_("Vai trò của bạn không xem hồ sơ của người dân."))
    return actor


def _sample_of(reference: str, actor: Actor) -> CallbackSample:
    found: CallbackSample = get_visible(
        CallbackSample.objects.select_related("programme", "batch"), actor, reference=reference
    )
    return found
