"""What keeps single lists from an action: each a query condition with its sentence.

Which way is open follows the chain of the list's version; the ways of other chains are not even offered.
"""

from functools import reduce
from operator import or_
from typing import Final

from django.db.models import OuterRef, Q
from django.utils.translation import gettext_lazy as _

from core import clock
from core.workflow import Actor, Guard
from support_programs.enums import CaseStatus as C
from support_programs.enums import ListStatus as L
from support_programs.enums import Step
from support_programs.permissions import COMMUNE_DIGITS, district_officer
from support_programs.permissions.conditions import (
    at_level,
    case_in_list,
    has_step,
    of_other_level,
    rows,
    shares_of,
)


def _received_elsewhere(actor: Actor) -> Q:
    """The paper of a tax office about a commune's list may come to the district, too."""
    blocked = of_other_level(actor)
    return blocked & ~at_level(COMMUNE_DIGITS) if district_officer(actor) else blocked


def _drawn_up_by_me(actor: Actor) -> Q:
    """Entered a row, confirmed facts of all, took papers in, sent the list on, or recorded another agency's paper on it."""
    recorded = rows("support_programs.AgencyConfirmation", case_list=OuterRef("pk"), recorded_by_id=actor.pk)
    confirmed = rows("support_programs.FactConfirmation", case_list=OuterRef("pk"), confirmed_by_id=actor.pk)
    received = rows("support_programs.CasePaper", case__case_list=OuterRef("pk"), received_by_id=actor.pk)
    shares = (Q(case_in_list(**share)) for share in shares_of(actor))
    said = Q(recorded) | Q(confirmed) | Q(received)
    return reduce(or_, shares, Q(submitted_by_id=actor.pk) | said)


def _touched_by_me(actor: Actor) -> Q:
    return _drawn_up_by_me(actor) | Q(case_in_list(appraised_by_id=actor.pk))


LIST_OF_OTHER_LEVEL: Final = Guard(_("Danh sách này do cấp khác lập."), of_other_level, hides=True)
NO_POSTING: Final = Guard(
    _("Chính sách này không có bước niêm yết."), lambda actor: ~has_step(Step.POSTING), hides=True
)
POSTING_FIRST: Final = Guard(
    _("Danh sách phải niêm yết công khai trước."),
    lambda actor: Q(status=L.DRAFT) & has_step(Step.POSTING),
    hides=True,
)
NO_AGENCY: Final = Guard(
    _("Chính sách này không có bước xác nhận của cơ quan khác."),
    lambda actor: ~has_step(*Step.of_agencies()),
    hides=True,
)
AGENCY_FIRST: Final = Guard(
    _("Chưa có xác nhận của cơ quan khác (BHXH, thuế). Hãy gửi danh sách tới cơ quan đó trước."),
    lambda actor: has_step(*Step.of_agencies()),
    hides=True,
)
RECEIVED_ELSEWHERE: Final = Guard(
    _("Xác nhận của cơ quan khác do nơi lập danh sách ghi."), _received_elsewhere, hides=True
)
FOR_DISTRICT: Final = Guard(
    _("Danh sách của chính sách này do huyện thẩm định và duyệt."),
    lambda actor: Q(has_list_approval=True),
    hides=True,
)
FOR_DEPARTMENT: Final = Guard(
    _("Danh sách của chính sách này do Sở thẩm định, không qua huyện."),
    lambda actor: Q(has_list_approval=False),
    hides=True,
)
MONEY_FIRST: Final = Guard(
    _("Kinh phí phải được Sở LĐ-TBXH, Sở Tài chính thẩm định trước."),
    lambda actor: Q(has_money_appraisal=True),
    hides=True,
)
NO_MONEY_APPRAISAL: Final = Guard(
    _("Chính sách này không có bước thẩm định kinh phí riêng."),
    lambda actor: Q(has_money_appraisal=False),
    hides=True,
)
DRAWN_UP_BY_ME: Final = Guard(
    _("Bạn đã nhập hoặc trình hồ sơ trong danh sách này nên không được kết luận thẩm định."), _drawn_up_by_me
)
EMPTY_LIST: Final = Guard(_("Danh sách chưa có hồ sơ nào."), lambda actor: ~Q(case_in_list()))
OPEN_MARKS: Final = Guard(
    _("Còn dòng bị trả lại chưa xử lý."), lambda actor: Q(case_in_list(mark_text__gt=""))
)
UNCONFIRMED: Final = Guard(
    _("Còn hồ sơ chưa đủ dữ liệu, xã cần xác nhận thông tin trước."),
    lambda actor: Q(case_in_list(result="undetermined")),
)
UNDECIDED_ROWS: Final = Guard(
    _("Còn hồ sơ chưa thẩm định xong."),
    lambda actor: Q(case_in_list(status__in=[C.LISTED, C.APPRAISING, C.NEEDS_SUPPLEMENT])),
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
    lambda actor: (
        Q(list_approved_by_id=actor.pk) | Q(concluded_by_id=actor.pk) | Q(money_appraised_by_id=actor.pk)
    ),
)
POSTING_NOT_OVER: Final = Guard(
    _("Chưa hết số ngày niêm yết."),
    lambda actor: Q(posting_until__isnull=True) | Q(posting_until__gt=clock.today()),
)
