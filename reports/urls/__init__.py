"""Addresses of the overview, the reports, what is public, the emulation movement and the sector's targets, part by part."""

from reports.urls import emulation, layouts, overview, plans, public, runs, schedules, targets

app_name = "reports"

urlpatterns = [
    *overview.urlpatterns,
    *plans.urlpatterns,
    *public.urlpatterns,
    *schedules.urlpatterns,
    *layouts.urlpatterns,
    *emulation.urlpatterns,
    *targets.urlpatterns,
    # last: its addresses end in any word
    *runs.urlpatterns,
]
