"""What the pages after a payment share."""

from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _

from core.page_parts import Tab

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PDF: Final = "application/pdf"


def after_tabs(current: str) -> list[Tab]:
    """The pages of what follows a payment, as one bar; `current` is the name of the address."""
    pages = (
        ("returned_payments", _("Chi chưa được")),
        ("unclaimed_list", _("Tiền không có người nhận")),
        ("recovery_list", _("Thu hồi")),
        ("callback_list", _("Gọi kiểm tra")),
    )
    return [Tab(label, reverse(f"disbursements:{name}"), is_current=name == current) for name, label in pages]
