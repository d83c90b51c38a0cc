"""Rows of a committed import become cases in a list: one set-based statement with its events, made once per row."""

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.db import connection, transaction
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _

from beneficiaries.models import Employer, ListImport, Person
from core import clock
from core.transitions import TransitionRefused
from core.workflow import Actor
from support_programs.enums import CaseStatus, ListStatus
from support_programs.models import Case, CaseList, ProgrammeVersion
from support_programs.queries.programmes import NoRuleInForce, definition_of, version_for
from support_programs.rules.definition import Definition
from support_programs.rules.facts import LIST, Fact, fact_to_json
from support_programs.rules.judging import calculate, period_of
from support_programs.rules.papers import required_papers
from support_programs.services.determinations import determine_cases
from support_programs.services.lists import KIND, create_list, kind_told

# what is given once: a spell is told by its kind and first day (rules.judging.period_of)
PERIOD_SQL: Final = """
  CASE WHEN %(is_spell)s AND r."values"->'facts'->>'event_start' IS NOT NULL
       THEN coalesce(r."values"->'facts'->>'variant', 'D') || '-' || to_char(
         (r."values"->'facts'->>'event_start')::date, 'YYMMDD')
       ELSE %(period)s END
"""
_WAITING: Final = f"""
SELECT count(*), count(*) FILTER (WHERE NOT EXISTS (
         SELECT FROM support_programs_case c
         WHERE c.programme_id = %(programme)s AND c.person_id = r.person_id AND NOT c.status = ANY(%(ended)s)
           AND c.period = {PERIOD_SQL}))
FROM beneficiaries_importrow r
WHERE r.list_import_id = %(list_import)s AND r.state = 'committed' AND r.person_id IS NOT NULL
  AND NOT EXISTS (SELECT FROM support_programs_case c WHERE c.import_row_id = r.id)
  AND (%(committed_at)s::timestamptz IS NULL OR r.committed_at = %(committed_at)s)
"""
# the audit line of each case is written with it; numbers stay out of both
_MAKE: Final = f"""
WITH made AS (
  INSERT INTO support_programs_case
    (reference, area_code, status, status_changed_at, version, created_at, programme_id, version_used_id, stream, person_id,
     case_list_id, position, import_row_id, applicant_name, name_key, name_sort, birth_date, birth_year, sex, number_kind,
     number_last3, hamlet, phone, occupation, received_on, due_on, facts, result, outcomes, amount_proposed, unit, quantity,
     period, mark_text, entered_by_id, papers_missing, outside_number, outside_agency)
  SELECT next_reference('HS', %(year)s), r.area_code, %(status)s, now(), 1, now(), %(programme)s, %(version)s, %(stream)s,
         r.person_id, %(case_list)s, %(last)s + row_number() OVER (ORDER BY r.row_number), r.id, r.full_name, r.name_key,
         coalesce(r."values"->>'name_sort', ''), r.birth_date, r.birth_year, r.sex, r.number_kind, r.number_last3,
         coalesce(r."values"->>'address', ''), left(coalesce(r."values"->>'phone', ''), 20),
         left(coalesce(r."values"->>'job', ''), 150), %(today)s, %(due)s,
         %(known)s::jsonb || coalesce((SELECT jsonb_object_agg(fact.key,
                            jsonb_build_object('value', fact.value, 'source', 'list', 'on', %(today)s::date))
                     FROM jsonb_each(r."values"->'facts') AS fact), '{{}}'),
         'undetermined', '', %(amount)s, 'VND', 0, {PERIOD_SQL}, '', %(actor)s, %(missing)s, '', ''
  FROM beneficiaries_importrow r
  WHERE r.list_import_id = %(list_import)s AND r.state = 'committed' AND r.person_id IS NOT NULL
    AND NOT EXISTS (SELECT FROM support_programs_case c WHERE c.import_row_id = r.id)
    AND (%(committed_at)s::timestamptz IS NULL OR r.committed_at = %(committed_at)s)
  ORDER BY r.row_number
  ON CONFLICT DO NOTHING
  RETURNING id, reference, area_code, facts
), logged AS (
  INSERT INTO core_event
    (business_date, actor_id, actor_name, action, object_type, object_id, object_ref, area_code, reason, change)
  SELECT %(today)s, %(actor)s, %(actor_name)s, 'case.created', 'support_programs.case', id, reference, area_code, '',
         jsonb_build_object('list', %(list_reference)s::text) FROM made
)
SELECT count(*), coalesce(bool_or(facts <> '{{}}'), false) FROM made
"""

# a list may give the first day and the number of days (Mẫu 05)
_ENDS: Final = """
UPDATE support_programs_case
   SET facts = facts || jsonb_build_object('event_end', (facts -> 'event_days') || jsonb_build_object('value',
         (facts -> 'event_start' ->> 'value')::date + (facts -> 'event_days' ->> 'value')::int - 1))
 WHERE case_list_id = %s AND outcomes = '' AND facts ? 'event_start' AND facts ? 'event_days' AND NOT facts ? 'event_end'
"""


