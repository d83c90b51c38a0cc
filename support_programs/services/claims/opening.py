"""One case by hand: a dossier taken in at a desk, with its applicant, its answers and children, judged at once."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from core import clock
from core.audit import record_event
from core.queries.calendar import working_calendar
from core.queries.references import next_reference
from core.workflow import Actor
from support_programs.enums import CaseStatus, ListStatus
from support_programs.models import Case, CaseList, ProgrammeVersion
from support_programs.permissions import commune
from support_programs.queries.programmes import definition_of
from support_programs.rules.children import MOST, ChildRead, is_blank
from support_programs.rules.definition import Definition
from support_programs.rules.facts import COMMUNE, OFFICER, Fact, fact_to_json
from support_programs.rules.form import FormField, impossible_days, read_answers
from support_programs.rules.judging import calculate, period_of
from support_programs.rules.occupations import group_of
from support_programs.services.children import check_child, keep_child, takes_children
from support_programs.services.claim_refusals import Problems
from support_programs.services.claims.claimants import (
    Claimant,
    check_first_claim,
    claimant_of,
    warn_of_namesakes,
)
from support_programs.services.claims.receiving import (
    check_deadline,
    check_received,
    check_receiving,
    received_day,
    version_received,
)
from support_programs.services.determinations import determine_cases
from support_programs.services.lists import KIND, create_list, kind_told, number_rows

_ONE_LIVE: Final = "one_live_case_per_programme_and_"


@dataclass(frozen=True, slots=True)
class _Dossier:
    """What was read of the form: day and version, facts, children."""

    typed_on: dt.date
    received: dt.date
    version: ProgrammeVersion
    definition: Definition
    values: Mapping[str, Any]
    applicant: Mapping[str, str]
    children: Sequence[ChildRead | None]
    stream: str

    @property
    def facts(self) -> dict[str, Fact]:
        return {code: Fact(value) for code, value in self.values.items()}

    @property
    def period(self) -> str:
        return period_of(self.definition, self.facts) or "once"


@transaction.atomic
def open_claim(
    *,
    programme: str,
    received_on: dt.date,
    answers: Mapping[str, Any],
    actor: Actor,
    applicant: Mapping[str, str] | None = None,
    employer: Mapping[str, str] | None = None,
    children: Sequence[Mapping[str, str]] = (),
    area_code: str = "",
    stream: str = "",
    is_after_hours: bool = False,
    keeps_warnings: bool = False,
    on_opened: Callable[[Case], None] | None = None,
) -> Case:
    """Take one dossier in and judge it; what the form doesn't say is unknown, and never refused.

    A draft of the actor's area; a worker's claim stands in the draft list of the employer. A dossier that came on a day off,
    or after hours, counts as received on the next working day; the typed day stays in the log. ClaimRefused by field: a day of
    receipt to come or without a rule in force, answers that can't be read, impossible days, what register_person,
    register_employer and add_child refuse, a live case of the same programme and period, warnings that nobody keeps (among
    them a receipt after the last day for handing in).
    PermissionDenied where the programme's dossiers are taken in by others. NoRuleInForce for an unknown programme.
    `on_opened` is called with the judged case in the same transaction: what it refuses takes everything back.
    """
    area_code = area_code or actor.area_code
    problems = Problems()
    received = received_day(received_on, is_after_hours=is_after_hours)
    version = version_received(programme, received, answers, problems)
    definition = definition_of(version.pk)
    check_receiving(actor, definition, area_code)
    check_received(received_on, problems)
    check_deadline(definition, received, problems)
    typed = applicant or {}
    dossier = _Dossier(
        typed_on=received_on,
        received=received,
        version=version,
        definition=definition,
        values=checked_answers(_answerable(definition), answers, problems),
        applicant=typed,
        children=_checked_children(definition, children, problems),
        stream=_checked_stream(definition, stream, typed.get("job", ""), problems),
    )
    warn_of_namesakes(typed, programme, problems)
    claimant = claimant_of(
        definition,
        applicant=typed,
        employer=employer or {},
        answers=dossier.values,
        received=received,
        area_code=area_code,
        actor=actor,
        keeps_warnings=keeps_warnings,
        problems=problems,
    )
    if claimant is not None:
        check_first_claim(claimant, programme, dossier.period, problems)
    if claimant is None or problems.stand(keeps_warnings=keeps_warnings):
        raise problems.refusal()
    case = _make(dossier, claimant, area_code, actor, problems)
    _keep_children(case, dossier, actor, problems)
    _log(case, dossier, actor, is_after_hours=is_after_hours)
    determine_cases(Case.objects.filter(pk=case.pk), actor=actor)
    case.refresh_from_db()
    if on_opened is not None:
        on_opened(case)
    return case


def checked_answers(
    fields: Sequence[FormField], answers: Mapping[str, Any], problems: Problems
) -> dict[str, Any]:
    """The typed facts of a form; what can't be read, can't be, or isn't asked goes to `problems`."""
    known = {field.code for field in fields}
    for code in answers:
        if code not in known:
            problems.add(f"answers.{code}"[:60], _("Mẫu của chính sách này không có mục đó."))
    values, unread = read_answers(fields, answers)
    for code, sentence in {**impossible_days(values, on=clock.today()), **unread}.items():
        problems.add(f"answers.{code}", sentence)
    return values


