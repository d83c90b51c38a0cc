"""Addresses of the public pages, and of the applications that come from there."""

from django.urls import URLPattern, path

from support_programs.views import applications, public_applications, public_lists, public_pages

urlpatterns: list[URLPattern] = [
    path("public/", public_pages.public_home, name="public_home"),
    path("public/case/", public_pages.public_case, name="public_case"),
    path("public/lists/", public_lists.public_lists, name="public_lists"),
    path("public/lists/<str:area>/", public_lists.public_area, name="public_area"),
    path("public/lists/<str:area>/<str:reference>/", public_lists.public_list_page, name="public_list"),
    path(
        "public/lists/<str:area>/<str:reference>/pdf/", public_lists.public_list_pdf, name="public_list_pdf"
    ),
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
    path("applications/", applications.application_list, name="application_list"),
    path("applications/<str:reference>/", applications.application_page, name="application_page"),
    path(
        "applications/<str:reference>/decline/", applications.application_decline, name="application_decline"
    ),
]
