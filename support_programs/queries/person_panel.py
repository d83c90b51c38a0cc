"""What cases add to the pages of people: the panel, lines of the timeline, counts; and a person's changes on the case page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from beneficiaries.models import Person
from beneficiaries.queries.people import register_case_counter
from beneficiaries.queries.person_page import entries_of
from beneficiaries.queries.person_panels import Panel, register_person_panel
from beneficiaries.queries.timeline import Moment, changed_words, register_moments, title_of
from core.models import Event
from core.money import format_dong
from core.workflow import Actor
from support_programs.enums import VND, CaseStatus, EntitlementStatus
from support_programs.models import AgencyConfirmation, Case, Entitlement
from support_programs.queries.list_papers import ListPaper

ORDER: Final = 40
SHOWN: Final = 100
# changes of a person that a case shows; the rest of the register's history stands on the person's page
CHANGES: Final = (
    "person.number_changed",
    "person.account_changed",
    "person.account_ended",
    "person.corrected",
)
_SHOWN_CHANGES: Final = 10
# an account or number changed shortly before the dossier came in matters as much
_DAYS_BEFORE: Final = dt.timedelta(days=30)


@dataclass(frozen=True, slots=True)
class PersonCase:
    """One case of the person with what it is owed; `doubles` names the case whose support it repeats."""

    case: Case
    amount: str
    entitlement_status: str
    decision: str
    doubles: str


@dataclass(frozen=True, slots=True)
class PersonChange:
    """A change of the applicant's entry in the register: what, before and after, by whom, when, why."""

    what: str
    details: tuple[str, ...]
    actor: str
    on: dt.date
    reason: str
    is_warning: bool


def register() -> None:
    """Called when the app is ready."""
    register_person_panel("cases", person_cases, ORDER)
    register_moments("cases", case_moments)
    register_case_counter(live_cases)


def person_cases(actor: Actor, person: Person) -> Panel | None:
    """Every case of the person that the actor may see, newest first; nothing before the first."""
    entries = [entry.pk for entry in entries_of(person, actor)]
    cases = list(
        Case.objects.visible_to(actor)
        .filter(person__in=entries)
        .select_related("programme", "case_list")
        .defer("facts")
        .order_by("-received_on", "-pk")[:SHOWN]
    )
    if not cases:
        return None
    live = _entitlements([case.pk for case in cases])
    lines = [_line(case, live.get(case.pk)) for case in cases]
    return Panel("support_programs/person_panel.html", {"cases": lines, "papers": _papers(actor, cases)})


def _papers(actor: Actor, cases: list[Case]) -> list[ListPaper]:
    """The papers about these cases that are kept or known by number: of lists that the actor may open, with their scans."""
    lists = {case.case_list.pk: case.case_list for case in cases if case.case_list}
    near = {pk: each for pk, each in lists.items() if each.area_code.startswith(actor.area_code)}
    found: list[ListPaper] = []
    for each in near.values():
        named = {"ref": each.reference}
        if each.posting_minutes_id:
            scan = reverse("support_programs:list_minutes", args=[each.reference])
            found.append(ListPaper(_("Biên bản niêm yết, danh sách %(ref)s") % named, "", None, url=scan))
        if each.letter_number:
            label = _("Tờ trình, danh sách %(ref)s") % named
            found.append(ListPaper(label, each.letter_number, each.letter_date))
        if each.decision_number:
            label = _("Quyết định phê duyệt, danh sách %(ref)s") % named
            found.append(ListPaper(label, each.decision_number, each.decision_date))
    for row in AgencyConfirmation.objects.filter(case_list__in=list(near)).order_by("pk"):
        reference = near[row.case_list_id].reference
        label = _("Xác nhận của cơ quan khác, danh sách %(ref)s") % {"ref": reference}
        scan = reverse("support_programs:list_confirmation", args=[reference, row.pk]) if row.scan_id else ""
        found.append(ListPaper(label, row.number, row.signed_on, url=scan))
    return found


