"""The person page's card about duplicates: pairs that wait, entries that were joined, and the way to take them apart."""

from beneficiaries.models import DuplicateCandidate, Person
from beneficiaries.permissions import may_settle_pairs_in
from beneficiaries.queries.duplicates import waiting_of
from beneficiaries.queries.joining import counts_as, live_joins
from beneficiaries.queries.person_panels import Panel, register_person_panel
from core.workflow import Actor


def register() -> None:
    register_person_panel("duplicates", person_pairs, 10)


def person_pairs(actor: Actor, person: Person) -> Panel | None:
    """Pairs and joins of every entry of this human; what the actor may not open is counted only."""
    people = counts_as(person.pk)
    pairs = list(waiting_of(people))
    visible = DuplicateCandidate.objects.visible_to(actor).filter(pk__in=[pair.pk for pair in pairs])
    near = set(visible.values_list("pk", flat=True)) if pairs else set()
    joins = [join for join in live_joins(people) if join.joined.area_code.startswith(actor.area_code)]
    if not pairs and not joins:
        return None
    # what was joined last is taken apart first
    newest = joins[0].pk if joins else 0
    return Panel(
        "beneficiaries/duplicates/person_panel.html",
        {
            "pairs": [pair for pair in pairs if pair.pk in near],
            "elsewhere": sum(pair.pk not in near for pair in pairs),
            "is_blocking": any(pair.passed_by_id is None for pair in pairs),
            "joins": [
                (join, join.pk == newest and may_settle_pairs_in(actor, join.area_code)) for join in joins
            ],
        },
    )
