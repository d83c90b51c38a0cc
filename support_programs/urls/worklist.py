"""Addresses of this part; see the package for the order in which they are tried."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
