"""Addresses of accounts."""

from django.urls import path

from accounts.views import audit, reference, sign_in, staff

app_name = "accounts"

urlpatterns = [
    path("sign-in/", sign_in.sign_in, name="sign_in"),
    path("sign-out/", sign_in.sign_out, name="sign_out"),
    path("account/password/", sign_in.password_change, name="password_change"),
    path("settings/users/", staff.user_list, name="user_list"),
    path("settings/users/new/", staff.user_create, name="user_create"),
    path("settings/users/<str:username>/", staff.user_page, name="user_page"),
    path("settings/users/<str:username>/close/", staff.user_close, name="user_close"),
    path("settings/users/<str:username>/open/", staff.user_open, name="user_open"),
    path("settings/users/<str:username>/password/", staff.user_password, name="user_password"),
    path("settings/calendar/", reference.calendar, name="calendar"),
    path("settings/calendar/<str:day>/ordinary/", reference.calendar_ordinary, name="calendar_ordinary"),
    path("settings/areas/", reference.area_list, name="area_list"),
    path("settings/jobs/", reference.job_list, name="job_list"),
    path("settings/audit/", audit.audit_log, name="audit_log"),
]
