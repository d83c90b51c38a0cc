"""Addresses of asking for batches, signing, reissues."""

from django.urls import URLPattern, path

from disbursements.views import requests, signatures

urlpatterns: list[URLPattern] = [
    path("batches/new/people/", requests.batch_new_people, name="batch_new_people"),
    path("batches/<str:reference>/warned/<slug:code>/", signatures.batch_warned, name="batch_warned"),
    path("settings/signature-rules/", signatures.signature_rules, name="signature_rules"),
]
