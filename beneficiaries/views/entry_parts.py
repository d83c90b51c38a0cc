"""What the pages of entries, households and carers share: whose area it is, the crumbs, the facts of a person."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.translation import gettext as _

from accounts.queries import area_name
from beneficiaries.models import Household, IdentityDocument, Person
from beneficiaries.permissions import may_register_in
from beneficiaries.registers import Register
from core.dates import format_date
from core.page_parts import Crumb
from core.text import mask_number
from core.wording import Text
from core.workflow import Actor

Facts = list[tuple[Text, str]]
# what the next entry of the same pile of papers begins with
CARRIED: Final = ("decision_number", "decided_on", "decided_by", "valid_from", "year")


def is_form_sent(request: HttpRequest) -> bool:
    """The form itself was sent, not the page that asks whom it is about."""
    return request.method == "POST" and request.POST.get("step") != "choose"


def carried_values(request: HttpRequest) -> dict[str, Any]:
    """What the address carries from the entry before."""
    return {name: request.GET[name] for name in CARRIED if request.GET.get(name)}


def next_address(request: HttpRequest, address: str) -> str:
    """The page of the next entry, with what stays the same from one to the next."""
    carried = {name: request.POST.get(name, "") for name in CARRIED}
    query = urlencode({name: value for name, value in carried.items() if value})
    return f"{address}?{query}" if query else address


def refuse_elsewhere(actor: Actor, subject: Person | Household | None) -> None:
    """PermissionDenied for a person or household of an area whose registers this officer does not keep."""
    if subject is not None and not may_register_in(actor, subject.area_code):
        raise PermissionDenied(_("Bạn không ghi sổ của địa bàn này."))


def entry_crumbs(register: Register, *below: Text, reference: str = "") -> list[Crumb]:
    """The registers, the register, the entry where the page is below one, then the page itself."""
    page = f"/registers/{register.code}/"
    parts = [Crumb(_("Các sổ"), "/registers/"), Crumb(register.title, page)]
    if reference:
        parts.append(Crumb(reference, f"{page}entries/{reference}/" if below else ""))
    return [*parts, *(Crumb(label) for label in below)]


def facts_of_person(person: Person) -> Facts:
    """Who somebody is, numbers masked."""
    birth = format_date(person.birth_date) if person.birth_date else str(person.birth_year or "")
    paper = IdentityDocument.objects.filter(person=person, is_current=True).first()
    return [
        (_("Họ và tên"), person.full_name),
        (_("Ngày sinh"), birth),
        (_("Số CCCD, CMND"), mask_number("0" * 9 + paper.number_last3) if paper else ""),
        (_("Nơi ở"), ", ".join(filter(None, (person.hamlet, area_name(person.area_code))))),
        (_("Mã"), person.reference),
    ]


def facts_of_household(household: Household) -> Facts:
    return [
        (_("Chủ hộ"), household.head_name),
        (_("Mã hộ"), household.code),
        (_("Nơi ở"), ", ".join(filter(None, (household.hamlet, area_name(household.area_code))))),
        (_("Mã"), household.reference),
    ]


def household_crumbs(household: Household, *below: Text) -> list[Crumb]:
    """The registers, the households, the household, then the page itself."""
    page = f"/households/{household.reference}/"
    return [
        Crumb(_("Các sổ"), "/registers/"),
        Crumb(_("Hộ gia đình"), "/households/"),
        Crumb(household.reference, page if below else ""),
        *(Crumb(label) for label in below),
    ]


def person_crumbs(person: Person, *below: Text) -> list[Crumb]:
    """The people, the person, then the page itself."""
    page = f"/people/{person.reference}/"
    return [
        Crumb(_("Người dân"), "/people/"),
        Crumb(person.full_name, page),
        *(Crumb(label) for label in below),
    ]