@transaction.atomic
def create_cases_from_rows(
    *,
    list_import: ListImport,
    actor: Actor,
    committed_at: dt.datetime | None = None,
    **_extra: object,
) -> dict[str, Any]:
    """Cases for the committed rows of an import, in a draft list of its commune; run again it makes nothing twice.

    Later rows of the same import join its list while that is still a draft, else a new list. Rows of people who have a live case
    of the programme already make none; they are counted in `skipped`, and a list is made only for new people. Refused when no
    version of the programme is in force.
    """
    today = clock.today()
    where = {
        "list_import": list_import.pk,
        "committed_at": committed_at,
        "programme": list_import.profile,
        "ended": [status.value for status in CaseStatus.ended()],
    }
    version = _version(list_import.profile, today)
    definition = definition_of(version.pk)
    where["is_spell"] = definition.period == "spell"
    where["period"] = period_of(definition, {}) or "once"
    with connection.cursor() as cursor:
        cursor.execute(_WAITING, where)
        waiting, fresh = cursor.fetchone()
    if not fresh:
        return {"cases": 0, "skipped": waiting}
    case_list = _list_of(list_import, version, actor)
    with connection.cursor() as cursor:
        cursor.execute(
            _MAKE,
            {
                **where,
                "year": today.year,
                "status": CaseStatus.LISTED.value,
                "programme": version.programme_id,
                "version": version.pk,
                "stream": list_import.stream,
                "case_list": case_list.pk,
                "list_reference": case_list.reference,
                "last": Case.objects.filter(case_list=case_list).count(),
                "today": today,
                "known": _known_of_all(definition, list_import.employer, today),
                "due": case_list.due_on,
                # what depends on a fact is counted when the row is judged
                "missing": len(required_papers(definition.evidence, {})),
                "amount": calculate(definition, {}, today).total,
                "actor": actor.pk,
                "actor_name": actor.full_name,
            },
        )
        made, has_facts = cursor.fetchone()
    if has_facts:
        _complete_spells(case_list)
        # what the list says of each person is judged at once; what it doesn't say is unknown
        told = Case.objects.filter(case_list=case_list, status=CaseStatus.LISTED, outcomes="")
        determine_cases(told.exclude(facts={}), actor=actor)
    return {
        "cases": made,
        "skipped": waiting - made,
        "list": case_list.reference,
        "url": reverse("support_programs:list_page", args=[case_list.reference]),
    }


def _known_of_all(definition: Definition, employer: Employer | None, today: dt.date) -> str:
    """Facts of every row that the list need not tell, as stored: the kind of its employer."""
    kind = kind_told(definition, employer)
    return json.dumps({KIND: fact_to_json(Fact(kind, LIST, on=today))} if kind else {})


def _complete_spells(case_list: CaseList) -> None:
    """Lists that give a first day and a number of days mean the last day too."""
    with connection.cursor() as cursor:
        cursor.execute(_ENDS, [case_list.pk])


def claimed(person_ids: Sequence[int], programme: str) -> Mapping[int, str]:
    """For which of these people the programme has a live case, and in which area; an entry that was joined is the same human."""
    live = Case.objects.filter(programme_id=programme).exclude(status__in=CaseStatus.ended())
    found = dict(live.filter(person_id__in=person_ids).values_list("person_id", "area_code"))
    is_joined = Q(pk__in=person_ids, joined_to__isnull=False) | Q(joined_to__in=person_ids)
    roots = set(Person.objects.filter(is_joined).values_list("joined_to_id", flat=True))
    if not roots:
        return found
    humans = Person.objects.filter(Q(pk__in=roots) | Q(joined_to__in=roots))
    root_of = dict(humans.values_list("pk", Coalesce("joined_to_id", "pk")))
    theirs = live.filter(person_id__in=root_of).order_by("-pk").values_list("person_id", "area_code")
    areas = {root_of[person]: area for person, area in theirs}
    return found | {pk: areas[root_of[pk]] for pk in person_ids if pk in root_of and root_of[pk] in areas}


def _version(programme: str, today: dt.date) -> ProgrammeVersion:
    try:
        return version_for(programme, today)
    except NoRuleInForce as error:
        raise TransitionRefused(_("Không có phiên bản chính sách nào có hiệu lực ngày này.")) from error


def _list_of(list_import: ListImport, version: ProgrammeVersion, actor: Actor) -> CaseList:
    open_lists = CaseList.objects.filter(list_import=list_import, status=ListStatus.DRAFT)
    found = open_lists.select_for_update(of=("self",)).order_by("-pk").first()
    if found is not None:
        return found
    return create_list(
        version=version,
        area_code=list_import.area_code,
        actor=actor,
        stream=list_import.stream,
        list_date=list_import.list_date,
        list_import_id=list_import.pk,
        employer=list_import.employer,
    )
