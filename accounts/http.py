"""The request that pages of staff get, who is let in, and the tabs of the settings pages."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, Final, ParamSpec

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.enums import Role
from accounts.models import User
from accounts.permissions import has_any, is_administrator
from core.page_parts import Tab
from core.wording import Text
from core.workflow import Actor

P = ParamSpec("P")
reads_log: Final = has_any(Role.AUDITOR, Role.ADMINISTRATOR)


class StaffRequest(HttpRequest):
    """A request that passed LoginRequiredMiddleware: its user is a member of staff. For annotations only."""

    user: User


StaffView = Callable[Concatenate[StaffRequest, P], HttpResponse]


def only(is_let_in: Callable[[Actor], bool]) -> Callable[[StaffView[P]], StaffView[P]]:
    """A page for those whom the predicate lets in; everybody else gets 403, which is logged."""

    def restrict(view: StaffView[P]) -> StaffView[P]:
        @wraps(view)
        def restricted(request: StaffRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if not is_let_in(request.user):
                raise PermissionDenied(_("Trang này dành cho người quản trị."))
            return view(request, *args, **kwargs)

        return restricted

    return restrict


_SETTINGS: Final[list[tuple[str, Text, Callable[[Actor], bool]]]] = [
    ("accounts:user_list", gettext_lazy("Tài khoản"), is_administrator),
    ("accounts:calendar", gettext_lazy("Ngày nghỉ"), is_administrator),
    ("accounts:area_list", gettext_lazy("Đơn vị hành chính"), is_administrator),
    ("accounts:job_list", gettext_lazy("Việc nền"), is_administrator),
    ("accounts:audit_log", gettext_lazy("Nhật ký hệ thống"), reads_log),
    ("admin:index", gettext_lazy("Hỗ trợ kỹ thuật"), is_administrator),
]


def register_settings_page(name: str, label: Text, is_let_in: Callable[[Actor], bool]) -> None:
    """Give a page of an upper app a tab among the settings, before the technical ones; its own view asks who may read it."""
    if name not in {known for known, *_others in _SETTINGS}:
        _SETTINGS.insert(len(_SETTINGS) - 1, (name, label, is_let_in))


def settings_tabs(user: User, current: str) -> list[Tab]:
    """The settings pages that this person opens; `current` is the address name of the one shown."""
    return [
        Tab(label, reverse(name), is_current=name == current)
        for name, label, is_let_in in _SETTINGS
        if is_let_in(user)
    ]
