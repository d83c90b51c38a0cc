"""Who has an account, for the administrator's pages."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from accounts.enums import AreaLevel, Role
from accounts.models import AdministrativeUnit, User
from core import clock
from core.querysets import area_filter
from core.text import search_key, sort_key

AreaChoice = tuple[str, str]
_COLUMNS: Final = (
    "username",
    "full_name",
    "title",
    "office",
    "area_code",
    "is_active",
    "must_change_password",
    "last_login",
)


@dataclass(frozen=True, slots=True)
class StaffFilter:
    """What the administrator looks for; empty values let everybody through. `state`: open, waiting, closed."""

    text: str = ""
    role: str = ""
    area_code: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class StaffRow:
    """One account of the list."""

    username: str
    full_name: str
    title: str
    office: str
    area_name: str
    roles: tuple[Role, ...]
    is_active: bool
    must_change_password: bool
    last_login: dt.datetime | None


def staff_in(area_code: str, wanted: StaffFilter) -> list[StaffRow]:
    """The accounts of an area that fit, in Vietnamese order; two queries. Names are compared without marks."""
    names = dict(_units_within(area_code).values_list("area_code", "name"))
    rows = [_row(user, names) for user in _found(area_code, wanted)]
    return sorted(rows, key=lambda row: (sort_key(row.full_name), row.username))


def staff_ids(area_code: str, wanted: StaffFilter) -> tuple[int, ...]:
    """The numbers of the accounts of an area that fit; one query."""
    return tuple(user["pk"] for user in _found(area_code, wanted))


def area_choices(area_code: str) -> list[tuple[str, list[AreaChoice]]]:
    """The units of an area grouped for a select: those above the districts first, then each district with its communes."""
    units = list(_units_within(area_code).values_list("area_code", "name", "level"))
    upper = [(code, name) for code, name, level in units if level == AreaLevel.PROVINCE]
    groups = [("", upper)] if upper else []
    for district, name, level in units:
        if level == AreaLevel.DISTRICT:
            groups.append((name, [(code, unit) for code, unit, _level in units if code.startswith(district)]))
    return groups or [("", [(code, name) for code, name, _level in units])]


def _found(area_code: str, wanted: StaffFilter) -> list[dict[str, Any]]:
    users = User.objects.filter(area_filter(area_code)).filter(_condition(wanted))
    found = users.annotate(codes=Coalesce(ArrayAgg("role_assignments__role"), [])).values(
        "pk", *_COLUMNS, "codes"
    )
    key, typed = search_key(wanted.text), wanted.text.strip().lower()
    return [
        user
        for user in found.order_by("pk")
        if typed in user["username"].lower() or (key and key in search_key(user["full_name"]))
    ]


def _condition(wanted: StaffFilter) -> Q:
    condition = area_filter(wanted.area_code) if wanted.area_code else Q()
    if wanted.role:
        condition &= Q(pk__in=User.objects.filter(role_assignments__role=wanted.role).values("pk"))
    if wanted.state == "closed":
        condition &= Q(is_active=False)
    elif wanted.state:
        condition &= Q(is_active=True, must_change_password=wanted.state == "waiting")
    return condition


def _units_within(area_code: str) -> QuerySet[AdministrativeUnit]:
    return AdministrativeUnit.objects.within(area_code).valid_on(clock.today())


def _row(user: Mapping[str, Any], names: Mapping[str, str]) -> StaffRow:
    return StaffRow(
        username=user["username"],
        full_name=user["full_name"],
        title=user["title"],
        office=user["office"],
        area_name=names.get(user["area_code"], user["area_code"]),
        roles=tuple(role for role in Role if role in user["codes"]),
        is_active=user["is_active"],
        must_change_password=user["must_change_password"],
        last_login=user["last_login"],
    )


def active_holders(role: Role) -> set[int]:
    """Ids of the people at work who hold a role, wherever they work."""
    return set(User.objects.filter(is_active=True, role_assignments__role=role).values_list("pk", flat=True))


def full_names(users: set[int]) -> dict[int, str]:
    """Id to full name, also of those who have left."""
    return dict(User.objects.filter(pk__in=users).values_list("pk", "full_name"))
