"""Addresses of batches and their acts; last: `batches/<DC>/<act>/` would take the more telling addresses of other parts."""

from django.urls import path

from disbursements.views import acts, batches, requests

urlpatterns = [
    path("batches/", batches.batch_list, name="batch_list"),
    path("batches/new/", requests.batch_new, name="batch_new"),
    path("batches/<str:reference>/", batches.batch_page, name="batch_page"),
    path("batches/<str:reference>/<slug:act>/", acts.batch_act, name="batch_act"),
]
