"""Programmes, cases, lists, determinations, entitlements, decisions."""

from support_programs.models.case import Case, EligibilityDetermination
from support_programs.models.case_list import CaseList, CaseListStep, Exclusion, FactConfirmation
from support_programs.models.child import CaseChild
from support_programs.models.confirmation import AgencyConfirmation
from support_programs.models.employer_month import EmployerMonth
from support_programs.models.entitlement import ApprovalDecision, Entitlement
from support_programs.models.entitlement_days import EntitlementDays
from support_programs.models.outreach import Outreach
from support_programs.models.programme import Programme, ProgrammeVersion

__all__ = [
    "AgencyConfirmation",
    "ApprovalDecision",
    "Case",
    "CaseChild",
    "CaseList",
    "CaseListStep",
    "EligibilityDetermination",
    "EmployerMonth",
    "Entitlement",
    "EntitlementDays",
    "Exclusion",
    "FactConfirmation",
    "Outreach",
    "Programme",
    "ProgrammeVersion",
]
