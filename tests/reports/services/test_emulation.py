"""The movement from registration to a decision: who may, what counts once, what stays."""

import datetime as dt
import io
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from openpyxl import load_workbook

from accounts.enums import Role
from core.models import Event
from core.transitions import TransitionRefused
from reports.models import AwardProposal, Movement, Score
from reports.queries.emulation import ranking_of
from reports.services.emulation import (
    CriterionText,
    Registration,
    close_movement,
    confirm_achievement,
    register_participant,
    save_criterion,
    start_movement,
    withdraw_participant,
)
from reports.services.emulation_awards import (
    ProposalText,
    SignedDecision,
    draft_proposal,
    record_decision,
    withdraw_proposal,
)
from reports.services.emulation_council import close_meeting, open_meeting, record_vote
from reports.services.emulation_reference import load_movement
from reports.services.emulation_scoring import close_round, compute_round, export_ranking, points_again
from tests.factories import emulation as make
from tests.factories.people import COMMUNE, DISTRICT, OUTSIDE_DISTRICT, PROVINCE, promoted, user

pytestmark = pytest.mark.django_db
SIGNED = SignedDecision("giay_khen_so", "88/QĐ-SLĐTBXH", dt.date(2021, 9, 26), "Giám đốc Sở")


@pytest.fixture
def staff() -> make.Staff:
    return make.Staff()


def refused_by_database(statement: str, words: str) -> None:
    with pytest.raises(IntegrityError, match=words), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_movement_is_loaded_once_with_criteria_that_say_they_are_proposed() -> None:
    load_movement()
    load_movement()
    found = Movement.objects.get()
    assert (found.number, found.dated, found.status) == ("523/KH-UBND", dt.date(2021, 8, 19), "preparing")
    assert found.verify
    criteria = list(found.criteria.all())
    assert [one.code for one in criteria] == [f"TC{number}" for number in range(1, 9)]
    assert all(one.is_own for one in criteria)
    assert sum(one.most_points for one in criteria if "district" in one.groups) == 100


def test_criteria_are_the_departments_until_scoring_begins(staff: make.Staff) -> None:
    found = make.movement()
    text = CriterionText(
        "TC2", "Chi trả đủ", Decimal(30), ["district"], "paid_share", zero_at=Decimal(0), full_at=Decimal(100)
    )
    one = found.criteria.get(code="TC2")
    with pytest.raises(PermissionDenied):
        save_criterion(found, text, actor=staff.district, criterion=one)
    changed = save_criterion(found, text, actor=staff.keeper, criterion=one)
    assert (changed.most_points, changed.is_own) == (30, False)
    same_ends = CriterionText("TC9", "x", Decimal(1), ["district"], "posted", None, Decimal(5), Decimal(5))
    with pytest.raises(TransitionRefused, match="hai đầu phải khác nhau"):
        save_criterion(found, same_ends, actor=staff.keeper)
    person = CriterionText("TC9", "x", Decimal(1), ["individual"], "posted", None, Decimal(0), Decimal(5))
    with pytest.raises(TransitionRefused, match="chỉ có cho huyện và xã"):
        save_criterion(found, person, actor=staff.keeper)
    with pytest.raises(PermissionDenied):
        start_movement(found, actor=staff.district)
    start_movement(found, actor=staff.keeper)
    with pytest.raises(TransitionRefused, match="không sửa được nữa"):
        save_criterion(found, text, actor=staff.keeper, criterion=one)
    refused_by_database("UPDATE reports_criterion SET most_points = 99", "criteria of a movement that runs")


