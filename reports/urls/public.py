"""Addresses of public figures and open data."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
