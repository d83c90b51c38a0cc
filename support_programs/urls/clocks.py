"""Addresses of dossiers that are sent back to be completed, and of urging."""

from django.urls import path

from support_programs.views import clocks_supplement

urlpatterns = [
    path("cases/<str:reference>/ask-supplement/", clocks_supplement.supplement_ask, name="supplement_ask"),
    path("cases/<str:reference>/supplement/", clocks_supplement.supplement_answer, name="supplement_answer"),
]
