"""The way of a case."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from core.workflow import Workflow
from support_programs.enums import CaseStatus as C
from support_programs.permissions import cases as block
from support_programs.workflow import actors as done

_BEFORE_APPROVAL: Final = frozenset(
    {C.DRAFT, C.LISTED, C.APPRAISING, C.NEEDS_SUPPLEMENT, C.ELIGIBLE, C.INELIGIBLE}
)

CASE_WORKFLOW: Final = Workflow(
    table="support_programs_case",
    # a case typed by hand starts as a draft, one that comes with a list starts in it
    initial=frozenset({C.DRAFT, C.LISTED}),
    state_labels={state.value: state.label for state in C},
    transitions=(
        done.by_intake(
            "case.list",
            _("Đưa vào danh sách"),
            frozenset({C.DRAFT, C.NEEDS_SUPPLEMENT}),
            C.LISTED,
            guards=(block.CASE_OF_OTHER_LEVEL,),
        ),
        done.by_intake(
            "case.unlist",
            _("Đưa ra khỏi danh sách"),
            frozenset({C.LISTED}),
            C.DRAFT,
            guards=(
                block.CASE_OF_OTHER_LEVEL,
                block.LIST_NOT_OPEN,
            ),
        ),
        # follows the list; who may send it on is the list's matter
        done.by_intake("case.receive", _("Tiếp nhận để thẩm định"), frozenset({C.LISTED}), C.APPRAISING),
        done.by_case_appraiser(
            "case.mark_eligible",
            _("Xác nhận đủ điều kiện"),
            frozenset({C.APPRAISING}),
            C.ELIGIBLE,
            guards=(
                block.APPRAISED_ELSEWHERE,
                block.ENTERED_BY_ME,
                block.NOT_AT_MY_APPRAISAL,
                block.UNDETERMINED,
                block.OTHER_REGIME,
                block.NO_NUMBER,
                block.NO_AMOUNT,
                block.PAPERS_MISSING,
            ),
        ),
        done.by_case_appraiser(
            "case.reconsider",
            _("Thẩm định lại"),
            frozenset({C.ELIGIBLE}),
            C.APPRAISING,
            guards=(
                block.APPRAISED_ELSEWHERE,
                block.NOT_AT_MY_APPRAISAL,
            ),
            needs_reason=True,
        ),
        done.by_any_appraiser(
            "case.refuse",
            _("Không đủ điều kiện"),
            frozenset({C.APPRAISING, C.ELIGIBLE}),
            C.INELIGIBLE,
            guards=(
                block.ENTERED_BY_ME,
                block.NOT_ON_MY_DESK,
            ),
            needs_reason=True,
        ),
        done.by_any_appraiser(
            "case.ask_supplement",
            _("Yêu cầu bổ sung"),
            frozenset({C.APPRAISING, C.ELIGIBLE}),
            C.NEEDS_SUPPLEMENT,
            guards=(
                block.ENTERED_BY_ME,
                block.NOT_ON_MY_DESK,
            ),
            needs_reason=True,
        ),
        done.by_intake(
            "case.supplement",
            _("Đã bổ sung"),
            frozenset({C.NEEDS_SUPPLEMENT}),
            C.APPRAISING,
            guards=(block.CASE_OF_OTHER_LEVEL,),
        ),
        done.by_any_appraiser(
            "case.return_with_list",
            _("Trả về xã cùng danh sách"),
            frozenset({C.APPRAISING, C.ELIGIBLE}),
            C.LISTED,
        ),
        done.by_case_appraiser(
            "case.reopen",
            _("Mở lại hồ sơ"),
            frozenset({C.INELIGIBLE}),
            C.APPRAISING,
            guards=(
                block.APPRAISED_ELSEWHERE,
                block.OTHER_LIVE_CASE,
            ),
            needs_reason=True,
        ),
        done.by_case_appraiser(
            "case.reopen_for_commune",
            _("Mở lại, để xã lập danh sách bổ sung"),
            frozenset({C.INELIGIBLE}),
            C.NEEDS_SUPPLEMENT,
            guards=(
                block.APPRAISED_ELSEWHERE,
                block.OTHER_LIVE_CASE,
            ),
            needs_reason=True,
        ),
        done.by_approver("case.approve", _("Phê duyệt cùng danh sách"), frozenset({C.ELIGIBLE}), C.APPROVED),
        done.by_intake(
            "case.withdraw",
            _("Người dân rút hồ sơ"),
            _BEFORE_APPROVAL,
            C.WITHDRAWN,
            guards=(block.CASE_OF_OTHER_LEVEL,),
            needs_reason=True,
        ),
        done.by_reviewer(
            "case.record_decision_elsewhere",
            _("Ghi quyết định của cơ quan khác"),
            frozenset({C.DRAFT}),
            C.DECIDED_ELSEWHERE,
            guards=(block.NOT_TRACKED,),
        ),
    ),
)
