"""Who works on a case: taken up, handed over, let go, and dropped where the case changes desks."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.enums import Role
from accounts.models import User
from core import clock
from core.models import Event
from core.transitions import TransitionRefused
from support_programs.enums import CaseStatus
from support_programs.models import Case
from support_programs.queries.officers import assignment_of, colleagues_of
from support_programs.services import assignment, posting
from support_programs.services.appraisal import exclude_case
from tests.factories import cases as make
from tests.factories.people import OUTSIDE_DISTRICT, user

pytestmark = pytest.mark.django_db


@pytest.fixture
def who() -> make.Staff:
    return make.staff()


def officers_of(*, status: str = "") -> set[int | None]:
    rows = Case.objects.filter(status=status) if status else Case.objects.all()
    return set(rows.values_list("assigned_to_id", flat=True))


class TestClaiming:
    def test_an_officer_takes_the_cases_of_the_own_desk_up(self, who: make.Staff) -> None:
        make.list_at_district(who, rows=3)
        result = assignment.claim_cases(Case.objects.all(), actor=who.officer)
        assert (result.done, result.refused) == (3, ())
        assert officers_of() == {who.officer.pk}
        assert set(Case.objects.values_list("assigned_on", flat=True)) == {clock.today()}
        events = Event.objects.filter(action="case.taken_up")
        assert {event.change["officer"] for event in events} == {who.officer.full_name}
        assert events.count() == 3

    def test_taking_up_twice_changes_and_logs_nothing_more(self, who: make.Staff) -> None:
        make.list_at_district(who)
        assignment.claim_cases(Case.objects.all(), actor=who.officer)
        assert assignment.claim_cases(Case.objects.all(), actor=who.officer).done == 1
        assert Event.objects.filter(action="case.taken_up").count() == 1

    def test_a_colleagues_case_stays_theirs_and_the_sentence_names_them(self, who: make.Staff) -> None:
        make.list_at_district(who)
        other = user(Role.DISTRICT_OFFICER, name="Lê Tấn Đạt")
        assignment.claim_case(Case.objects.get(), actor=other)
        with pytest.raises(TransitionRefused, match="đang do Lê Tấn Đạt xử lý"):
            assignment.claim_case(Case.objects.get(), actor=who.officer)
        assert officers_of() == {other.pk}

    def test_no_desk_takes_up_what_lies_on_another(self, who: make.Staff) -> None:
        make.list_at_district(who)
        for person in (who.commune, who.head, who.reviewer, who.approver):
            result = assignment.claim_cases(Case.objects.all(), actor=person)
            assert (result.done, len(result.refused)) == (0, 1), person.role_codes
        assert officers_of() == {None}

    def test_a_form_that_is_open_elsewhere_is_not_stale_by_it(self, who: make.Staff) -> None:
        make.list_at_district(who)
        version = Case.objects.get().version
        assignment.claim_case(Case.objects.get(), actor=who.officer)
        assert Case.objects.get().version == version

    def test_another_area_and_readers_are_refused(self, who: make.Staff) -> None:
        make.list_at_district(who)
        for person in (user(Role.DISTRICT_OFFICER, area=OUTSIDE_DISTRICT), user(Role.AUDITOR)):
            with pytest.raises(PermissionDenied):
                assignment.claim_cases(Case.objects.all(), actor=person)

    def test_as_many_statements_for_one_row_as_for_five(self, who: make.Staff) -> None:
        counts = []
        assert who.officer.role_codes  # read once per request
        for rows in (1, 5):
            case_list = make.list_at_district(who, rows=rows)
            with CaptureQueriesContext(connection) as asked:
                assignment.claim_cases(Case.objects.filter(case_list=case_list), actor=who.officer)
            counts.append(len(asked))
        assert counts[0] == counts[1]


class TestHandingOver:
    def test_to_a_colleague_with_a_word(self, who: make.Staff) -> None:
        make.list_at_district(who)
        other = user(Role.DISTRICT_OFFICER)
        assignment.claim_case(Case.objects.get(), actor=who.officer)
        assignment.assign_case(Case.objects.get(), to=other, actor=who.officer, note="Tôi đi học")
        assert officers_of() == {other.pk}
        assert Event.objects.filter(action="case.assigned").latest("pk").reason == "Tôi đi học"

    def test_the_head_gives_out_the_work_of_the_officers(self, who: make.Staff) -> None:
        make.list_at_district(who, rows=2)
        assert assignment.assign_cases(Case.objects.all(), to=who.officer, actor=who.head).done == 2
        assert officers_of() == {who.officer.pk}

    @pytest.mark.parametrize("role", [Role.COMMUNE_OFFICER, Role.DISTRICT_HEAD, Role.PROVINCIAL_REVIEWER])
    def test_never_to_another_desk(self, who: make.Staff, role: Role) -> None:
        make.list_at_district(who)
        with pytest.raises(TransitionRefused, match="không ở bước xử lý của"):
            assignment.assign_case(Case.objects.get(), to=user(role), actor=who.officer)
        assert officers_of() == {None}

    def test_never_to_another_area_nor_to_a_closed_account(self, who: make.Staff) -> None:
        make.list_at_district(who)
        far = user(Role.DISTRICT_OFFICER, area=OUTSIDE_DISTRICT)
        gone = user(Role.DISTRICT_OFFICER)
        User.objects.filter(pk=gone.pk).update(is_active=False)
        for person in (far, User.objects.get(pk=gone.pk)):
            with pytest.raises(TransitionRefused):
                assignment.assign_case(Case.objects.get(), to=person, actor=who.officer)
        assert colleagues_of(who.officer) == [who.officer]


class TestLettingGo:
    def test_it_waits_again_for_somebody(self, who: make.Staff) -> None:
        make.list_at_district(who)
        assignment.claim_case(Case.objects.get(), actor=who.officer)
        assignment.release_case(Case.objects.get(), actor=who.officer, note="Bận")
        assert officers_of() == {None}
        assert Case.objects.get().assigned_on is None
        assert Event.objects.get(action="case.released").reason == "Bận"

    def test_when_the_list_goes_up_and_when_it_comes_back(self, who: make.Staff) -> None:
        case_list = make.confirmed_list(who, rows=2)
        assignment.claim_cases(Case.objects.all(), actor=who.commune)
        posting.post_list(case_list, place="UBND", posting_from=make.dt.date(2021, 9, 22), actor=who.commune)
        posting.close_posting(case_list, actor=who.commune)
        assert officers_of() == {who.commune.pk}
        posting.submit_list(case_list, letter_number="1", letter_date=clock.today(), actor=who.commune)
        assert officers_of() == {None}
        assignment.claim_cases(Case.objects.all(), actor=who.officer)
        posting.send_back_list(case_list, reason="Sai", marks={}, actor=who.officer)
        assert officers_of() == {None}
        assert case_list.reference in Event.objects.filter(action="case.released").latest("pk").reason

    def test_when_the_case_leaves_its_list(self, who: make.Staff) -> None:
        make.list_at_district(who)
        assignment.claim_cases(Case.objects.all(), actor=who.officer)
        exclude_case(Case.objects.get(), to=CaseStatus.NEEDS_SUPPLEMENT, reason="Thiếu", actor=who.officer)
        assert officers_of() == {None}


def test_the_page_of_a_case_knows_what_its_reader_may_do(who: make.Staff) -> None:
    make.list_at_district(who)
    case = Case.objects.get()
    told = {
        person.pk: (found.can_claim, found.can_hand_over)
        for person in (who.officer, who.head, who.commune)
        if (found := assignment_of(person, case))
    }
    assert told == {who.officer.pk: (True, True), who.head.pk: (False, True), who.commune.pk: (False, False)}
    assignment.claim_case(case, actor=who.officer)
    case.refresh_from_db()
    found = assignment_of(who.officer, case)
    assert (found.officer, found.is_mine, found.can_claim) == (who.officer.full_name, True, False)


def test_words_to_a_colleague_hold_no_identity_number(who: make.Staff) -> None:
    """They go into the log, which many read; a sum that is written like one is none."""
    make.list_at_district(who)
    for number in ("089085000111", "351 234 567"):
        with pytest.raises(TransitionRefused, match="Đừng ghi số CCCD"):
            assignment.assign_cases(
                Case.objects.all(), to=who.officer, actor=who.officer, note=f"Xem lại {number}"
            )
    given = assignment.assign_cases(
        Case.objects.all(), to=who.officer, actor=who.officer, note="Doanh thu 150.000.000 đồng"
    )
    assert (given.done, officers_of()) == (1, {who.officer.pk})
    with pytest.raises(TransitionRefused, match="Đừng ghi số CCCD"):
        assignment.release_cases(Case.objects.all(), actor=who.officer, note="089.085.000.111")
