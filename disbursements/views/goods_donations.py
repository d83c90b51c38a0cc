"""The register of donations: what was given, a new receipt, one donation with its correction; as Excel."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_GET, require_http_methods

from accounts.queries import area_name, area_names
from core.downloads import attachment
from core.page_parts import Crumb
from core.requests import actor_of
from core.shortcuts import get_visible
from core.transitions import TransitionRefused
from disbursements.enums import DonationKind, DonorKind
from disbursements.forms.goods import DonationForm
from disbursements.forms.payouts import ReasonForm, area_choices
from disbursements.models import Donation
from disbursements.permissions import may_read_goods, may_record_cash_donation, may_record_donation
from disbursements.queries.goods_donations import (
    DonationFilter,
    donation_totals,
    donations_of,
    donors_money,
)
from disbursements.services.goods_donations import correct_donation, record_donation
from disbursements.services.goods_exports import export_donations
from support_programs.queries.case_page import history_of
from support_programs.views.paging import page_of

_CRUMB = Crumb(lazy("Sổ ủng hộ"), "/donations/")
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
def donation_list(request: HttpRequest) -> HttpResponse:
    """The register of one's area with its totals; every donation that a filter leaves, as Excel."""
    actor = actor_of(request)
    if not may_read_goods(actor):
        raise PermissionDenied
    filters = DonationFilter.from_query(request.GET.dict())
    rows = filters.apply(donations_of(actor))
    if request.GET.get("export") == "xlsx":
        return attachment(export_donations(actor=actor, rows=rows), name="so-ung-ho.xlsx", content_type=_XLSX)
    page = page_of(request, rows)
    names = area_names(row.area_code for row in page.object_list)
    page.object_list = [
        (row, names[row.area_code], getattr(row, "correction", None)) for row in page.object_list
    ]
    context = {
        "page": page,
        "filters": filters,
        "totals": donation_totals(rows),
        "donors": donors_money() if len(actor.area_code) == 2 else [],
        "kinds": DonationKind.choices,
        "donor_kinds": DonorKind.choices,
        "areas": area_choices(actor) if len(actor.area_code) < 10 else [],
        "area_name": area_name(actor.area_code),
        "may_record": may_record_donation(actor),
    }
    return render(request, "disbursements/goods/donation_list.html", context)


@require_http_methods(["GET", "POST"])
def donation_new(request: HttpRequest) -> HttpResponse:
    """A donation as its receipt says it."""
    actor = actor_of(request)
    if not may_record_donation(actor):
        raise PermissionDenied(_("Việc này do kế toán hoặc cán bộ cấp xã làm."))
    initial = {} if may_record_cash_donation(actor) else {"kind": DonationKind.GOODS.value}
    form = DonationForm(actor, request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            donation = _record(form, actor)
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã ghi khoản ủng hộ %(ref)s.") % {"ref": donation.reference})
            return redirect("disbursements:donation_page", reference=donation.reference)
    context = {"form": form, "crumb_parts": [_CRUMB, Crumb(_("Ghi khoản ủng hộ"))]}
    return render(
        request, "disbursements/goods/donation_new.html", context, status=422 if form.errors else 200
    )


def _record(form: DonationForm, actor: Any) -> Donation:
    """A role that may not take money hears it on the form, where what was typed stays."""
    try:
        return record_donation(actor=actor, paper=form.paper())
    except PermissionDenied as denied:
        raise TransitionRefused(str(denied)) from denied


@require_http_methods(["GET", "POST"])
def donation_page(request: HttpRequest, reference: str) -> HttpResponse:
    """One donation; a wrong record is taken back here."""
    actor = actor_of(request)
    rows = Donation.objects.select_related("goods", "source", "correction")
    donation: Donation = get_visible(rows, actor, reference=reference)
    may_correct = may_record_cash_donation if donation.kind == DonationKind.CASH else may_record_donation
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            correct_donation(actor=actor, donation=donation, reason=form.cleaned_data["reason"])
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã hủy ghi khoản ủng hộ %(ref)s.") % {"ref": donation.reference})
            return redirect("disbursements:donation_page", reference=donation.reference)
    correction = getattr(donation, "correction", None)
    context = {
        "donation": donation,
        "area": area_name(donation.area_code),
        "receipts": donation.receipts.select_related("store").order_by("pk"),
        "correction": correction,
        "form": form if may_correct(actor) and correction is None else None,
        "events": history_of("disbursements.donation", donation.pk),
        "crumb_parts": [_CRUMB, Crumb(donation.reference)],
    }
    return render(
        request, "disbursements/goods/donation_page.html", context, status=422 if form.errors else 200
    )
