"""Addresses of dossiers that are sent back to be completed, and of urging."""

from django.urls import path

from support_programs.views import clocks_digest, clocks_reminders, clocks_supplement

urlpatterns = [
    path("cases/<str:reference>/ask-supplement/", clocks_supplement.supplement_ask, name="supplement_ask"),
    path("cases/<str:reference>/supplement/", clocks_supplement.supplement_answer, name="supplement_answer"),
    path("digest/<int:pk>/read/", clocks_digest.digest_read, name="digest_read"),
    path("reminders/", clocks_reminders.reminder_list, name="reminder_list"),
    path("reminders/received/", clocks_reminders.reminders_received, name="reminders_received"),
    path("reminders/new/<slug:area>/", clocks_reminders.reminder_new, name="reminder_new"),
    path("reminders/<int:pk>/", clocks_reminders.reminder_page, name="reminder_page"),
    path("reminders/<int:pk>/seen/", clocks_reminders.reminder_seen, name="reminder_seen"),
]
