"""Who signs which paper of commendation, and when there is one."""

import pytest

from core.transitions import TransitionRefused
from reports.services.emulation_awards import SignedDecision, record_decision
from support_programs.enums import DocumentKind as K
from support_programs.enums import Issuer
from support_programs.queries.documents.offers import bodies_for, not_now
from support_programs.services.documents import draft_document
from tests.factories import emulation as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff() -> make.Staff:
    return make.Staff()


@pytest.mark.parametrize(
    ("award", "signers"),
    [
        ("giay_khen_so", [Issuer.DEPARTMENT]),
        ("bang_khen_ubnd", [Issuer.PROVINCE]),
        ("bang_khen_bo", []),
        ("bang_khen_tt", []),
    ],
)
def test_who_decides_an_award_signs_its_certificate(
    staff: make.Staff, award: str, signers: list[Issuer]
) -> None:
    movement = make.running(staff)
    proposal = make.submitted(make.person(movement, staff), staff, award)
    assert bodies_for(K.AWARD_CERTIFICATE, "89888", staff.keeper, proposal) == signers
    meeting = make.met(movement, staff, proposal)
    assert bodies_for(K.AWARD_DECISION, "89", staff.keeper, meeting) == signers
    assert bodies_for(K.AWARD_DECISION, "89", staff.district, meeting) == []


def test_a_certificate_waits_for_the_decision(staff: make.Staff) -> None:
    movement = make.running(staff)
    proposal = make.submitted(make.person(movement, staff), staff)
    with pytest.raises(TransitionRefused, match="khi đã ghi quyết định"):
        draft_document(kind=K.AWARD_CERTIFICATE, record=proposal, actor=staff.keeper)
    make.met(movement, staff, proposal)
    said = SignedDecision("giay_khen_so", "88/QĐ-SLĐTBXH", make.DAY, "Giám đốc Sở")
    record_decision(movement, said, [proposal], actor=staff.decider)
    proposal.refresh_from_db()
    made = draft_document(kind=K.AWARD_CERTIFICATE, record=proposal, actor=staff.keeper)
    assert (made.area_code, made.content["issuer"]) == (proposal.area_code, "department")
    # what proposes somebody has no sense any more
    assert "đang lập hoặc đang chờ hội đồng" in str(not_now(K.AWARD_SUBMISSION, proposal, "district"))


def test_minutes_and_the_decision_wait_for_the_meetings_end(staff: make.Staff) -> None:
    movement = make.running(staff)
    meeting = make.open_meeting(
        movement,
        held_on=make.DAY,
        place="Phòng họp",
        present=make.council(movement, staff),
        actor=staff.keeper,
    )
    for kind in (K.COUNCIL_MINUTES, K.AWARD_DECISION):
        assert "khi phiên họp đã khóa" in str(not_now(kind, meeting, "department"))
