"""Taken up, handed on, answered: terms, who may not settle what is said of their own work, and what stays as it is."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction

from accounts.enums import Role
from accounts.models import User
from core.models import Event
from core.queries.references import next_reference
from core.tracking import code_hash
from core.transitions import StaleRecord, TransitionRefused
from support_programs.enums import GrievanceChannel as Channel
from support_programs.models import Grievance
from support_programs.queries.grievances import contact_of, followed_by_code, sender_of, visible_grievances
from support_programs.services import grievances as settle
from support_programs.services.grievances import file_grievance
from support_programs.services.grievances.settling import forwarding_areas
from tests.factories import cases as make
from tests.factories.people import COMMUNE, DISTRICT, OTHER_COMMUNE, OUTSIDE_DISTRICT, PROVINCE, user
from tests.support_programs.services.grievances.test_filing import SAID, report

pytestmark = pytest.mark.django_db

ANSWER = "Hồ sơ của ông đã được duyệt, tiền chi ngày 05/10/2021 tại UBND thị trấn."


@pytest.fixture
def officer() -> User:
    return user(Role.COMMUNE_OFFICER, name="Lê Thị Hoa")


def filed(**changes: object) -> Grievance:
    return file_grievance(report(**changes), channel=Channel.PUBLIC, actor=None).grievance


def test_taken_up_and_answered(officer: User) -> None:
    sent = file_grievance(report(kind="complaint"), channel=Channel.PUBLIC, actor=None)
    assert sent.grievance.due_on == dt.date(2021, 10, 7)
    accepted = settle.accept_grievance(sent.grievance, actor=officer)
    # thirty days from 27/09/2021
    assert (accepted.status, accepted.due_on, accepted.assigned_to_id) == (
        "accepted",
        dt.date(2021, 10, 27),
        officer.pk,
    )
    settle.answer_grievance(accepted, outcome="upheld", answer=ANSWER, actor=officer)
    found = followed_by_code(code_hash(sent.code))
    assert found is not None
    assert (found.status, found.outcome, found.answer) == ("answered", "Đúng", ANSWER)
    acts = Event.objects.filter(object_type="support_programs.grievance").order_by("id")
    assert [event.action for event in acts] == ["grievance.filed", "grievance.accept", "grievance.answer"]


def test_an_answer_says_enough_and_no_number(officer: User) -> None:
    accepted = settle.accept_grievance(filed(), actor=officer)
    for outcome, answer in (
        ("maybe", ANSWER),
        ("upheld", "Đã xem."),
        ("upheld", f"{ANSWER} CCCD 089178000123"),
    ):
        with pytest.raises(TransitionRefused):
            settle.answer_grievance(accepted, outcome=outcome, answer=answer, actor=officer)
    accepted.refresh_from_db()
    assert accepted.status == "accepted"


def test_not_taken_up_needs_a_reason(officer: User) -> None:
    made = filed()
    with pytest.raises(TransitionRefused, match="lý do"):
        settle.decline_grievance(made, reason=" ", actor=officer)
    declined = settle.decline_grievance(made, reason="Đã được giải quyết tại PA trước.", actor=officer)
    assert (declined.status, declined.due_on) == ("declined", None)


def test_who_appraised_the_case_does_not_settle_a_complaint_about_it() -> None:
    who = make.staff()
    case = make.verified_list(who).cases.get()
    complaint = filed(kind="complaint", topic="refused", case=case)
    assert complaint.area_code == DISTRICT
    with pytest.raises(TransitionRefused, match="Bạn đã nhập, thẩm định hoặc trình hồ sơ"):
        settle.accept_grievance(complaint, actor=who.officer)
    colleague = user(Role.DISTRICT_OFFICER)
    accepted = settle.accept_grievance(complaint, actor=colleague)
    with pytest.raises(TransitionRefused, match="Bạn đã nhập, thẩm định hoặc trình hồ sơ"):
        settle.answer_grievance(accepted, outcome="not_upheld", answer=ANSWER, actor=who.officer)
    # a mere report may be answered by whoever did the work
    settle.accept_grievance(filed(topic="refused", case=case), actor=who.officer)


def test_who_entered_or_sent_the_list_does_not_settle_a_complaint_about_it() -> None:
    who = make.staff()
    case_list = make.list_at_district(who)
    complaint = filed(kind="complaint", case_list=case_list)
    with pytest.raises(TransitionRefused, match="Bạn đã nhập"):
        settle.accept_grievance(complaint, actor=who.commune)
    assert settle.accept_grievance(complaint, actor=user(Role.COMMUNE_OFFICER)).status == "accepted"


def test_a_denunciation_is_the_departments_and_hides_who_sent_it() -> None:
    made = filed(kind="denunciation", topic="conduct")
    reviewer = user(Role.PROVINCIAL_REVIEWER)
    assert sender_of(made, reviewer) == "Trần Văn Hai"
    assert sender_of(made, user(Role.PROVINCIAL_APPROVER)) == "Giữ bí mật người tố cáo"
    assert not visible_grievances(user(Role.DISTRICT_OFFICER)).exists()
    assert forwarding_areas(made) == []
    with pytest.raises(TransitionRefused):
        settle.forward_grievance(made, to_area=DISTRICT, reason="Để huyện xem", actor=reviewer)
    assert settle.accept_grievance(made, actor=reviewer).due_on == dt.date(2021, 10, 27)


def test_the_letter_to_who_denounced_somebody_names_nobody() -> None:
    """It is read by more people than the desk that knows the sender."""
    reviewer = user(Role.PROVINCIAL_REVIEWER)
    hidden = settle.accept_grievance(filed(kind="denunciation", topic="conduct"), actor=reviewer)
    settle.answer_grievance(hidden, outcome="upheld", answer=ANSWER, actor=reviewer)
    hidden.refresh_from_db()
    assert "Trần Văn Hai" not in str(settle.draft_letter(hidden, actor=reviewer).content)
    named = settle.accept_grievance(filed(kind="complaint", area_code=PROVINCE), actor=reviewer)
    settle.answer_grievance(named, outcome="upheld", answer=ANSWER, actor=reviewer)
    named.refresh_from_db()
    assert settle.draft_letter(named, actor=reviewer).content["addressee"] == "Ông/bà Trần Văn Hai"


def test_the_contact_is_for_the_desk_that_owes_the_answer(officer: User) -> None:
    made = filed(phone="0912345678")
    district = user(Role.DISTRICT_OFFICER)
    assert contact_of(made, officer)["phone"] == "0912345678"
    assert contact_of(made, district) == {}
    moved = settle.forward_grievance(made, to_area=DISTRICT, reason="Thuộc thẩm quyền huyện", actor=officer)
    assert contact_of(moved, district)["phone"] == "0912345678"


def test_a_denunciation_outside_the_department_can_only_be_handed_up() -> None:
    """One that an earlier release left at the commune."""
    made = Grievance.objects.create(
        reference=next_reference("PA"),
        area_code=COMMUNE,
        filed_area_code=COMMUNE,
        status="received",
        kind="denunciation",
        topic="conduct",
        channel="letter",
        sender_name="Trần Văn Hai",
        text=SAID,
        received_on=dt.date(2021, 9, 27),
    )
    officer = user(Role.COMMUNE_OFFICER)
    with pytest.raises(TransitionRefused, match="Tố cáo do Sở"):
        settle.accept_grievance(made, actor=officer)
    assert [code for code, _office in forwarding_areas(made)] == [PROVINCE]


def test_handed_up_it_leaves_the_commune_and_its_term_begins_anew(officer: User) -> None:
    made = settle.accept_grievance(filed(), actor=officer)
    moved = settle.forward_grievance(made, to_area=DISTRICT, reason="Thuộc thẩm quyền huyện", actor=officer)
    assert (moved.status, moved.area_code, moved.assigned_to_id) == ("received", DISTRICT, None)
    assert moved.due_on == dt.date(2021, 10, 4)
    assert not visible_grievances(officer).exists()
    with pytest.raises(PermissionDenied):
        settle.accept_grievance(moved, actor=officer)
    back = settle.forward_grievance(
        moved, to_area=OTHER_COMMUNE, reason="Xã khác", actor=user(Role.DISTRICT_HEAD)
    )
    assert back.area_code == OTHER_COMMUNE


@pytest.mark.parametrize("target", [OUTSIDE_DISTRICT, OTHER_COMMUNE, COMMUNE, "", "79"])
def test_it_is_handed_to_an_office_above_or_below_only(officer: User, target: str) -> None:
    made = filed()
    with pytest.raises(TransitionRefused, match="cấp trên hoặc cấp dưới"):
        settle.forward_grievance(made, to_area=target, reason="Chuyển", actor=officer)
    made.refresh_from_db()
    assert made.area_code == COMMUNE


def test_of_two_who_take_it_up_the_second_hears_so(officer: User) -> None:
    made = filed()
    settle.accept_grievance(made, actor=officer, expected_version=made.version)
    with pytest.raises(StaleRecord):
        settle.accept_grievance(made, actor=user(Role.COMMUNE_OFFICER), expected_version=made.version)


def test_a_colleague_of_the_desk_gets_it(officer: User) -> None:
    made = filed()
    colleague = user(Role.COMMUNE_OFFICER)
    assert settle.assign_grievance(made, to=colleague, actor=officer).assigned_to_id == colleague.pk
    for outsider in (user(Role.COMMUNE_OFFICER, area=OTHER_COMMUNE), user(Role.AUDITOR, area=COMMUNE), None):
        with pytest.raises(TransitionRefused):
            settle.assign_grievance(made, to=outsider, actor=officer)
    closed = settle.withdraw_grievance(made, reason="Rút bằng đơn ngày 27/9", actor=officer)
    with pytest.raises(TransitionRefused, match="đã kết thúc"):
        settle.assign_grievance(closed, to=colleague, actor=officer)


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.LEADER, Role.ACCOUNTANT, Role.ADMINISTRATOR])
def test_other_roles_settle_nothing(role: Role) -> None:
    made = filed()
    actor = user(role, area=COMMUNE)
    for act in (
        lambda: settle.accept_grievance(made, actor=actor),
        lambda: settle.decline_grievance(made, reason="Không", actor=actor),
        lambda: settle.note_on_grievance(made, text="Xem", actor=actor),
        lambda: settle.assign_grievance(made, to=actor, actor=actor),
    ):
        with pytest.raises(PermissionDenied):
            act()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE support_programs_grievance SET text = 'khác đi'",
        "UPDATE support_programs_grievance SET kind = 'feedback'",
        "UPDATE support_programs_grievance SET sender_name = 'Người khác'",
        "UPDATE support_programs_grievance SET reference = 'PA-2021-00000000'",
        "UPDATE support_programs_grievance SET case_id = (SELECT max(id) FROM support_programs_case)",
        "UPDATE support_programs_grievance SET entered_by_id = 1",
        "UPDATE support_programs_grievance SET answer = 'trả lời khác'",
        "UPDATE support_programs_grievance SET outcome = 'not_upheld'",
        "UPDATE support_programs_grievance SET status = 'received'",
        "INSERT INTO support_programs_grievance SELECT * FROM support_programs_grievance",
        "UPDATE support_programs_grievance SET status = 'lost'",
    ],
)
def test_the_database_keeps_what_was_said_and_answered(officer: User, statement: str) -> None:
    accepted = settle.accept_grievance(filed(kind="complaint"), actor=officer)
    settle.answer_grievance(accepted, outcome="upheld", answer=ANSWER, actor=officer)
    make.draft_list(make.staff())
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_database_knows_no_answer_without_words(officer: User) -> None:
    accepted = settle.accept_grievance(filed(), actor=officer)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE support_programs_grievance SET status = 'answered' WHERE id = %s", [accepted.pk]
        )
