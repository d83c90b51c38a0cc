"""Addresses of recoveries, unclaimed money, call-back samples."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
