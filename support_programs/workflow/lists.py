"""The way of a list. Which of two ways is open follows the chain of its version (guards that hide the other one)."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from core.workflow import Transition, Workflow
from support_programs.enums import ListStatus as L
from support_programs.permissions import lists as block
from support_programs.workflow import actors as done

# the level that took the dossiers in draws the list up and sends it on
_DRAWN_UP: Final[tuple[Transition, ...]] = (
    done.by_intake(
        "list.post",
        _("Niêm yết công khai"),
        frozenset({L.DRAFT}),
        L.POSTING,
        guards=(
            block.LIST_OF_OTHER_LEVEL,
            block.NO_POSTING,
            block.EMPTY_LIST,
            block.OPEN_MARKS,
        ),
    ),
    done.by_intake(
        "list.close_posting",
        _("Kết thúc niêm yết"),
        frozenset({L.POSTING}),
        L.POSTED,
        guards=(
            block.LIST_OF_OTHER_LEVEL,
            block.POSTING_NOT_OVER,
        ),
    ),
    done.by_intake(
        "list.submit",
        _("Trình huyện"),
        frozenset({L.DRAFT, L.POSTED}),
        L.AT_DISTRICT,
        guards=(
            block.LIST_OF_OTHER_LEVEL,
            block.FOR_DEPARTMENT,
            block.POSTING_FIRST,
            block.AGENCY_FIRST,
            block.EMPTY_LIST,
            block.UNCONFIRMED,
            block.OPEN_MARKS,
        ),
    ),
    done.by_intake(
        "list.send_to_agency",
        _("Gửi cơ quan khác xác nhận"),
        frozenset({L.DRAFT, L.POSTED}),
        L.AT_AGENCY,
        guards=(
            block.LIST_OF_OTHER_LEVEL,
            block.NO_AGENCY,
            block.POSTING_FIRST,
            block.EMPTY_LIST,
            block.OPEN_MARKS,
        ),
    ),
    done.by_intake(
        "list.submit_to_department",
        _("Chuyển Sở thẩm định"),
        frozenset({L.DRAFT}),
        L.AT_DEPARTMENT,
        guards=(
            block.LIST_OF_OTHER_LEVEL,
            block.FOR_DISTRICT,
            block.POSTING_FIRST,
            block.AGENCY_FIRST,
            block.EMPTY_LIST,
            block.UNCONFIRMED,
            block.OPEN_MARKS,
        ),
    ),
)

_AT_AGENCY: Final[tuple[Transition, ...]] = (
    done.by_intake(
        "list.confirm_agency",
        _("Ghi xác nhận, chuyển huyện thẩm định"),
        frozenset({L.AT_AGENCY}),
        L.AT_DISTRICT,
        guards=(
            block.RECEIVED_ELSEWHERE,
            block.FOR_DEPARTMENT,
        ),
    ),
    done.by_intake(
        "list.confirm_for_department",
        _("Ghi xác nhận, chuyển Sở thẩm định"),
        frozenset({L.AT_AGENCY}),
        L.AT_DEPARTMENT,
        guards=(
            block.RECEIVED_ELSEWHERE,
            block.FOR_DISTRICT,
        ),
    ),
    done.by_intake(
        "list.agency_refuses",
        _("Cơ quan không xác nhận, trả lại"),
        frozenset({L.AT_AGENCY}),
        L.DRAFT,
        guards=(block.RECEIVED_ELSEWHERE,),
        needs_reason=True,
    ),
)

_AT_DISTRICT: Final[tuple[Transition, ...]] = (
    done.by_district(
        "list.send_back", _("Trả lại xã"), frozenset({L.AT_DISTRICT}), L.SENT_BACK, needs_reason=True
    ),
    done.by_intake(
        "list.rework",
        _("Sửa danh sách, niêm yết lại"),
        frozenset({L.SENT_BACK, L.POSTED}),
        L.DRAFT,
        guards=(block.LIST_OF_OTHER_LEVEL,),
    ),
    done.by_intake(
        "list.resubmit",
        _("Trình lại huyện"),
        frozenset({L.SENT_BACK}),
        L.AT_DISTRICT,
        guards=(
            block.LIST_OF_OTHER_LEVEL,
            block.EMPTY_LIST,
            block.UNCONFIRMED,
            block.OPEN_MARKS,
        ),
    ),
    done.by_head(
        "list.approve",
        _("Duyệt danh sách"),
        frozenset({L.AT_DISTRICT}),
        L.DISTRICT_APPROVED,
        guards=(
            block.EMPTY_LIST,
            block.UNDECIDED_ROWS,
            block.TOUCHED_BY_ME,
        ),
    ),
    done.by_district(
        "list.forward",
        _("Trình Sở"),
        frozenset({L.DISTRICT_APPROVED}),
        L.AT_DEPARTMENT,
        guards=(block.NO_MONEY_APPRAISAL,),
    ),
    done.by_district(
        "list.forward_to_province",
        _("Trình UBND tỉnh"),
        frozenset({L.DISTRICT_APPROVED}),
        L.AT_PROVINCE,
        guards=(block.MONEY_FIRST,),
    ),
)

_AT_PROVINCE: Final[tuple[Transition, ...]] = (
    done.by_reviewer(
        "list.return_to_district",
        _("Trả lại huyện"),
        frozenset({L.AT_DEPARTMENT}),
        L.AT_DISTRICT,
        guards=(block.FOR_DEPARTMENT,),
        needs_reason=True,
    ),
    done.by_reviewer(
        "list.appraise_money",
        _("Thẩm định kinh phí"),
        frozenset({L.AT_DEPARTMENT}),
        L.MONEY_APPRAISED,
        guards=(
            block.NO_MONEY_APPRAISAL,
            block.EMPTY_LIST,
            block.TOUCHED_BY_ME,
            block.LIST_APPROVED_BY_ME,
        ),
    ),
    done.by_reviewer(
        "list.conclude",
        _("Kết thúc thẩm định, trình UBND tỉnh"),
        frozenset({L.AT_DEPARTMENT}),
        L.AT_PROVINCE,
        guards=(
            block.FOR_DISTRICT,
            block.MONEY_FIRST,
            block.EMPTY_LIST,
            block.UNDECIDED_ROWS,
            block.DRAWN_UP_BY_ME,
        ),
    ),
    done.by_approver(
        "list.return_from_province",
        _("Tỉnh trả lại huyện"),
        frozenset({L.AT_PROVINCE}),
        L.AT_DISTRICT,
        guards=(block.FOR_DEPARTMENT,),
        needs_reason=True,
    ),
    done.by_approver(
        "list.return_from_province_to_department",
        _("Tỉnh trả lại Sở"),
        frozenset({L.AT_PROVINCE}),
        L.AT_DEPARTMENT,
        guards=(block.FOR_DISTRICT,),
        needs_reason=True,
    ),
    done.by_approver(
        "list.approve_money",
        _("Ghi quyết định phê duyệt kinh phí"),
        frozenset(L.before_decision()),
        L.MONEY_APPROVED,
        guards=(
            block.EMPTY_LIST,
            block.TOUCHED_BY_ME,
            block.MONEY_APPRAISED_BY_ME,
        ),
    ),
)

LIST_WORKFLOW: Final = Workflow(
    table="support_programs_caselist",
    initial=frozenset({L.DRAFT}),
    state_labels={state.value: state.label for state in L},
    transitions=(*_DRAWN_UP, *_AT_AGENCY, *_AT_DISTRICT, *_AT_PROVINCE),
)
