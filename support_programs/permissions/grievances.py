"""What keeps single grievances and public applications from an action: each a query condition with its sentence."""

from functools import reduce
from operator import or_
from typing import Final

from django.apps import apps
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.enums import DISTRICT_DIGITS
from core.workflow import Actor, Guard
from support_programs.enums import GrievanceKind
from support_programs.permissions import (
    COMMUNE_DIGITS,
    DEPARTMENT_DIGITS,
    commune,
    district,
    reviewer,
)
from support_programs.permissions.conditions import NOTHING, at_level, shares_of

DESKS: Final = {COMMUNE_DIGITS: commune, DISTRICT_DIGITS: district, DEPARTMENT_DIGITS: reviewer}


def _at_other_desk(actor: Actor) -> Q:
    """Rows of a level at which this person doesn't sit."""
    return reduce(
        or_, (at_level(digits) for digits, sits_there in DESKS.items() if not sits_there(actor)), NOTHING
    )


def _about_my_own_act(actor: Actor) -> Q:
    """Who entered or appraised the case that is complained about doesn't settle the complaint; nor who drew up, approved or
    appraised the list.
    """
    cases = apps.get_model("support_programs", "Case")._default_manager.filter(pk=OuterRef("case"))
    lists = apps.get_model("support_programs", "CaseList")._default_manager.filter(pk=OuterRef("case_list"))
    mine = reduce(or_, (Q(**share) for share in shares_of(actor)), Q(appraised_by_id=actor.pk))
    acts = ("created_by_id", "submitted_by_id", "list_approved_by_id", "money_appraised_by_id")
    of_list = reduce(or_, (Q(**{act: actor.pk}) for act in acts), NOTHING)
    is_complaint = ~Q(kind=GrievanceKind.FEEDBACK)
    return is_complaint & (Q(Exists(cases.filter(mine))) | Q(Exists(lists.filter(of_list))))


AT_OTHER_DESK: Final = Guard(_("Việc này thuộc cơ quan khác giải quyết."), _at_other_desk, hides=True)
FOR_DEPARTMENT_ONLY: Final = Guard(
    _("Tố cáo do Sở LĐ-TBXH tiếp nhận. Hãy chuyển lên Sở."),
    lambda actor: Q(kind=GrievanceKind.DENUNCIATION) & ~at_level(DEPARTMENT_DIGITS),
)
STAYS_AT_DEPARTMENT: Final = Guard(
    _("Tố cáo do Sở LĐ-TBXH giải quyết, không chuyển cho cấp dưới."),
    lambda actor: Q(kind=GrievanceKind.DENUNCIATION) & at_level(DEPARTMENT_DIGITS),
    hides=True,
)
ABOUT_MY_OWN_ACT: Final = Guard(
    _("Bạn đã nhập, thẩm định hoặc trình hồ sơ bị khiếu nại nên không được giải quyết."), _about_my_own_act
)
