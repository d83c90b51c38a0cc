"""The ways of a case, a list and an entitlement under QĐ 1856: what may follow what, by whom, and what stands in the way."""

from functools import partial
from typing import Final

from django.utils.translation import gettext_lazy as _

from core.workflow import Transition, Workflow
from support_programs import permissions as may
from support_programs.enums import CaseStatus as C
from support_programs.enums import EntitlementStatus as E
from support_programs.enums import ListStatus as L

_commune: Final = partial(Transition, permission=may.commune, denied=may.NOT_COMMUNE)
_officer: Final = partial(Transition, permission=may.district_officer, denied=may.NOT_DISTRICT)
_district: Final = partial(Transition, permission=may.district, denied=may.NOT_DISTRICT)
_head: Final = partial(Transition, permission=may.district_head, denied=may.NOT_HEAD)
_reviewer: Final = partial(Transition, permission=may.reviewer, denied=may.NOT_REVIEWER)
_approver: Final = partial(Transition, permission=may.approver, denied=may.NOT_APPROVER)
_appraiser: Final = partial(Transition, permission=may.any_appraiser, denied=may.NOT_APPRAISER)
_canceller: Final = partial(Transition, permission=may.canceller, denied=may.NOT_APPRAISER)
_accountant: Final = partial(Transition, permission=may.accountant, denied=may.NOT_ACCOUNTANT)
_payer: Final = partial(Transition, permission=may.payer, denied=may.NOT_ACCOUNTANT)

_BEFORE_APPROVAL: Final = frozenset(
    {C.DRAFT, C.LISTED, C.APPRAISING, C.NEEDS_SUPPLEMENT, C.ELIGIBLE, C.INELIGIBLE}
)

CASE_WORKFLOW: Final = Workflow(
    table="support_programs_case",
    # a case typed by hand starts as a draft, one that comes with a list starts in it
    initial=frozenset({C.DRAFT, C.LISTED}),
    state_labels={state.value: state.label for state in C},
    transitions=(
        _commune("case.list", _("Đưa vào danh sách"), frozenset({C.DRAFT, C.NEEDS_SUPPLEMENT}), C.LISTED),
        _commune(
            "case.unlist",
            _("Đưa ra khỏi danh sách"),
            frozenset({C.LISTED}),
            C.DRAFT,
            guards=(may.LIST_NOT_OPEN,),
        ),
        _commune("case.receive", _("Huyện tiếp nhận"), frozenset({C.LISTED}), C.APPRAISING),
        _officer(
            "case.mark_eligible",
            _("Xác nhận đủ điều kiện"),
            frozenset({C.APPRAISING}),
            C.ELIGIBLE,
            guards=(
                may.ENTERED_BY_ME,
                may.NOT_AT_DISTRICT,
                may.UNDETERMINED,
                may.OTHER_REGIME,
                may.NO_NUMBER,
            ),
        ),
        _officer(
            "case.reconsider",
            _("Thẩm định lại"),
            frozenset({C.ELIGIBLE}),
            C.APPRAISING,
            guards=(may.NOT_AT_DISTRICT,),
            needs_reason=True,
        ),
        _appraiser(
            "case.refuse",
            _("Không đủ điều kiện"),
            frozenset({C.APPRAISING, C.ELIGIBLE}),
            C.INELIGIBLE,
            guards=(
                may.ENTERED_BY_ME,
                may.NOT_ON_MY_DESK,
            ),
            needs_reason=True,
        ),
        _appraiser(
            "case.ask_supplement",
            _("Yêu cầu bổ sung"),
            frozenset({C.APPRAISING, C.ELIGIBLE}),
            C.NEEDS_SUPPLEMENT,
            guards=(
                may.ENTERED_BY_ME,
                may.NOT_ON_MY_DESK,
            ),
            needs_reason=True,
        ),
        _commune("case.supplement", _("Đã bổ sung"), frozenset({C.NEEDS_SUPPLEMENT}), C.APPRAISING),
        _appraiser(
            "case.return_with_list",
            _("Trả về xã cùng danh sách"),
            frozenset({C.APPRAISING, C.ELIGIBLE}),
            C.LISTED,
        ),
        _officer(
            "case.reopen",
            _("Mở lại hồ sơ"),
            frozenset({C.INELIGIBLE}),
            C.APPRAISING,
            guards=(may.OTHER_LIVE_CASE,),
            needs_reason=True,
        ),
        _officer(
            "case.reopen_for_commune",
            _("Mở lại, để xã lập danh sách bổ sung"),
            frozenset({C.INELIGIBLE}),
            C.NEEDS_SUPPLEMENT,
            guards=(may.OTHER_LIVE_CASE,),
            needs_reason=True,
        ),
        _approver("case.approve", _("Phê duyệt cùng danh sách"), frozenset({C.ELIGIBLE}), C.APPROVED),
        _commune("case.withdraw", _("Người dân rút hồ sơ"), _BEFORE_APPROVAL, C.WITHDRAWN, needs_reason=True),
    ),
)

