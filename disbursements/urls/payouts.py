"""Addresses of asking for batches, signing, reissues."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
