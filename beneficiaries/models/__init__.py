"""People with their papers and accounts, and the lists they are imported from."""

from beneficiaries.models.imports import ColumnMapping, ImportRow, ListImport
from beneficiaries.models.person import IdentityDocument, PayoutAccount, Person

__all__ = ["ColumnMapping", "IdentityDocument", "ImportRow", "ListImport", "PayoutAccount", "Person"]
