"""Addresses of what came back from banks and communes."""

from django.urls import URLPattern, path

from disbursements.views import results, statements, unknown

urlpatterns: list[URLPattern] = [
    path("payments/unknown/", unknown.unknown_payments, name="unknown_payments"),
    path("batches/<str:reference>/results/", results.batch_results, name="batch_results"),
    path("batches/<str:reference>/unknown/", unknown.batch_unknown, name="batch_unknown"),
    path("batches/<str:reference>/statement/", statements.statement_new, name="statement_new"),
    path("batches/<str:reference>/statement/<int:number>/", statements.statement_page, name="statement_page"),
    path(
        "batches/<str:reference>/statement/<int:number>/record/",
        statements.statement_record,
        name="statement_record",
    ),
    path(
        "batches/<str:reference>/statement/<int:number>/aside/",
        statements.statement_aside,
        name="statement_aside",
    ),
    path(
        "batches/<str:reference>/statement/<int:number>/lines/<int:row>/",
        statements.statement_row,
        name="statement_row",
    ),
]
