"""Addresses of stores and what is handed out of them."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
