"""Addresses of plans of payment."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
