"""What an officer says of a pair is remembered with its reason; who answers, who lets pass and who may do neither."""

import pytest
from django.core.exceptions import PermissionDenied

from accounts.enums import Role
from beneficiaries.models import DuplicateCandidate, Person, PersonJoin
from beneficiaries.services.duplicates.answering import answer_pair, let_pass
from beneficiaries.services.joining import undo_join
from core.models import Event
from core.transitions import StaleRecord, TransitionRefused
from tests.factories import payments as make
from tests.factories.pairs import pair
from tests.factories.people import OUTSIDE_COMMUNE, OUTSIDE_DISTRICT, user

pytestmark = pytest.mark.django_db


def people(number: int = 2, **options: str) -> list[Person]:
    made = make.approved_list(number, **options)  # type: ignore[arg-type]
    return [Person.objects.get(pk=row.claimant_id) for row in made.entitlements]


@pytest.fixture
def made() -> DuplicateCandidate:
    return pair(*people())


def test_an_answer_keeps_who_why_and_when_and_is_told_in_the_log(made: DuplicateCandidate) -> None:
    officer = user(Role.DISTRICT_OFFICER, name="Nguyễn Thị Thẩm")
    done = answer_pair(
        candidate=made,
        answer="different",
        reason="Hai anh em, số 089078000412 và 089078000999",
        actor=officer,
    )
    assert (done.state, done.answered_by_id, done.answered_by_name, done.version) == (
        "different",
        officer.pk,
        "Nguyễn Thị Thẩm",
        2,
    )
    # what was typed into the reason is no place for numbers
    assert done.answer_reason == "Hai anh em, số ••• và •••"
    event = Event.objects.get(action="pair.answered")
    assert (event.object_ref, event.change) == (made.reference, {"answer": "Hai người khác nhau"})


def test_a_mistaken_answer_is_answered_anew(made: DuplicateCandidate) -> None:
    officer = user(Role.DISTRICT_OFFICER)
    done = answer_pair(candidate=made, answer="different", reason="Nhìn nhầm", actor=officer)
    again = answer_pair(candidate=done, answer="same", keep=made.second, reason="Một người", actor=officer)
    assert again.state == "same"
    join = PersonJoin.objects.get()
    assert (join.kept_id, join.joined_id, join.candidate_id) == (made.second_id, made.first_id, made.pk)
    with pytest.raises(TransitionRefused, match="hãy gỡ lần gộp trước"):
        answer_pair(candidate=again, answer="different", reason="x", actor=officer)
    undo_join(join=join, reason="Nhầm", actor=officer)
    again.refresh_from_db()
    assert answer_pair(candidate=again, answer="different", reason="x", actor=officer).state == "different"


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"answer": "different", "reason": "   "}, "Hãy ghi lý do"),
        ({"answer": "same", "reason": "x"}, "Hãy chọn giữ người nào"),
    ],
)
def test_what_is_missing_is_asked_for(
    made: DuplicateCandidate, options: dict[str, str], sentence: str
) -> None:
    with pytest.raises(TransitionRefused, match=sentence):
        answer_pair(candidate=made, actor=user(Role.DISTRICT_OFFICER), **options)


def test_somebody_of_no_pair_is_not_kept(made: DuplicateCandidate) -> None:
    (other,) = people(1)
    with pytest.raises(TransitionRefused, match="Hãy chọn giữ người nào"):
        answer_pair(candidate=made, answer="same", keep=other, reason="x", actor=user(Role.DISTRICT_OFFICER))


def test_a_page_that_was_opened_before_another_answered(made: DuplicateCandidate) -> None:
    early = DuplicateCandidate.objects.get()
    answer_pair(candidate=made, answer="verifying", reason="Chờ xã", actor=user(Role.DISTRICT_OFFICER))
    with pytest.raises(StaleRecord, match="Cặp này vừa được trả lời"):
        answer_pair(candidate=early, answer="different", reason="x", actor=user(Role.DISTRICT_OFFICER))
    assert DuplicateCandidate.objects.get().state == "verifying"


