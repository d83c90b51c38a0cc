"""People with their papers and accounts, employers, and the lists that people come from."""

from beneficiaries.models.employer import Employer
from beneficiaries.models.imports import ColumnMapping, ImportRow, ListImport
from beneficiaries.models.person import IdentityDocument, PayoutAccount, Person

__all__ = [
    "ColumnMapping",
    "Employer",
    "IdentityDocument",
    "ImportRow",
    "ListImport",
    "PayoutAccount",
    "Person",
]
