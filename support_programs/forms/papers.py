"""Forms of papers, and of what a whole list is confirmed for."""

from typing import Any, Final

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from support_programs.rules.definition import Definition

# before the code of a paper, which might be that of a criterion too
PAPER: Final = "paper-"
_EXCEPT: Final = "_except"
# a paper that the rules don't ask for; the catalogue's codes are longer
BEYOND: Final = "+"
ACCEPTED: Final = "image/jpeg,image/png,application/pdf,.jpg,.jpeg,.png,.pdf"


class ListFactsForm(forms.Form):
    """Ticks for a whole list, of criteria and of papers; excepted rows come as numbers of rows, separated by commas."""

    def __init__(self, *args: Any, definition: Definition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.codes = [criterion.code for criterion in definition.confirmable]
        self.papers = [paper.code for paper in definition.evidence if paper.is_required]
        ticks = [(criterion.code, criterion.confirm) for criterion in definition.confirmable]
        ticks += [(PAPER + paper.code, paper.name) for paper in definition.evidence if paper.is_required]
        for name, label in ticks:
            self.fields[name] = forms.BooleanField(label=label, required=False)
            self.fields[name + _EXCEPT] = forms.CharField(
                label=lazy("Trừ các dòng số"),
                required=False,
                widget=forms.TextInput({"autocomplete": "off", "inputmode": "numeric"}),
            )

    def clean(self) -> dict[str, Any]:
        data = dict(super().clean() or self.cleaned_data)
        for tick in self._ticks():
            name = tick + _EXCEPT
            parts = [
                part for part in data.get(name, "").replace(";", ",").replace(" ", ",").split(",") if part
            ]
            if not all(part.isdecimal() for part in parts):
                self.add_error(name, _("Hãy ghi số thứ tự dòng, cách nhau bằng dấu phẩy, ví dụ 3, 17."))
            data[name] = [int(part) for part in parts if part.isdecimal()]
        if not any(data.get(tick) for tick in self._ticks()):
            raise forms.ValidationError(
                _("Hãy đánh dấu ít nhất một điều kiện hoặc giấy tờ để xác nhận.")
                if self.papers
                else _("Hãy đánh dấu ít nhất một điều kiện để xác nhận.")
            )
        return data

    def _ticks(self) -> list[str]:
        return [*self.codes, *(PAPER + code for code in self.papers)]

    def facts(self) -> dict[str, list[int]]:
        """The ticked criteria, each with the rows excepted from it."""
        return {code: self.cleaned_data[code + _EXCEPT] for code in self.codes if self.cleaned_data[code]}

    def papers_received(self) -> dict[str, list[int]]:
        """The ticked papers, each with the rows excepted from it."""
        names = {code: PAPER + code for code in self.papers}
        return {
            code: self.cleaned_data[name + _EXCEPT] for code, name in names.items() if self.cleaned_data[name]
        }


class FilesInput(forms.ClearableFileInput):
    """Several files at once; on a phone the camera is offered."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Files of one paper; what each of them really is, the service tells."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        sent = data if isinstance(data, list | tuple) else [data] if data else []
        if not sent:
            raise forms.ValidationError(_("Hãy chọn ít nhất một tệp."))
        return [super(FilesField, self).clean(each, initial) for each in sent]


class PaperFilesForm(forms.Form):
    """Scans or photographs of one paper: which one, under a name of its own when the rules don't ask for it."""

    # the page has a second input of the files' name, for the camera
    use_required_attribute = False

    code = forms.ChoiceField(label=lazy("Giấy tờ"))
    label = forms.CharField(
        label=lazy("Tên giấy tờ khác"),
        max_length=300,
        required=False,
        help_text=lazy("Chỉ ghi khi chọn «Giấy tờ khác»."),
    )
    scans = FilesField(
        label=lazy("Tệp"),
        help_text=lazy("PDF, JPG hoặc PNG. Chọn được nhiều tệp. Trên điện thoại: chụp thẳng từ máy ảnh."),
        allow_empty_file=True,
    )
    note = forms.CharField(label=lazy("Ghi chú"), max_length=300, required=False)

    def __init__(self, *args: Any, definition: Definition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["code"]
        if isinstance(chosen, forms.ChoiceField):
            chosen.choices = [
                *((paper.code, paper.name) for paper in definition.evidence),
                (BEYOND, _("Giấy tờ khác")),
            ]
        self.fields["scans"].widget.attrs.update({"accept": ACCEPTED})


class SeenForm(forms.Form):
    """Papers that lie before the officer."""

    codes = forms.MultipleChoiceField(
        label=lazy("Giấy tờ"), error_messages={"required": lazy("Hãy chọn giấy tờ mà chính sách yêu cầu.")}
    )

    def __init__(self, *args: Any, definition: Definition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["codes"]
        if isinstance(chosen, forms.MultipleChoiceField):
            chosen.choices = [(paper.code, paper.name) for paper in definition.evidence]


class TakeOutForm(forms.Form):
    """Why a paper is taken out of its dossier."""

    reason = forms.CharField(
        label=lazy("Lý do bỏ giấy tờ này"),
        max_length=300,
        help_text=lazy("Ví dụ: chụp nhầm giấy của người khác. Giấy tờ vẫn được lưu cùng lý do."),
    )
