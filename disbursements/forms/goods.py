"""What officers type about stores, stock papers and donations."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.queries import area_name, children_of
from core import clock
from core.wording import Text
from core.workflow import Actor
from disbursements.enums import DonationKind, DonorKind
from disbursements.forms.fields import MoneyField, QuantityField, set_choices
from disbursements.models import FundingSource, Goods, Store
from disbursements.queries.goods_stock import goods_choices, reachable_stores, stores_of
from disbursements.services.goods_donations import DonationPaper
from disbursements.services.goods_stock import StockPaper, StorePlace
from support_programs.forms import DayField

_PLAIN: Final = {"autocomplete": "off"}


class StoreForm(forms.Form):
    """A new store."""

    area = forms.ChoiceField(label=_("Đơn vị có kho"))
    name = forms.CharField(label=_("Tên kho"), max_length=150)
    address = forms.CharField(label=_("Địa chỉ"), max_length=250, required=False)
    keeper_name = forms.CharField(label=_("Người giữ kho"), max_length=150, required=False)

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "area", own_areas(actor))

    def place(self) -> StorePlace:
        typed = self.cleaned_data
        return StorePlace(typed["area"], typed["name"], typed["address"], typed["keeper_name"])


def own_areas(actor: Actor) -> list[tuple[str, Text]]:
    """Where a store of this person can stand: their own unit and those below it."""
    below: list[tuple[str, Text]] = list(children_of(actor.area_code)) if len(actor.area_code) < 10 else []
    return [(actor.area_code, area_name(actor.area_code)), *below]


class GoodsForm(forms.Form):
    """A further kind of goods."""

    code = forms.RegexField(
        r"^[A-Za-z0-9_]{2,20}$",
        label=_("Mã hàng"),
        help_text=_("Chữ không dấu và số, ví dụ MI_GOI."),
        error_messages={"invalid": _("Mã hàng gồm 2 đến 20 chữ không dấu, số hoặc gạch dưới.")},
    )
    name = forms.CharField(label=_("Tên hàng"), max_length=100)
    unit = forms.CharField(label=_("Đơn vị tính"), max_length=8, help_text=_("Ví dụ: kg, thùng, gói."))


class StockPaperForm(forms.Form):
    """What every stock paper says: store, goods, how much, by which paper of which day."""

    store = forms.ModelChoiceField(
        Store.objects.none(), label=_("Kho"), to_field_name="reference", empty_label=None
    )
    goods = forms.ChoiceField(label=_("Loại hàng"))
    quantity = QuantityField(label=_("Số lượng"))
    document_number = forms.CharField(label=_("Số chứng từ"), max_length=60)
    moved_on = DayField(label=_("Ngày chứng từ"))

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["store"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = stores_of(actor)
        set_choices(self, "goods", goods_choices())
        self.fields["moved_on"].initial = f"{clock.today():%d/%m/%Y}"

    def clean_goods(self) -> Goods:
        return Goods.objects.get(code=self.cleaned_data["goods"])

    def paper(self) -> StockPaper:
        typed = self.cleaned_data
        return StockPaper(
            typed["goods"],
            typed["quantity"],
            typed["document_number"].strip(),
            typed["moved_on"],
            typed.get("reason", "").strip(),
        )


class ReceiptForm(StockPaperForm):
    """Goods that came into a store, and from whom."""

    source = forms.ChoiceField(label=_("Nguồn hàng"))
    estimated_value = MoneyField(
        label=_("Giá trị ước tính (đồng)"),
        required=False,
        help_text=_("Theo chứng từ; để trống nếu chưa rõ."),
    )

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(actor, *args, **kwargs)
        rows = FundingSource.objects.filter(is_active=True).values_list("code", "name")
        set_choices(self, "source", [("", _("Chọn nguồn hàng")), *rows])

    def source_chosen(self) -> FundingSource:
        return FundingSource.objects.get(code=self.cleaned_data["source"])


class TransferForm(StockPaperForm):
    """Goods that leave a store for another one."""

    to_store = forms.ModelChoiceField(
        Store.objects.none(), label=_("Kho nhận"), to_field_name="reference", empty_label=_("Chọn kho nhận")
    )
    field_order = ("store", "to_store", "goods", "quantity", "document_number", "moved_on")

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(actor, *args, **kwargs)
        self.fields["store"].label = _("Kho xuất")
        field = self.fields["to_store"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = reachable_stores(actor)


class LossForm(StockPaperForm):
    """Goods that are spoilt or gone."""

    reason = forms.CharField(label=_("Lý do"), widget=forms.Textarea, max_length=500)


class ArrivalForm(forms.Form):
    """What came of a transfer."""

    quantity = QuantityField(label=_("Số lượng nhận"))
    document_number = forms.CharField(label=_("Số phiếu nhập, biên bản"), max_length=60)
    moved_on = DayField(label=_("Ngày nhận"))
    reason = forms.CharField(
        label=_("Lý do thiếu"),
        max_length=500,
        required=False,
        help_text=_("Chỉ ghi khi nhận ít hơn số đã xuất."),
    )

    def paper(self, goods: Goods) -> StockPaper:
        typed = self.cleaned_data
        return StockPaper(
            goods,
            typed["quantity"],
            typed["document_number"].strip(),
            typed["moved_on"],
            typed["reason"].strip(),
        )


class CorrectionForm(forms.Form):
    """Why a paper is taken back, and by which minutes."""

    document_number = forms.CharField(label=_("Số biên bản"), max_length=60)
    moved_on = DayField(label=_("Ngày biên bản"))
    reason = forms.CharField(label=_("Lý do"), widget=forms.Textarea, max_length=500)


class DonationForm(forms.Form):
    """A donation as its receipt says it: money, or goods that go into a store."""

    kind = forms.ChoiceField(label=_("Hình thức"), choices=DonationKind.choices, widget=forms.RadioSelect)
    donor_name = forms.CharField(label=_("Người ủng hộ"), max_length=150)
    donor_kind = forms.ChoiceField(label=_("Loại nhà tài trợ"), choices=DonorKind.choices)
    receipt_number = forms.CharField(label=_("Số phiếu thu"), max_length=60)
    received_on = DayField(label=_("Ngày nhận"))
    amount = MoneyField(label=_("Số tiền, hoặc giá trị ước tính của hiện vật (đồng)"), required=False)
    goods = forms.ChoiceField(label=_("Loại hàng"), required=False)
    quantity = QuantityField(label=_("Số lượng"), required=False)
    store = forms.ModelChoiceField(
        Store.objects.none(),
        label=_("Nhập vào kho"),
        to_field_name="reference",
        required=False,
        empty_label="–",
    )
    purpose = forms.CharField(label=_("Mục đích ủng hộ"), max_length=300, required=False)

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "goods", [("", "–"), *goods_choices()])
        field = self.fields["store"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = stores_of(actor)
        self.fields["kind"].initial = DonationKind.CASH.value

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if typed.get("kind") == DonationKind.CASH:
            if not typed.get("amount") and "amount" not in self.errors:
                self.add_error("amount", _("Hãy ghi số tiền ủng hộ."))
        elif typed.get("kind") == DonationKind.GOODS:
            wanted = {
                "goods": _("Hãy chọn loại hàng."),
                "quantity": _("Hãy ghi số lượng hàng."),
                "store": _("Hãy chọn kho nhận hàng."),
            }
            for name, sentence in wanted.items():
                if not typed.get(name) and name not in self.errors:
                    self.add_error(name, sentence)
        return typed

    def paper(self) -> DonationPaper:
        typed = self.cleaned_data
        is_goods = typed["kind"] == DonationKind.GOODS
        return DonationPaper(
            donor_name=typed["donor_name"],
            donor_kind=DonorKind(typed["donor_kind"]),
            receipt_number=typed["receipt_number"],
            received_on=typed["received_on"],
            amount=typed["amount"],
            goods=Goods.objects.get(code=typed["goods"]) if is_goods else None,
            quantity=typed["quantity"] if is_goods else None,
            store=typed["store"] if is_goods else None,
            purpose=typed["purpose"],
        )