def test_units_register_by_themselves_and_once(staff: make.Staff) -> None:
    found = make.movement()
    unit = make.unit(found, staff)
    assert (unit.name, unit.area_code) == ("Huyện Phú Tân", DISTRICT)
    with pytest.raises(TransitionRefused, match="đã đăng ký phong trào này"):
        make.unit(found, staff)
    with pytest.raises(PermissionDenied):
        register_participant(
            found, Registration("district", OUTSIDE_DISTRICT, make.DAY), actor=staff.district
        )
    with pytest.raises(TransitionRefused, match="không thuộc nhóm"):
        register_participant(found, Registration("district", COMMUNE, make.DAY), actor=staff.district)
    with pytest.raises(PermissionDenied):
        register_participant(found, Registration("district", DISTRICT, make.DAY), actor=user(Role.AUDITOR))
    withdraw_participant(unit, reason="Sáp nhập", actor=staff.district)
    assert make.unit(found, staff).pk != unit.pk


def test_an_achievement_counts_once_another_person_confirmed_it(staff: make.Staff) -> None:
    found = make.running(staff)
    unit = make.unit(found, staff)
    one = make.achievement(unit, staff)
    make.computed(found, staff)
    assert Score.objects.get(participant=unit, criterion__code="TC7").points == 0
    with pytest.raises(PermissionDenied):
        confirm_achievement(one, points=Decimal(8), actor=staff.district)
    with pytest.raises(TransitionRefused, match="từ 0 đến"):
        confirm_achievement(one, points=Decimal(11), actor=staff.keeper)
    done = confirm_achievement(one, points=Decimal("7.5"), actor=staff.keeper)
    assert (done.status, done.points) == ("confirmed", Decimal("7.5"))
    score = Score.objects.get(
        scoring_round=make.computed(found, staff), participant=unit, criterion__code="TC7"
    )
    assert score.points == Decimal("7.50")
    assert score.how == [{"reference": one.reference, "title": one.title, "points": "7.50"}]
    refused_by_database(f"UPDATE reports_achievement SET points = 9 WHERE id = {one.pk}", "stays")


def test_who_entered_an_achievement_does_not_confirm_it(staff: make.Staff) -> None:
    found = make.running(staff)
    said = Registration("office", "89", make.DAY, name="Phòng Bảo trợ xã hội")
    office = register_participant(found, said, actor=staff.keeper)
    staff.district = staff.keeper
    one = make.achievement(office, staff)
    with pytest.raises(TransitionRefused, match="Bạn đã ghi thành tích này"):
        confirm_achievement(one, points=Decimal(8), actor=staff.keeper)
    assert confirm_achievement(one, points=Decimal(8), actor=staff.other).status == "confirmed"
    refused_by_database(
        f"UPDATE reports_achievement SET decided_by_id = entered_by_id WHERE id = {one.pk}", "stays|another"
    )


def test_a_round_is_computed_again_until_it_is_closed_and_then_stays(staff: make.Staff) -> None:
    found = make.running(staff)
    unit, other = make.unit(found, staff), make.unit(found, staff, OUTSIDE_DISTRICT)
    opened = make.computed(found, staff)
    make.confirmed(unit, staff, "8")
    again = compute_round(opened, actor=staff.keeper)
    assert again.run == 2
    group = ranking_of(again, staff.keeper)[0]
    # nothing is recorded: what did not arise gives full points for lateness and complaints, none elsewhere
    assert [(row.place, row.participant, row.points) for row in group.rows] == [
        (1, unit, Decimal("28.00")),
        (2, other, Decimal("20.00")),
    ]
    assert all(points_again(score) == score.points for score in Score.objects.all())
    with pytest.raises(PermissionDenied):
        close_round(again, actor=staff.decider)
    closed = close_round(again, actor=staff.keeper)
    with pytest.raises(TransitionRefused, match="đã khóa"):
        compute_round(closed, actor=staff.keeper)
    refused_by_database("UPDATE reports_score SET points = 0", "points stay")
    refused_by_database("UPDATE reports_scoringround SET run = 1", "a closed round stays")
    columns = "scoring_round_id, run, participant_id, criterion_id, source, figure, most_points, full_when_empty, how, points"
    values = columns.replace(" run,", " 9,")
    refused_by_database(
        f"INSERT INTO reports_score ({columns}) SELECT {values} FROM reports_score LIMIT 1", "closed round"
    )


