"""Addresses of columns and own reports of the department."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
