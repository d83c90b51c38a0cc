"""What this app holds of a person, for the copy of their own data: dossiers, children, and what they are owed."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from beneficiaries.queries.held_data import HeldTable, register_held_data, shown_day
from core.badges import badge_of
from core.money import format_dong
from support_programs.models import Case, CaseChild, Entitlement


def _cases(ids: Sequence[int]) -> HeldTable:
    rows = [
        [
            case.reference,
            case.programme.short_name,
            shown_day(case.received_on),
            str(badge_of("case", case.status).label),
            format_dong(case.amount_proposed),
        ]
        for case in Case.objects.filter(person_id__in=ids).select_related("programme").order_by("pk")
    ]
    columns = (_("Hồ sơ"), _("Chính sách"), _("Ngày nhận"), _("Trạng thái"), _("Mức hỗ trợ"))
    return HeldTable(_("Hồ sơ"), columns, rows)


def _children(ids: Sequence[int]) -> HeldTable:
    """With the last three digits of their numbers only: they are other people."""
    children = CaseChild.objects.filter(case__person_id__in=ids).select_related("case").order_by("pk")
    rows = [
        [child.case.reference, child.full_name, shown_day(child.birth_date), f"••• {child.number_last3}"]
        for child in children
    ]
    columns = (_("Hồ sơ"), _("Trẻ em"), _("Ngày sinh"), _("Số định danh"))
    return HeldTable(_("Trẻ em trong hồ sơ"), columns, rows)


def _entitlements(ids: Sequence[int]) -> HeldTable:
    owed = Entitlement.objects.filter(case__person_id__in=ids).select_related("programme").order_by("pk")
    rows = [
        [
            entitlement.reference,
            entitlement.programme.short_name,
            format_dong(entitlement.amount),
            str(badge_of("entitlement", entitlement.status).label),
        ]
        for entitlement in owed
    ]
    return HeldTable(_("Mức hưởng"), (_("Hồ sơ"), _("Chính sách"), _("Số tiền"), _("Trạng thái")), rows)


def register_tables() -> None:
    """Add these tables to every copy."""
    register_held_data("cases", _cases, 20)
    register_held_data("children", _children, 21)
    register_held_data("entitlements", _entitlements, 22)
