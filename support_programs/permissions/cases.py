"""What keeps single cases from an action: each a query condition with its sentence."""

from functools import reduce
from operator import or_
from typing import Final

from django.apps import apps
from django.db.models import Exists, OuterRef, Q
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from core.workflow import Actor, Guard
from support_programs.enums import VND
from support_programs.enums import CaseStatus as C
from support_programs.enums import EntitlementStatus as E
from support_programs.enums import ListStatus as L
from support_programs.permissions import district, district_officer, reviewer
from support_programs.permissions.conditions import (
    NOTHING,
    appraised_elsewhere,
    of_other_level,
    rows,
    shares_of,
)


def _not_at_my_appraisal(actor: Actor) -> Q:
    """The district appraises what lies with it; the department what was filed with it."""
    mine = NOTHING
    if district_officer(actor):
        mine |= Q(case_list__status=L.AT_DISTRICT)
    if reviewer(actor):
        mine |= Q(case_list__status=L.AT_DEPARTMENT, case_list__has_list_approval=False)
    return Q(case_list__isnull=True) | ~mine


def _beyond_my_desk(actor: Actor) -> Q:
    desks = ((L.AT_DISTRICT, district), (L.AT_DEPARTMENT, reviewer))
    mine = [status for status, sits_there in desks if sits_there(actor)]
    return Q(case_list__isnull=True) | ~Q(case_list__status__in=mine)


def _has_other_regime(actor: Actor) -> Q:
    """The same programme and period, or a regime of the same group of those that shut each other out."""
    live = apps.get_model("support_programs", "Entitlement")._default_manager.exclude(status=E.CANCELLED)
    same = Q(programme=OuterRef("programme"), period=OuterRef("period"))
    group = KeyTextTransform("exclusive_group", OuterRef("version_used__definition"))
    root = Coalesce(OuterRef("person__joined_to_id"), OuterRef("person_id"))
    of_person = live.filter(same | Q(exclusive_group__gt="", exclusive_group=group), claimant_id=root)
    of_employer = live.filter(same, employer=OuterRef("employer"))
    return Q(Exists(of_person)) | Q(Exists(of_employer))


def _has_other_live_case(actor: Actor) -> Q:
    """Of the same human, whichever entry of theirs it names, or of the same employer."""
    live = apps.get_model("support_programs", "Case")._default_manager.exclude(status__in=C.ended())
    same = live.filter(programme=OuterRef("programme"), period=OuterRef("period")).exclude(pk=OuterRef("pk"))
    root = Coalesce(OuterRef("person__joined_to_id"), OuterRef("person_id"))
    of_person = Q(Exists(same.filter(person=root))) | Q(Exists(same.filter(person__joined_to=root)))
    return of_person | Q(Exists(same.filter(employer=OuterRef("employer"))))


def _has_no_number(actor: Actor) -> Q:
    papers = rows("beneficiaries.IdentityDocument", person=OuterRef("person"), is_current=True)
    return Q(person__isnull=False) & ~Q(papers)


def _entered_by_me(actor: Actor) -> Q:
    """Who confirmed facts for the whole list, or took papers in, said something of each row; of lists that the district or the
    department draws up the same role appraises.
    """
    confirmed = rows(
        "support_programs.FactConfirmation", case_list=OuterRef("case_list"), confirmed_by_id=actor.pk
    )
    received = rows("support_programs.CasePaper", case=OuterRef("pk"), received_by_id=actor.pk)
    return reduce(or_, (Q(**share) for share in shares_of(actor)), Q(confirmed) | Q(received))


CASE_OF_OTHER_LEVEL: Final = Guard(
    _("Hồ sơ này do cấp khác tiếp nhận."),
    of_other_level,
    hides=True,
    remedy=_("Nơi đã tiếp nhận hồ sơ làm việc này."),
)
ENTERED_BY_ME: Final = Guard(
    _("Bạn đã nhập hồ sơ này nên không được thẩm định."),
    _entered_by_me,
    remedy=_("Chuyển hồ sơ cho đồng nghiệp cùng phòng chưa nhập hồ sơ này."),
)
UNDETERMINED: Final = Guard(
    _("Hồ sơ chưa đủ dữ liệu hoặc không đạt, chưa kết luận đủ điều kiện được."),
    lambda actor: ~Q(result="eligible"),
    remedy=_(
        "Xem mục «Kiểm tra điều kiện»: ghi thêm thông tin còn thiếu, trả bổ sung, hoặc kết luận không đủ điều kiện."
    ),
)
NOT_ON_MY_DESK: Final = Guard(
    _("Danh sách của hồ sơ này không nằm ở bước của bạn."),
    _beyond_my_desk,
    remedy=_("Xem danh sách của hồ sơ đang ở đâu: cơ quan đang giữ danh sách làm việc này."),
)
NOT_AT_MY_APPRAISAL: Final = Guard(
    _("Danh sách của hồ sơ này không nằm ở bước của bạn."),
    _not_at_my_appraisal,
    remedy=_("Chờ danh sách được trình đến nơi thẩm định, hoặc hỏi cơ quan đang giữ danh sách."),
)
APPRAISED_ELSEWHERE: Final = Guard(
    _("Hồ sơ này do cấp khác thẩm định."),
    appraised_elsewhere,
    hides=True,
    remedy=_("Các bước của danh sách cho biết cấp nào thẩm định."),
)
NO_AMOUNT: Final = Guard(
    _("Chưa tính được mức hỗ trợ, hãy bổ sung thông tin của hồ sơ trước."),
    lambda actor: Q(unit=VND, amount_proposed=0),
)
NOT_TRACKED: Final = Guard(
    _("Hồ sơ của chính sách này đi theo danh sách, không ghi quyết định của cơ quan khác."),
    lambda actor: ~Q(version_used__definition__contains={"is_tracked_only": True}),
    hides=True,
)
OTHER_REGIME: Final = Guard(
    _("Người này đã có mức hưởng của chế độ tiền mặt một lần (Mục I Nghị quyết 68/NQ-CP)."),
    _has_other_regime,
    remedy=_("So sánh với hồ sơ kia; nếu đúng là một người, kết luận không đủ điều kiện."),
)
OTHER_LIVE_CASE: Final = Guard(
    _("Người này đang có hồ sơ khác cùng chính sách, hãy kết thúc hồ sơ đó trước."), _has_other_live_case
)
NO_NUMBER: Final = Guard(
    _("Người này chưa có số CCCD, CMND đang dùng. Hãy yêu cầu xã bổ sung."), _has_no_number
)
PAPERS_MISSING: Final = Guard(
    _("Hồ sơ còn thiếu giấy tờ bắt buộc. Hãy xem mục «Giấy tờ», rồi yêu cầu nơi tiếp nhận bổ sung."),
    lambda actor: Q(papers_missing__gt=0),
)
LIST_NOT_OPEN: Final = Guard(
    _("Danh sách không còn ở bước xã đang lập nên không sửa được."),
    lambda actor: Q(case_list__isnull=False) & ~Q(case_list__status__in=[L.DRAFT, L.SENT_BACK]),
)
