"""The papers of money: what was allotted."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.queries import area_name
from disbursements.forms.fields import MoneyField
from disbursements.queries.allocations import DecisionMoney, source_choices
from disbursements.services.allocations import AllocationPaper
from support_programs.forms import DayField


class AllocationForm(forms.Form):
    """The paper by which money reached a district."""

    money = forms.ChoiceField(label=_("Quyết định và huyện"))
    source = forms.ChoiceField(label=_("Nguồn kinh phí"))
    document_number = forms.CharField(label=_("Số văn bản phân bổ"), max_length=60)
    allocated_on = DayField(
        label=_("Ngày phân bổ"), help_text=_("Ba ngày làm việc của bước chi trả tính từ ngày này.")
    )
    amount = MoneyField(label=_("Số tiền (đồng)"))

    def __init__(self, rows: list[DecisionMoney], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        source = self.fields["source"]
        if isinstance(source, forms.ChoiceField):
            source.choices = source_choices()
        field = self.fields["money"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [
                (f"{row.decision_id}-{row.district}", f"{row.number}, {area_name(row.district)}")
                for row in rows
                if row.left > 0
            ]

    def decision_id(self) -> int:
        return int(self.cleaned_data["money"].split("-")[0])

    def paper(self) -> AllocationPaper:
        typed = self.cleaned_data
        return AllocationPaper(
            district=typed["money"].split("-")[1],
            source=typed["source"],
            document_number=typed["document_number"].strip(),
            allocated_on=typed["allocated_on"],
            amount=typed["amount"],
        )
