"""Report runs."""

from reports.models.emulation import Achievement, Criterion, Movement, Participant
from reports.models.emulation_awards import (
    AwardDecision,
    AwardProposal,
    CouncilMeeting,
    CouncilMember,
    CouncilVote,
)
from reports.models.emulation_scoring import Score, ScoringRound
from reports.models.figure_sum import FigureSum
from reports.models.layout import OwnReport, ReportLayout
from reports.models.plan import PlanEntry
from reports.models.public import UnnamedDonor
from reports.models.report_run import ReportRun
from reports.models.schedule import ReportSchedule, ScheduledDelivery, ScheduledRun
from reports.models.targets import TargetEntry, TargetIndicator, TargetPlan, TargetText

__all__ = [
    "Achievement",
    "AwardDecision",
    "AwardProposal",
    "CouncilMeeting",
    "CouncilMember",
    "CouncilVote",
    "Criterion",
    "FigureSum",
    "Movement",
    "OwnReport",
    "Participant",
    "PlanEntry",
    "ReportLayout",
    "ReportRun",
    "ReportSchedule",
    "ScheduledDelivery",
    "ScheduledRun",
    "Score",
    "ScoringRound",
    "TargetEntry",
    "TargetIndicator",
    "TargetPlan",
    "TargetText",
    "UnnamedDonor",
]
