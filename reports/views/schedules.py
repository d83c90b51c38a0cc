"""Reports that come by themselves: the schedules, what each did, and opening one from one's list."""

from typing import Final

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_GET

from accounts.http import StaffRequest
from accounts.queries import area_names
from core.page_parts import Crumb
from core.shortcuts import get_visible
from reports.definitions import definition_of
from reports.models import ReportRun, ReportSchedule
from reports.permissions import keeps_reports
from reports.queries.schedules import MOST_TRIES, deliveries_to, names_of, runs_of_schedule, schedules_of
from reports.rules.schedules import next_due
from reports.services.scheduled_runs import read_report
from reports.services.schedules import business_moment
from reports.services.suggested_schedules import open_suggestions
from reports.views.access import check_reader
from support_programs.queries.case_page import history_of
from support_programs.queries.programmes import programme_choices
from support_programs.views.paging import page_of

REPORTS: Final = Crumb(lazy("Báo cáo"), "/reports/")
LIST: Final = Crumb(lazy("Lịch báo cáo"), "/reports/schedules/")


@require_GET
def schedule_list(request: StaffRequest) -> HttpResponse:
    """The schedules of one's area, when each is next due and last made; what the software proposes and nobody switched on."""
    check_reader(request.user)
    page = page_of(request, schedules_of(request.user))
    names, moment = area_names(row.area_code for row in page.object_list), business_moment()
    page.object_list = [
        {
            "schedule": row,
            "title": title_of(row),
            "area": names.get(row.area_code, ""),
            "next": next_due(row.rhythm, row.counts_from, moment) if row.is_running else None,
        }
        for row in page.object_list
    ]
    may_keep = keeps_reports(request.user)
    suggestions = [(one, definition_of(one.definition)) for one in open_suggestions()] if may_keep else []
    context = {
        "page": page,
        "may_keep": may_keep,
        "suggestions": suggestions,
    }
    return render(request, "reports/schedules/schedule_list.html", context)


@require_GET
def schedule_page(request: StaffRequest, reference: str) -> HttpResponse:
    """One schedule: what, when, for whom, and each day that it made or missed."""
    check_reader(request.user)
    schedule = schedule_or_404(request, reference)
    names = dict(programme_choices())
    context = {
        "schedule": schedule,
        "title": title_of(schedule),
        "area": area_names([schedule.area_code]).get(schedule.area_code, ""),
        "next": next_due(schedule.rhythm, schedule.counts_from, business_moment())
        if schedule.is_running
        else None,
        "recipients": sorted(names_of(schedule.recipients).values()),
        "programmes": [names.get(code, code) for code in schedule.programmes],
        "page": page_of(request, runs_of_schedule(schedule)),
        "most_tries": MOST_TRIES,
        "may_keep": keeps_reports(request.user),
        "is_mine": schedule.keeper_id == request.user.pk,
        "events": history_of("reports.reportschedule", schedule.pk),
        "crumb_parts": [REPORTS, LIST, Crumb(schedule.reference)],
    }
    return render(request, "reports/schedules/schedule_page.html", context)


@require_GET
def scheduled_list(request: StaffRequest) -> HttpResponse:
    """Everything that came by itself for this person, what is new marked."""
    check_reader(request.user)
    context = {
        "page": page_of(request, deliveries_to(request.user)),
        "crumb_parts": [REPORTS, Crumb(_("Báo cáo định kỳ của bạn"))],
    }
    return render(request, "reports/schedules/scheduled_list.html", context)


@require_GET
def scheduled_report(request: StaffRequest, reference: str) -> HttpResponse:
    """Opens a report from one's list or from a mail; from then on it is no longer marked as new."""
    check_reader(request.user)
    run = get_visible(ReportRun, request.user, reference=reference)
    read_report(run, actor=request.user)
    return redirect("reports:run_page", reference=run.reference)


def title_of(schedule: ReportSchedule) -> str:
    """The title of the report today, its code when it is gone."""
    definition = definition_of(schedule.definition)
    return definition.title if definition else schedule.definition


def schedule_or_404(request: StaffRequest, reference: str) -> ReportSchedule:
    """A schedule of one's area."""
    found: ReportSchedule = get_visible(
        ReportSchedule.objects.select_related("keeper"), request.user, reference=reference
    )
    return found


def check_keeper(request: StaffRequest) -> None:
    """403 for whoever doesn't keep the department's reports."""
    if not keeps_reports(request.user):
        raise PermissionDenied(_("Lịch báo cáo do chuyên viên Sở giữ."))
