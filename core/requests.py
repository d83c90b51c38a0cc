"""Who asks."""

from typing import cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from core.workflow import Actor


def actor_of(request: HttpRequest) -> Actor:
    """The signed-in person of a request; PermissionDenied for anybody else (LoginRequiredMiddleware should
    have kept them out).
    """
    if not request.user.is_authenticated:
        raise PermissionDenied
    return cast("Actor", request.user)
