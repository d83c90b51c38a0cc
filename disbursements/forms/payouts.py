"""Asking for a batch, and what is typed when it moves on."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.enums import DISTRICT_DIGITS
from accounts.queries import area_name, children_of
from core.text import inside_sentence
from core.wording import Text
from core.workflow import Actor
from disbursements.enums import PayoutChannel
from disbursements.queries.request_choices import decision_choices, paid_programmes, stream_choices
from disbursements.services.requests import BatchRequest


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


class ActForm(forms.Form):
    """An action on a batch; the version notices a page that was opened before somebody else's change."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class ReasonForm(ActForm):
    reason = forms.CharField(label=_("Lý do"), widget=forms.Textarea, max_length=1000)
