"""What officers type of a request about somebody's own data, and of its answer."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from beneficiaries.enums import RequestKind
from beneficiaries.models import Person
from beneficiaries.services.data_requests import Asked
from beneficiaries.views.form_pages import PLAIN, DayField
from core import clock
from core.date_texts import format_date
from core.references import parse_reference
from core.workflow import Actor

MOST_TEXT: Final = 2000


class RequestForm(forms.Form):
    """A new request; `cleaned_data["person"]` is the registered person it is about, or None."""

    use_required_attribute = False

    person = forms.CharField(
        label=lazy("Mã người thụ hưởng"),
        required=False,
        max_length=20,
        widget=forms.TextInput({**PLAIN, "class": "w-id"}),
        help_text=lazy("Ví dụ NT-2021-00000012. Để trống nếu người yêu cầu chưa có trong hệ thống."),
    )
    asked_by = forms.CharField(
        label=lazy("Người yêu cầu"),
        max_length=150,
        error_messages={"required": lazy("Người yêu cầu: hãy ghi họ tên.")},
        help_text=lazy("Họ tên người đến hỏi. Hãy đối chiếu giấy tờ tùy thân trước khi ghi."),
    )
    contact = forms.CharField(
        label=lazy("Cách liên hệ"),
        max_length=150,
        required=False,
        help_text=lazy("Số điện thoại hoặc địa chỉ để trả lời."),
    )
    kind = forms.ChoiceField(
        label=lazy("Yêu cầu"),
        choices=[("", lazy("Chọn loại yêu cầu")), *RequestKind.choices],
        error_messages={"required": lazy("Yêu cầu: hãy chọn loại yêu cầu.")},
    )
    content = forms.CharField(
        label=lazy("Nội dung"),
        max_length=MOST_TEXT,
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": lazy("Nội dung: hãy ghi người dân yêu cầu gì.")},
        help_text=lazy("Đừng ghi số CCCD, CMND hay số tài khoản vào đây."),
    )

    def __init__(self, data: Any, *, actor: Actor, person: str = "") -> None:
        known = _visible(person, actor) if person else None
        initial = {"received_on": format_date(clock.today()), "person": known.reference if known else ""}
        if known:
            initial["asked_by"] = known.full_name
        super().__init__(data, initial=initial)
        self.actor = actor
        self.fields["received_on"] = DayField(
            label=_("Ngày nhận"), required=True, missing=_("Ngày nhận: hãy ghi ngày nhận yêu cầu.")
        )

    def clean_person(self) -> Person | None:
        typed = self.cleaned_data["person"].strip()
        found = _visible(typed, self.actor) if typed else None
        if typed and found is None:
            raise forms.ValidationError(
                _(
                    "Mã người thụ hưởng: không có người này trong địa bàn của bạn. Hãy xem lại mã hoặc để trống."
                )
            )
        return found

    def asked(self) -> Asked:
        given = self.cleaned_data
        return Asked(
            asked_by=given["asked_by"],
            contact=given["contact"],
            kind=given["kind"],
            content=given["content"],
            received_on=given["received_on"],
        )


class AnswerForm(forms.Form):
    """What the person was told."""

    use_required_attribute = False

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    answer = forms.CharField(
        label=lazy("Trả lời, hoặc lý do từ chối"),
        max_length=MOST_TEXT,
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": lazy("Trả lời: hãy ghi điều đã báo cho người dân.")},
        help_text=lazy(
            "Ghi điều đã báo cho người dân và việc đã làm. Đừng ghi số CCCD, CMND hay số tài khoản."
        ),
    )


def _visible(typed: str, actor: Actor) -> Person | None:
    reference = parse_reference(typed)
    if reference is None:
        return None
    return Person.objects.visible_to(actor).filter(reference=str(reference)).first()
