"""The pages of money side by side: what stands on top of each of their lists."""

from typing import Any, Final

from django import template
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.page_parts import Tab
from core.wording import Text

register = template.Library()

# label, page, and the beginnings of the addresses that belong to it
_PAGES: Final[tuple[tuple[Text, str, tuple[str, ...]], ...]] = (
    (_("Đợt chi trả"), "batch_list", ("/batches/",)),
    (_("Kinh phí"), "budget_list", ("/budget/", "/allocations/")),
    (_("Sổ cái"), "ledger", ("/ledger/",)),
    (_("Chi chưa được"), "returned_payments", ("/payments/returned/",)),
    (_("Chưa rõ kết quả"), "unknown_payments", ("/payments/unknown/",)),
    (_("Không có người nhận"), "unclaimed_list", ("/payments/unclaimed/",)),
    (_("Thu hồi"), "recovery_list", ("/recoveries/",)),
    (_("Gọi kiểm tra"), "callback_list", ("/callbacks/",)),
    (_("Kho, hàng cứu trợ"), "goods_stock", ("/goods/", "/donations/")),
    (_("Tài khoản chi"), "payer_accounts", ("/payer-accounts/",)),
)


@register.inclusion_tag("components/tabs.html", takes_context=True)
def payout_tabs(context: template.Context) -> dict[str, Any]:
    """The lists of money that readers of records share; the one that the page is in is marked."""
    path = context["request"].path
    return {
        "label": _("Tiền và hàng"),
        "items": [
            Tab(label, reverse(f"disbursements:{name}"), is_current=path.startswith(starts))
            for label, name, starts in _PAGES
        ],
    }
