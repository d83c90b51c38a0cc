"""Addresses of plans of payment."""

from django.urls import path

from reports.views import plans

urlpatterns = [
    path("reports/plan/", plans.plan_list, name="plan"),
    path("reports/plan/<str:programme>/", plans.plan_page, name="plan_page"),
]
