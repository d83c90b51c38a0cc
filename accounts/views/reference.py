"""The administrator's pages of the calendar, the administrative units and the background jobs."""

import datetime as dt

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.forms.calendar import ReasonForm, SpecialDayForm
from accounts.http import StaffRequest, only, settings_tabs
from accounts.permissions import is_administrator
from accounts.queries import area_name, children_of
from accounts.queries.reference import areas_of, calendar_years, special_days, troubled_jobs
from accounts.services.calendar import CalendarRefused, make_day_ordinary, set_special_day
from core import clock
from core.dates import format_date, weekday_name
from core.text import clean_spaces

PER_PAGE = 50


@require_http_methods(["GET", "POST"])
@only(is_administrator)
def calendar(request: StaffRequest) -> HttpResponse:
    """The days off and swapped days of a year, and the form for one more."""
    form = SpecialDayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            set_special_day(
                actor=request.user,
                day=values["day"],
                is_working=values["kind"] == "worked",
                name=clean_spaces(values["name"]),
                source=clean_spaces(values["source"]),
            )
        except CalendarRefused as refusal:
            form.add_error("day", str(refusal))
        else:
            messages.success(request, _("Đã ghi ngày %(day)s.") % {"day": format_date(values["day"])})
            return redirect(f"{reverse('accounts:calendar')}?year={values['day'].year}")
    return _show_calendar(request, form)


@require_POST
@only(is_administrator)
def calendar_ordinary(request: StaffRequest, day: str) -> HttpResponse:
    """Take an entry back; a reason is asked."""
    try:
        on = dt.date.fromisoformat(day)
    except ValueError as error:
        raise Http404 from error
    form = ReasonForm(request.POST)
    form.is_valid()
    try:
        make_day_ordinary(actor=request.user, day=on, reason=form.cleaned_data.get("reason", ""))
    except CalendarRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Ngày %(day)s đã trở lại ngày thường.") % {"day": format_date(on)})
    return redirect(f"{reverse('accounts:calendar')}?year={on.year}")


@require_GET
@only(is_administrator)
def area_list(request: StaffRequest) -> HttpResponse:
    """The units of the province on the business date, with their validity and what they became in 2025. Read-only."""
    text, district = request.GET.get("q", ""), request.GET.get("district", "")
    own = request.user.area_code
    rows = areas_of(own, within=district, text=text)
    context = {
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "text": text,
        "district": district,
        "districts": children_of(own),
        "area_name": area_name(own),
        "on": clock.today(),
        "tabs": settings_tabs(request.user, "accounts:area_list"),
    }
    return render(request, "accounts/area_list.html", context)


@require_GET
@only(is_administrator)
def job_list(request: StaffRequest) -> HttpResponse:
    """Background jobs that wait, run or failed: what kind, since when, how far; never whose data they work on."""
    context = {
        "jobs": troubled_jobs(request.user.area_code),
        "tabs": settings_tabs(request.user, "accounts:job_list"),
    }
    return render(request, "accounts/job_list.html", context)


def _show_calendar(request: StaffRequest, form: SpecialDayForm) -> HttpResponse:
    typed = request.GET.get("year", "")
    year = int(typed) if typed.isascii() and typed.isdigit() and len(typed) == 4 else clock.today().year
    context = {
        "form": form,
        "reason_form": ReasonForm(),
        "days": [(weekday_name(entry.day), entry) for entry in special_days(year)],
        "year": year,
        "years": calendar_years(),
        "tabs": settings_tabs(request.user, "accounts:calendar"),
    }
    return render(request, "accounts/calendar.html", context, status=422 if form.is_bound else 200)