def test_ties_share_a_place(staff: make.Staff) -> None:
    found = make.running(staff)
    make.unit(found, staff), make.unit(found, staff, OUTSIDE_DISTRICT)
    rows = ranking_of(make.computed(found, staff), staff.keeper)[0].rows
    assert [(row.place, row.is_tied) for row in rows] == [(1, True), (1, True)]


def test_persons_are_seen_in_their_area_alone_units_by_everybody(staff: make.Staff) -> None:
    found = make.running(staff)
    make.unit(found, staff), make.unit(found, staff, OUTSIDE_DISTRICT), make.person(found, staff)
    done = make.computed(found, staff)
    assert [group.code for group in ranking_of(done, staff.district)] == ["district", "individual"]
    seen = ranking_of(done, staff.outsider)
    assert [group.code for group in seen] == ["district"]
    assert sorted((row.participant.name, row.opens) for row in seen[0].rows) == [
        ("Huyện Châu Phú", True),
        ("Huyện Phú Tân", False),
    ]


def test_the_same_achievement_is_commended_once(staff: make.Staff) -> None:
    found = make.running(staff)
    who = make.person(found, staff)
    first = make.submitted(who, staff)
    said = ProposalText("bang_khen_ubnd", "usual", "Như trên", first.achievement)
    with pytest.raises(TransitionRefused, match=first.reference):
        draft_proposal(who, said, actor=staff.district)
    other = make.confirmed(who, staff, "5")
    second = draft_proposal(who, ProposalText("giay_khen_so", "usual", "Khác", other), actor=staff.district)
    copied = (
        f"UPDATE reports_awardproposal SET achievement_id = {first.achievement_id} WHERE id = {second.pk}"
    )
    refused_by_database(copied, "what was proposed stays|achievement_commended_once")
    withdraw_proposal(first, reason="Đề nghị hình thức cao hơn", actor=staff.district)
    assert draft_proposal(who, said, actor=staff.district).award == "bang_khen_ubnd"


def test_a_ranking_is_a_ground_once_it_is_closed(staff: make.Staff) -> None:
    found = make.running(staff)
    unit = make.unit(found, staff)
    opened = make.computed(found, staff)
    said = ProposalText("bang_khen_ubnd", "usual", "Nhất khối huyện", scoring_round=opened)
    with pytest.raises(TransitionRefused, match="chưa khóa"):
        draft_proposal(unit, said, actor=staff.district)
    closed = close_round(opened, actor=staff.keeper)
    both = ProposalText("bang_khen_ubnd", "usual", "x", make.confirmed(unit, staff), closed)
    with pytest.raises(TransitionRefused, match="một căn cứ"):
        draft_proposal(unit, both, actor=staff.district)
    fine = ProposalText("bang_khen_ubnd", "usual", "Nhất khối huyện", scoring_round=closed)
    assert draft_proposal(unit, fine, actor=staff.district).status == "draft"


def test_the_council_votes_within_its_number_and_its_minutes_stay(staff: make.Staff) -> None:
    found = make.running(staff)
    kept, lost = (
        make.submitted(make.person(found, staff), staff),
        make.submitted(make.unit(found, staff), staff),
    )
    members = make.council(found, staff)
    meeting = open_meeting(
        found, held_on=make.DAY, place="Phòng họp", present=members[:2], actor=staff.keeper
    )
    with pytest.raises(TransitionRefused, match="nhiều hơn số người có mặt"):
        record_vote(meeting, kept, votes_for=2, votes_against=1, is_recommended=True, actor=staff.keeper)
    with pytest.raises(PermissionDenied):
        record_vote(meeting, kept, votes_for=2, votes_against=0, is_recommended=True, actor=staff.district)
    proposer = promoted(staff.district, Role.PROVINCIAL_REVIEWER, area=PROVINCE)
    with pytest.raises(TransitionRefused, match="Bạn đã lập đề nghị này"):
        record_vote(meeting, kept, votes_for=2, votes_against=0, is_recommended=True, actor=proposer)
    record_vote(meeting, kept, votes_for=1, votes_against=1, is_recommended=True, actor=staff.keeper)
    record_vote(meeting, kept, votes_for=2, votes_against=0, is_recommended=True, actor=staff.keeper)
    record_vote(meeting, lost, votes_for=0, votes_against=2, is_recommended=False, actor=staff.keeper)
    close_meeting(meeting, actor=staff.keeper)
    kept.refresh_from_db(), lost.refresh_from_db()
    assert (kept.status, lost.status) == ("recommended", "refused")
    assert [(vote.votes_for, vote.votes_against) for vote in meeting.votes.all()] == [(2, 0), (0, 2)]
    refused_by_database("UPDATE reports_councilvote SET votes_for = 0", "votes stay")
    refused_by_database("UPDATE reports_councilmeeting SET place = 'x'", "minutes stay")


