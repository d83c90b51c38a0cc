"""Facts that a list has no column for: confirmed by the commune, picked by an officer, never assumed."""

import datetime as dt
import json
from collections.abc import Collection, Mapping
from typing import Any, Final

from django.db import connection, transaction
from django.db.models import F, Func, JSONField, QuerySet, Value
from django.utils.translation import gettext as _

from core import clock
from core.audit import record_event, record_events
from core.transitions import TransitionRefused
from core.workflow import Actor
from support_programs.enums import CaseStatus, ListStatus
from support_programs.models import Case, CaseList, FactConfirmation
from support_programs.permissions import COMMUNE_DIGITS, commune, facts_desk_of
from support_programs.queries.programmes import definition_of
from support_programs.rules.facts import COMMUNE, CONFIRMED, OFFICER
from support_programs.services.determinations import DeterminationCounts, determine_cases
from support_programs.services.entry import OPEN, open_case, share_entry
from support_programs.services.scope import check_area, check_intake, check_role

_MERGE: Final = (
    "UPDATE support_programs_case SET facts = (facts - %s::text[]) || %s::jsonb WHERE id = ANY(%s)"
)


def _stored(value: Any, source: str, actor: Actor, on: dt.date) -> dict[str, Any]:
    return {"value": value, "source": source, "by": actor.full_name, "on": on.isoformat()}


@transaction.atomic
def confirm_facts(
    case_list: CaseList, *, codes: Collection[str], excepted: Mapping[str, Collection[int]], actor: Actor
) -> DeterminationCounts:
    """The desk that makes a list confirms criteria for every row of it, single rows (`excepted`: code -> case ids) left out.

    Kept with name and date, for the list and for each row; then the rows are judged. Refused once the list has gone up, without
    any tick, and for a criterion that the rules don't let that desk confirm.
    """
    check_area(actor, case_list.area_code)
    check_intake(actor, case_list.area_code)
    locked = CaseList.objects.select_for_update(of=("self",)).get(pk=case_list.pk)
    if locked.status not in ListStatus.at_commune():
        raise TransitionRefused(_("Danh sách đã trình lên nên không xác nhận thêm được."))
    known = {criterion.code for criterion in definition_of(locked.version_used_id).confirmable}
    if not codes or not set(codes) <= known:
        raise TransitionRefused(_("Hãy đánh dấu ít nhất một điều kiện để xác nhận."))
    today = clock.today()
    rows = Case.objects.filter(case_list=locked, status=CaseStatus.LISTED)
    ids = list(rows.order_by("pk").select_for_update(of=("self",)).values_list("pk", flat=True))
    left_out = {code: sorted(set(excepted.get(code, ())) & set(ids)) for code in codes}
    FactConfirmation.objects.bulk_create(
        FactConfirmation(
            area_code=locked.area_code,
            case_list=locked,
            fact=code,
            value=True,
            excepted_cases=left_out[code],
            confirmed_by_id=actor.pk,
            confirmed_by_name=actor.full_name,
            confirmed_on=today,
        )
        for code in sorted(codes)
    )
    _confirm_rows(ids, left_out, actor, today)
    record_event("list.facts_confirmed", locked, actor=actor, change={"facts": sorted(codes)})
    return determine_cases(rows, actor=actor)


def _confirm_rows(
    ids: Collection[int], left_out: Mapping[str, Collection[int]], actor: Actor, today: dt.date
) -> None:
    """Rows with the same exceptions are written together: one statement per distinct set of exceptions."""
    source = COMMUNE if commune(actor) else OFFICER
    groups: dict[frozenset[str], list[int]] = {}
    for pk in ids:
        out = frozenset(code for code, cases in left_out.items() if pk in cases)
        groups.setdefault(out, []).append(pk)
    with connection.cursor() as cursor:
        for out, members in groups.items():
            given = {
                CONFIRMED + code: _stored(True, source, actor, today) for code in left_out if code not in out
            }
            cursor.execute(
                _MERGE, [[CONFIRMED + code for code in out], json.dumps(given, ensure_ascii=False), members]
            )


@transaction.atomic
def set_case_facts(
    case: Case, *, values: Mapping[str, bool | None], actor: Actor, expected_version: int | None = None
) -> DeterminationCounts:
    """Say for one case of each confirmable criterion: right, wrong, or not known again (None); then judge it.

    Refused as `open_case`, StaleRecord included.
    At the district and the department the same role appraises what it takes in: there, who says so has entered the case.
    """
    locked = open_case(case, actor, expected_version)
    if len(locked.area_code) < COMMUNE_DIGITS:
        share_entry(locked, actor)
    known = {criterion.code for criterion in definition_of(locked.version_used_id).confirmable}
    if not set(values) <= known:
        raise TransitionRefused(_("Điều kiện này không do xã xác nhận."))
    today = clock.today()
    source = COMMUNE if commune(actor) else OFFICER
    given = {
        CONFIRMED + code: _stored(value, source, actor, today)
        for code, value in values.items()
        if value is not None
    }
    with connection.cursor() as cursor:
        cursor.execute(
            _MERGE,
            [
                [CONFIRMED + code for code in values],
                json.dumps(given, ensure_ascii=False),
                [locked.pk],
            ],
        )
    record_event("case.facts_set", locked, actor=actor, change={"facts": sorted(values)})
    return determine_cases(Case.objects.filter(pk=locked.pk), actor=actor)


@transaction.atomic
def set_occupation_group(cases: QuerySet[Case], *, group: str, actor: Actor) -> DeterminationCounts:
    """An officer says to which group the occupation of these cases belongs; then they are judged.

    Refused for a group that the rules don't know. Cases that are decided already are left alone.
    """
    fitting = cases.filter(status__in=OPEN)
    ids = list(fitting.order_by("pk").select_for_update(of=("self",)).values_list("pk", flat=True))
    rows = Case.objects.filter(pk__in=ids)
    areas = set(rows.values_list("area_code", flat=True))
    check_area(actor, *areas)
    for area_code in areas:
        check_role(actor, *facts_desk_of(area_code))
    for version_id in rows.values_list("version_used_id", flat=True).distinct():
        if group not in {known.code for known in definition_of(version_id).occupation_groups}:
            raise TransitionRefused(_("Nhóm công việc này không có trong chính sách."))
    source = COMMUNE if commune(actor) else OFFICER
    stored = Value({"occupation_group": _stored(group, source, actor, clock.today())}, JSONField())
    rows.update(facts=Func(F("facts"), stored, arg_joiner="||", template="%(expressions)s"))
    record_events("case.facts_set", rows, actor=actor, change={"facts": ["occupation_group"], "group": group})
    return determine_cases(rows, actor=actor)
