"""The payments of a person and what of them is to come back, for the copy of their own data."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from beneficiaries.queries.held_data import HeldTable, register_held_data, shown_day
from core.badges import badge_of
from core.money import format_dong
from disbursements.models import PaymentInstruction, Recovery


def _payments(ids: Sequence[int]) -> HeldTable:
    lines = PaymentInstruction.objects.filter(entitlement__case__person_id__in=ids).order_by("pk")
    rows = [
        [
            line.reference,
            line.case_reference,
            format_dong(line.amount),
            line.get_channel_display(),
            f"{line.bank_name} ••• {line.account_last3}" if line.account_last3 else "",
            str(badge_of("instruction", line.status).label),
            shown_day(line.resulted_on or line.sent_on),
        ]
        for line in lines
    ]
    columns = (
        *(_("Lệnh chi"), _("Hồ sơ"), _("Số tiền"), _("Hình thức")),
        *(_("Tài khoản"), _("Kết quả"), _("Ngày")),
    )
    return HeldTable(_("Chi trả"), columns, rows)


def _recoveries(ids: Sequence[int]) -> HeldTable:
    rows = [
        [
            row.reference,
            row.instruction.case_reference,
            str(row.get_kind_display()),
            format_dong(row.amount),
            format_dong(row.recovered),
            str(row.get_state_display()),
            shown_day(row.opened_on),
        ]
        for row in Recovery.objects.filter(entitlement__case__person_id__in=ids)
        .select_related("instruction")
        .order_by("pk")
    ]
    columns = (
        *(_("Thu hồi"), _("Hồ sơ"), _("Lý do"), _("Số tiền")),
        *(_("Đã thu"), _("Trạng thái"), _("Ngày")),
    )
    return HeldTable(_("Thu hồi"), columns, rows)


def register_tables() -> None:
    """Add these tables to every copy."""
    register_held_data("payments", _payments, 30)
    register_held_data("recoveries", _recoveries, 31)
