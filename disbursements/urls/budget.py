"""Addresses of budget lines, papers and the ledger."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
