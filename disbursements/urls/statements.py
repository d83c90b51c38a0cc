"""Addresses of what came back from banks and communes."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
