"""The ways of a case and of a list under QĐ 1856: what may follow what, by whom, and what stands in the way."""

from typing import Final

from django.apps import apps
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts import permissions as may
from accounts.enums import Role
from core import clock
from core.workflow import Actor, Guard, Transition, Workflow
from support_programs.enums import CaseStatus as C
from support_programs.enums import EntitlementStatus as E
from support_programs.enums import ListStatus as L

_commune: Final = may.is_commune_officer
_district: Final = may.is_district_officer
_any_appraiser: Final = may.has_any(Role.DISTRICT_OFFICER, Role.DISTRICT_HEAD, Role.PROVINCIAL_REVIEWER)

_NOT_COMMUNE: Final = _("Việc này do cán bộ cấp xã làm.")
_NOT_DISTRICT: Final = _("Việc này do chuyên viên Phòng LĐ-TBXH làm.")
_NOT_HEAD: Final = _("Việc này do lãnh đạo UBND cấp huyện làm.")
_NOT_REVIEWER: Final = _("Việc này do chuyên viên Sở LĐ-TBXH làm.")
_NOT_APPROVER: Final = _("Việc này do người phê duyệt cấp tỉnh làm.")
_NOT_APPRAISER: Final = _("Việc này do người thẩm định cấp huyện hoặc Sở làm.")


def _entered_by_me(actor: Actor) -> Q:
    return Q(entered_by_id=actor.pk)


ENTERED_BY_ME: Final = Guard(_("Bạn đã nhập hồ sơ này nên không được thẩm định."), _entered_by_me)
UNDETERMINED: Final = Guard(
    _("Hồ sơ chưa đủ dữ liệu để kết luận đủ điều kiện."), lambda actor: ~Q(result="eligible")
)

_BEFORE_APPROVAL: Final = frozenset(
    {C.DRAFT, C.LISTED, C.APPRAISING, C.NEEDS_SUPPLEMENT, C.ELIGIBLE, C.INELIGIBLE}
)

CASE_WORKFLOW: Final = Workflow(
    table="support_programs_case",
    initial=frozenset({C.DRAFT}),
    state_labels={state.value: state.label for state in C},
    transitions=(
        Transition(
            "case.list",
            _("Đưa vào danh sách"),
            frozenset({C.DRAFT, C.NEEDS_SUPPLEMENT}),
            C.LISTED,
            _commune,
            _NOT_COMMUNE,
        ),
        Transition(
            "case.unlist", _("Đưa ra khỏi danh sách"), frozenset({C.LISTED}), C.DRAFT, _commune, _NOT_COMMUNE
        ),
        Transition(
            "case.receive", _("Huyện tiếp nhận"), frozenset({C.LISTED}), C.APPRAISING, _commune, _NOT_COMMUNE
        ),
        Transition(
            "case.mark_eligible",
            _("Xác nhận đủ điều kiện"),
            frozenset({C.APPRAISING}),
            C.ELIGIBLE,
            _district,
            _NOT_DISTRICT,
            guards=(ENTERED_BY_ME, UNDETERMINED),
        ),
        Transition(
            "case.reconsider",
            _("Thẩm định lại"),
            frozenset({C.ELIGIBLE}),
            C.APPRAISING,
            _district,
            _NOT_DISTRICT,
            needs_reason=True,
        ),
        Transition(
            "case.refuse",
            _("Không đủ điều kiện"),
            frozenset({C.LISTED, C.APPRAISING, C.ELIGIBLE}),
            C.INELIGIBLE,
            _any_appraiser,
            _NOT_APPRAISER,
            guards=(ENTERED_BY_ME,),
            needs_reason=True,
        ),
        Transition(
            "case.ask_supplement",
            _("Yêu cầu bổ sung"),
            frozenset({C.LISTED, C.APPRAISING, C.ELIGIBLE}),
            C.NEEDS_SUPPLEMENT,
            _any_appraiser,
            _NOT_APPRAISER,
            guards=(ENTERED_BY_ME,),
            needs_reason=True,
        ),
        Transition(
            "case.supplement",
            _("Đã bổ sung"),
            frozenset({C.NEEDS_SUPPLEMENT}),
            C.APPRAISING,
            _commune,
            _NOT_COMMUNE,
        ),
        Transition(
            "case.return_with_list",
            _("Trả về xã cùng danh sách"),
            frozenset({C.APPRAISING, C.ELIGIBLE}),
            C.LISTED,
            _any_appraiser,
            _NOT_APPRAISER,
        ),
        Transition(
            "case.reopen",
            _("Mở lại hồ sơ"),
            frozenset({C.INELIGIBLE}),
            C.APPRAISING,
            _district,
            _NOT_DISTRICT,
            needs_reason=True,
        ),
        Transition(
            "case.approve",
            _("Phê duyệt cùng danh sách"),
            frozenset({C.ELIGIBLE}),
            C.APPROVED,
            may.is_provincial_approver,
            _NOT_APPROVER,
        ),
        Transition(
            "case.withdraw",
            _("Người dân rút hồ sơ"),
            _BEFORE_APPROVAL,
            C.WITHDRAWN,
            _commune,
            _NOT_COMMUNE,
            needs_reason=True,
        ),
    ),
)


def _case_in_list(**lookup: object) -> Exists:
    case_model = apps.get_model("support_programs", "Case")
    return Exists(case_model._default_manager.filter(case_list=OuterRef("pk"), **lookup))


def _no_live_rows(actor: Actor) -> Q:
    return ~Q(_case_in_list())


def _has_undecided_rows(actor: Actor) -> Q:
    return Q(_case_in_list(status__in=[C.LISTED, C.APPRAISING, C.NEEDS_SUPPLEMENT]))