def test_a_decision_commends_with_the_money_of_the_rates(staff: make.Staff) -> None:
    found = make.running(staff)
    one, many = (
        make.submitted(make.person(found, staff), staff),
        make.submitted(make.unit(found, staff), staff),
    )
    with pytest.raises(TransitionRefused):
        record_decision(found, SIGNED, [one], actor=staff.decider)
    make.met(found, staff, one, many)
    with pytest.raises(PermissionDenied):
        record_decision(found, SIGNED, [one, many], actor=staff.keeper)
    with pytest.raises(TransitionRefused, match="số quyết định"):
        record_decision(found, SignedDecision("giay_khen_so", " ", make.DAY, "x"), [one], actor=staff.decider)
    decided = record_decision(found, SIGNED, [one, many], actor=staff.decider)
    amounts = dict(decided.proposals.values_list("participant__group", "amount"))
    assert amounts == {"individual": 447_000, "district": 894_000}
    event = Event.objects.get(action="award.decided")
    assert (event.change["number"], event.change["amount"]) == ("88/QĐ-SLĐTBXH", "1.341.000")
    with pytest.raises(TransitionRefused, match="đã được ghi"):
        record_decision(found, SIGNED, [one], actor=staff.decider)
    refused_by_database("UPDATE reports_awarddecision SET number = '1'", "a decision stays")
    refused_by_database("UPDATE reports_awardproposal SET amount = 1", "what was proposed stays")
    close_movement(found, actor=staff.keeper)


def test_who_proposed_does_not_record_the_decision(staff: make.Staff) -> None:
    found = make.running(staff)
    proposal = make.submitted(make.person(found, staff), staff)
    make.met(found, staff, proposal)
    later = promoted(staff.district, Role.PROVINCIAL_APPROVER, area="89")
    with pytest.raises(TransitionRefused, match="Bạn đã lập đề nghị này"):
        record_decision(found, SIGNED, [proposal], actor=later)
    with pytest.raises(IntegrityError, match="award_decided_by_another"), transaction.atomic():
        AwardProposal.objects.filter(pk=proposal.pk).update(decided_by_id=proposal.proposed_by_id)
    with pytest.raises(TransitionRefused, match="Còn đề nghị khen thưởng chưa có kết quả"):
        close_movement(found, actor=staff.keeper)


def test_the_ranking_leaves_as_a_workbook_of_numbers_that_is_recorded(staff: make.Staff) -> None:
    found = make.running(staff)
    unit = make.unit(found, staff)
    make.unit(found, staff, OUTSIDE_DISTRICT)
    make.confirmed(unit, staff, "7.25")
    done = make.computed(found, staff)
    sheet = load_workbook(io.BytesIO(export_ranking(done, actor=staff.district))).active
    rows = [[cell for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)]
    assert [1, "Huyện Phú Tân", 0, 0, 0, 10, 0, 10, 7.25, 27.25] in rows
    assert [2, "Huyện Châu Phú", 0, 0, 0, 10, 0, 10, 0, 20] in rows
    assert Event.objects.filter(action="scoring.exported", actor_id=staff.district.pk).count() == 1
