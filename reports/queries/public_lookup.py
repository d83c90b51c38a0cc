"""People by name and district on the public pages: only who stands in a list that is public now."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from django.db.models import Case as Branches
from django.db.models import Q, QuerySet, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from accounts.queries import area_names
from core.dates import format_date
from core.page_parts import Badge, Tone
from core.querysets import area_filter
from core.text import search_key, without_any_number
from disbursements.enums import InstructionStatus
from disbursements.models import PaymentInstruction
from support_programs.enums import EntitlementStatus, ListStatus
from support_programs.models import Case, Entitlement
from support_programs.queries.public_case import LOOKED_AT, PAID, POSTED
from support_programs.queries.public_lists import TOTALS_ONLY, people_of, shown_lists

MOST: Final = 20
APPROVED: Final = Badge(Tone.SONG, "check", lazy("Đã phê duyệt"))
NOT_RECEIVED: Final = Badge(Tone.WARN, "alert", lazy("Chưa nhận được tiền"))


@dataclass(frozen=True, slots=True)
class FoundPerson:
    """One person of a public list, with what tells people of one name apart. No other digit of a number, no account, no phone."""

    name: str
    birth_year: int | None
    last3: str
    hamlet: str
    commune: str
    programme: str
    amount: int
    state: Badge
    state_note: str
    list_url: str


@dataclass(frozen=True, slots=True)
class Found:
    """At most MOST people; `has_more` when there are others."""

    people: tuple[FoundPerson, ...]
    has_more: bool


def look_up(name: str, area_code: str) -> Found:
    """Whose name contains these words one after the other, in any spelling of the marks; whole names first.

    Six queries at most.
    """
    lists = list(shown_lists().exclude(programme__in=TOTALS_ONLY).filter(area_filter(area_code)))
    rows = list(_named(people_of(lists), search_key(name))[: MOST + 1])
    people = tuple(_shown(rows[:MOST]))
    return Found(people, len(rows) > MOST)


def _named(cases: QuerySet[Case], key: str) -> QuerySet[Case]:
    whole = Q(name_key=key)
    part = (
        Q(name_key__startswith=f"{key} ") | Q(name_key__endswith=f" {key}") | Q(name_key__contains=f" {key} ")
    )
    found = cases.filter(whole | part).select_related("programme", "case_list")
    first = Branches(When(whole, then=Value(0)), default=Value(1))
    return found.order_by(first, "name_sort", "birth_year", "pk")


def _shown(cases: list[Case]) -> Iterable[FoundPerson]:
    ids = [case.pk for case in cases]
    owed = {
        one.case_id: one
        for one in Entitlement.objects.filter(case__in=ids).exclude(status=EntitlementStatus.CANCELLED)
    }
    paid, failed = _payments(owed)
    communes = area_names(case.area_code for case in cases)
    for case in cases:
        state, note = _state(case, owed.get(case.pk), paid, failed)
        yield FoundPerson(
            case.applicant_name,
            case.birth_year,
            case.number_last3,
            without_any_number(case.hamlet),
            communes[case.area_code],
            case.programme.short_name,
            case.amount_proposed,
            state,
            note,
            f"/public/lists/{case.area_code}/{case.case_list.reference}/" if case.case_list else "",
        )


def _payments(owed: Mapping[int, Entitlement]) -> tuple[dict[int, dt.date | None], set[int]]:
    """By entitlement: the day on which it was paid; and those whose last attempt failed or came back."""
    attempts = PaymentInstruction.objects.filter(entitlement__in=[one.pk for one in owed.values()])
    paid: dict[int, dt.date | None] = {}
    failed: set[int] = set()
    for one in attempts.order_by("attempt", "pk").only("entitlement", "status", "resulted_on"):
        failed.discard(one.entitlement_id)
        if one.status == InstructionStatus.PAID:
            paid[one.entitlement_id] = one.resulted_on
        elif one.status in InstructionStatus.final_without_payment():
            failed.add(one.entitlement_id)
    return paid, failed


def _state(
    case: Case, owed: Entitlement | None, paid: Mapping[int, dt.date | None], failed: set[int]
) -> tuple[Badge, str]:
    """Where it stands in a citizen's words, and since when."""
    case_list = case.case_list
    if case_list is not None and case_list.status == ListStatus.POSTING:
        until = case_list.posting_until
        return POSTED, _("Niêm yết đến hết ngày %(day)s") % {"day": format_date(until)} if until else ""
    if owed is None:
        return LOOKED_AT, ""
    if owed.status == EntitlementStatus.PAID:
        day = paid.get(owed.pk)
        return PAID, _("Đã chi ngày %(day)s") % {"day": format_date(day)} if day else ""
    if owed.pk in failed:
        return NOT_RECEIVED, _("Hỏi UBND xã nơi đã nộp hồ sơ")
    decided = case_list.decision_date if case_list else None
    return APPROVED, _("Quyết định ngày %(day)s") % {"day": format_date(decided)} if decided else ""
