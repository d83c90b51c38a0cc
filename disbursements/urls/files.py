"""Addresses of payment files, payer accounts, receipts."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