def _entitlements(cases: list[int]) -> dict[int, Entitlement]:
    """The newest live entitlement of each case; of monthly ones the last month's."""
    rows = (
        Entitlement.objects.filter(case__in=cases)
        .exclude(status=EntitlementStatus.CANCELLED)
        .select_related("doubles")
        .defer("lines")
        .order_by("period", "pk")
    )
    return {row.case_id: row for row in rows}


def _line(case: Case, owed: Entitlement | None) -> PersonCase:
    if owed is None:
        amount = f"{format_dong(case.amount_proposed)} đ" if case.amount_proposed else ""
        return PersonCase(case, amount, "", "", "")
    amount = f"{format_dong(owed.amount)} đ" if owed.unit == VND else f"{owed.quantity} {owed.unit}"
    decision = case.case_list.decision_number if case.case_list else ""
    return PersonCase(case, amount, owed.status, decision, owed.doubles.reference if owed.doubles else "")


def live_cases(actor: Actor, entries: Collection[int]) -> Mapping[int, int]:
    """How many cases each of these people has that stand in the way of another; one query."""
    rows = Case.objects.visible_to(actor).filter(person__in=list(entries))
    counted = rows.exclude(status__in=CaseStatus.ended()).order_by().values_list("person")
    return dict(counted.annotate(cases=Count("pk")))


def case_moments(actor: Actor, entries: Collection[int]) -> Iterator[Moment]:
    """Cases taken in and ended, and decisions that approve their money."""
    cases = list(
        Case.objects.visible_to(actor)
        .filter(person__in=list(entries))
        .select_related("programme", "case_list")
        .defer("facts")
        .order_by("pk")[:SHOWN]
    )
    for case in cases:
        address = reverse("support_programs:case_page", args=[case.reference])
        named = {"ref": case.reference, "programme": case.programme.short_name}
        yield Moment(
            case.received_on,
            _("Nộp hồ sơ %(ref)s: %(programme)s") % named,
            url=address,
            icon="doc",
            order=case.pk,
        )
        if case.status in CaseStatus.ended():
            title = f"{_('Hồ sơ %(ref)s') % named}: {CaseStatus(case.status).label}"
            yield Moment(
                timezone.localdate(case.status_changed_at), title, url=address, icon="x", order=case.pk
            )
        decided = case.case_list
        if decided and decided.decision_date and case.status == CaseStatus.APPROVED:
            number = _("Quyết định %(number)s") % {"number": decided.decision_number}
            title = _("Được phê duyệt hỗ trợ %(programme)s, hồ sơ %(ref)s") % named
            yield Moment(decided.decision_date, title, (number,), url=address, icon="stamp", order=case.pk)


@dataclass(frozen=True, slots=True)
class Applicant:
    """The register's entry of a case's applicant: its page where it may be opened, and what was changed of it lately."""

    url: str = ""
    changes: tuple[PersonChange, ...] = ()


def applicant_of(case: Case, actor: Actor) -> Applicant:
    """The entry that the applicant counts as; of an ended case no changes, of an employer's claim nothing.

    The case comes with its person joined (`person__joined_to`); then it is one query.
    """
    if case.person_id is None:
        return Applicant()
    person = case.person
    root = person.joined_to or person if person else None
    is_near = root is not None and root.area_code.startswith(actor.area_code)
    url = reverse("beneficiaries:person_page", args=[root.reference]) if root and is_near else ""
    entries = [case.person_id, root.pk] if root else [case.person_id]
    return Applicant(url, () if case.status in CaseStatus.ended() else _recent_changes(case, entries))


def _recent_changes(case: Case, entries: Collection[int]) -> tuple[PersonChange, ...]:
    """What officers changed in the register, newest first, from 30 days before the dossier came in."""
    events = Event.objects.filter(
        object_type="beneficiaries.person",
        object_id__in=entries,
        action__in=CHANGES,
        business_date__gte=case.received_on - _DAYS_BEFORE,
    ).order_by("-pk")
    return tuple(
        PersonChange(
            what=title_of(event),
            details=changed_words(event.change),
            actor=event.actor_name,
            on=event.business_date,
            reason=event.reason,
            is_warning=event.action != "person.corrected",
        )
        for event in events[:_SHOWN_CHANGES]
    )
