"""What officers type about stores, stock papers, rounds of handing out and donations."""

import re
import uuid
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.queries import area_name, children_of
from core import clock
from core.wording import Text
from core.workflow import Actor
from disbursements.enums import DonationKind, DonorKind, MissedReason
from disbursements.forms.fields import MoneyField
from disbursements.forms.payouts import area_choices
from disbursements.models import FundingSource, Goods, Store
from disbursements.queries.goods_people import handout_decisions, handout_programmes
from disbursements.queries.goods_stock import goods_choices, reachable_stores, stores_of
from disbursements.services.goods_donations import DonationPaper
from disbursements.services.goods_handouts import Leftovers
from disbursements.services.goods_requests import HandoutRequest
from disbursements.services.goods_results import Proxy
from disbursements.services.goods_stock import StockPaper, StorePlace
from support_programs.forms import DayField

MAX_LIST: Final = 20 * 1024 * 1024
_PLAIN: Final = {"autocomplete": "off"}


class QuantityField(forms.CharField):
    """A whole quantity typed as 1500 or 1.500."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput({**_PLAIN, "inputmode": "numeric"}))
        super().__init__(**kwargs)

    def clean(self, value: Any) -> int | None:
        text = re.sub(r"[\s.]", "", super().clean(value))
        if not text and not self.required:
            return None
        if not (text.isascii() and text.isdigit()) or len(text) > 12:
            raise forms.ValidationError(_("Số lượng phải là số nguyên, ví dụ 1.500."))
        return int(text)


def set_choices(form: forms.Form, name: str, choices: Any) -> None:
    """Give a field of a form its choices."""
    field = form.fields[name]
    if isinstance(field, forms.ChoiceField):
        field.choices = choices


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


class HandoutForm(forms.Form):
    """Whom to hand goods to, and out of which store; the key makes a form that is sent twice one request."""

    programme = forms.ChoiceField(label=_("Chính sách"))
    area = forms.ChoiceField(label=_("Địa bàn cấp phát"))
    decision = forms.ChoiceField(label=_("Quyết định"), required=False)
    goods = forms.ChoiceField(label=_("Loại hàng"))
    store = forms.ModelChoiceField(
        Store.objects.none(), label=_("Xuất từ kho"), to_field_name="reference", empty_label=None
    )
    title = forms.CharField(
        label=_("Tên đợt cấp phát"),
        max_length=200,
        required=False,
        help_text=_("Để trống thì hệ thống tự đặt tên."),
    )
    key = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        programme, decision = (str(self.data.get(name, "")) for name in ("programme", "decision"))
        set_choices(self, "programme", handout_programmes(actor.area_code, programme))
        set_choices(self, "area", area_choices(actor))
        set_choices(self, "decision", [("", _("Tất cả")), *handout_decisions(actor.area_code, decision)])
        set_choices(self, "goods", goods_choices())
        field = self.fields["store"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = stores_of(actor)
        self.fields["key"].initial = uuid.uuid4().hex

    def request(self) -> HandoutRequest:
        """The request as the service takes it."""
        typed = self.cleaned_data
        return HandoutRequest(
            programme=typed["programme"],
            area_code=typed["area"],
            store=typed["store"],
            goods=Goods.objects.get(code=typed["goods"]),
            key=typed["key"],
            title=typed["title"].strip(),
            decision=typed["decision"],
        )


class HandoutActForm(forms.Form):
    """An action on a round; the version notices a page that was opened before somebody else's change."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class StartForm(HandoutActForm):
    document_number = forms.CharField(label=_("Số phiếu xuất kho"), max_length=60)


class HandoutReasonForm(HandoutActForm):
    reason = forms.CharField(label=_("Lý do"), widget=forms.Textarea, max_length=1000)


class CloseForm(HandoutActForm):
    """What went back into the store; nothing is asked where nothing is left over."""

    document_number = forms.CharField(label=_("Số phiếu nhập lại kho"), max_length=60, required=False)
    quantity = QuantityField(
        label=_("Số lượng nhập lại kho"), required=False, help_text=_("Để trống nếu nhập lại đủ số còn lại.")
    )
    loss_document = forms.CharField(label=_("Số biên bản hao hụt"), max_length=60, required=False)
    loss_reason = forms.CharField(label=_("Lý do hao hụt"), max_length=300, required=False)

    def leftovers(self) -> Leftovers:
        typed = self.cleaned_data
        return Leftovers(
            typed["document_number"], typed["quantity"], typed["loss_document"], typed["loss_reason"]
        )


class MissedForm(forms.Form):
    """Why one person did not get the goods."""

    choice = forms.ChoiceField(label=_("Lý do"), choices=MissedReason.choices)
    words = forms.CharField(label=_("Ghi rõ"), max_length=250, required=False)

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if typed.get("choice") == MissedReason.OTHER and not typed.get("words", "").strip():
            self.add_error("words", _("Hãy ghi rõ lý do."))
        return typed

    def reason(self) -> str:
        """The reason as it is kept."""
        words: str = self.cleaned_data["words"].strip()
        if self.cleaned_data["choice"] == MissedReason.OTHER:
            return words
        label = str(MissedReason(self.cleaned_data["choice"]).label)
        return f"{label}: {words}" if words else label


class ProxyForm(forms.Form):
    """Who took the goods for somebody."""

    name = forms.CharField(label=_("Người nhận thay"), max_length=150)
    relation = forms.CharField(
        label=_("Quan hệ với người được nhận"),
        max_length=100,
        help_text=_("Ví dụ: vợ, con, người được ủy quyền."),
    )
    paper = forms.CharField(label=_("Giấy ủy quyền"), max_length=100, required=False)
    number = forms.CharField(
        label=_("Số CCCD, CMND"),
        max_length=20,
        required=False,
        widget=forms.TextInput({**_PLAIN, "inputmode": "numeric"}),
        help_text=_("Được mã hóa; trang chỉ hiện 3 số cuối."),
    )

    def proxy(self) -> Proxy:
        typed = self.cleaned_data
        return Proxy(typed["name"], typed["relation"], typed["paper"], typed["number"])


class HandoutListForm(forms.Form):
    """The hand-out list that came back."""

    file = forms.FileField(
        label=_("Danh sách cấp phát đã ghi kết quả"),
        help_text=_("Tệp Excel đã tải ở trang của đợt, cột Kết quả nhận đã điền."),
    )

    def clean_file(self) -> Any:
        found = self.cleaned_data["file"]
        if found.size > MAX_LIST:
            raise forms.ValidationError(
                _("Tệp lớn hơn 20 MB. Hãy xóa hình ảnh và trang tính thừa rồi chọn lại.")
            )
        return found


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
