"""Addresses of the API of figures and reports, under /api/v1/."""

from django.urls import path

from reports.api import emulation, figures, runs, targets, views

app_name = "reports_api"

urlpatterns = [
    path("emulation/movements/", emulation.MovementIndex.as_view(), name="movement_index"),
    path("emulation/rounds/<str:reference>/", emulation.Ranking.as_view(), name="ranking"),
    path("targets/indicators/", targets.TargetIndicators.as_view(), name="target_indicators"),
    path("targets/progress/", targets.TargetProgressPage.as_view(), name="target_progress"),
    path("targets/entries/", targets.TargetEntries.as_view(), name="target_entries"),
    path("reports/progress/", views.ProgressFigures.as_view(), name="progress"),
    path("reports/figures/", figures.FigureTable.as_view(), name="figures"),
    path("reports/definitions/", runs.DefinitionIndex.as_view(), name="definition_index"),
    path("reports/definitions/<slug:code>/preview/", runs.Preview.as_view(), name="preview"),
    path("reports/requests/<slug:key>/", runs.RequestPage.as_view(), name="request_page"),
    path("reports/runs/", runs.RunIndex.as_view(), name="run_index"),
    path("reports/runs/<str:reference>/", runs.RunPage.as_view(), name="run_page"),
    path("reports/runs/<str:reference>/<str:file_format>/", runs.RunFile.as_view(), name="run_file"),
]
