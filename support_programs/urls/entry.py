"""Addresses of forms that keep themselves; see the package for the order in which they are tried."""

from django.urls import path

from support_programs.views import entry

urlpatterns = [
    path("cases/new/drafts/<int:pk>/discard/", entry.draft_discard, name="draft_discard"),
    path("cases/new/<str:programme>/draft/", entry.draft_keep, name="draft_keep"),
]
