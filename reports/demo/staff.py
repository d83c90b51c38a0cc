"""The staff of the demo: those who sign in (accounts.demo), and people elsewhere whose work is shown but who can't."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Final

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX, make_password
from django.db.backends.utils import CursorWrapper

from accounts.demo import ACCOUNTS, PROVINCE, SIGN_IN_WORDS, DemoAccount
from accounts.enums import Role
from accounts.models import AdministrativeUnit, RoleAssignment, User
from reports.demo.copying import copy_rows, next_id
from reports.demo.names import invent_officer


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who acts in the demo."""

    pk: int
    full_name: str


class Staff:
    """Who does which work where."""

    def __init__(self, by_duty: dict[tuple[str, Role], list[Member]]) -> None:
        self._by_duty = by_duty

    def pick(self, area_code: str, role: Role, turn: int) -> Member:
        """One of those who have this role in exactly this area, in turn; KeyError where nobody has it."""
        found = self._by_duty[area_code, role]
        return found[turn % len(found)]


_PAIRED: Final = (
    (Role.DISTRICT_OFFICER, "cv", "Chuyên viên", "Phòng LĐ-TBXH"),
    (Role.DISTRICT_HEAD, "ld", "Phó Chủ tịch", "UBND"),
    (Role.ACCOUNTANT, "kt", "Kế toán", "Phòng Tài chính - Kế hoạch"),
)


def seat_staff(
    cursor: CursorWrapper, units: Sequence[AdministrativeUnit], joined: dt.datetime, random: Random
) -> Staff:
    """Write users and roles; everybody of `accounts.demo` gets the common words, hashed once, the others can't sign in."""
    shown = list(ACCOUNTS)
    seated = {
        (account.area_code, role) for account in shown for role in account.roles if len(account.roles) == 1
    }
    background = [account for unit in units for account in _of_unit(unit, seated, random)]
    first = next_id(cursor, User)
    common, closed = make_password(SIGN_IN_WORDS), f"{UNUSABLE_PASSWORD_PREFIX}demo"
    accounts = [*shown, *background]
    users = [
        {
            "id": first + place,
            "username": account.username,
            "full_name": account.full_name,
            "title": account.title,
            "office": account.office,
            "area_code": account.area_code,
            "password": common if place < len(shown) else closed,
            "date_joined": joined,
        }
        for place, account in enumerate(accounts)
    ]
    copy_rows(cursor, User, users)
    roles = [
        {"user_id": first + place, "role": role.value}
        for place, account in enumerate(accounts)
        for role in account.roles
    ]
    first_role = next_id(cursor, RoleAssignment)
    copy_rows(
        cursor, RoleAssignment, [{"id": first_role + place, **role} for place, role in enumerate(roles)]
    )
    return _by_duty(accounts, first)


def _by_duty(accounts: Sequence[DemoAccount], first: int) -> Staff:
    found: dict[tuple[str, Role], list[Member]] = {}
    for place, account in enumerate(accounts):
        # the outsider holds many roles to look around with, and does none of the demo's work
        if len(account.roles) == 1:
            member = Member(first + place, account.full_name)
            found.setdefault((account.area_code, account.roles[0]), []).append(member)
    return Staff(found)


def _of_unit(unit: AdministrativeUnit, seated: set[tuple[str, Role]], random: Random) -> list[DemoAccount]:
    """The staff that an area lacks after the shown accounts."""
    if unit.area_code == PROVINCE:
        return []
    where = unit.name[0].lower() + unit.name[1:]
    if len(unit.area_code) > len(PROVINCE) + 3:
        if (unit.area_code, Role.COMMUNE_OFFICER) in seated:
            return []
        return [
            _account(
                f"xa{unit.code}",
                "Công chức Văn hóa - Xã hội",
                f"UBND {where}",
                unit,
                Role.COMMUNE_OFFICER,
                random,
            )
        ]
    return [
        _account(f"{start}{unit.code}{letter}", title, f"{office} {where}", unit, role, random)
        for role, start, title, office in _PAIRED
        if (unit.area_code, role) not in seated
        for letter in "ab"
    ]


def _account(
    username: str, title: str, office: str, unit: AdministrativeUnit, role: Role, random: Random
) -> DemoAccount:
    return DemoAccount(username, invent_officer(random), title, office, unit.area_code, (role,))
