"""Addresses of cases, lists and the worklist."""

from django.urls import path

from support_programs.views import lists

app_name = "support_programs"

urlpatterns = [
    path("lists/<str:reference>/", lists.list_page, name="list_page"),
]
