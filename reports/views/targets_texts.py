"""Báo cáo 6 tháng: the department's words for a half-year, and the way to the report."""

from typing import Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.http import StaffRequest
from core import clock
from core.dates import format_date
from core.transitions import TransitionRefused
from reports.enums.targets import TargetPeriod, TargetTextPart, period_label
from reports.forms.targets import TextsForm
from reports.queries.targets_texts import texts_in_force
from reports.rules.targets import period_bounds
from reports.services.targets_texts import write_texts
from reports.views.access import check_reader
from reports.views.targets_parts import may_plan, target_tabs, year_of, years_until

_PROVINCE_DIGITS: Final = 2


@require_http_methods(["GET", "POST"])
def texts_page(request: StaffRequest) -> HttpResponse:
    """The parts of a half-year report that people write; the report is issued with them from the catalogue."""
    check_reader(request.user)
    if len(request.user.area_code) != _PROVINCE_DIGITS:
        raise PermissionDenied(_("Báo cáo 6 tháng do Sở lập."))
    today = clock.today()
    year, half = year_of(request, today), _half_of(request, 1 if today.month <= 6 else 2)
    texts = texts_in_force(request.user, request.user.area_code, year, half)
    form = TextsForm(
        request.POST if request.method == "POST" else None,
        initial={part: row.body for part, row in texts.items()},
    )
    if form.is_bound and form.is_valid():
        try:
            written = write_texts(
                actor=request.user,
                year=year,
                half=half,
                texts={part.value: form.cleaned_data[part.value] for part in TargetTextPart},
            )
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã ghi %(n)d phần của báo cáo.") % {"n": written})
            return redirect(f"{reverse('reports:target_texts')}?year={year}&half={half}")
    first, last = period_bounds(TargetPeriod.HALF, year, half)
    asked = f"?first={format_date(first)}&last={format_date(min(last, today))}"
    context = {
        "form": form,
        "texts": texts.values(),
        "year": year,
        "half": half,
        "halves": [(n, period_label(TargetPeriod.HALF, year, n)) for n in (1, 2)],
        "label": period_label(TargetPeriod.HALF, year, half),
        "years": years_until(today),
        "may_write": may_plan(request.user),
        "has_begun": first <= today,
        "report_url": f"{reverse('reports:report_page', args=['targets-half-year'])}{asked}",
        "tabs": target_tabs(request.user, "target_texts"),
    }
    return render(request, "reports/targets/texts.html", context, status=422 if form.errors else 200)


def _half_of(request: HttpRequest, usual: int) -> int:
    asked = request.GET.get("half", "") or request.POST.get("half", "")
    return int(asked) if asked in ("1", "2") else usual
