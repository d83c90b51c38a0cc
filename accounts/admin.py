"""Technical support at `/admin/`: administrators look at reference data, accounts, jobs and stored files; nobody writes here.

Django's own pages behind our sign-in. People, cases, lists and money are not registered: an administrator sees none.
"""

from collections.abc import Callable
from functools import update_wrapper
from typing import Any, ClassVar, TypeVar, cast

from django.contrib.admin import AdminSite, ModelAdmin
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from accounts.models import AdministrativeUnit, RoleAssignment, User
from accounts.permissions import is_administrator
from accounts.services.passwords import record_sign_out
from core.models import CalendarDay, Job, StoredFile
from core.querysets import area_filter
from core.requests import actor_of, open_to_readers

M = TypeVar("M", bound=Model)
V = TypeVar("V", bound=Callable[..., Any])


class SupportSite(AdminSite):
    """Django's admin for administrators: our sign-in, our password page, 403 for everybody else."""

    site_header = _("Hỗ trợ kỹ thuật")
    site_title = _("Hỗ trợ kỹ thuật")
    index_title = _("Dữ liệu nền, chỉ xem")
    final_catch_all_view = False

    def has_permission(self, request: HttpRequest) -> bool:
        return request.user.is_authenticated and is_administrator(actor_of(request))

    def admin_view(self, view: V, cacheable: bool = False) -> V:
        asked = super().admin_view(view, cacheable)

        def refuse_others(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            if request.user.is_authenticated and not self.has_permission(request):
                raise PermissionDenied(_("Trang này dành cho người quản trị."))
            return asked(request, *args, **kwargs)

        return cast("V", update_wrapper(refuse_others, view))

    def get_urls(self) -> list[Any]:
        """Django's, with our own ways in and out before them."""
        return [
            path("login/", login_not_required(_sign_in), name="login"),
            path("logout/", _sign_out, name="logout"),
            path("password_change/", _change_password, name="password_change"),
            *super().get_urls(),
        ]


def _sign_in(request: HttpRequest) -> HttpResponse:
    asked = urlencode({"next": request.GET.get("next", reverse("admin:index"))})
    return redirect(f"{reverse('accounts:sign_in')}?{asked}")


@open_to_readers
@require_POST
def _sign_out(request: HttpRequest) -> HttpResponse:
    if isinstance(request.user, User):
        record_sign_out(user=request.user)
    logout(request)
    return redirect("accounts:sign_in")


def _change_password(request: HttpRequest) -> HttpResponse:
    return redirect("accounts:password_change")


support_site = SupportSite(name="admin")


class ReadOnlyAdmin(ModelAdmin[M]):
    """Rows to look at, those of the administrator's area where they have one. `User.has_perm` grants "view" alone."""

    actions = None
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[M]:
        rows = super().get_queryset(request)
        has_area = any(field.name == "area_code" for field in self.model._meta.get_fields())
        return rows.filter(area_filter(actor_of(request).area_code)) if has_area else rows


class UserAdmin(ReadOnlyAdmin[User]):
    fields: ClassVar = (
        "username",
        "full_name",
        "title",
        "office",
        "area_code",
        "is_active",
        "must_change_password",
        "last_login",
        "date_joined",
    )
    list_display = ("username", "full_name", "area_code", "is_active", "last_login")
    search_fields = ("username", "full_name")


class RoleAssignmentAdmin(ReadOnlyAdmin[RoleAssignment]):
    list_display = ("user", "role")
    list_filter = ("role",)
    list_select_related = ("user",)


class UnitAdmin(ReadOnlyAdmin[AdministrativeUnit]):
    list_display = ("code", "name", "level", "valid_from", "valid_to")
    list_filter = ("level", "valid_from")
    search_fields = ("code", "name")
    raw_id_fields = ("parent",)


class CalendarDayAdmin(ReadOnlyAdmin[CalendarDay]):
    list_display = ("day", "is_working", "name", "source")


class JobAdmin(ReadOnlyAdmin[Job]):
    """Without parameters, results and messages: they may speak of people."""

    fields: ClassVar = (
        "reference",
        "kind",
        "area_code",
        "state",
        "attempt",
        "progress_done",
        "progress_total",
        "cancel_requested",
        "created_at",
        "started_at",
        "heartbeat_at",
        "finished_at",
    )
    list_display = ("reference", "kind", "area_code", "state", "attempt", "created_at", "heartbeat_at")
    list_filter = ("state", "kind")
    search_fields = ("reference",)


class StoredFileAdmin(ReadOnlyAdmin[StoredFile]):
    """Without the name that people gave it."""

    fields: ClassVar = ("kind", "area_code", "content_type", "size", "sha256", "created_at")
    list_display = ("id", "kind", "area_code", "size", "created_at")
    list_filter = ("kind",)


def show(model: type[M], admin: type[ReadOnlyAdmin[M]]) -> None:
    """Add a model to the pages, under its one name: Vietnamese has no plural."""
    model._meta.verbose_name_plural = model._meta.verbose_name
    support_site.register(model, admin)


show(User, UserAdmin)
show(RoleAssignment, RoleAssignmentAdmin)
show(AdministrativeUnit, UnitAdmin)
show(CalendarDay, CalendarDayAdmin)
show(Job, JobAdmin)
show(StoredFile, StoredFileAdmin)
