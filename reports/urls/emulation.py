"""Addresses of the emulation movement."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
