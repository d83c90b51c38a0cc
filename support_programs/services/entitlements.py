"""What eligible cases are owed: proposed in one statement with a snapshot of the payee, cancelled when found otherwise."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import IntegrityError, connection, transaction
from django.db.models import Exists, OuterRef
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from beneficiaries.models import Person
from core import crypto
from core.audit import record_events
from core.transitions import TransitionRefused, perform_many
from core.workflow import Actor
from support_programs.enums import EntitlementStatus
from support_programs.models import Case, EligibilityDetermination, Entitlement
from support_programs.queries.facts import stored_facts
from support_programs.queries.programmes import definition_of
from support_programs.rules.definition import Definition
from support_programs.rules.judging import ONCE, Calculation, calculate, second_group
from support_programs.services.determinations import determine_cases
from support_programs.workflow import ENTITLEMENT_WORKFLOW

_PROPOSE: Final = """
INSERT INTO support_programs_entitlement
  (reference, area_code, status, status_changed_at, version, created_at, programme_id, case_id, case_list_id, claimant_id,
   employer_id, period, exclusive_group, second_group, amount, cap, unit, quantity, lines, version_hash, payee_name,
   payee_number_encrypted, payee_number_last3, entered_by_id, appraised_by_id, has_list_approval)
SELECT c.reference, c.area_code, 'proposed', now(), 1, now(), c.programme_id, c.id, c.case_list_id,
       COALESCE(p.joined_to_id, p.id), c.employer_id, c.period, COALESCE(v.definition ->> 'exclusive_group', ''),
       o.second_group, o.amount, o.cap, o.unit, o.quantity, o.lines::jsonb, v.content_hash,
       c.applicant_name, COALESCE(d.number_encrypted, o.number), COALESCE(d.number_last3, c.number_last3),
       c.entered_by_id, c.appraised_by_id, l.has_list_approval
FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[], %s::text[], %s::text[], %s::int[], %s::text[], %s::bytea[])
     AS o (case_id, amount, cap, lines, unit, quantity, second_group, number)
