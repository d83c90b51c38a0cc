"""Money that one human was paid twice: on its list, on the case, on the accountant's worklist."""

import pytest
from django.test import Client

from accounts.enums import Role
from accounts.models import User
from beneficiaries.models import Person, PersonJoin
from beneficiaries.services.joining import join_people, undo_join
from disbursements.models import PaymentInstruction, Recovery
from disbursements.queries.worklist import payout_queues
from disbursements.services.results import Results, record_results
from tests.factories import payments as make
from tests.factories.people import OUTSIDE_DISTRICT, user

pytestmark = pytest.mark.django_db


@pytest.fixture
def paid_twice() -> tuple[make.ApprovedList, PersonJoin]:
    made = make.payable_list(2)
    batch = make.released_batch(made)
    lines = PaymentInstruction.objects.filter(batch=batch).values_list("reference", flat=True)
    record_results(actor=made.staff.accountant, batch=batch, results=Results(frozenset(lines)))
    first, second = (Person.objects.get(pk=row.claimant_id) for row in made.entitlements)
    join = join_people(kept=first, joined=second, reason="Một người", actor=user(Role.DISTRICT_OFFICER))
    return made, join


def page(actor: User, address: str) -> str:
    client = Client()
    client.force_login(actor, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_it_is_listed_with_both_cases_and_shown_on_the_one_that_doubles(
    paid_twice: tuple[make.ApprovedList, PersonJoin],
) -> None:
    made, _join = paid_twice
    kept, doubled = made.entitlements
    recovery = Recovery.objects.get()
    shown = page(made.staff.accountant, "/recoveries/")
    for words in (recovery.reference, kept.reference, doubled.reference, "1.500.000"):
        assert words in shown
    assert recovery.reference in page(made.staff.accountant, f"/cases/{doubled.reference}/")
    assert recovery.reference not in page(made.staff.accountant, f"/cases/{kept.reference}/")
    entry = next(entry for entry in payout_queues(made.staff.accountant) if entry.url == "/recoveries/")
    assert entry.count == 1


def test_another_district_does_not_see_it(paid_twice: tuple[make.ApprovedList, PersonJoin]) -> None:
    outsider = user(Role.ACCOUNTANT, area=OUTSIDE_DISTRICT)
    assert Recovery.objects.get().reference not in page(outsider, "/recoveries/")
    assert "/recoveries/" not in [entry.url for entry in payout_queues(outsider)]


def test_with_the_join_undone_it_is_no_longer_asked_for(
    paid_twice: tuple[make.ApprovedList, PersonJoin],
) -> None:
    made, join = paid_twice
    undo_join(join=join, reason="Là hai anh em", actor=user(Role.DISTRICT_OFFICER))
    reference = Recovery.objects.get().reference
    assert reference not in page(made.staff.accountant, "/recoveries/")
    ended = page(made.staff.accountant, "/recoveries/?state=cancelled")
    assert reference in ended
    assert "Gỡ gộp người: Là hai anh em" in ended
    assert page(made.staff.accountant, "/recoveries/?state=nonsense")
