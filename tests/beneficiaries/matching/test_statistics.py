"""What the planner believes of the register makes no list wait: statistics are old after a large import, whatever it is of."""

import pytest
from django.db import connection, connections, transaction

from beneficiaries.queries.matching import candidate_pairs, facts_of
from tests.beneficiaries.matching.labelled import make_labelled
from tests.beneficiaries.matching.registering import register_entries
from tests.factories.people import COMMUNE, OTHER_COMMUNE, OUTSIDE_COMMUNE

pytestmark = [pytest.mark.usefixtures("committed_db"), pytest.mark.scale]


def test_a_register_that_counts_as_empty_is_searched_by_its_indexes() -> None:
    """Pages without a living row, analysed: the planner expects nobody, and twelve thousand people come in."""
    communes = [COMMUNE, OTHER_COMMUNE, OUTSIDE_COMMUNE]
    labelled = make_labelled(seed=1, people=12_000, newcomers=1_000, communes=communes)
    with transaction.atomic():
        register_entries(labelled.register)
        transaction.set_rollback(True)
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "ANALYZE beneficiaries_person, beneficiaries_identitydocument, beneficiaries_payoutaccount"
        )
    with transaction.atomic():
        register_entries(labelled.register)
        ids = register_entries(labelled.newcomers)
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = '10s'")
        assert len(candidate_pairs(facts_of(ids).values())) > 200
        transaction.set_rollback(True)
