"""Minutes can be made whatever became of a proposal since the council voted on it."""

import pytest

from reports.models import AwardProposal, CouncilMeeting
from reports.services.emulation_awards import withdraw_proposal
from reports.services.emulation_council import close_meeting, open_meeting, record_vote
from tests.factories import emulation as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff() -> make.Staff:
    return make.Staff()


def voted_on(staff: make.Staff, *proposals: AwardProposal) -> CouncilMeeting:
    """A meeting that recommends these, its minutes not made yet."""
    movement = proposals[0].movement
    members = list(movement.council.all()) or make.council(movement, staff)
    meeting = open_meeting(movement, held_on=make.DAY, place="Phòng họp", present=members, actor=staff.keeper)
    for one in proposals:
        record_vote(meeting, one, votes_for=3, votes_against=0, is_recommended=True, actor=staff.keeper)
    return meeting


def states(*proposals: AwardProposal) -> list[str]:
    for one in proposals:
        one.refresh_from_db()
    return [one.status for one in proposals]


def test_a_proposal_taken_back_after_the_vote_keeps_nobody_else_waiting(staff: make.Staff) -> None:
    found = make.running(staff)
    gone = make.submitted(make.person(found, staff), staff)
    stays = make.submitted(make.unit(found, staff), staff)
    meeting = voted_on(staff, gone, stays)
    withdraw_proposal(gone, reason="Ghi nhầm thành tích", actor=staff.district)
    assert close_meeting(meeting, actor=staff.keeper).status == "closed"
    assert states(gone, stays) == ["withdrawn", "recommended"]
    assert meeting.votes.count() == 2, "the minutes say how the council voted on both"


def test_of_two_meetings_the_first_to_close_moves_the_proposal_on(staff: make.Staff) -> None:
    found = make.running(staff)
    proposal = make.submitted(make.person(found, staff), staff)
    first, second = voted_on(staff, proposal), voted_on(staff, proposal)
    close_meeting(first, actor=staff.keeper)
    assert close_meeting(second, actor=staff.keeper).status == "closed"
    assert states(proposal) == ["recommended"]
