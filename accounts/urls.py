"""Addresses of accounts."""

from django.urls import path

from accounts.views import sign_in

app_name = "accounts"

urlpatterns = [
    path("sign-in/", sign_in.sign_in, name="sign_in"),
    path("sign-out/", sign_in.sign_out, name="sign_out"),
    path("account/password/", sign_in.password_change, name="password_change"),
]
