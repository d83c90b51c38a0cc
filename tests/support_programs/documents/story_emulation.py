"""A commendation led from its proposal to the decision, with the papers made on its way."""

from collections.abc import Callable
from typing import Any

from reports.services.emulation_awards import SignedDecision, record_decision
from support_programs.enums import DocumentKind as K
from tests.factories import emulation as make


def add_papers(made: dict[str, Any], paper: Callable[..., Any]) -> None:
    """The five papers of the emulation movement into `made`, by their codes."""
    staff = make.Staff()
    movement = make.running(staff)
    proposal = make.submitted(make.person(movement, staff), staff)
    other = make.submitted(make.unit(movement, staff), staff)
    made[K.AWARD_SUBMISSION] = paper(
        K.AWARD_SUBMISSION, staff.district, "19/TTr-UBND", record=proposal, recipients="Như trên\nLưu: VT"
    )
    made[K.ACHIEVEMENT_REPORT] = paper(
        K.ACHIEVEMENT_REPORT, staff.district, "", record=proposal, merit=f"{proposal.merit}\n" * 3
    )
    meeting = make.met(movement, staff, proposal, other)
    made[K.COUNCIL_MINUTES] = paper(
        K.COUNCIL_MINUTES, staff.keeper, "", record=meeting, hour="14 giờ 00 phút"
    )
    made[K.AWARD_DECISION] = paper(K.AWARD_DECISION, staff.keeper, "88/QĐ-SLĐTBXH", record=meeting)
    for one in (proposal, other):
        one.refresh_from_db()
    said = SignedDecision("giay_khen_so", "88/QĐ-SLĐTBXH", make.DAY, "Giám đốc Sở")
    record_decision(movement, said, [proposal, other], actor=staff.decider)
    proposal.refresh_from_db()
    made[K.AWARD_CERTIFICATE] = paper(
        K.AWARD_CERTIFICATE,
        staff.keeper,
        "",
        record=proposal,
        merit="có thành tích xuất sắc trong phòng, chống đại dịch Covid-19 và chăm lo người dân.",
    )
