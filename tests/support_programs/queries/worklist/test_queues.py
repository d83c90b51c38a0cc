"""The queues of the worklist: who has which, and that each holds what its name says."""

import datetime as dt

import pytest

from accounts.enums import Role
from accounts.models import User
from core import clock
from core.queries.calendar import working_calendar
from support_programs.enums import CaseStatus
from support_programs.models import Case, CaseList
from support_programs.queries.queues import CASES, QUEUES, queue_counts, queue_of, queues_of
from support_programs.services import assignment, posting
from support_programs.services.appraisal import exclude_case, mark_eligible
from tests.factories import cases as make
from tests.factories.people import OUTSIDE_DISTRICT, user

pytestmark = pytest.mark.django_db

MATRIX = {
    Role.COMMUNE_OFFICER: (
        "mine mine_late unassigned overdue due_today due_soon marked supplement loose "
        "sent_back drafts posting posted to_confirm late"
    ),
    Role.DISTRICT_OFFICER: (
        "mine mine_late unassigned to_appraise overdue due_today due_soon twice marked supplement loose_district "
        "district_drafts to_confirm at_district to_forward to_province late"
    ),
    Role.DISTRICT_HEAD: "to_approve to_forward to_province late",
    Role.PROVINCIAL_REVIEWER: (
        "mine mine_late unassigned appraise_department overdue due_today due_soon marked supplement_department "
        "loose_department tracked department_drafts confirm_department at_department to_conclude late"
    ),
    Role.PROVINCIAL_APPROVER: "to_decide late",
    Role.ACCOUNTANT: "decided",
    Role.AUDITOR: "late",
    Role.LEADER: "late",
    Role.ADMINISTRATOR: "",
}


@pytest.fixture
def who() -> make.Staff:
    return make.staff()


def counted(actor: User) -> dict[str, int]:
    return {code: n for code, n in queue_counts(actor, queues_of(actor)).items() if n}


@pytest.mark.parametrize("role", Role)
def test_each_role_has_its_queues_and_no_others(role: Role) -> None:
    assert [queue.code for queue in queues_of(user(role))] == MATRIX[role].split()


def test_every_queue_is_somebodys_and_has_a_name_of_its_own() -> None:
    assert {queue.code for queue in QUEUES} == {code for codes in MATRIX.values() for code in codes.split()}
    assert len({queue.code for queue in QUEUES}) == len(QUEUES)


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_what_is_counted_is_what_the_queue_opens(who: make.Staff, role: Role) -> None:
    make.list_at_district(who, rows=2)
    make.draft_list(who)
    actor = user(role)
    counts = queue_counts(actor, queues_of(actor))
    for queue in queues_of(actor):
        model = Case if queue.kind == CASES else CaseList
        assert counts[queue.code] == model.objects.visible_to(actor).filter(queue.condition(actor)).count()


def test_days_and_who_has_taken_what(who: make.Staff) -> None:
    make.list_at_district(who, rows=4)
    today = clock.today()
    days = [today - dt.timedelta(days=1), today, working_calendar().add_working_days(today, 1), None]
    for case, day in zip(Case.objects.order_by("pk"), days, strict=True):
        Case.objects.filter(pk=case.pk).update(due_on=day)
    late = Case.objects.get(due_on=days[0])
    assignment.claim_case(late, actor=who.officer)
    assert counted(who.officer) == {
        "mine": 1,
        "mine_late": 1,
        "unassigned": 3,
        "to_appraise": 4,
        "overdue": 1,
        "due_today": 1,
        "due_soon": 1,
        "at_district": 1,
    }
    colleague = user(Role.DISTRICT_OFFICER)
    assert "mine" not in counted(colleague)
    assert counted(colleague)["unassigned"] == 3
    assert counted(user(Role.DISTRICT_OFFICER, area=OUTSIDE_DISTRICT)) == {}
    # found eligible it waits with its list, not with its officer
    mark_eligible(Case.objects.get(pk=late.pk), actor=who.officer)
    assert not {"mine", "mine_late"} & set(counted(who.officer))


def test_rows_that_travel_with_their_list_are_nobodys_single_work_but_marked_ones_are(
    who: make.Staff,
) -> None:
    case_list = make.list_at_district(who, rows=3)
    wrong = Case.objects.get(position=2)
    posting.send_back_list(case_list, reason="Sai", marks={wrong.pk: "Sai năm sinh"}, actor=who.officer)
    assert counted(who.commune) == {"unassigned": 1, "marked": 1, "sent_back": 1}
    assert counted(who.officer) == {}


def test_what_the_citizen_must_complete_waits_with_those_who_took_it_in(who: make.Staff) -> None:
    make.list_at_district(who)
    exclude_case(Case.objects.get(), to=CaseStatus.NEEDS_SUPPLEMENT, reason="Thiếu", actor=who.officer)
    assert counted(who.commune)["supplement"] == counted(who.commune)["unassigned"] == 1
    assert counted(who.officer)["supplement"] == 1
    assert "unassigned" not in counted(who.officer)


def test_a_queue_of_another_role_cannot_be_named(who: make.Staff) -> None:
    assert queue_of(who.commune, "to_appraise") is None
    assert queue_of(who.officer, "to_appraise").label == "Cần thẩm định"
