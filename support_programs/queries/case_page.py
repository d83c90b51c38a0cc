"""One case as its page shows it: the judgement in sentences, calculation, history, namesakes, and where it stands in its list."""

import datetime as dt
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count, QuerySet, Subquery
from django.urls import reverse

from accounts.queries import area_name
from core.audit import registered_codes, sentence_of
from core.models import Event
from core.workflow import Actor
from support_programs.enums import CaseStatus
from support_programs.models import Case, Exclusion
from support_programs.queries.dossier import dossier_of
from support_programs.queries.facts import stored_facts
from support_programs.queries.programme_page import rules_address
from support_programs.queries.programmes import definition_of
from support_programs.rules.facts import CONFIRMED
from support_programs.rules.judging import calculate
from support_programs.rules.parts import Criterion

WARNINGS: Final = frozenset(
    {
        "case.refuse",
        "case.ask_supplement",
        "case.reconsider",
        "case.marked",
        "list.send_back",
        "list.return_to_district",
    }
)
SHOWN_EVENTS: Final = 50
SHOWN_NAMESAKES: Final = 5


@dataclass(frozen=True, slots=True)
class Check:
    """One criterion as the component prints it."""

    outcome: str
    statement: str
    facts: str
    remedy: str
    article: str
    verify: str


@dataclass(frozen=True, slots=True)
class Checks:
    """The newest determination, or what would be asked where there is none yet."""

    rows: tuple[Check, ...]
    judged_at: dt.datetime | None
    version: str
    rules_url: str
    unsure_count: int
    counts: dict[str, int]


