"""Addresses of official papers of money."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