JOIN support_programs_case c ON c.id = o.case_id
JOIN support_programs_caselist l ON l.id = c.case_list_id
JOIN support_programs_programmeversion v ON v.id = c.version_used_id
LEFT JOIN beneficiaries_person p ON p.id = c.person_id
LEFT JOIN beneficiaries_identitydocument d ON d.person_id = p.id AND d.is_current
WHERE c.status = 'eligible' AND (d.id IS NOT NULL OR c.person_id IS NULL)
ORDER BY c.id
ON CONFLICT DO NOTHING
"""
# who is being joined to another meanwhile is waited for: the claimant is who they count as then
_HOLD: Final = """
WITH own AS (
  SELECT p.id, p.joined_to_id FROM support_programs_case c JOIN beneficiaries_person p ON p.id = c.person_id WHERE c.id = ANY(%s)
)
SELECT FROM beneficiaries_person WHERE id IN (SELECT id FROM own UNION SELECT joined_to_id FROM own) ORDER BY id FOR KEY SHARE
"""
_DAYS: Final = """
INSERT INTO support_programs_entitlementdays (area_code, entitlement_id, claimant_id, days, is_live)
SELECT e.area_code, e.id, e.claimant_id, daterange(o.first_day, o.last_day, '[]'), true
FROM unnest(%s::bigint[], %s::date[], %s::date[]) AS o (case_id, first_day, last_day)
JOIN support_programs_entitlement e ON e.case_id = o.case_id AND e.status = 'proposed'
"""


@dataclass(frozen=True, slots=True)
class _Owed:
    case_id: int
    sums: Calculation
    second_group: str
    number: bytes | None


def propose_entitlements(case_ids: Sequence[int], *, actor: Actor) -> int:
    """Entitlements of cases that were just found eligible, by the facts that were judged; gives how many.

    A person's second spell is judged again first: days and supplements that the first one was given aren't given twice. Refused
    as a whole when one of them can't have it: another live entitlement of the same person was made meanwhile, or its days were.
    """
    return sum(_propose(ids, actor) for ids in _one_spell_each(case_ids))


def _one_spell_each(case_ids: Sequence[int]) -> Iterable[list[int]]:
    """The cases in turns, so that no person has two spells in one of them."""
    spells = Case.objects.filter(pk__in=case_ids).exclude(period=ONCE).order_by("pk")
    roots = spells.annotate(root=Coalesce("person__joined_to_id", "person_id")).values_list("pk", "root")
    turns: dict[int, int] = {}
    before: Counter[int | None] = Counter()
    for pk, root in roots:
        turns[pk] = before[root]
        before[root] += 1
    for turn in range(max(turns.values(), default=0) + 1):
        yield [pk for pk in case_ids if turns.get(pk, 0) == turn]


def _judge_later_spells(case_ids: Sequence[int], actor: Actor) -> None:
    """Judge those anew whose person has a live entitlement of another spell by now; refused where no day is left.

    Their people are held until the transaction ends: two officers who grant two spells of one child at once would each see
    no other, and its supplement would be given twice.
    """
    root = Coalesce("person__joined_to_id", "person_id")
    spells = Case.objects.filter(pk__in=case_ids).exclude(period=ONCE)
    people = Person.objects.filter(pk__in=spells.annotate(root=root).values("root"))
    if not list(people.order_by("pk").select_for_update(of=("self",), no_key=True).values_list("pk")):
        return
    live = Entitlement.objects.exclude(status=EntitlementStatus.CANCELLED).exclude(case=OuterRef("pk"))
    others = live.filter(programme=OuterRef("programme"), claimant=OuterRef("root"))
    later = spells.annotate(root=root)
    ids = list(later.filter(Exists(others)).values_list("pk", flat=True))
    if not ids:
        return
    try:
        with transaction.atomic():
            determine_cases(Case.objects.filter(pk__in=ids), actor=actor)
    except IntegrityError as error:
        if "eligible_case_was_appraised" not in str(error):  # what was found eligible is so no longer
            raise
        raise TransitionRefused(
            _(
                "Các ngày của đợt này đã được hỗ trợ ở hồ sơ khác của người này. Hãy sửa ngày, hoặc kết luận không đủ điều kiện."
            )
        ) from error


def _propose(case_ids: Sequence[int], actor: Actor) -> int:
    if not case_ids:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(_HOLD, [list(case_ids)])
    _judge_later_spells(case_ids, actor)
    owed = list(_owed(case_ids))
    with connection.cursor() as cursor:
        cursor.execute(
            _PROPOSE,
            [
                [row.case_id for row in owed],
                [row.sums.total for row in owed],
                [row.sums.cap for row in owed],
                [_lines(row.sums) for row in owed],
                [row.sums.unit for row in owed],
                [row.sums.quantity for row in owed],
                [row.second_group for row in owed],
                [row.number for row in owed],
            ],
        )
        made: int = cursor.rowcount
    if made != len(case_ids):
        raise TransitionRefused(
            _("Có người trong số này vừa được ghi mức hưởng ở hồ sơ khác. Hãy mở lại trang để xem.")
        )
    _keep_days(owed)
    fresh = Entitlement.objects.filter(case_id__in=case_ids, status=EntitlementStatus.PROPOSED)
    record_events("entitlement.proposed", fresh, actor=actor)
    return made


def _owed(case_ids: Sequence[int]) -> Iterable[_Owed]:
    """The calculation of each case. Where everybody gets the same, no facts are read."""
    cases = Case.objects.filter(pk__in=case_ids).order_by("pk")
    rows = list(cases.values_list("pk", "version_used_id", "employer__tax_code", "person_id", "received_on"))
    plain = {version: _same_for_all(definition_of(version)) for version in {row[1] for row in rows}}
    newest = _newest_facts([pk for pk, version, *_rest in rows if plain[version] is None])
    for pk, version, tax_code, person_id, received_on in rows:
        number = None if person_id else crypto.encrypt("number", tax_code or "")
        if (same := plain[version]) is not None:
            yield _Owed(pk, *same, number)
            continue
        stored, judged_on = newest.get(pk, ({}, received_on))
        facts, definition = stored_facts(stored), definition_of(version)
        yield _Owed(pk, calculate(definition, facts, judged_on), second_group(definition, facts), number)


def _same_for_all(definition: Definition) -> tuple[Calculation, str] | None:
    """Sums and second group that don't depend on the case; None where they do."""
    if definition.fixed_amount is None or any(exclude.when for exclude in definition.excludes):
        return None
    return calculate(definition, {}, definition.valid_from), second_group(definition, {})


def _newest_facts(case_ids: Sequence[int]) -> Mapping[int, tuple[dict[str, Any], Any]]:
    kept = EligibilityDetermination.objects.filter(case_id__in=case_ids).order_by("case_id", "-id")
    rows = kept.distinct("case_id").values_list("case_id", "facts", "judged_on")
    return {case_id: (facts, judged_on) for case_id, facts, judged_on in rows}


def _lines(sums: Calculation) -> str:
    rows = [{"label": label, "article": article, "amount": amount} for label, article, amount in sums.lines]
    return json.dumps(rows, ensure_ascii=False)


def _keep_days(owed: Iterable[_Owed]) -> None:
    """The days that are paid, which the database keeps apart for each person."""
    spans = [(row.case_id, first, last) for row in owed for first, last in row.sums.days]
    if not spans:
        return
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_DAYS, [list(column) for column in zip(*spans, strict=True)])
    except IntegrityError as error:
        raise TransitionRefused(
            _(
                "Có ngày của người này vừa được tính hỗ trợ ở hồ sơ khác. Hãy kiểm tra lại điều kiện rồi làm lại."
            )
        ) from error


def cancel_entitlements(case_ids: Sequence[int], *, actor: Actor, reason: str) -> int:
    """Cancel the proposed entitlements of these cases, with the reason; gives how many."""
    proposed = Entitlement.objects.filter(case_id__in=case_ids, status=EntitlementStatus.PROPOSED)
    return perform_many(ENTITLEMENT_WORKFLOW, proposed, "entitlement.cancel", actor=actor, reason=reason).done
