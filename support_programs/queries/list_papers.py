"""The papers of a list as its page shows them: letters, other agencies' confirmations, approvals, the decision."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from core.wording import Text
from support_programs.enums import Step
from support_programs.models import AgencyConfirmation, CaseList
from support_programs.permissions import COMMUNE_DIGITS
from support_programs.queries.list_steps import is_decided_by_department
from support_programs.queries.programmes import definition_of


@dataclass(frozen=True, slots=True)
class ListPaper:
    """One paper: an empty number means that it isn't there yet; `url` leads to its scan."""

    label: Text
    number: str
    day: dt.date | None
    note: str = ""
    url: str = ""


def papers_of(case_list: CaseList) -> list[ListPaper]:
    """The papers that the list's chain asks for, in its order; one query where another agency confirms it."""
    is_of_commune = len(case_list.area_code) == COMMUNE_DIGITS
    letter = _("Tờ trình của xã") if is_of_commune else _("Văn bản gửi")
    found = [ListPaper(letter, case_list.letter_number, case_list.letter_date)]
    found += _confirmations(case_list)
    if case_list.has_list_approval:
        label = _("Văn bản duyệt của huyện")
        found.append(ListPaper(label, case_list.district_number, case_list.district_date))
    if case_list.has_money_appraisal:
        label = _("Văn bản của Sở Tài chính")
        found.append(ListPaper(label, case_list.finance_number, case_list.finance_date))
    decided = (
        _("Quyết định của Sở LĐ-TBXH")
        if is_decided_by_department(case_list)
        else _("Quyết định của UBND tỉnh")
    )
    return [*found, ListPaper(decided, case_list.decision_number, case_list.decision_date)]


def _confirmations(case_list: CaseList) -> Iterator[ListPaper]:
    definition = definition_of(case_list.version_used_id)
    steps = [step for step in Step.of_agencies() if definition.has_step(step)]
    if not steps:
        return
    label = _("Chi cục Thuế thẩm định") if Step.TAX_REVIEW in steps else _("Xác nhận của cơ quan BHXH")
    rows = list(AgencyConfirmation.objects.filter(case_list=case_list).order_by("pk"))
    for row in rows:
        scan = reverse("support_programs:list_confirmation", args=[case_list.reference, row.pk])
        yield ListPaper(label, row.number, row.signed_on, row.note, scan if row.scan_id else "")
    if not rows:
        yield ListPaper(label, "", None)