def _touched_by_me(actor: Actor) -> Q:
    return (
        Q(submitted_by_id=actor.pk)
        | Q(_case_in_list(entered_by_id=actor.pk))
        | Q(_case_in_list(appraised_by_id=actor.pk))
    )


EMPTY_LIST: Final = Guard(_("Danh sách chưa có hồ sơ nào."), _no_live_rows)
OPEN_MARKS: Final = Guard(
    _("Còn dòng bị trả lại chưa xử lý."), lambda actor: Q(_case_in_list(mark_text__gt=""))
)
UNCONFIRMED: Final = Guard(
    _("Còn hồ sơ chưa được xã xác nhận đủ thông tin."), lambda actor: Q(_case_in_list(result="undetermined"))
)
UNDECIDED_ROWS: Final = Guard(_("Còn hồ sơ chưa thẩm định xong."), _has_undecided_rows)
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

LIST_WORKFLOW: Final = Workflow(
    table="support_programs_caselist",
    initial=frozenset({L.DRAFT}),
    state_labels={state.value: state.label for state in L},
    transitions=(
        Transition(
            "list.post",
            _("Niêm yết công khai"),
            frozenset({L.DRAFT}),
            L.POSTING,
            _commune,
            _NOT_COMMUNE,
            guards=(EMPTY_LIST, OPEN_MARKS),
        ),
        Transition(
            "list.close_posting",
            _("Kết thúc niêm yết"),
            frozenset({L.POSTING}),
            L.POSTED,
            _commune,
            _NOT_COMMUNE,
            guards=(POSTING_NOT_OVER,),
        ),
        Transition(
            "list.submit",
            _("Trình huyện"),
            frozenset({L.POSTED}),
            L.AT_DISTRICT,
            _commune,
            _NOT_COMMUNE,
            guards=(EMPTY_LIST, UNCONFIRMED, OPEN_MARKS),
        ),
        Transition(
            "list.send_back",
            _("Trả lại xã"),
            frozenset({L.AT_DISTRICT}),
            L.SENT_BACK,
            may.has_any(Role.DISTRICT_OFFICER, Role.DISTRICT_HEAD),
            _NOT_DISTRICT,
            needs_reason=True,
        ),
        Transition(
            "list.rework",
            _("Sửa danh sách bị trả"),
            frozenset({L.SENT_BACK}),
            L.DRAFT,
            _commune,
            _NOT_COMMUNE,
        ),
        Transition(
            "list.approve",
            _("Duyệt danh sách"),
            frozenset({L.AT_DISTRICT}),
            L.DISTRICT_APPROVED,
            may.is_district_head,
            _NOT_HEAD,
            guards=(EMPTY_LIST, UNDECIDED_ROWS, TOUCHED_BY_ME),
        ),
        Transition(
            "list.forward",
            _("Trình Sở"),
            frozenset({L.DISTRICT_APPROVED}),
            L.AT_DEPARTMENT,
            may.has_any(Role.DISTRICT_OFFICER, Role.DISTRICT_HEAD),
            _NOT_DISTRICT,
        ),
        Transition(
            "list.return_to_district",
            _("Trả lại huyện"),
            frozenset({L.AT_DEPARTMENT}),
            L.AT_DISTRICT,
            may.is_provincial_reviewer,
            _NOT_REVIEWER,
            needs_reason=True,
        ),
        Transition(
            "list.appraise_money",
            _("Thẩm định kinh phí"),
            frozenset({L.AT_DEPARTMENT}),
            L.MONEY_APPRAISED,
            may.is_provincial_reviewer,
            _NOT_REVIEWER,
            guards=(EMPTY_LIST, TOUCHED_BY_ME, LIST_APPROVED_BY_ME),
        ),
        Transition(
            "list.approve_money",
            _("Ghi quyết định phê duyệt kinh phí"),
            frozenset({L.MONEY_APPRAISED}),
            L.MONEY_APPROVED,
            may.is_provincial_approver,
            _NOT_APPROVER,
            guards=(EMPTY_LIST, TOUCHED_BY_ME, MONEY_APPRAISED_BY_ME),
        ),
    ),
)

ENTITLEMENT_WORKFLOW: Final = Workflow(
    table="support_programs_entitlement",
    initial=frozenset({E.PROPOSED}),
    state_labels={state.value: state.label for state in E},
    transitions=(
        Transition(
            "entitlement.approve",
            _("Phê duyệt"),
            frozenset({E.PROPOSED}),
            E.APPROVED,
            may.is_provincial_approver,
            _NOT_APPROVER,
        ),
        Transition(
            "entitlement.commit",
            _("Đưa vào đợt chi"),
            frozenset({E.APPROVED}),
            E.COMMITTED,
            may.is_accountant,
            _("Việc này do kế toán làm."),
        ),
        Transition(
            "entitlement.release",
            _("Trả về chờ chi"),
            frozenset({E.COMMITTED}),
            E.APPROVED,
            may.has_any(Role.ACCOUNTANT, Role.PROVINCIAL_APPROVER),
            _("Việc này do kế toán làm."),
        ),
        Transition(
            "entitlement.pay",
            _("Ghi đã chi"),
            frozenset({E.COMMITTED}),
            E.PAID,
            may.is_accountant,
            _("Việc này do kế toán làm."),
        ),
        Transition(
            "entitlement.cancel",
            _("Hủy mức hưởng"),
            frozenset({E.PROPOSED, E.APPROVED}),
            E.CANCELLED,
            _any_appraiser,
            _NOT_APPRAISER,
            needs_reason=True,
        ),
    ),
)
