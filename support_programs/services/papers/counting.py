"""How many papers a case misses stands on the case, so that worklists and guards can ask for it."""

from collections.abc import Sequence
from typing import Final

from django.db import connection, transaction

from support_programs.models import Case
from support_programs.queries.missing_papers import standing_of

# what a finding rests on isn't counted anew: its papers can't be taken out
_COUNT: Final = """
UPDATE support_programs_case c SET papers_missing = m.missing
FROM unnest(%s::bigint[], %s::int[]) AS m (id, missing)
WHERE c.id = m.id AND c.status NOT IN ('eligible', 'approved')
"""


@transaction.atomic
def recount_papers(case_ids: Sequence[int]) -> None:
    """Make the counts of these cases right by the papers that they have now, under their locks; the same few statements for
    any number. The version of a case stays: nothing that somebody typed has changed.
    """
    ids = list(
        Case.objects.filter(pk__in=case_ids)
        .order_by("pk")
        .select_for_update(of=("self",))
        .values_list("pk", flat=True)
    )
    found = {pk: len(row.missing) for pk, row in standing_of(ids).items() if len(row.missing) != row.counted}
    if found:
        with connection.cursor() as cursor:
            cursor.execute(_COUNT, [list(found), list(found.values())])
