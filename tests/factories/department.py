"""Payable lists of other desks than a commune's: the department's own, and employers'."""

from beneficiaries.models import Employer
from support_programs.models import ProgrammeVersion
from tests.factories.payments import ApprovedList, Staff, payable_list, programme
from tests.factories.people import DISTRICT


def department_list(people: int = 2, *, staff: Staff) -> ApprovedList:
    """A list filed with the department itself: no district approves its persons."""
    version, _made = ProgrammeVersion.objects.get_or_create(
        programme_id=programme().programme_id,
        code="so",
        valid_from="2021-07-01",
        content_hash="s" * 64,
        definition={"chain": [{"step": "money_appraisal"}]},
    )
    return payable_list(
        people,
        staff=staff,
        area="89",
        version=version,
        has_list_approval=False,
        list_approved_by_id=None,
        concluded_by_id=staff.list_approver.pk,
    )


def employer_list(people: int = 2, *, staff: Staff) -> ApprovedList:
    """A list of the workers of an employer."""
    employer = Employer.objects.create(
        reference="DV-2021-90000001",
        area_code=DISTRICT,
        kind="enterprise",
        name="Công ty May Phú Tân",
        name_key="cong ty may phu tan",
        tax_code="1600123456",
    )
    return payable_list(people, staff=staff, employer=employer)
