"""What officers type about rounds of handing out."""

import uuid
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from core.workflow import Actor
from disbursements.enums import MissedReason
from disbursements.forms.fields import QuantityField, set_choices
from disbursements.forms.payouts import area_choices
from disbursements.forms.statements import EMPTY_FILE, ExceptionForm, StatementForm
from disbursements.models import Goods, Store
from disbursements.queries.goods_people import handout_decisions, handout_programmes
from disbursements.queries.goods_stock import goods_choices, stores_of
from disbursements.services.goods_handouts import Leftovers
from disbursements.services.goods_requests import HandoutRequest
from disbursements.services.goods_results import Proxy

_PLAIN: Final = {"autocomplete": "off"}


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


class MissedForm(ExceptionForm):
    """Why one person did not get the goods."""

    reasons = MissedReason
    choice = forms.ChoiceField(label=_("Lý do"), choices=MissedReason.choices)


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


class HandoutListForm(StatementForm):
    """The hand-out list that came back."""

    file = forms.FileField(
        label=_("Danh sách cấp phát đã ghi kết quả"),
        help_text=_("Tệp Excel đã tải ở trang của đợt, cột Kết quả nhận đã điền."),
        error_messages=EMPTY_FILE,
    )
