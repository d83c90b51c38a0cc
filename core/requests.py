"""Who asks, and who may only ask."""

from collections.abc import Callable
from typing import Any, Final, Protocol, TypeVar, cast

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.translation import gettext as _

from core.workflow import Actor

V = TypeVar("V", bound=Callable[..., Any])
_ASKING: Final = ("GET", "HEAD", "OPTIONS")


class Reader(Protocol):
    """What the rule of readers asks of a user."""

    @property
    def reads_only(self) -> bool: ...


def actor_of(request: HttpRequest) -> Actor:
    """The signed-in person of a request; PermissionDenied for anybody else (LoginRequiredMiddleware should
    have kept them out).
    """
    if not request.user.is_authenticated:
        raise PermissionDenied
    return cast("Actor", request.user)


def client_address(request: HttpRequest) -> str:
    """From where a request came: behind the proxy (`BEHIND_TLS`) what the proxy saw, which is the last entry of the header
    whatever the client claimed before; otherwise the other end of the connection.
    """
    forwarded = str(request.META.get("HTTP_X_FORWARDED_FOR", "")) if settings.BEHIND_TLS else ""
    return forwarded.rpartition(",")[2].strip() or str(request.META.get("REMOTE_ADDR", ""))


def open_to_readers(view: V) -> V:
    """Mark a view whose POST changes no record of the work (one's own password, a search, a report): readers may send it."""
    view.__dict__["open_to_readers"] = True
    return view


def refuse_readers(user: Reader, method: str | None, view: object) -> None:
    """Keep people whose roles only read (auditor, leader) from sending anything: PermissionDenied before the view looks at it."""
    if method in _ASKING or getattr(view, "open_to_readers", False):
        return
    if user.reads_only:
        raise PermissionDenied(_("Vai trò của bạn chỉ xem, không sửa được gì."))
