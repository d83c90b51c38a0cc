"""Lists of the commune: made, filled, emptied of single rows."""

import datetime as dt

from django.db import transaction
from django.db.models import F, Max, QuerySet
from django.utils.translation import gettext as _

from core import clock
from core.audit import record_event
from core.dates import format_date
from core.queries.references import next_reference
from core.transitions import ManyResult, Refusal, TransitionRefused, perform_many
from core.workflow import Actor
from support_programs.enums import ListStatus, Step
from support_programs.models import Case, CaseList, ProgrammeVersion
from support_programs.permissions import NOT_COMMUNE, commune
from support_programs.services.clocks import due_of, open_first_step
from support_programs.services.holding import hold_lists
from support_programs.services.scope import check_area, check_role
from support_programs.workflow import CASE_WORKFLOW


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
) -> CaseList:
    """An empty list of a commune, in the commune's review from today (3 working days, QĐ 1856)."""
    check_area(actor, area_code)
    today = clock.today()
    case_list = CaseList(
        reference=next_reference("DS"),
        area_code=area_code,
        status=ListStatus.DRAFT,
        programme_id=version.programme_id,
        version_used=version,
        stream=stream,
        list_import_id=list_import_id,
        title=title or _("Danh sách đề nghị lập ngày %(day)s") % {"day": format_date(today)},
        list_date=list_date or today,
        current_step=Step.COMMUNE_REVIEW,
        step_started_on=today,
        created_by_id=actor.pk,
    )
    case_list.due_on = due_of(case_list, Step.COMMUNE_REVIEW, today)
    case_list.save()
    open_first_step(case_list)
    record_event("list.created", case_list, actor=actor)
    return case_list


@transaction.atomic
def add_cases(case_list: CaseList, cases: QuerySet[Case], *, actor: Actor) -> ManyResult:
    """Put drafts and supplemented cases of the same commune and programme into a draft list, after its last row."""
    check_area(actor, case_list.area_code)
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
    _number_rows(locked)
    return result


@transaction.atomic
def list_cases(cases: QuerySet[Case], *, actor: Actor) -> ManyResult:
    """Put loose and supplemented cases into the commune's draft list of their programme and stream, or into a new one.

    Cases that are in a list already, or decided, stay as they are and are named.
    """
    groups = cases.order_by().values_list("area_code", "version_used_id", "stream").distinct()
    keys = sorted(groups)
    done = 0
    refused: list[Refusal] = []
    for area_code, version_id, stream in keys:
        case_list = _draft_of(area_code, version_id, stream, actor)
        members = cases.filter(area_code=area_code, version_used_id=version_id, stream=stream)
        result = add_cases(case_list, members, actor=actor)
        done += result.done
        refused += result.refused
    if not done:
        raise TransitionRefused(" ".join(row.reason for row in refused[:1]) or _("Bạn chưa chọn hồ sơ nào."))
    return ManyResult(done, tuple(refused))


def _draft_of(area_code: str, version_id: int, stream: str, actor: Actor) -> CaseList:
    drafts = CaseList.objects.filter(
        area_code=area_code, version_used_id=version_id, stream=stream, status=ListStatus.DRAFT
    )
    found = drafts.order_by("-pk").first()
    if found is not None:
        return found
    return create_list(
        version=ProgrammeVersion.objects.get(pk=version_id),
        area_code=area_code,
        actor=actor,
        stream=stream,
        title=_("Danh sách bổ sung lập ngày %(day)s") % {"day": format_date(clock.today())},
    )


@transaction.atomic
def remove_cases(cases: QuerySet[Case], *, actor: Actor, reason: str = "") -> ManyResult:
    """Take rows out of a list that the commune still works on; they stay as drafts."""
    check_area(actor, *cases.values_list("area_code", flat=True).distinct())
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
    check_role(actor, commune, NOT_COMMUNE)
    if not note.strip():
        raise TransitionRefused(_("Hãy ghi xã đã xử lý dòng này thế nào."))
    if Case.objects.filter(pk=case.pk, mark_text__gt="").update(mark_text="", version=F("version") + 1):
        record_event("case.mark_resolved", case, actor=actor, reason=note)


def _number_rows(case_list: CaseList) -> None:
    rows = Case.objects.filter(case_list=case_list)
    last = rows.aggregate(last=Max("position"))["last"] or 0
    fresh = list(rows.filter(position__isnull=True).order_by("name_sort", "pk"))
    for offset, case in enumerate(fresh, start=1):
        case.position = last + offset
    Case.objects.bulk_update(fresh, ["position"])
