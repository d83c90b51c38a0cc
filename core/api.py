"""The API's base: the same services, the same fence, the same refusals as the pages."""

from typing import Any, Final

from django.db import transaction
from rest_framework import exceptions, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView, exception_handler

from core.audit import record_denial
from core.fence import do_afterwards, put_off, set_scope
from core.requests import refuse_readers
from core.transitions import TransitionRefused

_DENIALS: Final = (status.HTTP_403_FORBIDDEN, status.HTTP_404_NOT_FOUND)


class FencedAPIView(APIView):
    """An API view whose whole work, sign-in by session or token included, runs in one fenced transaction.

    An answer of 400 or more takes it back; who was kept out (403, 404) is logged afterwards in a block of its own.
    """

    opens_own_fence = True

    @classmethod
    def as_view(cls, **initkwargs: Any) -> Any:
        view: Any = super().as_view(**initkwargs)
        view.opens_own_fence = True
        return view

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        with put_off() as acts, transaction.atomic():
            response = super().dispatch(request, *args, **kwargs)
            if response.status_code >= 400:
                transaction.set_rollback(True)
        user = self.request.user
        if user.is_authenticated:
            do_afterwards(acts, user.pk, user.area_code)
        if user.is_authenticated and response.status_code in _DENIALS:
            denied = response.status_code == status.HTTP_403_FORBIDDEN
            record_denial(user, request.path, denied=denied)
        return response

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        self.perform_authentication(request)
        if request.user.is_authenticated:
            set_scope(request.user.pk, request.user.area_code)
        super().initial(request, *args, **kwargs)
        if request.user.is_authenticated:
            refuse_readers(request.user, request.method, self)


def refuse(exc: Exception, context: dict[str, Any]) -> Response | None:
    """Refusals of the services as API answers: 409 with the sentence that the page would show."""
    if isinstance(exc, TransitionRefused):
        return Response({"detail": str(exc)}, status=status.HTTP_409_CONFLICT)
    if isinstance(exc, exceptions.APIException) and exc.status_code >= 500:
        return None
    return exception_handler(exc, context)
