"""Why somebody can't do something: every action of the table, seen by one person, in one statement."""

import pytest
from pytest_django import DjangoAssertNumQueries

from accounts.enums import Role
from core.transitions import explain
from disbursements.workflow import BATCH_WORKFLOW
from tests.factories.payments import bare_batch
from tests.factories.people import DISTRICT, user

pytestmark = pytest.mark.django_db


def test_says_of_each_action_whether_role_state_or_guard_stands_in_the_way(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    both = user(Role.ACCOUNTANT, Role.PROVINCIAL_APPROVER, area=DISTRICT)
    batch = bare_batch(both, is_prepared=True)
    assert both.has_role(Role.ACCOUNTANT)
    with django_assert_num_queries(1):
        told = {row.action: row for row in explain(BATCH_WORKFLOW, batch, both)}
    assert set(told) == {transition.action for transition in BATCH_WORKFLOW.transitions}
    assert told["batch.approve"].reasons == ("Bạn đã lập đợt chi này nên không được duyệt.",)
    assert told["batch.prepare"].reasons == ("Không làm được khi đang ở trạng thái «Chờ duyệt».",)
    assert told["batch.prepare"].remedies == ("Làm được khi: «Đang lập».",)


def test_an_action_of_another_desk_is_told_with_whose_it_is_and_no_guard() -> None:
    accountant = user(Role.ACCOUNTANT)
    batch = bare_batch(accountant, is_prepared=True)
    told = {row.action: row.reasons for row in explain(BATCH_WORKFLOW, batch, accountant)}
    assert told["batch.approve"] == (str(BATCH_WORKFLOW.transition("batch.approve").denied),)


def test_an_action_that_goes_with_something_else_says_so() -> None:
    accountant = user(Role.ACCOUNTANT)
    batch = bare_batch(accountant)
    told = explain(BATCH_WORKFLOW, batch, accountant, instead={"batch.prepare": "Đi cùng tệp chi."})
    assert {row.action: row.reasons for row in told}["batch.prepare"] == ("Đi cùng tệp chi.",)
