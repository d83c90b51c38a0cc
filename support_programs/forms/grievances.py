"""Forms of complaints and reports, of the desks and of the public page."""

from collections.abc import Sequence
from typing import Any, Final, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from core import clock
from core.dates import format_date
from core.sent_once import new_token
from support_programs.enums import GrievanceChannel, GrievanceKind, GrievanceOutcome, GrievanceTopic
from support_programs.forms.records import DayField

_PLAIN: Final = {"autocomplete": "off", "spellcheck": "false"}
_DESK_CHANNELS: Final = tuple(
    choice for choice in GrievanceChannel.choices if choice[0] != GrievanceChannel.PUBLIC
)


def _choices(form: forms.Form, name: str, choices: Sequence[Any]) -> None:
    cast("forms.ChoiceField", form.fields[name]).choices = choices


class _ReportForm(forms.Form):
    """What both ask; which of it must be there is said by the service. `token` tells a second sending (core.sent_once)."""

    token = forms.CharField(required=False, widget=forms.HiddenInput, initial=new_token)
    kind = forms.ChoiceField(label=_("Loại"), choices=GrievanceKind.choices, initial=GrievanceKind.FEEDBACK)
    topic = forms.ChoiceField(
        label=_("Nội dung về"),
        choices=[("", _("Chọn")), *GrievanceTopic.choices],
        error_messages={"required": _("Hãy chọn nội dung về việc gì.")},
    )
    text = forms.CharField(
        label=_("Nội dung"),
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Việc gì, ở đâu, khi nào. Không ghi số CCCD, CMND, số tài khoản."),
        error_messages={"required": _("Hãy ghi nội dung: việc gì, ở đâu, khi nào.")},
    )
    sender_name = forms.CharField(
        label=_("Họ và tên người gửi"),
        required=False,
        widget=forms.TextInput(attrs=_PLAIN),
        help_text=_("Khiếu nại, tố cáo phải ghi họ tên. Phản ánh có thể không ghi."),
    )
    phone = forms.CharField(
        label=_("Số điện thoại"), required=False, widget=forms.TextInput(attrs={"inputmode": "tel", **_PLAIN})
    )
    address = forms.CharField(label=_("Địa chỉ"), required=False, widget=forms.TextInput(attrs=_PLAIN))


class DeskReportForm(_ReportForm):
    """Written down at a desk."""

    channel = forms.ChoiceField(label=_("Nguồn"), choices=_DESK_CHANNELS, initial=GrievanceChannel.DESK)
    received_on = DayField(label=_("Ngày nhận"))
    about = forms.CharField(
        label=_("Về hồ sơ hoặc danh sách"),
        required=False,
        widget=forms.TextInput(attrs={"placeholder": "HS-2021-… , DS-2021-…", **_PLAIN}),
        help_text=_("Mã hồ sơ hoặc mã danh sách, nếu có."),
    )

    field_order = (
        "channel",
        "received_on",
        "kind",
        "topic",
        "about",
        "text",
        "sender_name",
        "phone",
        "address",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["received_on"].initial = format_date(clock.today())


class PublicReportForm(_ReportForm):
    """Sent in by a citizen; `website` stays empty unless a program fills the form in."""

    area = forms.ChoiceField(
        label=_("Xã, phường, thị trấn"),
        help_text=_("Nơi xảy ra việc ông/bà nêu."),
        error_messages={"required": _("Ông/bà chọn xã, phường, thị trấn nơi xảy ra việc.")},
    )
    about = forms.CharField(
        label=_("Mã hồ sơ hoặc danh sách"),
        required=False,
        widget=forms.TextInput(attrs={"placeholder": "HS-2021-… , DS-2021-…", **_PLAIN}),
        help_text=_("Có trên giấy tiếp nhận hoặc trang danh sách công khai, nếu ông/bà có."),
    )
    website = forms.CharField(required=False, widget=forms.TextInput(attrs={"tabindex": "-1", **_PLAIN}))

    field_order = ("kind", "topic", "area", "about", "text", "sender_name", "phone", "address", "website")

    def __init__(
        self, *args: Any, communes: Sequence[tuple[str, Sequence[tuple[str, str]]]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        _choices(self, "area", [("", _("Chọn")), *communes])


class AnswerForm(forms.Form):
    """The answer as its sender reads it."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    outcome = forms.ChoiceField(label=_("Kết quả"), choices=[("", _("Chọn")), *GrievanceOutcome.choices])
    answer = forms.CharField(
        label=_("Nội dung trả lời"),
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_(
            "Người gửi đọc được nguyên văn. Không ghi số CCCD, số tài khoản, thông tin của người khác."
        ),
    )


class ForwardForm(forms.Form):
    """To whom it is handed on, and why."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    to_area = forms.ChoiceField(
        label=_("Cơ quan nhận"),
        error_messages={"required": _("Hãy chọn cơ quan nhận: cấp trên hoặc cấp dưới trực tiếp.")},
    )
    reason = forms.CharField(label=_("Lý do"), widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, offices: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choices(self, "to_area", [("", _("Chọn")), *offices])


class ReasonedForm(forms.Form):
    """An act with its reason."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(label=_("Lý do"), widget=forms.Textarea(attrs={"rows": 3}))


class FollowForm(forms.Form):
    """By which a sender finds what was sent."""

    code = forms.CharField(
        label=_("Mã theo dõi"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Ông/bà ghi mã theo dõi đã được cấp khi gửi.")},
    )
