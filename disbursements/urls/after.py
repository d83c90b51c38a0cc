"""Addresses of recoveries, unclaimed money, call-back samples."""

from django.urls import URLPattern, path

from disbursements.views import after_calls, after_returned, after_unclaimed, recoveries, recovery_acts

urlpatterns: list[URLPattern] = [
    path("payments/returned/", after_returned.returned_payments, name="returned_payments"),
    path("payments/returned/export/", after_returned.returned_export, name="returned_export"),
    path("payments/unclaimed/", after_unclaimed.unclaimed_list, name="unclaimed_list"),
    path(
        "payments/unclaimed/of/<str:district>/<str:programme>/",
        after_unclaimed.unclaimed_group,
        name="unclaimed_group",
    ),
    path(
        "payments/unclaimed/of/<str:district>/<str:programme>/confirm/",
        after_unclaimed.unclaimed_confirm,
        name="unclaimed_confirm",
    ),
    path("payments/unclaimed/<str:reference>/", after_unclaimed.unclaimed_page, name="unclaimed_page"),
    path(
        "payments/unclaimed/<str:reference>/files/<slug:kind>/",
        after_unclaimed.unclaimed_file,
        name="unclaimed_file",
    ),
    path(
        "payments/unclaimed/<str:reference>/people/<str:line>/reopen/",
        after_unclaimed.unclaimed_reopen,
        name="unclaimed_reopen",
    ),
    path("recoveries/", recoveries.recovery_list, name="recovery_list"),
    path("recoveries/new/", recoveries.recovery_new, name="recovery_new"),
    path("recoveries/<str:reference>/", recoveries.recovery_page, name="recovery_page"),
    path("recoveries/<str:reference>/<slug:act>/", recovery_acts.recovery_act, name="recovery_act"),
    path("callbacks/", after_calls.callback_list, name="callback_list"),
    path("callbacks/new/", after_calls.callback_new, name="callback_new"),
    path("callbacks/<str:reference>/", after_calls.callback_page, name="callback_page"),
    path("callbacks/<str:reference>/<int:position>/", after_calls.callback_call, name="callback_call"),
]
