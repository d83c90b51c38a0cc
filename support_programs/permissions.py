"""Who may act in QĐ 1856's way, and what keeps single rows from an action: each a query condition with its sentence."""

from functools import reduce
from operator import or_
from typing import Final

from django.apps import apps
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from accounts import permissions as may
from accounts.enums import Role
from core import clock
from core.workflow import Actor, Guard
from support_programs.enums import CaseStatus as C
from support_programs.enums import EntitlementStatus as E
from support_programs.enums import ListStatus as L

commune: Final = may.is_commune_officer
district_officer: Final = may.is_district_officer
district_head: Final = may.is_district_head
district: Final = may.has_any(Role.DISTRICT_OFFICER, Role.DISTRICT_HEAD)
reviewer: Final = may.is_provincial_reviewer
approver: Final = may.is_provincial_approver
accountant: Final = may.is_accountant
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

NOT_COMMUNE: Final = _("Việc này do cán bộ cấp xã làm.")
NOT_DISTRICT: Final = _("Việc này do chuyên viên Phòng LĐ-TBXH làm.")
NOT_HEAD: Final = _("Việc này do lãnh đạo UBND cấp huyện làm.")
NOT_REVIEWER: Final = _("Việc này do chuyên viên Sở LĐ-TBXH làm.")
NOT_APPROVER: Final = _("Việc này do người phê duyệt cấp tỉnh làm.")
NOT_APPRAISER: Final = _("Việc này do người thẩm định cấp huyện hoặc Sở làm.")
NOT_ACCOUNTANT: Final = _("Việc này do kế toán làm.")
NOT_STATING_FACTS: Final = _("Việc này do cán bộ cấp xã hoặc chuyên viên cấp huyện làm.")
READS_ONLY: Final = _("Tài khoản này chỉ xem, không ghi được vào hồ sơ.")


def _rows(model: str, **lookup: object) -> Exists:
    manager = apps.get_model(model)._default_manager
    return Exists(manager.filter(**lookup))


def _case_in_list(**lookup: object) -> Exists:
    return _rows("support_programs.Case", case_list=OuterRef("pk"), **lookup)


def _beyond_my_desk(actor: Actor) -> Q:
    desks = ((L.AT_DISTRICT, district), (L.AT_DEPARTMENT, reviewer))
    mine = [status for status, sits_there in desks if sits_there(actor)]
    return Q(case_list__isnull=True) | ~Q(case_list__status__in=mine)


def _has_other_regime(actor: Actor) -> Q:
    entitlements = apps.get_model("support_programs", "Entitlement")._default_manager
    root = Coalesce(OuterRef("person__joined_to_id"), OuterRef("person_id"))
    others = entitlements.filter(claimant_id=root).exclude(status=E.CANCELLED)
    return Q(Exists(others.filter(Q(programme=OuterRef("programme")) | Q(exclusive_group__gt=""))))


def _has_other_live_case(actor: Actor) -> Q:
    cases = apps.get_model("support_programs", "Case")._default_manager
    same = cases.filter(programme=OuterRef("programme"), person=OuterRef("person")).exclude(pk=OuterRef("pk"))
    return Q(Exists(same.exclude(status__in=C.ended())))


def _has_no_number(actor: Actor) -> Q:
    return ~Q(_rows("beneficiaries.IdentityDocument", person=OuterRef("person"), is_current=True))


# who uploaded the list, typed into the row or kept it as it was entered it too, whoever pressed the last button
_SHARES_IN_ENTRY: Final = (
    "entered_by_id",
    "import_row__list_import__created_by_id",
    "import_row__corrected_by_id",
    "import_row__accepted_by_id",
)


def _entered_by_me(actor: Actor) -> Q:
    return reduce(or_, (Q(**{field: actor.pk}) for field in _SHARES_IN_ENTRY))


def _touched_by_me(actor: Actor) -> Q:
    shares = (Q(_case_in_list(**{field: actor.pk})) for field in (*_SHARES_IN_ENTRY, "appraised_by_id"))
    return reduce(or_, shares, Q(submitted_by_id=actor.pk))


# cases
ENTERED_BY_ME: Final = Guard(_("Bạn đã nhập hồ sơ này nên không được thẩm định."), _entered_by_me)
UNDETERMINED: Final = Guard(
    _("Hồ sơ chưa đủ dữ liệu hoặc không đạt, chưa kết luận đủ điều kiện được."),
    lambda actor: ~Q(result="eligible"),
)
NOT_ON_MY_DESK: Final = Guard(
    _("Danh sách của hồ sơ này không nằm ở bước của bạn."),
    _beyond_my_desk,
)
NOT_AT_DISTRICT: Final = Guard(
    _("Danh sách của hồ sơ này không nằm ở bước của bạn."),
    lambda actor: Q(case_list__isnull=True) | ~Q(case_list__status=L.AT_DISTRICT),
)
OTHER_REGIME: Final = Guard(
    _("Người này đã có mức hưởng của chế độ tiền mặt một lần (Mục I Nghị quyết 68/NQ-CP)."), _has_other_regime
)
OTHER_LIVE_CASE: Final = Guard(
    _("Người này đang có hồ sơ khác cùng chính sách, hãy kết thúc hồ sơ đó trước."), _has_other_live_case
)
NO_NUMBER: Final = Guard(
    _("Người này chưa có số CCCD, CMND đang dùng. Hãy yêu cầu xã bổ sung."), _has_no_number
)
LIST_NOT_OPEN: Final = Guard(
    _("Danh sách không còn ở bước xã đang lập nên không sửa được."),
    lambda actor: Q(case_list__isnull=False) & ~Q(case_list__status__in=[L.DRAFT, L.SENT_BACK]),
)

# lists
EMPTY_LIST: Final = Guard(_("Danh sách chưa có hồ sơ nào."), lambda actor: ~Q(_case_in_list()))
OPEN_MARKS: Final = Guard(
    _("Còn dòng bị trả lại chưa xử lý."), lambda actor: Q(_case_in_list(mark_text__gt=""))
)
UNCONFIRMED: Final = Guard(
    _("Còn hồ sơ chưa đủ dữ liệu, xã cần xác nhận thông tin trước."),
    lambda actor: Q(_case_in_list(result="undetermined")),
)
UNDECIDED_ROWS: Final = Guard(
    _("Còn hồ sơ chưa thẩm định xong."),
    lambda actor: Q(_case_in_list(status__in=[C.LISTED, C.APPRAISING, C.NEEDS_SUPPLEMENT])),
)
TOUCHED_BY_ME: Final = Guard(
    _("Bạn đã nhập, trình hoặc thẩm định hồ sơ trong danh sách này nên không được duyệt."), _touched_by_me
)
LIST_APPROVED_BY_ME: Final = Guard(
    _("Bạn đã duyệt danh sách người này nên không được thẩm định kinh phí."),
    lambda actor: Q(list_approved_by_id=actor.pk),
)
MONEY_APPRAISED_BY_ME: Final = Guard(
    _("Bạn đã thẩm định danh sách hoặc kinh phí này nên không được phê duyệt kinh phí."),
    lambda actor: Q(list_approved_by_id=actor.pk) | Q(money_appraised_by_id=actor.pk),
)
POSTING_NOT_OVER: Final = Guard(
    _("Chưa hết số ngày niêm yết."),
    lambda actor: Q(posting_until__isnull=True) | Q(posting_until__gt=clock.today()),
)
