"""Asking for a batch, and what is typed when it moves on."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.enums import DISTRICT_DIGITS
from accounts.queries import area_name, children_of
from core import clock
from core.text import inside_sentence
from core.wording import Text
from core.workflow import Actor
from disbursements.enums import PayoutChannel
from disbursements.forms.fields import MoneyField
from disbursements.queries.request_choices import (
    decision_choices,
    paid_programmes,
    payer_account_choices,
    source_choices,
    stream_choices,
)
from disbursements.services.requests import BatchRequest
from disbursements.services.signatures import MOST_SIGNATURES


def area_choices(actor: Actor) -> list[tuple[str, Text]]:
    """The department itself and the districts, or the own district with its communes."""
    if len(actor.area_code) < DISTRICT_DIGITS:
        own: Text = _("Sở (hồ sơ do Sở lập)")
        return [(actor.area_code, own), *children_of(actor.area_code)]
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
    source = forms.ChoiceField(
        label=_("Nguồn kinh phí"),
        required=False,
        help_text=_("Quyết định có một nguồn thì để «Tất cả»; có nhiều nguồn thì chọn một."),
    )
    channel = forms.ChoiceField(
        label=_("Hình thức chi trả"), choices=PayoutChannel.choices, widget=forms.RadioSelect
    )
    payer_account = forms.ChoiceField(
        label=_("Tài khoản chi"), required=False, help_text=_("Chỉ chọn khi chuyển khoản.")
    )
    is_retry = forms.BooleanField(
        label=_("Chỉ chi lại"),
        required=False,
        help_text=_("Chỉ gồm người đã chi chưa được ở đợt trước."),
    )
    title = forms.CharField(
        label=_("Tên đợt chi"),
        max_length=200,
        required=False,
        help_text=_("Để trống thì hệ thống tự đặt tên."),
    )
    # the warnings that the preview showed, and that they were looked at
    warned = forms.CharField(widget=forms.HiddenInput, required=False, max_length=200)
    has_seen_warnings = forms.BooleanField(label=_("Đã xem các cảnh báo"), required=False)
    key = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = str(self.data.get("decision", ""))
        for name, choices in (
            ("programme", paid_programmes(actor.area_code, str(self.data.get("programme", "")))),
            ("area", area_choices(actor)),
            ("stream", [("", _("Tất cả")), *stream_choices()]),
            ("decision", [("", _("Tất cả")), *decision_choices(actor.area_code, named)]),
            ("source", [("", _("Tất cả")), *source_choices(actor.area_code)]),
            ("payer_account", [("", _("Chưa chọn")), *payer_account_choices(actor.area_code, clock.today())]),
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
            source=typed["source"],
            is_retry=typed["is_retry"],
            payer_account=int(typed["payer_account"]) if typed["payer_account"] else None,
            warnings_seen=frozenset(typed["warned"].split() if typed["has_seen_warnings"] else ()),
        )


class SignatureRuleForm(forms.Form):
    """From an amount on so many signatures, and the paper that says so."""

    from_amount = MoneyField(label=_("Từ số tiền"), help_text=_("Số đồng, ví dụ 500.000.000."))
    signatures = forms.IntegerField(label=_("Số chữ ký"), min_value=1, max_value=MOST_SIGNATURES)
    note = forms.CharField(
        label=_("Căn cứ"), max_length=300, help_text=_("Số, ngày của văn bản giao số chữ ký này.")
    )


class ActForm(forms.Form):
    """An action on a batch; the version notices a page that was opened before somebody else's change."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class ReasonForm(ActForm):
    reason = forms.CharField(label=_("Lý do"), widget=forms.Textarea, max_length=1000)
