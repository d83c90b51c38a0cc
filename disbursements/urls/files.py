"""Addresses of payment files, payer accounts, receipts."""

from django.urls import path

from disbursements.views import files, lines, payer_accounts

urlpatterns = [
    path("payer-accounts/", payer_accounts.payer_accounts, name="payer_accounts"),
    path("payer-accounts/new/", payer_accounts.payer_account_new, name="payer_account_new"),
    path("payer-accounts/banks/", payer_accounts.banks, name="banks"),
    path("payer-accounts/<int:number>/end/", payer_accounts.payer_account_end, name="payer_account_end"),
    path("batches/<str:reference>/files/", files.batch_files, name="batch_files"),
    path("batches/<str:reference>/files/zip/", files.batch_bundle, name="batch_bundle"),
    path("batches/<str:reference>/files/<slug:kind>/", files.batch_file, name="batch_file"),
    path("batches/<str:reference>/files/<slug:kind>/<slug:part>/", files.batch_file, name="batch_part_file"),
    path("batches/<str:reference>/lines/<str:line>/", lines.line_detail, name="line_detail"),
    path("batches/<str:reference>/lines/<str:line>/receipt/", lines.line_receipt, name="line_receipt"),
    path("batches/<str:reference>/lines/<str:line>/proxy/", lines.line_proxy, name="line_proxy"),
]