@dataclass(frozen=True, slots=True)
class Namesake:
    """Another live case of the same name and year of birth: commune, state and programme; a link only where it may be opened."""

    area: str
    status: str
    programme: str
    url: str
    reference: str


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One event in words."""

    actor: str
    sentence: str
    reason: str
    at: dt.datetime
    is_warning: bool


def checks_of(case: Case) -> Checks:
    """What the rules said of the case, criterion by criterion."""
    found = dossier_of(case).newest
    version = found.version_used if found else case.version_used
    definition = definition_of(version.pk)
    said = {row["code"]: row for row in found.criteria} if found else {}
    rows = tuple(_check(criterion, said.get(criterion.code, {})) for criterion in definition.criteria)
    counts = {
        outcome: sum(row.outcome == outcome for row in rows)
        for outcome in ("met", "review", "not_met", "unknown")
    }
    return Checks(
        rows=rows,
        judged_at=found.created_at if found else None,
        version=f"{definition.short_name} {definition.code}",
        rules_url=rules_address(version),
        unsure_count=definition.unsure_count,
        counts=counts,
    )


def failings_of(case: Case) -> tuple[str, ...]:
    """What the rules found not met, each with its article: the reasons for which the case may be refused.

    They go to the applicant too, so who stated a fact is left out.
    """
    newest = dossier_of(case).newest
    if newest is None:
        return ()
    definition = definition_of(newest.version_used_id)
    origins = {fact.origin for fact in stored_facts(newest.facts).values()} - {""}
    ends = [end for origin in origins for end in (f" ({origin})", f"; {origin}")]
    found = []
    for row in newest.criteria:
        if row["outcome"] == "not_met":
            criterion = definition.criterion(row["code"])
            sentence = (row["sentence"] or criterion.statement).removesuffix(".")
            for end in ends:
                sentence = sentence.removesuffix(end)
            found.append(f"{sentence} ({criterion.article})")
    return tuple(found)


def taken_out_of(case: Case) -> Exclusion | None:
    """Why a refused, returned or withdrawn case left its list, by whom and when; None for every other case."""
    if case.status not in (CaseStatus.INELIGIBLE, CaseStatus.NEEDS_SUPPLEMENT, CaseStatus.WITHDRAWN):
        return None
    return Exclusion.objects.filter(case=case, case_status=case.status).order_by("-id").first()


def _check(criterion: Criterion, said: dict[str, Any]) -> Check:
    outcome = said.get("outcome", "unknown")
    return Check(
        outcome=outcome,
        statement=criterion.statement,
        facts=said.get("sentence", ""),
        remedy=criterion.remedy if outcome in ("not_met", "unknown") else "",
        article=criterion.article,
        verify=criterion.verify,
    )


@dataclass(frozen=True, slots=True)
class Sums:
    """The calculation: of the live entitlement, or what the rules would give."""

    lines: tuple[dict[str, Any], ...]
    total: int
    status: str
    decision_number: str
    unit: str = "VND"
    quantity: int = 0
    notes: tuple[str, ...] = ()


def sums_of(case: Case) -> Sums:
    """The live entitlement's calculation, else what the newest determination's facts would give."""
    live = dossier_of(case).owed
    if live is None:
        newest = dossier_of(case).newest
        version, facts = (
            (newest.version_used_id, stored_facts(newest.facts)) if newest else (case.version_used_id, {})
        )
        planned = calculate(definition_of(version), facts, newest.judged_on if newest else case.received_on)
        lines = tuple(
            {"label": label, "article": article, "amount": amount} for label, article, amount in planned.lines
        )
        return Sums(
            lines, planned.total, "", "", planned.unit, planned.quantity, (*planned.missing, *planned.notes)
        )
    number = live.decision.number if live.decision else ""
    return Sums(tuple(live.lines), live.amount, live.status, number, live.unit, live.quantity)


def namesakes_of(case: Case, actor: Actor) -> list[Namesake]:
    """Live cases of the programme with the same name and year of birth under another person, anywhere in the province.

    Those outside the actor's area show commune, state and programme only. Entries that were joined are one person.
    """
    others = (
        Case.objects.filter(
            name_key=case.name_key, birth_year=case.birth_year, programme_id=case.programme_id
        )
        .exclude(person__in=dossier_of(case).entries)
        .exclude(status__in=CaseStatus.ended())
        .select_related("programme")
        .order_by("pk")[:SHOWN_NAMESAKES]
    )
    return [
        Namesake(
            area=area_name(other.area_code),
            status=other.status,
            programme=other.programme.short_name,
            url=reverse("support_programs:case_page", args=[other.reference]) if is_near else "",
            reference=other.reference if is_near else "",
        )
        for other in others
        for is_near in [other.area_code.startswith(actor.area_code)]
    ]


def history_of(label: str, pk: int) -> list[HistoryLine]:
    """The events of a record, newest first; `label` is its model, e.g. support_programs.case."""
    known = registered_codes()
    events = Event.objects.filter(object_type=label, object_id=pk).order_by("-id")[:SHOWN_EVENTS]
    return [_line(event) for event in events if event.action in known]


def _line(event: Event) -> HistoryLine:
    words = sentence_of(event.action, "", event.object_ref, event.change).strip(" :")
    return HistoryLine(event.actor_name, words, event.reason, event.at, event.action in WARNINGS)


def neighbours_of(case: Case) -> dict[str, Any] | None:
    """Where the case stands in its list, with the ways to the rows before and after it; one query."""
    if case.case_list_id is None or case.position is None:
        return None
    rows = Case.objects.filter(case_list_id=case.case_list_id).order_by()
    before = rows.filter(position__lt=case.position).order_by("-position")
    after = rows.filter(position__gt=case.position).order_by("position")
    found = Case.objects.filter(pk=case.pk).values_list(
        _counted(rows.filter(position__lte=case.position)),
        _counted(rows),
        Subquery(before.values("reference")[:1]),
        Subquery(after.values("reference")[:1]),
    )
    position, total, previous, following = found.get()
    return {
        "position": position,
        "total": total,
        "previous_url": _page(previous),
        "next_url": _page(following),
    }


def _counted(rows: QuerySet[Case]) -> Subquery:
    return Subquery(rows.values("case_list").annotate(n=Count("pk")).values("n"))


def _page(reference: str | None) -> str:
    return reverse("support_programs:case_page", args=[reference]) if reference else ""


def next_to_appraise(case: Case, list_id: int | None) -> str:
    """The reference of the next row of the list that waits for appraisal; "" at its end."""
    rows = Case.objects.filter(case_list_id=list_id, status=CaseStatus.APPRAISING).exclude(pk=case.pk)
    later = rows.filter(position__gt=case.position or 0).order_by("position")
    found = later.first() or rows.order_by("position").first()
    return found.reference if found and list_id else ""


@dataclass(frozen=True, slots=True)
class Confirmable:
    """A criterion that may be stated for one case, and what is stated now: yes, no or nothing."""

    code: str
    sentence: str
    stated: str
    by: str


def confirmable_of(case: Case) -> list[Confirmable]:
    """What the commune may still state of this case."""
    rows = []
    for criterion in definition_of(case.version_used_id).confirmable:
        stored = case.facts.get(CONFIRMED + criterion.code)
        stated = "" if stored is None else "yes" if stored["value"] else "no"
        rows.append(
            Confirmable(criterion.code, criterion.confirm, stated, stored.get("by", "") if stored else "")
        )
    return rows
