"""Addresses of the catalogue of reports and of what was issued."""

from django.urls import path

from reports.views import report_pages, run_pages

urlpatterns = [
    path("reports/", report_pages.report_list, name="report_list"),
    path("reports/runs/", run_pages.run_list, name="run_list"),
    path("reports/runs/<str:reference>/", run_pages.run_page, name="run_page"),
    path("reports/runs/<str:reference>/<str:file_format>/", run_pages.run_file, name="run_file"),
    path("reports/requests/<slug:key>/", run_pages.request_page, name="request_page"),
    path("reports/<slug:form_slug>/", report_pages.report_page, name="report_page"),
]
