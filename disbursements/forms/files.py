"""What is typed about accounts that pay, and about who received cash instead of somebody."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from disbursements.enums import PainVersion, ProxyRelation
from disbursements.rules.banks import all_banks
from disbursements.services.payer_accounts import PayerEntry
from disbursements.services.proxies import ProxyEntry
from support_programs.forms import DayField


class PayerAccountForm(forms.Form):
    """An account of one's own office."""

    bank = forms.ChoiceField(label=_("Ngân hàng"))
    holder_name = forms.CharField(
        label=_("Tên chủ tài khoản"), max_length=150, help_text=_("Ghi như trên giấy của ngân hàng.")
    )
    account_number = forms.CharField(label=_("Số tài khoản"), max_length=40)
    pain_version = forms.ChoiceField(
        label=_("Bản lệnh chuyển tiền ISO 20022"),
        choices=PainVersion.choices,
        initial=PainVersion.V09.value,
        help_text=_("Hỏi ngân hàng nhận bản nào; chưa rõ thì giữ bản .09."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bank = self.fields["bank"]
        if isinstance(bank, forms.ChoiceField):
            bank.choices = [
                ("", _("Chọn ngân hàng")),
                *((b.bin, f"{b.short_name} ({b.bin})") for b in all_banks()),
            ]

    def entry(self) -> PayerEntry:
        typed = self.cleaned_data
        return PayerEntry(
            bank_bin=typed["bank"],
            holder_name=typed["holder_name"],
            account_number=typed["account_number"],
            pain_version=PainVersion(typed["pain_version"]),
        )


class ProxyForm(forms.Form):
    """Who received somebody's cash."""

    full_name = forms.CharField(
        label=_("Họ và tên người nhận thay"),
        max_length=150,
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )
    number = forms.CharField(
        label=_("Số CCCD/CMND của người nhận thay"),
        max_length=40,
        widget=forms.TextInput({"autocomplete": "off", "inputmode": "numeric"}),
    )
    relation = forms.ChoiceField(label=_("Quan hệ với người hưởng"), choices=ProxyRelation.choices)
    paper_number = forms.CharField(
        label=_("Giấy ủy quyền"), max_length=100, help_text=_("Số, nơi chứng thực.")
    )
    paper_date = DayField(label=_("Ngày ủy quyền"))
    reason = forms.CharField(label=_("Lý do sửa"), max_length=300, required=False)

    def __init__(self, *args: Any, is_correction: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_correction:
            self.fields["reason"].required = True
        else:
            del self.fields["reason"]

    def entry(self) -> ProxyEntry:
        typed = self.cleaned_data
        return ProxyEntry(
            full_name=typed["full_name"],
            number=typed["number"],
            relation=ProxyRelation(typed["relation"]),
            paper_number=typed["paper_number"],
            paper_date=typed["paper_date"],
            reason=typed.get("reason", ""),
        )