def stated_facts(values: Mapping[str, Any], actor: Actor) -> dict[str, dict[str, Any]]:
    """The stored form of facts that somebody states today."""
    source = COMMUNE if commune(actor) else OFFICER
    return {
        code: fact_to_json(Fact(value, source, actor.full_name, clock.today()))
        for code, value in values.items()
    }


def _answerable(definition: Definition) -> list[FormField]:
    """Children have rows of their own, with their papers."""
    return [field for field in definition.fields if field.type != "children"]


def _checked_children(
    definition: Definition, children: Sequence[Mapping[str, str]], problems: Problems
) -> list[ChildRead | None]:
    rows = [typed for typed in children if not is_blank(typed)]
    if rows and not takes_children(definition):
        problems.add("children", _("Chính sách này không có hỗ trợ thêm cho trẻ em."))
        return []
    if len(rows) > MOST:
        problems.add("children", _("Nhiều hơn %(most)s trẻ em. Hãy kiểm tra lại.") % {"most": MOST})
        return []
    return [
        None if is_blank(typed) else check_child(typed, problems, f"children.{number}.")
        for number, typed in enumerate(children, start=1)
    ]


def _checked_stream(definition: Definition, stream: str, job: str, problems: Problems) -> str:
    """The part of the programme with its own money: as chosen, else as the work says."""
    known = [known.code for known in definition.streams]
    if not stream and known:
        group = group_of(job, definition.occupation_groups)
        stream = next((each.stream for each in definition.occupation_groups if each.code == group), "")
        if not stream:
            problems.add(
                "stream", _("Chưa biết hồ sơ thuộc luồng nào theo công việc đã ghi. Hãy chọn luồng.")
            )
    elif stream and stream not in known:
        problems.add("stream", _("Chính sách không có luồng này. Hãy chọn lại."))
    return stream


def _make(dossier: _Dossier, claimant: Claimant, area_code: str, actor: Actor, problems: Problems) -> Case:
    definition = dossier.definition
    values = dict(dossier.values)
    if kind := kind_told(definition, claimant.of_list or claimant.employer):
        values.setdefault(KIND, kind)
    planned = calculate(definition, dossier.facts, clock.today())
    case = Case(
        reference=next_reference("HS"),
        area_code=area_code,
        status=CaseStatus.DRAFT,
        programme_id=definition.programme,
        version_used=dossier.version,
        stream=dossier.stream,
        person=claimant.person,
        employer=claimant.employer,
        period=dossier.period,
        received_on=dossier.received,
        due_on=_due_on(definition, dossier.received),
        facts=stated_facts(values, actor),
        amount_proposed=planned.total,
        unit=planned.unit,
        quantity=planned.quantity,
        entered_by_id=actor.pk,
        **claimant.snapshot(dossier.applicant),
    )
    if claimant.of_list is not None:
        home = _list_of_employer(dossier, claimant, area_code, actor)
        case.status, case.case_list, case.due_on = CaseStatus.LISTED, home, home.due_on
    try:
        with transaction.atomic():
            case.save(force_insert=True)
    except IntegrityError as error:
        if _ONE_LIVE not in str(error):
            raise
        # somebody else's claim came in between
        check_first_claim(claimant, definition.programme, dossier.period, problems)
        problems.refuse(keeps_warnings=True)
        raise
    if case.case_list is not None:
        number_rows(case.case_list)
    return case


def _keep_children(case: Case, dossier: _Dossier, actor: Actor, problems: Problems) -> None:
    for number, child in enumerate(dossier.children, start=1):
        if child is not None:
            keep_child(case, child, actor, problems, f"children.{number}.")
    problems.refuse(keeps_warnings=True)


def _due_on(definition: Definition, received: dt.date) -> dt.date | None:
    """The end of the first step's working days; none where no limit is laid down."""
    limit = definition.chain[0].limit if definition.chain else None
    return None if limit is None else working_calendar().add_working_days(received, limit)


def _list_of_employer(dossier: _Dossier, claimant: Claimant, area_code: str, actor: Actor) -> CaseList:
    """The employer's draft list of this version, or a new one: a worker's claim travels with the employer's dossier."""
    drafts = CaseList.objects.filter(
        employer=claimant.of_list, area_code=area_code, version_used=dossier.version, status=ListStatus.DRAFT
    )
    found = drafts.select_for_update(of=("self",)).order_by("-pk").first()
    if found is not None:
        return found
    return create_list(
        version=dossier.version,
        area_code=area_code,
        actor=actor,
        stream=dossier.stream,
        employer=claimant.of_list,
        list_date=dossier.received,
    )


def _log(case: Case, dossier: _Dossier, actor: Actor, *, is_after_hours: bool) -> None:
    change: dict[str, Any] = {"version": dossier.definition.code, "received_on": dossier.received}
    if dossier.typed_on != dossier.received:
        change |= {"typed_on": dossier.typed_on, "after_hours": is_after_hours}
    if case.case_list is not None:
        change["list"] = case.case_list.reference
    record_event("case.created", case, actor=actor, change=change)
