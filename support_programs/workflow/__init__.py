"""The ways of a case, a list and an entitlement: what may follow what, by whom, and what stands in the way.

The way of a list follows the chain of its version: QĐ 1856 with posting and an appraisal of the money, QĐ 23 with the
confirmation of another agency, or the department's own lists.
"""

from support_programs.workflow.cases import CASE_WORKFLOW
from support_programs.workflow.entitlements import ENTITLEMENT_WORKFLOW
from support_programs.workflow.lists import LIST_WORKFLOW

__all__ = ["CASE_WORKFLOW", "ENTITLEMENT_WORKFLOW", "LIST_WORKFLOW"]
