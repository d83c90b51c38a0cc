"""Addresses of how reports are worded, and of the department's own reports."""

from django.urls import path

from reports.views import layouts, own_reports

urlpatterns = [
    path("reports/layouts/", layouts.layout_list, name="layout_list"),
    path("reports/layouts/<slug:form_slug>/", layouts.layout_page, name="layout_page"),
    path("reports/layouts/<slug:form_slug>/back/", layouts.layout_back, name="layout_back"),
    path("reports/layouts/<slug:form_slug>/<int:version>/", layouts.layout_version, name="layout_version"),
    path("reports/own/", own_reports.own_list, name="own_list"),
    path("reports/own/new/", own_reports.own_new, name="own_new"),
    path("reports/own/<slug:code>/", own_reports.own_edit, name="own_edit"),
    path("reports/own/<slug:code>/end/", own_reports.own_end, name="own_end"),
]
