"""Lists of those who take dossiers in: made, filled, emptied of single rows."""

import datetime as dt
from typing import Final, NamedTuple

from django.db import transaction
from django.db.models import F, Max, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from accounts.enums import DISTRICT_DIGITS
from beneficiaries.models import Employer
from core import clock
from core.audit import record_event
from core.dates import format_date
from core.queries.references import next_reference
from core.transitions import ManyResult, Refusal, TransitionRefused, perform_many
from core.workflow import Actor
from support_programs.enums import ListStatus, Step
from support_programs.models import Case, CaseList, Exclusion, ProgrammeVersion
from support_programs.permissions import COMMUNE_DIGITS, DEPARTMENT_DIGITS, is_for_district
from support_programs.queries.programmes import definition_of
from support_programs.rules.definition import Definition
from support_programs.services.clocks import due_at_intake, first_step, open_step
from support_programs.services.holding import hold_lists
from support_programs.services.scope import check_area, check_intake
from support_programs.services.waiting import end_requests
from support_programs.workflow import CASE_WORKFLOW

KIND: Final = "employer_kind"  # the fact of that name
# digits of an area code -> the level as the catalogue's `receives` names it
LEVELS: Final = {COMMUNE_DIGITS: "commune", DISTRICT_DIGITS: "district", DEPARTMENT_DIGITS: "department"}


class Home(NamedTuple):
    """Which list a loose case belongs into."""

    area_code: str
    version_id: int
    stream: str
    employer_id: int | None


@transaction.atomic
def create_list(
    *,
    version: ProgrammeVersion,
    area_code: str,
    actor: Actor,
    stream: str = "",
    title: str = "",
    list_date: dt.date | None = None,
    list_import_id: int | None = None,
    employer: Employer | None = None,
) -> CaseList:
    """An empty list of a commune, a district or the department, in the first step of its chain from today.

    The dossier of an `employer` is a list of its own. Refused at a level that takes in no dossiers of the programme, and for a
    programme without a chain of steps, which is only tracked.
    """
    check_area(actor, area_code)
    definition = definition_of(version.pk)
    if definition.is_tracked_only or not definition.chain:
        raise TransitionRefused(_("Chính sách này không lập danh sách đề nghị."))
    if LEVELS[len(area_code)] not in definition.receives:
        raise TransitionRefused(_("Chính sách này không nhận hồ sơ ở cấp này. Hãy xem nơi nộp hồ sơ."))
    today = clock.today()
    case_list = CaseList(
        reference=next_reference("DS"),
        area_code=area_code,
        status=ListStatus.DRAFT,
        programme_id=version.programme_id,
        version_used=version,
        stream=stream,
        list_import_id=list_import_id,
        employer=employer,
        has_list_approval=is_for_district(
            area_code, has_district_step=definition.has_step(Step.DISTRICT_APPRAISAL)
        ),
        has_money_appraisal=definition.has_step(Step.MONEY_APPRAISAL),
        title=title or _title(employer, today),
        list_date=list_date or today,
        step_started_on=today,
        created_by_id=actor.pk,
    )
    case_list.current_step = first_step(case_list)
    case_list.due_on = due_at_intake(case_list, today)
    case_list.save()
    open_step(case_list)
    record_event("list.created", case_list, actor=actor)
    return case_list


def kind_told(definition: Definition, employer: Employer | None) -> str:
    """The kind of the employer as the form's question takes it: what the register says needs no second answer. "" for none."""
    field = next((field for field in definition.fields if field.code == KIND), None)
    known = employer.kind if employer is not None else ""
    return known if field is not None and known in dict(field.choices) else ""


def _title(employer: Employer | None, today: dt.date) -> str:
    if employer is None:
        return _("Danh sách đề nghị lập ngày %(day)s") % {"day": format_date(today)}
    words = {"employer": employer.name, "day": format_date(today)}
    return _("%(employer)s, danh sách đề nghị lập ngày %(day)s") % words


@transaction.atomic
def add_cases(case_list: CaseList, cases: QuerySet[Case], *, actor: Actor) -> ManyResult:
    """Put drafts and supplemented cases of the same area and programme into a draft list, after its last row.

    They take the clock of that list; what was asked of them counts as answered.
    """
    check_area(actor, case_list.area_code)
    check_intake(actor, case_list.area_code)
    locked = CaseList.objects.select_for_update(of=("self",)).get(pk=case_list.pk)
    if locked.status != ListStatus.DRAFT:
        raise TransitionRefused(_("Chỉ thêm hồ sơ được khi danh sách còn ở bước xã đang lập."))
    fitting = cases.filter(area_code=locked.area_code, programme_id=locked.programme_id)
    ids = list(fitting.values_list("pk", flat=True))
    result = perform_many(
        CASE_WORKFLOW,
        Case.objects.filter(pk__in=ids),
        "case.list",
        actor=actor,
        changes={"case_list_id": locked.pk, "due_on": locked.due_on, "mark_text": ""},
        event={"list": locked.reference},
    )
    refused = {row.pk for row in result.refused}
    words = _("Đã bổ sung, đưa vào danh sách %(list)s.") % {"list": locked.reference}
    end_requests([pk for pk in ids if pk not in refused], answer=words, actor=actor)
    number_rows(locked)
    return result


