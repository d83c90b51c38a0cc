"""What citizens raise: written down, taken up, handed on, answered."""

from support_programs.services.grievances.filing import Filed, Report, file_grievance
from support_programs.services.grievances.letters import draft_letter
from support_programs.services.grievances.settling import (
    accept_grievance,
    answer_grievance,
    assign_grievance,
    decline_grievance,
    forward_grievance,
    note_on_grievance,
    withdraw_grievance,
)

__all__ = [
    "Filed",
    "Report",
    "accept_grievance",
    "answer_grievance",
    "assign_grievance",
    "decline_grievance",
    "draft_letter",
    "file_grievance",
    "forward_grievance",
    "note_on_grievance",
    "withdraw_grievance",
]
