"""Addresses of payouts, part by part."""

from disbursements.urls import (
    after,
    budget,
    documents,
    files,
    goods,
    payouts,
    records,
    statements,
)

app_name = "disbursements"

urlpatterns = [
    *budget.urlpatterns,
    *payouts.urlpatterns,
    *files.urlpatterns,
    *statements.urlpatterns,
    *after.urlpatterns,
    *goods.urlpatterns,
    *documents.urlpatterns,
    *records.urlpatterns,
]
