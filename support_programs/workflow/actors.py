"""Transitions by who may do them."""

from functools import partial
from typing import Final

from core.workflow import Transition
from support_programs import permissions as may

by_intake: Final = partial(Transition, permission=may.intake, denied=may.NOT_INTAKE)
by_case_appraiser: Final = partial(Transition, permission=may.case_appraiser, denied=may.NOT_APPRAISER)
by_any_appraiser: Final = partial(Transition, permission=may.any_appraiser, denied=may.NOT_APPRAISER)
by_canceller: Final = partial(Transition, permission=may.canceller, denied=may.NOT_APPRAISER)
by_district: Final = partial(Transition, permission=may.district, denied=may.NOT_DISTRICT)
by_head: Final = partial(Transition, permission=may.district_head, denied=may.NOT_HEAD)
by_reviewer: Final = partial(Transition, permission=may.reviewer, denied=may.NOT_REVIEWER)
by_approver: Final = partial(Transition, permission=may.approver, denied=may.NOT_APPROVER)
by_accountant: Final = partial(Transition, permission=may.accountant, denied=may.NOT_ACCOUNTANT)
by_payer: Final = partial(Transition, permission=may.payer, denied=may.NOT_ACCOUNTANT)
by_grievance_desk: Final = partial(Transition, permission=may.grievance_desk, denied=may.NOT_GRIEVANCE_DESK)
by_case_worker: Final = partial(Transition, permission=may.works_on_cases, denied=may.READS_ONLY)
