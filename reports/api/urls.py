"""Addresses of the API of figures and reports, under /api/v1/."""

from django.urls import path

from reports.api import views

app_name = "reports_api"

urlpatterns = [
    path("reports/progress/", views.ProgressFigures.as_view(), name="progress"),
    path("reports/runs/", views.RunIndex.as_view(), name="run_index"),
    path("reports/runs/<str:reference>/", views.RunPage.as_view(), name="run_page"),
    path("reports/runs/<str:reference>/<str:file_format>/", views.RunFile.as_view(), name="run_file"),
]
