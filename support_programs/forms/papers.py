"""Forms of papers, and of what a whole list is confirmed for."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from support_programs.rules.definition import Definition

# before the code of a paper, which might be that of a criterion too
PAPER: Final = "paper-"
_EXCEPT: Final = "_except"


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
