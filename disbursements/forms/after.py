"""What is typed after a payment: recoveries, unclaimed money, samples and calls."""

import datetime as dt
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from accounts.queries import area_name, children_of
from core import clock
from core.dates import InvalidDateError, parse_date
from core.workflow import Actor
from disbursements.enums import CallOutcome, RecoveryKind
from disbursements.forms.fields import MoneyField
from disbursements.queries.callbacks import SampleScope
from disbursements.services.callbacks import CallAnswer, SampleSize
from disbursements.services.recoveries import DecisionPaper, Due, MoneyPaper, WrongPayment
from support_programs.forms import DayField
from support_programs.queries.programmes import programme_choices

FEWEST_ROWS: Final = 4
MOST_ROWS: Final = 24
_YEARS_AHEAD: Final = dt.timedelta(days=366 * 5)


class DueDayField(forms.CharField):
    """A day typed as ngày/tháng/năm, five years ahead at most; the service says which days fit."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput({"autocomplete": "off", "inputmode": "numeric"}))
        super().__init__(**kwargs)

    def clean(self, value: Any) -> dt.date | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            return parse_date(text, latest=clock.today() + _YEARS_AHEAD)
        except InvalidDateError as error:
            raise forms.ValidationError(str(error)) from error


class WrongPaymentForm(forms.Form):
    """Why a payment is asked back, and how much of it."""

    kind = forms.ChoiceField(
        label=lazy("Loại"),
        choices=[(kind.value, kind.label) for kind in RecoveryKind.by_hand()],
        widget=forms.RadioSelect,
    )
    amount = MoneyField(label=lazy("Số tiền phải thu hồi (đồng)"))
    reason = forms.CharField(
        label=lazy("Lý do"),
        widget=forms.Textarea,
        max_length=500,
        help_text=lazy("Ghi việc đã phát hiện và căn cứ. Đừng ghi số CCCD hay số tài khoản."),
    )

    def wrong(self) -> WrongPayment:
        typed = self.cleaned_data
        return WrongPayment(typed["kind"], typed["amount"], typed["reason"])


class DecisionForm(forms.Form):
    """A decision as its paper says."""

    number = forms.CharField(label=lazy("Số quyết định"), max_length=60)
    signed_on = DayField(label=lazy("Ngày quyết định"))
    signer = forms.CharField(label=lazy("Người ký"), max_length=150)

    def paper(self) -> DecisionPaper:
        typed = self.cleaned_data
        return DecisionPaper(typed["number"], typed["signed_on"], typed["signer"])


class WaiverForm(DecisionForm):
    reason = forms.CharField(label=lazy("Lý do miễn thu hồi"), widget=forms.Textarea, max_length=300)


class MoneyPaperForm(forms.Form):
    """A receipt, or the slip by which money went to the budget."""

    number = forms.CharField(label=lazy("Số chứng từ"), max_length=60)
    on = DayField(label=lazy("Ngày chứng từ"))
    amount = MoneyField(label=lazy("Số tiền (đồng)"))

    def paper(self) -> MoneyPaper:
        typed = self.cleaned_data
        return MoneyPaper(typed["number"], typed["on"], typed["amount"])


class PlanForm(forms.Form):
    """Instalments row by row; empty rows at the end are left out, a half-filled row is refused at its field."""

    is_all_optional = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [name for name in (*self.data, *self.initial) if name.startswith("day_")]
        self.rows = min(max(FEWEST_ROWS, len(known)), MOST_ROWS)
        for row in range(1, self.rows + 1):
            self.fields[f"day_{row}"] = DueDayField(
                label=_("Kỳ %(row)d, hạn nộp") % {"row": row}, required=False
            )
            self.fields[f"amount_{row}"] = MoneyField(
                label=_("Kỳ %(row)d, số tiền (đồng)") % {"row": row}, required=False
            )

    def lines(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Day and amount of each row, for the page."""
        return [(self[f"day_{row}"], self[f"amount_{row}"]) for row in range(1, self.rows + 1)]

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        for row in range(1, self.rows + 1):
            day, amount = typed.get(f"day_{row}"), typed.get(f"amount_{row}")
            if day and amount is None and f"amount_{row}" not in self.errors:
                self.add_error(f"amount_{row}", _("Hãy ghi số tiền của kỳ này."))
            if amount is not None and not day and f"day_{row}" not in self.errors:
                self.add_error(f"day_{row}", _("Hãy ghi hạn nộp của kỳ này, ví dụ 30/10/2021."))
        return typed

    def dues(self) -> list[Due]:
        typed = self.cleaned_data
        rows = range(1, self.rows + 1)
        return [Due(typed[f"day_{row}"], typed[f"amount_{row}"]) for row in rows if typed.get(f"day_{row}")]


