"""Signing in to the API: a token for programs that act for a member of staff."""

from typing import Any, cast

from django.contrib.auth import authenticate
from django.http import HttpRequest
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.authtoken.models import Token
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import User
from accounts.services.passwords import record_sign_in
from core.fence import fenced


class SignInShape(serializers.Serializer[Any]):
    """Account and password, as on the sign-in page."""

    username = serializers.CharField(max_length=60)
    password = serializers.CharField(trim_whitespace=False)


class TokenShape(serializers.Serializer[Any]):
    """To be sent as `Authorization: Token …`."""

    token = serializers.CharField()


class TokenView(APIView):
    """A token for the right account and password; throttled like the sign-in page, and the same rights as there.

    No fence of its own around a wrong try: it must stay counted. A password that somebody else gave is changed on the page first.
    """

    opens_own_fence = True
    authentication_classes = ()
    permission_classes = ()

    @classmethod
    def as_view(cls, **initkwargs: Any) -> Any:
        view: Any = super().as_view(**initkwargs)
        view.opens_own_fence = True
        return view

    @extend_schema(operation_id="token_create", request=SignInShape, responses=TokenShape, auth=[])
    def post(self, request: Request) -> Response:
        typed = SignInShape(data=request.data)
        typed.is_valid(raise_exception=True)
        # the throttle marks the API's request, not the one below it, so its page doesn't take the place of this answer
        user = authenticate(cast("HttpRequest", request), **typed.validated_data)
        if getattr(request, "axes_locked_out", False):
            return _refused(
                _("Đã thử sai nhiều lần. Hãy chờ ít phút rồi thử lại."), status.HTTP_429_TOO_MANY_REQUESTS
            )
        if not isinstance(user, User):
            return _refused(_("Tên đăng nhập hoặc mật khẩu chưa đúng."), status.HTTP_400_BAD_REQUEST)
        if user.must_change_password:
            return _refused(_("Hãy đổi mật khẩu trên trang trước khi dùng API."), status.HTTP_403_FORBIDDEN)
        with fenced(user.pk, user.area_code):
            token, _is_new = Token.objects.get_or_create(user=user)
            record_sign_in(user=user)
        return Response({"token": token.key})


def _refused(words: str, code: int) -> Response:
    return Response({"detail": words}, status=code)
