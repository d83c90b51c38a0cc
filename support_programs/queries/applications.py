"""Applications from the public page: the desk's queue, what was typed, and what the sender follows."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from beneficiaries.models import IdentityDocument
from core import crypto
from core.references import parse_reference
from core.tracking import code_hash
from core.workflow import Actor
from support_programs.enums import ApplicationStatus, CaseStatus
from support_programs.models import Case, PublicApplication
from support_programs.permissions import intake, intake_of
from support_programs.queries.claims import rules_of_today
from support_programs.queries.queues import QueueRows
from support_programs.rules.definition import Definition
from support_programs.rules.form import FormField

# fields of the applicant, by the names that the desk's form gives them
APPLICANT: Final = ("full_name", "dob", "sex", "id_number", "phone", "address", "job")


@dataclass(frozen=True, slots=True)
class Typed:
    """What a citizen typed, as texts: the applicant by `APPLICANT`, the answers by the codes of the programme's form."""

    applicant: Mapping[str, str]
    answers: Mapping[str, str]
    commune: str
    birth_year: int | None = None
    note: str = ""

    def stored(self) -> dict[str, Any]:
        """As it is encrypted."""
        return {
            "applicant": dict(self.applicant),
            "answers": dict(self.answers),
            "commune": self.commune,
            "note": self.note,
        }


@dataclass(frozen=True, slots=True)
class Prefill:
    """What the desk's form starts with: names of its fields and their texts."""

    reference: str
    programme: str
    initial: Mapping[str, str] = field(default_factory=dict)


def typed_of(application: PublicApplication) -> Typed:
    """What was typed, opened."""
    stored = json.loads(crypto.decrypt("row", bytes(application.raw_encrypted)))
    return Typed(
        stored["applicant"],
        stored["answers"],
        stored["commune"],
        application.birth_year,
        stored.get("note", ""),
    )


def visible_applications(actor: Actor) -> QuerySet[PublicApplication]:
    """Those of this person's area, newest work first."""
    rows = PublicApplication.objects.visible_to(actor).select_related("programme", "case")
    return rows.order_by("sent_on", "pk")


def sits_at_desk(actor: Actor, area_code: str) -> bool:
    """Whether this person takes dossiers of this area in."""
    has_role, _denied = intake_of(area_code)
    return actor.is_active and has_role(actor) and area_code.startswith(actor.area_code)


def prefill_of(actor: Actor, reference: str) -> Prefill | None:
    """The desk's form filled with what was typed; None for an unknown application, another desk's, or one that was handled."""
    application = PublicApplication.objects.filter(reference=reference, status=ApplicationStatus.NEW).first()
    if (
        application is None
        or application.area_code != actor.area_code
        or not sits_at_desk(actor, actor.area_code)
    ):
        return None
    typed = typed_of(application)
    initial = {f"applicant-{name}": typed.applicant.get(name, "") for name in APPLICANT}
    initial |= {f"answers-{code}": value for code, value in typed.answers.items()}
    return Prefill(
        reference, application.programme_id, {name: text for name, text in initial.items() if text}
    )


@dataclass(frozen=True, slots=True)
class AnswerShown:
    """A question of the programme's form with what the citizen answered."""

    label: str
    value: str


def shown_answers(definition: Definition, typed: Mapping[str, str]) -> list[AnswerShown]:
    """What was answered, in the order of the form, in words."""
    return [AnswerShown(f.label, in_words(f, typed[f.code])) for f in definition.fields if typed.get(f.code)]


def in_words(field: FormField, typed: str) -> str:
    """A typed answer as people read it."""
    if field.type == "flag":
        return str({"true": _("Có"), "false": _("Không")}.get(typed, typed))
    return dict(field.choices).get(typed, typed) if field.type == "choice" else typed


def rules_for(programme: str) -> Definition | None:
    """The rules that today's applications of a programme go by; None for an unknown one."""
    return rules_of_today().get(programme)


def can_be_sent(definition: Definition) -> bool:
    """Whether a person may send in an application of this programme by themselves."""
    is_of_person = definition.beneficiary_kind in ("person", "household_business")
    return is_of_person and bool(definition.receives) and not definition.is_tracked_only


def sent_programmes() -> list[Definition]:
    """The rules of the programmes of which a person may send in an application, by name. One query."""
    return sorted(
        (rules for rules in rules_of_today().values() if can_be_sent(rules)),
        key=lambda rules: rules.short_name,
    )


def holders_of(number: str) -> list[int]:
    """People who are registered with this very number, old papers too."""
    index = crypto.blind_index("number", number)
    rows = IdentityDocument.objects.filter(number_index=index)
    return list(rows.values_list("person_id", flat=True).distinct())


def live_cases_of(actor: Actor, application: PublicApplication, person_ids: Iterable[int]) -> list[Case]:
    """Cases of these people that are visible here and still stand, of the same programme first."""
    rows = Case.objects.visible_to(actor).filter(person_id__in=list(person_ids)).select_related("programme")
    live = rows.exclude(status__in=CaseStatus.ended()).order_by("-pk")[:10]
    return sorted(live, key=lambda case: case.programme_id != application.programme_id)


def followed(reference: str, code: str) -> PublicApplication | None:
    """The application of a reference with its code; None when either is wrong."""
    parsed = parse_reference(reference)
    wanted = str(parsed) if parsed else ""
    rows = PublicApplication.objects.filter(tracking_hash=code_hash(code), reference=wanted)
    return rows.select_related("programme", "case", "case__programme", "case__case_list").first()


def queue_of_applications(actor: Actor) -> list[QueueRows]:
    """The counter of the desk that takes them in; none for others."""
    if not intake(actor) or not sits_at_desk(actor, actor.area_code):
        return []
    waiting = PublicApplication.objects.filter(area_code=actor.area_code, status=ApplicationStatus.NEW)
    url = reverse("support_programs:application_list")
    return [QueueRows(_("Đơn đăng ký trên mạng"), url, waiting, is_hot=True)]
