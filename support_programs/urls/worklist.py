"""Addresses of the worklist: work on many cases, who works on one, kept filters; see the package for the order of the parts."""

from django.urls import URLPattern, path

from support_programs.views import assignment, bulk, case_exports, saved_views

urlpatterns: list[URLPattern] = [
    path("cases/export/", case_exports.case_export, name="case_export"),
    path("cases/bulk/<str:reference>/", bulk.bulk_result, name="bulk_result"),
    path("cases/bulk/<str:reference>/excel/", bulk.bulk_excel, name="bulk_excel"),
    path("cases/<str:reference>/claim/", assignment.case_claim, name="case_claim"),
    path("cases/<str:reference>/release/", assignment.case_release, name="case_release"),
    path("cases/<str:reference>/assign/", assignment.case_assign, name="case_assign"),
    path("saved-views/", saved_views.saved_view_new, name="saved_view_new"),
    path("saved-views/<int:pk>/rename/", saved_views.saved_view_rename, name="saved_view_rename"),
    path("saved-views/<int:pk>/delete/", saved_views.saved_view_delete, name="saved_view_delete"),
]