LIST_WORKFLOW: Final = Workflow(
    table="support_programs_caselist",
    initial=frozenset({L.DRAFT}),
    state_labels={state.value: state.label for state in L},
    transitions=(
        _commune(
            "list.post",
            _("Niêm yết công khai"),
            frozenset({L.DRAFT}),
            L.POSTING,
            guards=(
                may.EMPTY_LIST,
                may.OPEN_MARKS,
            ),
        ),
        _commune(
            "list.close_posting",
            _("Kết thúc niêm yết"),
            frozenset({L.POSTING}),
            L.POSTED,
            guards=(may.POSTING_NOT_OVER,),
        ),
        _commune(
            "list.submit",
            _("Trình huyện"),
            frozenset({L.POSTED}),
            L.AT_DISTRICT,
            guards=(
                may.EMPTY_LIST,
                may.UNCONFIRMED,
                may.OPEN_MARKS,
            ),
        ),
        _district(
            "list.send_back", _("Trả lại xã"), frozenset({L.AT_DISTRICT}), L.SENT_BACK, needs_reason=True
        ),
        _commune(
            "list.rework", _("Sửa danh sách, niêm yết lại"), frozenset({L.SENT_BACK, L.POSTED}), L.DRAFT
        ),
        _commune(
            "list.resubmit",
            _("Trình lại huyện"),
            frozenset({L.SENT_BACK}),
            L.AT_DISTRICT,
            guards=(
                may.EMPTY_LIST,
                may.UNCONFIRMED,
                may.OPEN_MARKS,
            ),
        ),
        _head(
            "list.approve",
            _("Duyệt danh sách"),
            frozenset({L.AT_DISTRICT}),
            L.DISTRICT_APPROVED,
            guards=(
                may.EMPTY_LIST,
                may.UNDECIDED_ROWS,
                may.TOUCHED_BY_ME,
            ),
        ),
        _district("list.forward", _("Trình Sở"), frozenset({L.DISTRICT_APPROVED}), L.AT_DEPARTMENT),
        _reviewer(
            "list.return_to_district",
            _("Trả lại huyện"),
            frozenset({L.AT_DEPARTMENT}),
            L.AT_DISTRICT,
            needs_reason=True,
        ),
        _reviewer(
            "list.appraise_money",
            _("Thẩm định kinh phí"),
            frozenset({L.AT_DEPARTMENT}),
            L.MONEY_APPRAISED,
            guards=(
                may.EMPTY_LIST,
                may.TOUCHED_BY_ME,
                may.LIST_APPROVED_BY_ME,
            ),
        ),
        _approver(
            "list.approve_money",
            _("Ghi quyết định phê duyệt kinh phí"),
            frozenset({L.MONEY_APPRAISED}),
            L.MONEY_APPROVED,
            guards=(
                may.EMPTY_LIST,
                may.TOUCHED_BY_ME,
                may.MONEY_APPRAISED_BY_ME,
            ),
        ),
    ),
)

ENTITLEMENT_WORKFLOW: Final = Workflow(
    table="support_programs_entitlement",
    initial=frozenset({E.PROPOSED}),
    state_labels={state.value: state.label for state in E},
    transitions=(
        _approver("entitlement.approve", _("Phê duyệt"), frozenset({E.PROPOSED}), E.APPROVED),
        _accountant("entitlement.commit", _("Đưa vào đợt chi"), frozenset({E.APPROVED}), E.COMMITTED),
        _payer("entitlement.release", _("Trả về chờ chi"), frozenset({E.COMMITTED}), E.APPROVED),
        _accountant("entitlement.pay", _("Ghi đã chi"), frozenset({E.COMMITTED}), E.PAID),
        _canceller(
            "entitlement.cancel",
            _("Hủy mức hưởng"),
            frozenset({E.PROPOSED, E.APPROVED}),
            E.CANCELLED,
            needs_reason=True,
        ),
    ),
)
