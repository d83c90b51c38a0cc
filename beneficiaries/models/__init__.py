"""People with their papers, households and registers, employers, duplicates, and the lists that people come from."""

from beneficiaries.models.care import Care, StopOrder
from beneficiaries.models.duplicate import DuplicateCandidate, PersonJoin
from beneficiaries.models.employer import Employer
from beneficiaries.models.household import Household, HouseholdMember
from beneficiaries.models.imports import ColumnMapping, ImportRow, ListImport
from beneficiaries.models.person import IdentityDocument, PayoutAccount, Person
from beneficiaries.models.protection import DataSubjectRequest
from beneficiaries.models.status import Status

__all__ = [
    "Care",
    "ColumnMapping",
    "DataSubjectRequest",
    "DuplicateCandidate",
    "Employer",
    "Household",
    "HouseholdMember",
    "IdentityDocument",
    "ImportRow",
    "ListImport",
    "PayoutAccount",
    "Person",
    "PersonJoin",
    "Status",
    "StopOrder",
]
