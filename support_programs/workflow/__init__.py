"""The ways of a case, a list, an entitlement, a document, a grievance and a public application: what may follow what, by whom,
and what stands in the way.

The way of a list follows the chain of its version: QĐ 1856 with posting and an appraisal of the money, QĐ 23 with the
confirmation of another agency, or the department's own lists.
"""

from typing import Final

from support_programs.workflow.applications import APPLICATION_WORKFLOW
from support_programs.workflow.cases import CASE_WORKFLOW
from support_programs.workflow.documents import DOCUMENT_WORKFLOW
from support_programs.workflow.entitlements import ENTITLEMENT_WORKFLOW
from support_programs.workflow.grievances import GRIEVANCE_WORKFLOW
from support_programs.workflow.lists import LIST_WORKFLOW

WORKFLOWS: Final = (
    CASE_WORKFLOW,
    LIST_WORKFLOW,
    ENTITLEMENT_WORKFLOW,
    DOCUMENT_WORKFLOW,
    GRIEVANCE_WORKFLOW,
    APPLICATION_WORKFLOW,
)

__all__ = [
    "APPLICATION_WORKFLOW",
    "CASE_WORKFLOW",
    "DOCUMENT_WORKFLOW",
    "ENTITLEMENT_WORKFLOW",
    "GRIEVANCE_WORKFLOW",
    "LIST_WORKFLOW",
    "WORKFLOWS",
]
