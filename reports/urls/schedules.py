"""Addresses of reports that come by themselves."""

from django.urls import path

from reports.views import schedule_acts, schedules

urlpatterns = [
    path("reports/schedules/", schedules.schedule_list, name="schedule_list"),
    path("reports/schedules/new/", schedule_acts.schedule_new, name="schedule_new"),
    path("reports/schedules/suggested/", schedule_acts.schedule_suggested, name="schedule_suggested"),
    path("reports/schedules/<str:reference>/", schedules.schedule_page, name="schedule_page"),
    path("reports/schedules/<str:reference>/edit/", schedule_acts.schedule_edit, name="schedule_edit"),
    path("reports/schedules/<str:reference>/end/", schedule_acts.schedule_end, name="schedule_end"),
    path(
        "reports/schedules/<str:reference>/take-over/",
        schedule_acts.schedule_take_over,
        name="schedule_take_over",
    ),
    path("reports/schedules/<str:reference>/retry/", schedule_acts.schedule_retry, name="schedule_retry"),
    path("reports/scheduled/", schedules.scheduled_list, name="scheduled_list"),
    path("reports/scheduled/<str:reference>/", schedules.scheduled_report, name="scheduled_report"),
]