def test_other_desks_answer_nothing(made: DuplicateCandidate) -> None:
    wide = pair(*people(1), *people(1, area=OUTSIDE_COMMUNE))
    refused = [
        (made, user(role))
        for role in (Role.COMMUNE_OFFICER, Role.DISTRICT_HEAD, Role.ACCOUNTANT, Role.PROVINCIAL_APPROVER)
    ]
    refused += [
        (made, user(Role.DISTRICT_OFFICER, area=OUTSIDE_DISTRICT)),
        (wide, user(Role.DISTRICT_OFFICER)),
        (wide, user(Role.DISTRICT_OFFICER, area=OUTSIDE_DISTRICT)),
    ]
    for candidate, who in refused:
        with pytest.raises(PermissionDenied):
            answer_pair(candidate=candidate, answer="different", reason="x", actor=who)
    assert set(DuplicateCandidate.objects.values_list("state", flat=True)) == {"open"}
    reviewer = user(Role.PROVINCIAL_REVIEWER)
    for candidate in (made, wide):
        assert answer_pair(candidate=candidate, answer="different", reason="x", actor=reviewer)


class TestLettingPass:
    def test_by_another_role_and_another_person_with_a_reason(self, made: DuplicateCandidate) -> None:
        both = user(Role.DISTRICT_OFFICER, Role.DISTRICT_HEAD)
        asked = answer_pair(candidate=made, answer="verifying", reason="Chờ xã", actor=both)
        with pytest.raises(TransitionRefused, match="Bạn đã trả lời cặp này"):
            let_pass(candidate=asked, reason="Gấp", actor=both)
        for role in (Role.DISTRICT_OFFICER, Role.PROVINCIAL_REVIEWER, Role.COMMUNE_OFFICER, Role.ACCOUNTANT):
            with pytest.raises(PermissionDenied):
                let_pass(candidate=asked, reason="Gấp", actor=user(role))
        with pytest.raises(PermissionDenied):
            let_pass(candidate=asked, reason="Gấp", actor=user(Role.DISTRICT_HEAD, area=OUTSIDE_DISTRICT))
        with pytest.raises(TransitionRefused, match="Hãy ghi lý do"):
            let_pass(candidate=asked, reason=" ", actor=user(Role.DISTRICT_HEAD))
        head = user(Role.DISTRICT_HEAD, name="Lê Văn Lãnh")
        done = let_pass(candidate=asked, reason="Cần chi gấp", actor=head)
        assert (done.state, done.passed_by_id, done.passed_reason) == ("verifying", head.pk, "Cần chi gấp")
        assert Event.objects.filter(action="pair.passed", reason="Cần chi gấp").count() == 1
        with pytest.raises(TransitionRefused, match="đã được cho chi"):
            let_pass(candidate=done, reason="Gấp", actor=user(Role.PROVINCIAL_APPROVER))

    def test_not_by_who_answered_before_somebody_else_did(self, made: DuplicateCandidate) -> None:
        both = user(Role.DISTRICT_OFFICER, Role.DISTRICT_HEAD)
        asked = answer_pair(candidate=made, answer="different", reason="Hai anh em", actor=both)
        asked = answer_pair(
            candidate=asked, answer="verifying", reason="Xem lại", actor=user(Role.PROVINCIAL_REVIEWER)
        )
        with pytest.raises(TransitionRefused, match="Bạn đã trả lời cặp này"):
            let_pass(candidate=asked, reason="Gấp", actor=both)
        assert let_pass(candidate=asked, reason="Gấp", actor=user(Role.DISTRICT_HEAD)).passed_by_id

    def test_who_let_it_pass_does_not_answer_it(self, made: DuplicateCandidate) -> None:
        both = user(Role.DISTRICT_OFFICER, Role.DISTRICT_HEAD)
        done = let_pass(candidate=made, reason="Gấp", actor=both)
        with pytest.raises(TransitionRefused, match="người khác phải trả lời"):
            answer_pair(candidate=done, answer="different", reason="x", actor=both)
        assert answer_pair(candidate=done, answer="different", reason="x", actor=user(Role.DISTRICT_OFFICER))

    def test_what_is_answered_needs_no_pass(self, made: DuplicateCandidate) -> None:
        done = answer_pair(candidate=made, answer="different", reason="x", actor=user(Role.DISTRICT_OFFICER))
        with pytest.raises(TransitionRefused, match="không cần cho chi"):
            let_pass(candidate=done, reason="Gấp", actor=user(Role.DISTRICT_HEAD))
