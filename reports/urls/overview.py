"""Addresses of the overview."""

from django.urls import path

from reports.views import overview

urlpatterns = [
    path("reports/overview/", overview.overview_page, name="overview"),
    path("reports/overview/coverage/", overview.coverage_file, name="coverage"),
    path("reports/overview/people/", overview.people_page, name="people"),
]
