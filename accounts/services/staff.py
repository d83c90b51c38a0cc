"""What the administrator does with accounts: each write is recorded, none reaches beyond their area or their own roles."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from rest_framework.authtoken.models import Token

from accounts.enums import Role
from accounts.models import AdministrativeUnit, RoleAssignment, User
from accounts.permissions import is_administrator, staffing_problems
from accounts.queries import area_name
from core import clock
from core.audit import record_event
from core.fence import area_bounds
from core.wording import Text
from core.workflow import Actor

# no 0 o, 1 l i: the words are read from paper or over the phone
_SIGNS: Final = "abcdefghjkmnpqrstuvwxyz23456789"
_GROUPS: Final = 4
_GROUP_LENGTH: Final = 4
_FIELD_LABELS: Final = {
    "full_name": _("họ và tên"),
    "title": _("chức vụ"),
    "office": _("cơ quan"),
    "phone": _("số điện thoại"),
    "email": _("thư điện tử"),
}


class StaffRefused(Exception):
    """A change of an account that makes no sense; `str()` is the sentence for the administrator, `field` what it is about."""

    def __init__(self, message: Text, field: str = "") -> None:
        super().__init__(str(message))
        self.field = field


@dataclass(frozen=True, slots=True)
class StaffDetails:
    """What an account says about its person."""

    full_name: str
    title: str
    office: str
    phone: str
    area_code: str
    roles: frozenset[Role]
    email: str = ""


@dataclass(frozen=True, slots=True)
class GivenPassword:
    """A password made for somebody: shown once, stored only as its hash, changed by its owner before any work."""

    user: User
    words: str


def new_words() -> str:
    """A one-time password such as `k7mq-x2pd-h9wz-t4vn` (79 bits)."""
    groups = ("".join(secrets.choice(_SIGNS) for _sign in range(_GROUP_LENGTH)) for _group in range(_GROUPS))
    return "-".join(groups)


@transaction.atomic
def create_user(*, actor: Actor, username: str, details: StaffDetails) -> GivenPassword:
    """A new account with a one-time password. Refused: a taken name, roles that don't fit the area, an unknown area."""
    _check_administrator(actor)
    _check_area(actor.area_code, details.area_code)
    _check_roles(details.roles, details.area_code)
    return _make_user(actor, username, details)


@transaction.atomic
def create_administrator(*, username: str, full_name: str, area_code: str) -> GivenPassword:
    """The first account of an installation, made from the server's shell; everybody else's is made in the page."""
    _check_area(area_code, area_code)
    roles = frozenset({Role.ADMINISTRATOR})
    _check_roles(roles, area_code)
    return _make_user(None, username, StaffDetails(full_name, "", "", "", area_code, roles))


def _make_user(actor: Actor | None, username: str, details: StaffDetails) -> GivenPassword:
    words = new_words()
    user = User(
        username=username,
        full_name=details.full_name,
        title=details.title,
        office=details.office,
        phone=details.phone,
        email=details.email,
        area_code=details.area_code,
        must_change_password=True,
    )
    user.set_password(words)
    try:
        with transaction.atomic():
            user.save(force_insert=True)
    except IntegrityError as error:
        raise StaffRefused(
            gettext("Tên đăng nhập «%(name)s» đã có người dùng. Hãy chọn tên khác.") % {"name": username},
            "username",
        ) from error
    _assign(user, details.roles)
    record_event(
        "user.created",
        user,
        actor=actor,
        change={
            "area": area_name(user.area_code),
            "roles": role_words(details.roles),
            "name": user.full_name,
        },
    )
    return GivenPassword(user, words)


@transaction.atomic
def update_user(*, actor: Actor, user: User, details: StaffDetails) -> User:
    """Change what an account says, its area and its roles; each kind of change is an event of its own.

    Refused: one's own roles and area (somebody else gives those), roles that don't fit the area.
    """
    user = _locked(actor, user)
    roles = {Role(code) for code in user.role_codes}
    if user.pk == actor.pk and (roles != details.roles or user.area_code != details.area_code):
        raise StaffRefused(
            _("Bạn không tự đổi vai trò và đơn vị của mình. Hãy nhờ người quản trị khác."), "roles"
        )
    if roles != details.roles or user.area_code != details.area_code:
        _check_area(actor.area_code, details.area_code)
        _check_roles(details.roles, details.area_code)
    _update_words(actor, user, details)
    _move(actor, user, details.area_code)
    if roles != details.roles:
        _assign(user, details.roles)
        record_event(
            "user.roles_changed",
            user,
            actor=actor,
            change={"old": role_words(roles), "new": role_words(details.roles)},
        )
    return user


