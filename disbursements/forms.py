"""What accountants type on the pages of payouts, as typed values."""

import re
import uuid
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.enums import DISTRICT_DIGITS
from accounts.queries import area_name, children_of
from core.text import inside_sentence
from core.wording import Text
from core.workflow import Actor
from disbursements.enums import PayoutChannel, ReturnReason
from disbursements.queries.allocations import DecisionMoney
from disbursements.queries.request_choices import decision_choices, paid_programmes, stream_choices
from disbursements.services.allocations import AllocationPaper
from disbursements.services.requests import BatchRequest
from support_programs.forms import DayField

MAX_LIST: Final = 20 * 1024 * 1024


class MoneyField(forms.CharField):
    """Whole đồng typed as 1500000 or 1.500.000."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput({"autocomplete": "off", "inputmode": "numeric"}))
        super().__init__(**kwargs)

    def clean(self, value: Any) -> int:
        text = re.sub(r"[\s.đ]|đồng", "", super().clean(value))
        if not (text.isascii() and text.isdigit()) or len(text) > 15:
            raise forms.ValidationError(_("Số tiền chưa đúng. Hãy ghi số đồng, ví dụ 1.500.000."))
        return int(text)


def area_choices(actor: Actor) -> list[tuple[str, Text]]:
    """Districts of the province, or the own district with its communes."""
    if len(actor.area_code) < DISTRICT_DIGITS:
        return list(children_of(actor.area_code))
    whole: Text = _("Cả %(district)s") % {"district": inside_sentence(area_name(actor.area_code))}
    return [(actor.area_code, whole), *children_of(actor.area_code)]


class BatchRequestForm(forms.Form):
    """Whom to pay and how; the key makes a form that is sent twice one request."""

    programme = forms.ChoiceField(label=_("Chính sách"))
    area = forms.ChoiceField(label=_("Địa bàn chi trả"))
    stream = forms.ChoiceField(label=_("Nhóm đối tượng"), required=False)
    decision = forms.ChoiceField(
        label=_("Quyết định"),
        required=False,
        help_text=_(
            "Người đã phê duyệt kinh phí của một quyết định không được duyệt đợt chi của quyết định đó."
        ),
    )
    channel = forms.ChoiceField(
        label=_("Hình thức chi trả"), choices=PayoutChannel.choices, widget=forms.RadioSelect
    )
    title = forms.CharField(
        label=_("Tên đợt chi"),
        max_length=200,
        required=False,
        help_text=_("Để trống thì hệ thống tự đặt tên."),
    )
    key = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = str(self.data.get("decision", ""))
        for name, choices in (
            ("programme", paid_programmes(actor.area_code, str(self.data.get("programme", "")))),
            ("area", area_choices(actor)),
            ("stream", [("", _("Tất cả")), *stream_choices()]),
            ("decision", [("", _("Tất cả")), *decision_choices(actor.area_code, named)]),
        ):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = choices
        self.fields["channel"].initial = PayoutChannel.CASH.value
        self.fields["key"].initial = uuid.uuid4().hex

    def request(self) -> BatchRequest:
        """The request as the service takes it."""
        typed = self.cleaned_data
        return BatchRequest(
            programme=typed["programme"],
            area_code=typed["area"],
            stream=typed["stream"],
            channel=PayoutChannel(typed["channel"]),
            key=typed["key"],
            title=typed["title"],
            decision=typed["decision"],
        )


class AllocationForm(forms.Form):
    """The paper by which money reached a district."""

    money = forms.ChoiceField(label=_("Quyết định và huyện"))
    source = forms.CharField(label=_("Nguồn kinh phí"), max_length=150)
    document_number = forms.CharField(label=_("Số văn bản phân bổ"), max_length=60)
    allocated_on = DayField(
        label=_("Ngày phân bổ"), help_text=_("Ba ngày làm việc của bước chi trả tính từ ngày này.")
    )
    amount = MoneyField(label=_("Số tiền (đồng)"))

    def __init__(self, rows: list[DecisionMoney], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
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
            source=typed["source"].strip(),
            document_number=typed["document_number"].strip(),
            allocated_on=typed["allocated_on"],
            amount=typed["amount"],
        )


class ActForm(forms.Form):
    """An action on a batch; the version notices a page that was opened before somebody else's change."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class ReasonForm(ActForm):
    reason = forms.CharField(label=_("Lý do"), widget=forms.Textarea, max_length=1000)


class StatementForm(forms.Form):
    """The payment list that came back."""

    file = forms.FileField(
        label=_("Danh sách chi trả đã ghi kết quả"),
        help_text=_("Tệp Excel đã tải ở mục Tệp chi, cột Kết quả chi đã điền."),
    )

    def clean_file(self) -> Any:
        found = self.cleaned_data["file"]
        if found.size > MAX_LIST:
            raise forms.ValidationError(
                _("Tệp lớn hơn 20 MB. Hãy xóa hình ảnh và trang tính thừa rồi chọn lại.")
            )
        return found


class ExceptionForm(forms.Form):
    """Why one person was not paid."""

    choice = forms.ChoiceField(label=_("Lý do"), choices=ReturnReason.choices)
    words = forms.CharField(label=_("Ghi rõ"), max_length=250, required=False)

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if typed.get("choice") == ReturnReason.OTHER and not typed.get("words", "").strip():
            self.add_error("words", _("Hãy ghi rõ lý do."))
        return typed

    def reason(self) -> str:
        """The reason as it is kept."""
        words: str = self.cleaned_data["words"].strip()
        label = str(ReturnReason(self.cleaned_data["choice"]).label)
        if self.cleaned_data["choice"] == ReturnReason.OTHER:
            return words
        return f"{label}: {words}" if words else label
