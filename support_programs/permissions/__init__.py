"""Who may act on a case or a list. What keeps single rows from an action stands in `cases` and `lists`.

Who takes dossiers in follows the level of the record's area: ten digits name a commune, five a district, two the province
with its department. Who appraises them follows the chain: the district where it has a step for it, the department where it
has none, and what was filed with the department itself.
"""

from collections.abc import Callable, Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from accounts import permissions as may
from accounts.enums import DISTRICT_DIGITS, Role
from core.wording import Text
from core.workflow import Actor

COMMUNE_DIGITS: Final = 10
DEPARTMENT_DIGITS: Final = 2

commune: Final = may.is_commune_officer
district_officer: Final = may.is_district_officer
district_head: Final = may.is_district_head
district: Final = may.has_any(Role.DISTRICT_OFFICER, Role.DISTRICT_HEAD)
reviewer: Final = may.is_provincial_reviewer
approver: Final = may.is_provincial_approver
accountant: Final = may.is_accountant
intake: Final = may.has_any(Role.COMMUNE_OFFICER, Role.DISTRICT_OFFICER, Role.PROVINCIAL_REVIEWER)
case_appraiser: Final = may.has_any(Role.DISTRICT_OFFICER, Role.PROVINCIAL_REVIEWER)
any_appraiser: Final = may.has_any(Role.DISTRICT_OFFICER, Role.DISTRICT_HEAD, Role.PROVINCIAL_REVIEWER)
canceller: Final = may.has_any(
    Role.COMMUNE_OFFICER, Role.DISTRICT_OFFICER, Role.DISTRICT_HEAD, Role.PROVINCIAL_REVIEWER
)
payer: Final = may.has_any(Role.ACCOUNTANT, Role.PROVINCIAL_APPROVER)
states_facts: Final = may.has_any(Role.COMMUNE_OFFICER, Role.DISTRICT_OFFICER)
# whole identity numbers stand in the list to sign: those who sign it and those who check it
takes_whole_numbers: Final = may.has_any(
    Role.COMMUNE_OFFICER,
    Role.DISTRICT_OFFICER,
    Role.DISTRICT_HEAD,
    Role.PROVINCIAL_REVIEWER,
    Role.PROVINCIAL_APPROVER,
    Role.AUDITOR,
)
# auditors and leaders read only
works_on_cases: Final = may.has_any(
    Role.COMMUNE_OFFICER,
    Role.DISTRICT_OFFICER,
    Role.DISTRICT_HEAD,
    Role.PROVINCIAL_REVIEWER,
    Role.PROVINCIAL_APPROVER,
    Role.ACCOUNTANT,
)

# who answers what citizens raise, each at the desk of its level
grievance_desk: Final = may.has_any(
    Role.COMMUNE_OFFICER, Role.DISTRICT_OFFICER, Role.DISTRICT_HEAD, Role.PROVINCIAL_REVIEWER
)

NOT_COMMUNE: Final = _("Việc này do cán bộ cấp xã làm.")
NOT_DISTRICT: Final = _("Việc này do chuyên viên Phòng LĐ-TBXH làm.")
NOT_INTAKE: Final = _("Việc này do cán bộ nơi lập danh sách làm.")
NOT_HEAD: Final = _("Việc này do lãnh đạo UBND cấp huyện làm.")
NOT_REVIEWER: Final = _("Việc này do chuyên viên Sở LĐ-TBXH làm.")
NOT_APPROVER: Final = _("Việc này do người phê duyệt cấp tỉnh làm.")
NOT_APPRAISER: Final = _("Việc này do người thẩm định cấp huyện hoặc Sở làm.")
NOT_GRIEVANCE_DESK: Final = _("Việc này do cán bộ nơi giải quyết khiếu nại, phản ánh làm.")
NOT_ACCOUNTANT: Final = _("Việc này do kế toán làm.")
NOT_STATING_FACTS: Final = _("Việc này do cán bộ cấp xã hoặc chuyên viên cấp huyện làm.")
READS_ONLY: Final = _("Tài khoản này chỉ xem, không ghi được vào hồ sơ.")

Desk = tuple[Callable[[Actor], bool], Text]
# digits of an area code -> who takes dossiers in there, who appraises them, and the sentence for others
INTAKE: Final[Mapping[int, Desk]] = {
    COMMUNE_DIGITS: (commune, NOT_COMMUNE),
    DISTRICT_DIGITS: (district_officer, NOT_DISTRICT),
    DEPARTMENT_DIGITS: (reviewer, NOT_REVIEWER),
}
# and who may state facts of them
FACTS: Final[Mapping[int, Desk]] = {
    COMMUNE_DIGITS: (states_facts, NOT_STATING_FACTS),
    DISTRICT_DIGITS: (district_officer, NOT_DISTRICT),
    DEPARTMENT_DIGITS: (reviewer, NOT_REVIEWER),
}


def intake_of(area_code: str) -> Desk:
    """Who takes dossiers in and draws lists up at the level of this area, and the sentence for everybody else."""
    return INTAKE[len(area_code)]


def is_for_district(area_code: str, *, has_district_step: bool) -> bool:
    """Whether the district appraises what was taken in here, and approves its persons; else the department does."""
    return has_district_step and len(area_code) > DEPARTMENT_DIGITS


def appraisal_of(area_code: str, *, has_district_step: bool) -> Desk:
    """Who appraises cases that were taken in here, and the sentence for everybody else."""
    if is_for_district(area_code, has_district_step=has_district_step):
        return district_officer, NOT_DISTRICT
    return reviewer, NOT_REVIEWER


def facts_desk_of(area_code: str) -> Desk:
    """Who states facts of cases that were taken in at the level of this area, and the sentence for everybody else."""
    return FACTS[len(area_code)]
