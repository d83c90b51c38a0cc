"""Programmes, cases, lists, determinations, entitlements, decisions."""

from support_programs.models.case import Case, EligibilityDetermination
from support_programs.models.case_list import CaseList, CaseListStep, Exclusion, FactConfirmation
from support_programs.models.entitlement import ApprovalDecision, Entitlement
from support_programs.models.programme import Programme, ProgrammeVersion

__all__ = [
    "ApprovalDecision",
    "Case",
    "CaseList",
    "CaseListStep",
    "EligibilityDetermination",
    "Entitlement",
    "Exclusion",
    "FactConfirmation",
    "Programme",
    "ProgrammeVersion",
]
