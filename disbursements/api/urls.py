"""Addresses of the API of payouts, under /api/v1/."""

from django.urls import path

from disbursements.api import batches, budget

app_name = "disbursements_api"

urlpatterns = [
    path("budget/lines/", budget.LineIndex.as_view(), name="budget_lines"),
    path("budget/lines/<str:reference>/", budget.LinePage.as_view(), name="budget_line"),
    path("budget/lines/<str:reference>/entries/", budget.LineBook.as_view(), name="budget_book"),
    path("budget/lines/<str:reference>/transfer/", budget.Transfer.as_view(), name="budget_transfer"),
    path("budget/lines/<str:reference>/return/", budget.Return.as_view(), name="budget_return"),
    path("budget/allocations/", budget.Allocations.as_view(), name="budget_allocations"),
    path("budget/allocations/<str:reference>/correct/", budget.Correct.as_view(), name="budget_correct"),
    path("budget/entries/", budget.Ledger.as_view(), name="budget_ledger"),
    path("budget/sums/", budget.Sums.as_view(), name="budget_sums"),
    path("batches/", batches.BatchIndex.as_view(), name="batch_index"),
    path("batches/<str:reference>/", batches.BatchPage.as_view(), name="batch_page"),
    path("batches/<str:reference>/lines/", batches.BatchLines.as_view(), name="batch_lines"),
    path("batches/<str:reference>/files/<slug:kind>/", batches.BatchFile.as_view(), name="batch_file"),
    path("batches/<str:reference>/results/", batches.BatchResults.as_view(), name="batch_results"),
    path("batches/<str:reference>/approve/", batches.Approve.as_view(), name="batch_approve"),
    path("batches/<str:reference>/release/", batches.Release.as_view(), name="batch_release"),
    path("batches/<str:reference>/close/", batches.Close.as_view(), name="batch_close"),
    path("batches/<str:reference>/cancel/", batches.Cancel.as_view(), name="batch_cancel"),
]
