"""The filter of the audit log."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.queries.audit import action_choices
from accounts.queries.staff import area_choices
from core.workflow import Actor

_FORMATS: Final = ["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d"]
_PLACEHOLDERS: Final = {
    "who": _("Người làm"),
    "first": _("Từ ngày"),
    "last": _("Đến ngày"),
    "ref": _("Mã hồ sơ, danh sách, đợt chi"),
}
_NO_DATE: Final = {"invalid": _("Không đọc được ngày. Hãy nhập ngày/tháng/năm, ví dụ 27/09/2021.")}


class AuditFilterForm(forms.Form):
    """Who, what, where, when, which record; every field may stay empty."""

    who = forms.CharField(label=_("Người làm"), required=False)
    what = forms.ChoiceField(label=_("Việc"), required=False)
    area = forms.ChoiceField(label=_("Đơn vị"), required=False)
    first = forms.DateField(
        label=_("Từ ngày"), required=False, input_formats=_FORMATS, error_messages=_NO_DATE
    )
    last = forms.DateField(
        label=_("Đến ngày"), required=False, input_formats=_FORMATS, error_messages=_NO_DATE
    )
    ref = forms.CharField(label=_("Mã"), required=False)

    def __init__(self, *args: Any, reader: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (
            ("what", [("", _("Mọi việc")), *action_choices(reader)]),
            ("area", [("", _("Mọi đơn vị")), *area_choices(reader.area_code)]),
        ):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = choices
                field.widget.attrs["class"] = "in"
        for name, words in _PLACEHOLDERS.items():
            kind = "in w-date" if name in ("first", "last") else "in w-id" if name == "ref" else "in"
            self.fields[name].widget = forms.TextInput(
                {"class": kind, "placeholder": words, "autocomplete": "off", "spellcheck": "false"}
            )

    def clean(self) -> dict[str, Any]:
        """The period runs forward."""
        values: dict[str, Any] = super().clean() or {}
        first, last = values.get("first"), values.get("last")
        if first and last and last < first:
            self.add_error("last", _("Ngày cuối phải bằng hoặc sau ngày đầu."))
        return values
