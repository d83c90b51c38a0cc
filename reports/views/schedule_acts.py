"""Schedules set up, changed, ended, taken over; what failed too often is tried again."""

from typing import Final

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import StaffRequest
from core import clock
from core.page_parts import Crumb
from core.transitions import TransitionRefused
from reports.forms.schedules import ScheduleForm, initial_of
from reports.models import ReportSchedule
from reports.services.schedules import (
    change_schedule,
    end_schedule,
    retry_scheduled,
    set_up_schedule,
    take_schedule_over,
)
from reports.services.suggested_schedules import open_suggestions, take_suggestion
from reports.views.schedules import LIST, REPORTS, check_keeper, schedule_or_404

_USUAL: Final = {"every": "day", "at_time": "07:00"}


@require_http_methods(["GET", "POST"])
def schedule_new(request: StaffRequest) -> HttpResponse:
    """Choose the report, the area, how often and for whom."""
    check_keeper(request)
    initial = {
        **_USUAL,
        "area": request.user.area_code,
        "definition": request.GET.get("definition", ""),
        "counts_from": f"{clock.today():%d/%m/%Y}",
    }
    form = ScheduleForm(request.user, request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid():
        try:
            schedule = set_up_schedule(plan=form.plan(), actor=request.user)
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã lập lịch báo cáo %(ref)s.") % {"ref": schedule.reference})
            return redirect("reports:schedule_page", reference=schedule.reference)
    return _form_page(request, form, None)


@require_http_methods(["GET", "POST"])
def schedule_edit(request: StaffRequest, reference: str) -> HttpResponse:
    """Change a schedule; what it made stays."""
    schedule = schedule_or_404(request, reference)
    check_keeper(request)
    form = ScheduleForm(
        request.user, request.POST if request.method == "POST" else None, initial=initial_of(schedule)
    )
    if form.is_bound and form.is_valid():
        try:
            change_schedule(schedule=schedule, plan=form.plan(), actor=request.user)
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã sửa lịch báo cáo %(ref)s.") % {"ref": schedule.reference})
            return redirect("reports:schedule_page", reference=reference)
    return _form_page(request, form, schedule)


@require_POST
def schedule_end(request: StaffRequest, reference: str) -> HttpResponse:
    """Nothing more comes by this schedule."""
    schedule = schedule_or_404(request, reference)
    check_keeper(request)
    try:
        end_schedule(schedule=schedule, actor=request.user)
    except TransitionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Đã ngừng lịch báo cáo %(ref)s.") % {"ref": reference})
    return redirect("reports:schedule_page", reference=reference)


@require_POST
def schedule_take_over(request: StaffRequest, reference: str) -> HttpResponse:
    """The schedule works with this officer's rights from now on."""
    schedule = schedule_or_404(request, reference)
    check_keeper(request)
    try:
        take_schedule_over(schedule=schedule, actor=request.user)
    except TransitionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Từ nay bạn giữ lịch báo cáo %(ref)s.") % {"ref": reference})
    return redirect("reports:schedule_page", reference=reference)


@require_POST
def schedule_retry(request: StaffRequest, reference: str) -> HttpResponse:
    """A day whose report failed too often is tried again at the next round."""
    schedule = schedule_or_404(request, reference)
    check_keeper(request)
    number = request.POST.get("run", "")
    scheduled = (
        schedule.runs.filter(pk=int(number)).first() if number.isdecimal() and len(number) < 18 else None
    )
    if scheduled is None:
        raise Http404(_("Không tìm thấy, hoặc thuộc đơn vị khác."))
    try:
        retry_scheduled(scheduled=scheduled, actor=request.user)
    except TransitionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Báo cáo sẽ được lập lại trong vài phút."))
    return redirect("reports:schedule_page", reference=reference)


@require_POST
def schedule_suggested(request: StaffRequest) -> HttpResponse:
    """Switch a proposed schedule on."""
    check_keeper(request)
    code = request.POST.get("suggestion", "")
    suggestion = next((one for one in open_suggestions() if one.code == code), None)
    if suggestion is None:
        raise Http404(_("Lịch gợi ý này đã được bật, hoặc không có."))
    schedule = take_suggestion(suggestion=suggestion, actor=request.user)
    messages.success(request, _("Đã lập lịch báo cáo %(ref)s.") % {"ref": schedule.reference})
    return redirect("reports:schedule_page", reference=schedule.reference)


def _form_page(request: StaffRequest, form: ScheduleForm, schedule: ReportSchedule | None) -> HttpResponse:
    crumb = Crumb(_("Sửa lịch %(ref)s") % {"ref": schedule.reference} if schedule else _("Lập lịch báo cáo"))
    context = {"form": form, "schedule": schedule, "crumb_parts": [REPORTS, LIST, crumb]}
    status = 422 if form.errors else 200
    return render(request, "reports/schedules/schedule_form.html", context, status=status)
