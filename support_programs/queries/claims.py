"""What is known of one claim beside its judgement: answers with who gave them, papers, children, figures by month."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, Q
from django.utils.translation import gettext as _

from core import clock
from core.dates import format_date
from core.money import format_dong
from core.workflow import Actor
from support_programs.enums import CaseStatus, ChildIdentity, Relation
from support_programs.models import Case, CaseChild, EmployerMonth, ProgrammeVersion
from support_programs.permissions import intake_of
from support_programs.queries.programmes import definition_of
from support_programs.rules.definition import Definition
from support_programs.rules.facts import COMMUNE, LIST, OFFICER
from support_programs.rules.form import FormField


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of the form with its answer in words ("" while unknown), and who said so when."""

    code: str
    label: str
    value: str
    origin: str
    article: str
    is_required: bool
    verify: str
    confidence: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class ChildShown:
    """A child of a case; `is_counted` is False for one that another case has by now."""

    pk: int
    name: str
    birth_date: dt.date
    relation: str
    paper: str
    number_last3: str
    proof: str
    is_counted: bool


@dataclass(frozen=True, slots=True)
class Offered:
    """A programme whose dossiers this person takes in."""

    code: str
    name: str
    summary: str
    apply_by: dt.date | None
    list_form: str
    is_tracked_only: bool


def answers_of(case: Case, marks: Mapping[str, str] = MappingProxyType({})) -> list[Asked]:
    """Every question of the version that judges the case, in its order; children have rows of their own.

    `marks` says of a code why its answer must be put right.
    """
    fields = [field for field in definition_of(case.version_used_id).fields if field.type != "children"]
    return [_asked(field, case.facts.get(field.code), marks.get(field.code, "")) for field in fields]


def missing_answers(case: Case) -> list[str]:
    """Labels of the questions that must be answered before the dossier may go on."""
    return [row.label for row in answers_of(case) if row.is_required and not row.value]


def children_of(case: Case) -> list[ChildShown]:
    """The children that the case names, those taken out left out; numbers stay masked."""
    has_ended = case.status in CaseStatus.ended()
    rows = CaseChild.objects.filter(case=case, removed_on__isnull=True)
    return [
        ChildShown(
            pk=row.pk,
            name=row.full_name,
            birth_date=row.birth_date,
            relation=str(Relation(row.relation).label),
            paper=str(ChildIdentity(row.identity_kind).label),
            number_last3=row.number_last3,
            proof=row.proof,
            is_counted=row.is_live or has_ended,
        )
        for row in rows
    ]


def months_of(case: Case) -> list[EmployerMonth]:
    """The figures in force, oldest month first."""
    return list(EmployerMonth.objects.filter(case=case, is_current=True).select_related("replaces"))


def offered_programmes(actor: Actor) -> list[Offered]:
    """The programmes whose dossiers are taken in at this person's desk, by name."""
    level = {10: "commune", 5: "district", 2: "department"}.get(len(actor.area_code), "")
    if not level or not intake_of(actor.area_code)[0](actor):
        return []
    found = [_offered(rules) for rules in rules_of_today().values() if level in rules.receives]
    return sorted(found, key=lambda offer: (offer.is_tracked_only, offer.name))


def rules_of_today() -> Mapping[str, Definition]:
    """The version of each programme that today's dossiers go by, the next one where none is in force yet, by code. One query."""
    is_to_come = ExpressionWrapper(Q(valid_from__gt=clock.today()), output_field=BooleanField())
    rows = ProgrammeVersion.objects.filter(is_current=True).order_by(
        "programme_id", is_to_come, "-valid_from"
    )
    return {
        programme: definition_of(pk)
        for programme, pk in rows.distinct("programme_id").values_list("programme_id", "pk")
    }


def _offered(rules: Definition) -> Offered:
    return Offered(
        rules.programme,
        rules.short_name,
        rules.summary,
        rules.apply_by,
        rules.list_form,
        rules.is_tracked_only,
    )


def _asked(field: FormField, stored: Mapping[str, Any] | None, mark: str) -> Asked:
    return Asked(
        code=field.code,
        label=field.label,
        value="" if stored is None else shown_value(field, stored.get("value")),
        origin="" if stored is None else _origin(stored),
        article=field.article,
        is_required=field.is_required,
        verify=field.verify,
        confidence=field.confidence,
        mark=mark,
    )


def shown_value(field: FormField, value: Any) -> str:
    """A stored answer as people write it; what doesn't fit its field is shown as it stands."""
    if value is None:
        return ""
    if field.type == "flag" and isinstance(value, bool):
        return _("Có") if value else _("Không")
    if field.type == "choice":
        return dict(field.choices).get(str(value), str(value))
    if field.type == "money" and isinstance(value, int):
        return f"{format_dong(value)} đ"
    if field.type == "integer" and isinstance(value, int):
        return format_dong(value)
    if field.type == "date":
        day = typed_day(value)
        return format_date(day) if day else str(value)
    if field.type == "month" and isinstance(value, str) and len(value) == 7:
        return f"{value[5:]}/{value[:4]}"
    return str(value)


def typed_day(value: Any) -> dt.date | None:
    """The day of a stored fact."""
    if isinstance(value, dt.date):
        return value
    try:
        return dt.date.fromisoformat(str(value))
    except ValueError:
        return None


def _origin(stored: Mapping[str, Any]) -> str:
    source = stored.get("source", LIST)
    words = {COMMUNE: _("UBND cấp xã"), OFFICER: _("Cán bộ"), LIST: _("Theo danh sách")}
    day = typed_day(stored.get("on"))
    parts = [
        str(words.get(source, source)),
        stored.get("by", ""),
        format_date(day) if day else "",
    ]
    return ", ".join(part for part in parts if part)
