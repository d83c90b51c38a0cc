"""Addresses of the catalogue of reports and of what was issued."""

from django.urls import path

from reports.views import report_pages

urlpatterns = [
    path("reports/", report_pages.report_list, name="report_list"),
    path("reports/runs/", report_pages.run_list, name="run_list"),
    path("reports/runs/<str:reference>/", report_pages.run_page, name="run_page"),
    path("reports/runs/<str:reference>/<str:file_format>/", report_pages.run_file, name="run_file"),
    path("reports/<slug:form_slug>/", report_pages.report_page, name="report_page"),
]
