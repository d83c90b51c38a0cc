"""What eligible cases are owed: proposed in one statement with a snapshot of the payee, cancelled when found otherwise."""

import json
from collections.abc import Sequence
from typing import Final

from django.db import connection
from django.utils.translation import gettext as _

from core.audit import record_events
from core.transitions import TransitionRefused, perform_many
from core.workflow import Actor
from support_programs.enums import EntitlementStatus
from support_programs.models import Case, Entitlement
from support_programs.queries.programmes import definition_of
from support_programs.rules.judging import calculate
from support_programs.workflow import ENTITLEMENT_WORKFLOW

_PROPOSE: Final = """
INSERT INTO support_programs_entitlement
  (reference, area_code, status, status_changed_at, version, created_at, programme_id, case_id, case_list_id, claimant_id, period,
   exclusive_group, amount, cap, lines, version_hash, payee_name, payee_number_encrypted, payee_number_last3, entered_by_id,
   appraised_by_id)
SELECT c.reference, c.area_code, 'proposed', now(), 1, now(), c.programme_id, c.id, c.case_list_id,
       COALESCE(p.joined_to_id, p.id), 'once', o.exclusive_group, o.amount, o.cap, o.lines::jsonb, v.content_hash,
       c.applicant_name, d.number_encrypted, d.number_last3, c.entered_by_id, c.appraised_by_id
FROM support_programs_case c
JOIN unnest(%s::bigint[], %s::bigint[], %s::bigint[], %s::text[], %s::text[])
     AS o (version_id, amount, cap, lines, exclusive_group) ON o.version_id = c.version_used_id
JOIN support_programs_programmeversion v ON v.id = c.version_used_id
JOIN beneficiaries_person p ON p.id = c.person_id
JOIN beneficiaries_identitydocument d ON d.person_id = p.id AND d.is_current
WHERE c.id = ANY(%s) AND c.status = 'eligible'
ORDER BY c.id
ON CONFLICT DO NOTHING
"""


def propose_entitlements(case_ids: Sequence[int], *, actor: Actor) -> int:
    """Entitlements of cases that were just found eligible, in one statement; gives how many.

    Refused as a whole when one of them can't have it: another live entitlement of the same person was made meanwhile.
    """
    if not case_ids:
        return 0
    versions = list(Case.objects.filter(pk__in=case_ids).values_list("version_used_id", flat=True).distinct())
    owed = [(pk, calculate(definition_of(pk)), definition_of(pk).exclusive_group) for pk in versions]
    lines = [
        json.dumps(
            [{"label": label, "article": article, "amount": amount} for label, article, amount in sums.lines],
            ensure_ascii=False,
        )
        for _pk, sums, _group in owed
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            _PROPOSE,
            [
                versions,
                [sums.total for _pk, sums, _group in owed],
                [sums.cap for _pk, sums, _group in owed],
                lines,
                [group for _pk, _sums, group in owed],
                list(case_ids),
            ],
        )
        made: int = cursor.rowcount
    if made != len(case_ids):
        raise TransitionRefused(
            _("Có người trong số này vừa được ghi mức hưởng ở hồ sơ khác. Hãy mở lại trang để xem.")
        )
    fresh = Entitlement.objects.filter(case_id__in=case_ids, status=EntitlementStatus.PROPOSED)
    record_events("entitlement.proposed", fresh, actor=actor)
    return made


def cancel_entitlements(case_ids: Sequence[int], *, actor: Actor, reason: str) -> int:
    """Cancel the proposed entitlements of these cases, with the reason; gives how many."""
    proposed = Entitlement.objects.filter(case_id__in=case_ids, status=EntitlementStatus.PROPOSED)
    return perform_many(ENTITLEMENT_WORKFLOW, proposed, "entitlement.cancel", actor=actor, reason=reason).done
