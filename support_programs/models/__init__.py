"""Programmes, cases, their papers, lists, determinations, entitlements, decisions, documents, grievances, rows of officers."""

from support_programs.models.case import Case, EligibilityDetermination
from support_programs.models.case_list import CaseList, CaseListStep, Exclusion, FactConfirmation
from support_programs.models.child import CaseChild
from support_programs.models.confirmation import AgencyConfirmation
from support_programs.models.document import OfficialDocument
from support_programs.models.employer_month import EmployerMonth
from support_programs.models.entitlement import ApprovalDecision, Entitlement
from support_programs.models.entitlement_days import EntitlementDays
from support_programs.models.grievance import Grievance
from support_programs.models.outreach import Outreach
from support_programs.models.paper import CasePaper
from support_programs.models.programme import Programme, ProgrammeVersion
from support_programs.models.public_application import PublicApplication
from support_programs.models.publication import DecisionPublication
from support_programs.models.reminder import Reminder
from support_programs.models.supplement import SupplementRequest
from support_programs.models.worklist import ClaimDraft, Digest, SavedView

__all__ = [
    "AgencyConfirmation",
    "ApprovalDecision",
    "Case",
    "CaseChild",
    "CaseList",
    "CaseListStep",
    "CasePaper",
    "ClaimDraft",
    "DecisionPublication",
    "Digest",
    "EligibilityDetermination",
    "EmployerMonth",
    "Entitlement",
    "EntitlementDays",
    "Exclusion",
    "FactConfirmation",
    "Grievance",
    "OfficialDocument",
    "Outreach",
    "Programme",
    "ProgrammeVersion",
    "PublicApplication",
    "Reminder",
    "SavedView",
    "SupplementRequest",
]