@transaction.atomic
def list_cases(cases: QuerySet[Case], *, actor: Actor) -> ManyResult:
    """Put loose and supplemented cases into their area's draft list of their programme and stream, or into a new one.

    A worker goes back into a list of the employer whose dossier the case came out of. Cases that are in a list already, or
    decided, stay as they are and are named.
    """
    out_of = Exclusion.objects.filter(case=OuterRef("pk")).order_by("-id").values("case_list__employer")[:1]
    placed = cases.order_by().annotate(out_of=Subquery(out_of))
    homes = [
        Home(*row)
        for row in placed.values_list("area_code", "version_used_id", "stream", "out_of").distinct()
    ]
    check_area(actor, *(home.area_code for home in homes))
    check_intake(actor, *(home.area_code for home in homes))
    done = 0
    refused: list[Refusal] = []
    for home in sorted(homes, key=lambda home: (*home[:3], home.employer_id or 0)):
        members = placed.filter(
            Q(out_of=home.employer_id) if home.employer_id else Q(out_of__isnull=True),
            area_code=home.area_code,
            version_used_id=home.version_id,
            stream=home.stream,
        )
        ids = list(members.values_list("pk", flat=True))
        result = add_cases(_draft_of(home, actor), Case.objects.filter(pk__in=ids), actor=actor)
        done += result.done
        refused += result.refused
    if not done:
        raise TransitionRefused(" ".join(row.reason for row in refused[:1]) or _("Bạn chưa chọn hồ sơ nào."))
    return ManyResult(done, tuple(refused))


def _draft_of(home: Home, actor: Actor) -> CaseList:
    drafts = CaseList.objects.filter(
        area_code=home.area_code,
        version_used_id=home.version_id,
        stream=home.stream,
        status=ListStatus.DRAFT,
    )
    if home.employer_id:
        drafts = drafts.filter(employer_id=home.employer_id)
    else:
        drafts = drafts.filter(employer__isnull=True)
    found = drafts.order_by("-pk").first()
    if found is not None:
        return found
    employer = Employer.objects.get(pk=home.employer_id) if home.employer_id else None
    words = {"day": format_date(clock.today())}
    return create_list(
        version=ProgrammeVersion.objects.get(pk=home.version_id),
        area_code=home.area_code,
        actor=actor,
        stream=home.stream,
        title="" if employer else _("Danh sách bổ sung lập ngày %(day)s") % words,
        employer=employer,
    )


@transaction.atomic
def remove_cases(cases: QuerySet[Case], *, actor: Actor, reason: str = "") -> ManyResult:
    """Take rows out of a list that is still drawn up; they stay as drafts."""
    areas = set(cases.order_by().values_list("area_code", flat=True).distinct())
    check_area(actor, *areas)
    check_intake(actor, *areas)
    hold_lists(cases)
    return perform_many(
        CASE_WORKFLOW,
        cases,
        "case.unlist",
        actor=actor,
        reason=reason,
        changes={"case_list_id": None, "position": None, "mark_text": "", "due_on": None},
    )


@transaction.atomic
def resolve_mark(case: Case, *, actor: Actor, note: str) -> None:
    """The commune says what it did about a row that the district sent back; refused without words."""
    check_area(actor, case.area_code)
    check_intake(actor, case.area_code)
    if not note.strip():
        raise TransitionRefused(_("Hãy ghi xã đã xử lý dòng này thế nào."))
    if Case.objects.filter(pk=case.pk, mark_text__gt="").update(mark_text="", version=F("version") + 1):
        record_event("case.mark_resolved", case, actor=actor, reason=note)


def number_rows(case_list: CaseList) -> None:
    """Rows without a place in the list get the next ones, by name."""
    rows = Case.objects.filter(case_list=case_list)
    last = rows.aggregate(last=Max("position"))["last"] or 0
    fresh = list(rows.filter(position__isnull=True).order_by("name_sort", "pk"))
    for offset, case in enumerate(fresh, start=1):
        case.position = last + offset
    Case.objects.bulk_update(fresh, ["position"])
