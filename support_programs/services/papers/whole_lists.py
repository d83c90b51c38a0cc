"""Papers confirmed for a whole list at once, single rows excepted."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

from django.db import connection, transaction
from django.db.models import Count
from django.utils.translation import gettext as _

from core import clock
from core.audit import record_event
from core.transitions import TransitionRefused
from core.workflow import Actor
from support_programs.enums import CaseStatus, ListStatus, Result
from support_programs.models import Case, CaseList
from support_programs.queries.missing_papers import facts_used
from support_programs.queries.programmes import definition_of
from support_programs.rules.parts import Evidence
from support_programs.services.determinations import DeterminationCounts
from support_programs.services.facts import confirm_facts
from support_programs.services.papers.counting import recount_papers
from support_programs.services.scope import check_area, check_intake

# code of what is confirmed -> cases for which it isn't
Ticks = Mapping[str, Collection[int]]

_RECEIVE: Final = """
INSERT INTO support_programs_casepaper (area_code, case_id, code, label, form, case_list_id, note, received_on,
  received_by_id, received_by_name, removed_by_name, removed_reason, created_at)
SELECT c.area_code, c.id, %s, %s, 'original', c.case_list_id, '', %s, %s, %s, '', '', now()
FROM support_programs_case c WHERE c.id = ANY(%s) ORDER BY c.id
ON CONFLICT DO NOTHING
"""
# what an earlier confirmation of the whole list said of a row that is excepted now
_TAKE_BACK: Final = """
UPDATE support_programs_casepaper
SET removed_on = %s, removed_by_id = %s, removed_by_name = %s, removed_reason = %s
WHERE case_id = ANY(%s) AND code = %s AND form = 'original' AND case_list_id = %s AND removed_on IS NULL
"""


@dataclass(frozen=True, slots=True)
class Confirmed:
    """How the rows of the list stand, whether they were judged for it, and how many still miss a paper."""

    counts: DeterminationCounts
    is_judged: bool
    missing: int


@transaction.atomic
def confirm_whole_list(case_list: CaseList, *, facts: Ticks, papers: Ticks, actor: Actor) -> Confirmed:
    """Facts, papers or both of every row, all or nothing; refused as `confirm_facts` and `confirm_list_papers`, and without
    any tick.
    """
    if not facts and not papers:
        raise TransitionRefused(_("Hãy đánh dấu ít nhất một điều kiện hoặc giấy tờ để xác nhận."))
    rows = Case.objects.filter(case_list=case_list, status=CaseStatus.LISTED)
    if facts:
        confirm_facts(case_list, codes=list(facts), excepted=facts, actor=actor)
    if papers:
        confirm_list_papers(case_list, codes=list(papers), excepted=papers, actor=actor)
    found: dict[str, int] = dict(rows.order_by().values_list("result").annotate(n=Count("pk")))
    counts = DeterminationCounts(*(found.get(result, 0) for result in Result))
    return Confirmed(counts, bool(facts), rows.filter(papers_missing__gt=0).count())


@transaction.atomic
def confirm_list_papers(case_list: CaseList, *, codes: Collection[str], excepted: Ticks, actor: Actor) -> int:
    """The desk that makes a list has these papers for every row of it that needs them, single rows excepted; gives how many rows
    still miss a paper.

    A row is asked by the facts it was judged by; one of which that isn't known doesn't get the paper. A row excepted now, of
    which the paper was confirmed with the list before, loses it. Refused once the list has gone up, without any tick, and for
    a paper that the programme doesn't ask for. Who confirms has entered every row.
    """
    check_area(actor, case_list.area_code)
    check_intake(actor, case_list.area_code)
    locked = CaseList.objects.select_for_update(of=("self",)).get(pk=case_list.pk)
    if locked.status not in ListStatus.at_commune():
        raise TransitionRefused(_("Danh sách đã trình lên nên không xác nhận thêm được."))
    known = {paper.code: paper for paper in definition_of(locked.version_used_id).evidence}
    if not codes or not set(codes) <= set(known):
        raise TransitionRefused(_("Hãy chọn giấy tờ mà chính sách yêu cầu."))
    rows = Case.objects.filter(case_list=locked, status=CaseStatus.LISTED)
    ids = list(rows.order_by("pk").select_for_update(of=("self",)).values_list("pk", flat=True))
    for code in sorted(codes):
        _receive(known[code], ids, set(excepted.get(code, ())), locked, actor)
    names = "; ".join(known[code].name for code in sorted(codes))
    record_event("list.papers_confirmed", locked, actor=actor, change={"papers": names})
    recount_papers(ids)
    return rows.filter(papers_missing__gt=0).count()


def _receive(
    paper: Evidence, ids: Collection[int], left_out: Collection[int], case_list: CaseList, actor: Actor
) -> None:
    """One paper for all rows that need it; two statements, and a third that looks up what a condition asks for."""
    needing: Collection[int] = ids
    if paper.when:
        used = facts_used(list(ids), [paper.when.field])
        needing = [pk for pk in ids if paper.when.applies(used.get(pk, {}))]
    today = clock.today()
    with connection.cursor() as cursor:
        cursor.execute(
            _RECEIVE,
            [
                paper.code,
                paper.name[:300],
                today,
                actor.pk,
                actor.full_name,
                [pk for pk in needing if pk not in left_out],
            ],
        )
        back = [pk for pk in ids if pk in left_out]
        if back:
            reason = _("Được trừ ra khi xác nhận giấy tờ của cả danh sách.")
            cursor.execute(
                _TAKE_BACK, [today, actor.pk, actor.full_name, reason, back, paper.code, case_list.pk]
            )
