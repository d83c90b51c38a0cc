"""Addresses of the sector's targets."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
