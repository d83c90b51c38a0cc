"""Two who are found to be one, and both were owed rice: what is in a round waits; what went out twice is not asked back."""

import pytest

from accounts.enums import Role
from beneficiaries.models import Person
from beneficiaries.queries.joining import JoinRefused
from beneficiaries.services.joining import join_people
from disbursements.models import Recovery
from disbursements.services.goods_handouts import cancel_handout
from disbursements.services.goods_results import record_all_received_except
from support_programs.models import Entitlement
from tests.factories.goods import RiceList, prepared_handout, rice_list, started_handout, store
from tests.factories.people import user

pytestmark = pytest.mark.django_db


def pair_of(made: RiceList) -> tuple[Person, Person]:
    first, second = Person.objects.filter(pk__in=[row.claimant_id for row in made.entitlements]).order_by(
        "pk"
    )
    return first, second


def test_a_double_in_a_round_waits_for_its_end() -> None:
    made = rice_list(2)
    handout = prepared_handout(made, store(made.staff, kg=30))
    first, second = pair_of(made)
    officer = user(Role.DISTRICT_OFFICER)
    with pytest.raises(JoinRefused, match="đang ở một đợt cấp phát hiện vật"):
        join_people(kept=first, joined=second, reason="Một người", actor=officer)
    cancel_handout(actor=made.staff.accountant, handout=handout, reason="Có người trùng")
    join_people(kept=first, joined=second, reason="Một người", actor=officer)
    again = prepared_handout(made, handout.store)
    assert (again.line_count, again.total_quantity) == (1, 15), "one human gets one portion"


def test_rice_that_was_handed_out_twice_is_shown_and_no_money_asked_back() -> None:
    made = rice_list(2)
    handout = started_handout(made)
    record_all_received_except(actor=made.staff.accountant, handout=handout, exceptions={})
    first, second = pair_of(made)
    join_people(kept=first, joined=second, reason="Một người", actor=user(Role.DISTRICT_OFFICER))
    assert Entitlement.objects.filter(doubles__isnull=False, status="paid").count() == 1
    assert not Recovery.objects.exists()
