"""One person as the page shows them: every paper, every account, who else was joined to them, where they came from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from accounts.queries.staff import full_names
from beneficiaries.models import IdentityDocument, ListImport, PayoutAccount, Person
from core.models import Event
from core.text import mask_number, search_key
from core.workflow import Actor


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One identity paper, masked; `reason` says why it took the place of another, `of_entry` of which joined entry it is."""

    pk: int
    kind: str
    number: str
    issued_on: dt.date | None
    issued_by: str
    is_current: bool
    reason: str
    of_entry: str


@dataclass(frozen=True, slots=True)
class AccountLine:
    """One account over its days, masked; `is_other_holder` where the holder's name is not the person's."""

    pk: int
    bank: str
    number: str
    holder: str
    is_other_holder: bool
    valid_from: dt.date
    valid_to: dt.date | None
    reason: str
    recorded_by: str
    of_entry: str


@dataclass(frozen=True, slots=True)
class Origin:
    """How the person came into the register: by whom, when, and from which list; `file` is its name where it may be opened."""

    actor: str
    on: dt.date
    list_reference: str
    file: str = ""


def entries_of(person: Person, actor: Actor) -> list[Person]:
    """The person and every entry that was joined to them, as far as the actor may see them; the person first."""
    joined = Person.objects.visible_to(actor).filter(joined_to=person).order_by("pk")
    return [person, *joined]


def papers_of(entries: Sequence[Person]) -> list[PaperLine]:
    """All papers, the current one of the person first, then the newest."""
    rows = IdentityDocument.objects.filter(person__in=entries).order_by("-is_current", "-pk")
    names = _joined_references(entries)
    lines = [
        PaperLine(
            pk=row.pk,
            kind=row.get_kind_display(),
            number=mask_number(f"000{row.number_last3}"),
            issued_on=row.issued_on,
            issued_by=row.issued_by,
            is_current=row.is_current and row.person_id not in names,
            reason=row.change_reason,
            of_entry=names.get(row.person_id, ""),
        )
        for row in rows
    ]
    return sorted(lines, key=lambda line: (not line.is_current, bool(line.of_entry)))


def accounts_of(entries: Sequence[Person]) -> list[AccountLine]:
    """All accounts, the one that is paid into first, then the newest."""
    rows = list(PayoutAccount.objects.filter(person__in=entries).order_by("-pk"))
    names = _joined_references(entries)
    people = {entry.pk: entry for entry in entries}
    staff = full_names({row.recorded_by_id for row in rows if row.recorded_by_id})
    lines = [
        AccountLine(
            pk=row.pk,
            bank=row.bank_name,
            number=mask_number(f"000{row.account_last3}"),
            holder=row.holder_name,
            is_other_holder=search_key(row.holder_name) != search_key(people[row.person_id].full_name),
            valid_from=row.valid_from,
            valid_to=row.valid_to,
            reason=row.change_reason,
            recorded_by=staff.get(row.recorded_by_id or 0, ""),
            of_entry=names.get(row.person_id, ""),
        )
        for row in rows
    ]
    return sorted(lines, key=lambda line: (bool(line.of_entry), line.valid_to is not None))


def _joined_references(entries: Sequence[Person]) -> Mapping[int, str]:
    return {entry.pk: entry.reference for entry in entries[1:]}


def origins_of(entries: Collection[int], actor: Actor) -> list[Origin]:
    """When and how each of these entries was registered; the lists' files that the actor may open are named."""
    events = list(
        Event.objects.filter(
            object_type="beneficiaries.person", object_id__in=list(entries), action="person.registered"
        ).order_by("pk")
    )
    references = {str(event.change["list"]) for event in events if event.change.get("list")}
    lists = ListImport.objects.visible_to(actor).filter(reference__in=references)
    files = dict(lists.values_list("reference", "file__name")) if references else {}
    return [
        Origin(
            event.actor_name,
            event.business_date,
            str(event.change.get("list", "")),
            files.get(str(event.change.get("list", "")), ""),
        )
        for event in events
    ]
