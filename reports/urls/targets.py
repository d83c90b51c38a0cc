"""Addresses of the sector's targets."""

from django.urls import URLPattern, path

from reports.views import targets, targets_figures, targets_plan, targets_sheet, targets_texts

urlpatterns: list[URLPattern] = [
    path("targets/", targets.progress_page, name="target_progress"),
    path("targets/file/", targets.progress_file, name="target_progress_file"),
    path("targets/indicators/<slug:code>/", targets.indicator_page, name="target_indicator"),
    path("targets/indicators/<slug:code>/edit/", targets.indicator_edit, name="target_indicator_edit"),
    path("targets/missing/", targets.missing_page, name="target_missing"),
    path("targets/plan/", targets_plan.plan_page, name="target_plan"),
    path("targets/plan/file/", targets_plan.plan_file, name="target_plan_file"),
    path("targets/plan/history/", targets_plan.plan_history, name="target_plan_history"),
    path("targets/words/", targets_texts.texts_page, name="target_texts"),
    path("targets/figures/", targets_figures.entry_list, name="target_entries"),
    path("targets/figures/new/", targets_sheet.sheet_page, name="target_sheet"),
    path("targets/figures/file/", targets_sheet.sheet_file, name="target_sheet_file"),
    path("targets/figures/<str:reference>/", targets_figures.entry_page, name="target_entry"),
    path("targets/figures/<str:reference>/correct/", targets_figures.entry_correct, name="target_correct"),
    path("targets/figures/<str:reference>/evidence/", targets_figures.entry_evidence, name="target_evidence"),
]
