"""Addresses of the public pages, of the applications that come from there, and of the decisions that are published there."""

from django.urls import URLPattern, path

from support_programs.views import (
    applications,
    public_applications,
    public_decisions,
    public_lists,
    public_pages,
    public_programmes,
    publishing,
)

urlpatterns: list[URLPattern] = [
    path("public/", public_pages.public_home, name="public_home"),
    path("public/case/", public_pages.public_case, name="public_case"),
    path("public/lists/", public_lists.public_lists, name="public_lists"),
    path("public/lists/<str:area>/", public_lists.public_area, name="public_area"),
    path("public/lists/<str:area>/<str:reference>/", public_lists.public_list_page, name="public_list"),
    path(
        "public/lists/<str:area>/<str:reference>/pdf/", public_lists.public_list_pdf, name="public_list_pdf"
    ),
    path("public/decisions/", public_decisions.public_decisions, name="public_decisions"),
    path(
        "public/decisions/<str:reference>/scan/",
        public_decisions.public_decision_scan,
        name="public_decision_scan",
    ),
    path("public/programmes/", public_programmes.public_programmes, name="public_programmes"),
    path("public/programmes/<str:code>/", public_programmes.public_programme, name="public_programme"),
    path(
        "public/applications/",
        public_applications.public_application_follow,
        name="public_application_follow",
    ),
    path(
        "public/applications/new/",
        public_applications.public_application_new,
        name="public_application_new",
    ),
    path("decisions/", publishing.decision_list, name="decision_list"),
    path("decisions/<str:reference>/", publishing.decision_page, name="decision_page"),
    path("decisions/<str:reference>/scan/", publishing.decision_scan, name="decision_scan"),
    path("decisions/<str:reference>/publish/", publishing.decision_publish, name="decision_publish"),
    path("decisions/<str:reference>/withdraw/", publishing.decision_withdraw, name="decision_withdraw"),
    path("applications/", applications.application_list, name="application_list"),
    path("applications/<str:reference>/", applications.application_page, name="application_page"),
    path(
        "applications/<str:reference>/decline/", applications.application_decline, name="application_decline"
    ),
]
