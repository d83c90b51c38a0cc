"""Which donors are not named on the public pages: the department's list of donations, with the wish and its end."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from core.page_parts import Crumb
from core.requests import actor_of
from core.shortcuts import get_visible
from core.transitions import TransitionRefused
from core.workflow import Actor
from disbursements.models import Donation
from disbursements.queries.goods_donations import DonationFilter, donations_of
from reports.forms.public import UnnamedForm
from reports.models import UnnamedDonor
from reports.permissions import keeps_reports
from reports.services.public_donors import hide_donor, name_donor
from support_programs.views.paging import page_of


@require_GET
def donor_list(request: HttpRequest) -> HttpResponse:
    """Donations by donor's name, each with whether the name stands on the public pages."""
    actor = actor_of(request)
    _check(actor)
    filters = DonationFilter.from_query(request.GET.dict())
    page = page_of(request, filters.apply(donations_of(actor)))
    wishes = UnnamedDonor.objects.filter(donation__in=[row.pk for row in page.object_list], ended_on=None)
    by_donation = {wish.donation_id: wish for wish in wishes}
    page.object_list = [(row, by_donation.get(row.pk)) for row in page.object_list]
    return render(request, "reports/public/donor_list.html", {"page": page, "filters": filters})


@require_http_methods(["GET", "POST"])
def donor_act(request: HttpRequest, reference: str) -> HttpResponse:
    """One donation: record that the donor is not to be named, or may be named again, with a note."""
    actor = actor_of(request)
    _check(actor)
    donation = get_visible(Donation, actor, reference=reference)
    history = list(UnnamedDonor.objects.filter(donation=donation))
    is_unnamed = any(wish.ended_on is None for wish in history)
    form = UnnamedForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        # what the page offered when it was opened: somebody else may have done it meanwhile
        act = name_donor if request.POST.get("act") == "name" else hide_donor
        try:
            act(donation, note=form.cleaned_data["note"], actor=actor)
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã ghi cho khoản ủng hộ %(ref)s.") % {"ref": reference})
            return redirect("reports:donor_list")
    context = {
        "donation": donation,
        "history": history,
        "is_unnamed": is_unnamed,
        "form": form,
        "crumb_parts": [Crumb(_("Nêu tên nhà tài trợ"), "/reports/donors/"), Crumb(donation.reference)],
    }
    return render(request, "reports/public/donor_act.html", context, status=422 if form.errors else 200)


def _check(actor: Actor) -> None:
    if not keeps_reports(actor):
        raise PermissionDenied(_("Việc này do chuyên viên Sở LĐ-TBXH làm."))
