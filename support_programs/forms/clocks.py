"""What officers type when a dossier is sent back to be completed, when it is answered, and when an area is urged."""

import datetime as dt
from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from core import clock
from core.dates import InvalidDateError, format_date, parse_date
from core.sent_once import new_token
from support_programs.models import SupplementRequest
from support_programs.queries.supplements import PlaceGroup

WHY_MAX: Final = 300
_AHEAD: Final = dt.timedelta(days=366)


class ComingDayField(forms.CharField):
    """A day after today, typed as ngày/tháng/năm; a year ahead at most."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault(
            "widget", forms.TextInput({"autocomplete": "off", "inputmode": "numeric", "class": "w-date"})
        )
        super().__init__(**kwargs)

    def clean(self, value: Any) -> dt.date | None:
        text = super().clean(value)
        if not text:
            return None
        today = clock.today()
        try:
            day = parse_date(text, latest=today + _AHEAD)
        except InvalidDateError as error:
            raise forms.ValidationError(str(error)) from error
        if day <= today:
            raise forms.ValidationError(
                _("Ngày %(day)s phải sau hôm nay, %(today)s. Hãy ghi ngày khác."),
                params={"day": format_date(day), "today": format_date(today)},
            )
        return day


class AskForm(forms.Form):
    """The places of a dossier, each to be marked with why; a reason for the whole where the marks don't say it all."""

    is_all_optional = True
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    reason = forms.CharField(
        label=_("Lý do chung"),
        widget=forms.Textarea,
        required=False,
        max_length=1000,
        help_text=_("Để trống nếu các mục đã đánh dấu nói đủ."),
    )
    answer_by = ComingDayField(
        label=_("Đề nghị bổ sung trước ngày"),
        required=False,
        help_text=_("Ngày/tháng/năm. Để trống nếu không hẹn ngày."),
    )

    def __init__(self, *args: Any, groups: Sequence[PlaceGroup], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.groups = groups
        for place in self._places():
            self.fields[f"mark-{place.name}"] = forms.BooleanField(label=place.label, required=False)
            self.fields[f"why-{place.name}"] = forms.CharField(
                label=_("Cần bổ sung gì ở «%(place)s»") % {"place": place.label},
                required=False,
                max_length=WHY_MAX,
                initial=place.hint,
                widget=forms.TextInput({"class": "in", "autocomplete": "off"}),
            )
        if not self.is_bound:  # what was refused has its summary in focus
            self.fields[f"mark-{self._places()[0].name}"].widget.attrs["autofocus"] = True

    def _places(self) -> list[Any]:
        return [place for group in self.groups for place in group.places]

    def rows(self) -> list[tuple[str, list[tuple[Any, forms.BoundField, forms.BoundField]]]]:
        """For the page: heading -> place, its tick, its reason."""
        return [
            (
                group.title,
                [(place, self[f"mark-{place.name}"], self[f"why-{place.name}"]) for place in group.places],
            )
            for group in self.groups
        ]

    def clean(self) -> dict[str, Any]:
        data = dict(super().clean() or self.cleaned_data)
        for place in self._places():
            why = data.get(f"why-{place.name}", "").strip()
            # words typed without the tick mean the place no less; the suggested ones alone don't
            data[f"mark-{place.name}"] = data.get(f"mark-{place.name}") or why not in ("", place.hint)
            if data[f"mark-{place.name}"] and not why:
                self.add_error(
                    f"why-{place.name}",
                    _("Hãy ghi điều cần bổ sung ở «%(place)s».") % {"place": place.label},
                )
        if not self.marked(data) and not data.get("reason", "").strip():
            self.add_error("reason", _("Hãy đánh dấu mục cần bổ sung hoặc ghi lý do."))
        return data

    def marked(self, data: dict[str, Any] | None = None) -> dict[tuple[str, str], str]:
        """(kind, code) -> why of the marked places."""
        said = self.cleaned_data if data is None else data
        return {
            (place.kind, place.code): said.get(f"why-{place.name}", "").strip()
            for place in self._places()
            if said.get(f"mark-{place.name}")
        }


class AnswerForm(forms.Form):
    """What was added: words for each marked place, and in all."""

    is_all_optional = True
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    note = forms.CharField(
        label=_("Đã bổ sung những gì"), widget=forms.Textarea, required=False, max_length=1000
    )

    def __init__(self, *args: Any, asked: SupplementRequest | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = list(asked.items) if asked else []
        for place, item in enumerate(self.items):
            self.fields[f"done-{place}"] = forms.CharField(
                label=str(item["label"]),
                help_text=str(item["why"]),
                required=False,
                max_length=WHY_MAX,
                widget=forms.TextInput({"autocomplete": "off"}),
            )

    def rows(self) -> list[forms.BoundField]:
        return [self[f"done-{place}"] for place in range(len(self.items))]

    def done(self) -> list[str]:
        return [self.cleaned_data.get(f"done-{place}", "") for place in range(len(self.items))]

    def clean(self) -> dict[str, Any]:
        data = dict(super().clean() or self.cleaned_data)
        said = [data.get("note", ""), *(data.get(f"done-{place}", "") for place in range(len(self.items)))]
        if not any(text.strip() for text in said):
            self.add_error("note", _("Hãy ghi đã bổ sung những gì."))
        return data


class RemindForm(forms.Form):
    """Which late lists a letter names, what it says, and until when they are to be worked off."""

    token = forms.CharField(
        required=False, widget=forms.HiddenInput, initial=new_token
    )  # sent once (core.sent_once)
    lists = forms.MultipleChoiceField(label=_("Danh sách quá hạn"), required=False)
    text = forms.CharField(
        label=_("Nội dung đôn đốc"),
        widget=forms.Textarea,
        max_length=2000,
        error_messages={"required": _("Hãy ghi nội dung đôn đốc.")},
    )
    answer_by = ComingDayField(
        label=_("Đề nghị hoàn thành trước ngày"), required=False, help_text=_("Ngày/tháng/năm.")
    )

    def __init__(self, *args: Any, references: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.references = list(references)
        field = self.fields["lists"]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = [(reference, reference) for reference in references]
            field.error_messages["invalid_choice"] = str(
                _("%(value)s không còn quá hạn ở đơn vị này. Hãy mở lại trang.")
            )

    def picked(self) -> list[str]:
        """The ticked references: all before something was sent."""
        if not self.is_bound:
            return self.references
        return list(self.data.getlist("lists")) if hasattr(self.data, "getlist") else []