class UnclaimedForm(forms.Form):
    """The paper by which unclaimed money goes back; who was chosen and the sums shown go with it."""

    document_number = forms.CharField(
        label=lazy("Số văn bản hoàn trả"),
        max_length=60,
        help_text=lazy("Văn bản của đơn vị gửi cơ quan tài chính."),
    )
    returned_on = DayField(label=lazy("Ngày văn bản"))
    people = forms.IntegerField(widget=forms.HiddenInput)
    amount = forms.IntegerField(widget=forms.HiddenInput)


class ReopenForm(forms.Form):
    reason = forms.CharField(
        label=lazy("Lý do mở lại"),
        widget=forms.Textarea,
        max_length=500,
        help_text=lazy("Ví dụ: người nhận đã về địa phương. Cần phân bổ lại kinh phí trước khi lập đợt chi."),
    )


class SampleForm(forms.Form):
    """Of which payments to draw, and how many."""

    area = forms.ChoiceField(label=lazy("Địa bàn"))
    programme = forms.ChoiceField(label=lazy("Chính sách"), required=False)
    batch = forms.CharField(
        label=lazy("Đợt chi"),
        max_length=20,
        required=False,
        help_text=lazy("Mã đợt chi, ví dụ DC-2021-00000127. Để trống thì lấy mọi đợt."),
    )
    paid_from = DayField(label=lazy("Chi từ ngày"), required=False)
    paid_to = DayField(label=lazy("Đến ngày"), required=False)
    people = forms.IntegerField(label=lazy("Số người"), min_value=1, max_value=2000, required=False)
    percent = forms.IntegerField(
        label=lazy("Hoặc tỷ lệ phần trăm"), min_value=1, max_value=100, required=False
    )
    seed = forms.CharField(
        label=lazy("Số gieo"),
        max_length=40,
        required=False,
        help_text=lazy(
            "Cùng số gieo và phạm vi thì chọn ra cùng những người. Để trống thì hệ thống gieo và ghi lại."
        ),
    )

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        whole = [(actor.area_code, area_name(actor.area_code)), *children_of(actor.area_code)]
        for name, choices in (
            ("area", whole),
            ("programme", [("", _("Mọi chính sách")), *programme_choices()]),
        ):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = choices

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        if bool(typed.get("people")) == bool(typed.get("percent")) and not self.errors:
            self.add_error("people", _("Hãy ghi số người, hoặc tỷ lệ phần trăm (chỉ một trong hai)."))
        return typed

    def scope(self) -> SampleScope:
        typed = self.cleaned_data
        return SampleScope(
            area=typed["area"],
            programme=typed["programme"],
            batch=typed["batch"].strip().upper(),
            paid_from=typed["paid_from"],
            paid_to=typed["paid_to"],
        )

    def size(self) -> SampleSize:
        return SampleSize(self.cleaned_data["people"] or 0, self.cleaned_data["percent"] or 0)


class CallForm(forms.Form):
    """What came of a call."""

    outcome = forms.ChoiceField(
        label=lazy("Người nhận trả lời"), choices=CallOutcome.choices, widget=forms.RadioSelect
    )
    said_amount = MoneyField(
        label=lazy("Số tiền người nhận nói (đồng)"),
        required=False,
        help_text=lazy("Chỉ ghi khi nhận thiếu tiền."),
    )
    note = forms.CharField(label=lazy("Ghi chú"), widget=forms.Textarea, max_length=500, required=False)

    def answer(self) -> CallAnswer:
        typed = self.cleaned_data
        return CallAnswer(typed["outcome"], typed["said_amount"], typed["note"])