@transaction.atomic
def close_account(*, actor: Actor, user: User, reason: str) -> User:
    """Keep a person out: their sessions and tokens end now, their password is void. Refused: oneself, no reason."""
    user = _locked(actor, user)
    if user.pk == actor.pk:
        raise StaffRefused(_("Bạn không tự khóa tài khoản của mình. Hãy nhờ người quản trị khác."))
    if not reason.strip():
        raise StaffRefused(_("Hãy ghi lý do khóa tài khoản."), "reason")
    if not user.is_active:
        return user
    user.is_active = False
    user.set_unusable_password()
    user.save(update_fields=["is_active", "password"])
    _end_tokens(user)
    record_event("user.closed", user, actor=actor, reason=reason.strip())
    return user


@transaction.atomic
def open_account(*, actor: Actor, user: User) -> GivenPassword:
    """Let a person in again, with a new one-time password: the old one is gone. Refused: an account that is open."""
    user = _locked(actor, user)
    if user.is_active:
        raise StaffRefused(_("Tài khoản này đang hoạt động."))
    user.is_active = True
    words = _give_words(user)
    record_event("user.opened", user, actor=actor)
    return GivenPassword(user, words)


@transaction.atomic
def reset_password(*, actor: Actor, user: User) -> GivenPassword:
    """A new one-time password for somebody who lost theirs; their sessions and tokens end. Refused: oneself, a closed account."""
    user = _locked(actor, user)
    if user.pk == actor.pk:
        raise StaffRefused(_("Mật khẩu của chính bạn đổi ở trang «Đổi mật khẩu»."))
    if not user.is_active:
        raise StaffRefused(_("Tài khoản đang khóa. Hãy mở lại tài khoản, mật khẩu mới được cấp cùng lúc."))
    words = _give_words(user)
    record_event("user.password_reset", user, actor=actor)
    return GivenPassword(user, words)


def role_words(roles: Collection[Role]) -> str:
    """The roles in words, in the order of the table of roles."""
    return ", ".join(str(role.label) for role in Role if role in roles)


def _give_words(user: User) -> str:
    """A changed password ends every session of the person: a session is signed with it."""
    words = new_words()
    user.set_password(words)
    user.must_change_password = True
    user.save(update_fields=["password", "must_change_password", "is_active"])
    _end_tokens(user)
    return words


def _end_tokens(user: User) -> None:
    Token.objects.filter(user=user).delete()


def _locked(actor: Actor, user: User) -> User:
    _check_administrator(actor)
    current = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    if not current.area_code.startswith(actor.area_code):
        raise PermissionDenied(_("Tài khoản này thuộc đơn vị khác."))
    return current


def _check_administrator(actor: Actor) -> None:
    if not (actor.is_active and is_administrator(actor)):
        raise PermissionDenied(_("Việc này do người quản trị làm."))


def _check_area(within: str, area_code: str) -> None:
    low, high = area_bounds(within)
    units = AdministrativeUnit.objects.valid_on(clock.today()).filter(area_code=area_code)
    if not (low <= area_code < high and units.exists()):
        raise StaffRefused(_("Hãy chọn một đơn vị trong danh sách."), "area_code")


def _check_roles(roles: Collection[Role], area_code: str) -> None:
    problems = staffing_problems(roles, area_code)
    if problems:
        raise StaffRefused(" ".join(problems), "roles")


def _update_words(actor: Actor, user: User, details: StaffDetails) -> None:
    changed = {
        name: getattr(details, name)
        for name in _FIELD_LABELS
        if getattr(details, name) != getattr(user, name)
    }
    if not changed:
        return
    for name, value in changed.items():
        setattr(user, name, value)
    user.save(update_fields=list(changed))
    fields = ", ".join(str(label) for name, label in _FIELD_LABELS.items() if name in changed)
    record_event("user.updated", user, actor=actor, change={"fields": fields})


def _move(actor: Actor, user: User, area_code: str) -> None:
    if user.area_code == area_code:
        return
    old, user.area_code = user.area_code, area_code
    user.save(update_fields=["area_code"])
    record_event("user.moved", user, actor=actor, change={"old": area_name(old), "new": area_name(area_code)})


def _assign(user: User, roles: Collection[Role]) -> None:
    user.role_assignments.exclude(role__in=[role.value for role in roles]).delete()
    RoleAssignment.objects.bulk_create(
        [RoleAssignment(user=user, role=role) for role in roles], ignore_conflicts=True
    )
    user.__dict__.pop("role_codes", None)
