"""Addresses of reports that come by themselves."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
