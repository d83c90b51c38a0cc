"""Addresses of budget lines, papers and the ledger."""

from django.urls import URLPattern, path

from disbursements.views import allocations, budget, budget_acts

urlpatterns: list[URLPattern] = [
    path("allocations/", allocations.allocations, name="allocations"),
    path("allocations/sources/new/", allocations.source_new, name="source_new"),
    path("allocations/<str:reference>/correct/", budget_acts.allocation_correct, name="allocation_correct"),
    path("budget/", budget.budget_list, name="budget_list"),
    path("budget/export/", budget.budget_export, name="budget_export"),
    path("budget/<str:reference>/", budget.budget_page, name="budget_page"),
    path("budget/<str:reference>/transfer/", budget_acts.line_transfer, name="budget_transfer"),
    path("budget/<str:reference>/return/", budget_acts.line_return, name="budget_return"),
    path("ledger/", budget.ledger, name="ledger"),
]
