"""Addresses of the API of payouts, under /api/v1/."""

from django.urls import path

from disbursements.api import batches, budget, handouts, statements

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
    path("batches/<str:reference>/statements/", statements.Statements.as_view(), name="statements"),
    path(
        "batches/<str:reference>/statements/<int:number>/",
        statements.StatementPage.as_view(),
        name="statement_page",
    ),
    path(
        "batches/<str:reference>/statements/<int:number>/lines/",
        statements.StatementLines.as_view(),
        name="statement_lines",
    ),
    path(
        "batches/<str:reference>/statements/<int:number>/record/",
        statements.StatementRecord.as_view(),
        name="statement_record",
    ),
    path("batches/<str:reference>/approve/", batches.Approve.as_view(), name="batch_approve"),
    path("batches/<str:reference>/release/", batches.Release.as_view(), name="batch_release"),
    path("batches/<str:reference>/close/", batches.Close.as_view(), name="batch_close"),
    path("batches/<str:reference>/cancel/", batches.Cancel.as_view(), name="batch_cancel"),
    path("goods/stock/", handouts.StockIndex.as_view(), name="goods_stock"),
    path("handouts/", handouts.HandoutIndex.as_view(), name="handout_index"),
    path("handouts/<str:reference>/", handouts.HandoutPage.as_view(), name="handout_page"),
    path("handouts/<str:reference>/lines/", handouts.HandoutLines.as_view(), name="handout_lines"),
    path("handouts/<str:reference>/results/", handouts.HandoutAnswers.as_view(), name="handout_results"),
    path("handouts/<str:reference>/approve/", handouts.HandoutApprove.as_view(), name="handout_approve"),
    path("handouts/<str:reference>/start/", handouts.HandoutStart.as_view(), name="handout_start"),
    path("handouts/<str:reference>/close/", handouts.HandoutClose.as_view(), name="handout_close"),
    path("handouts/<str:reference>/cancel/", handouts.HandoutCancel.as_view(), name="handout_cancel"),
]
