"""What is typed about targets: the plan, the figures of a period, corrections, words of the half-year report."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from reports.enums.targets import TargetTextPart
from reports.models import TargetIndicator
from reports.queries.areas import Unit
from reports.services.targets_entry import EvidenceFile, FigureCell
from reports.services.targets_indicators import IndicatorWords
from reports.services.targets_plan import PlanPaper
from reports.services.targets_scope import figure_of
from support_programs.forms import DayField
from support_programs.forms.records import ScanField

_CELL: Final = "cell typed"
_PLAIN: Final = {"autocomplete": "off", "inputmode": "decimal", "class": _CELL}
LONGEST_NOTE: Final = 500


class FigureField(forms.CharField):
    """A figure of one indicator as people write it."""

    def __init__(self, one: TargetIndicator, **kwargs: Any) -> None:
        self.one = one
        super().__init__(
            required=False,
            max_length=20,
            widget=forms.TextInput({**_PLAIN, "aria-label": kwargs["label"]}),
            **kwargs,
        )

    def clean(self, value: Any) -> Decimal | None:
        text = super().clean(value)
        if not text.strip():
            return None
        try:
            return figure_of(self.one, text)
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error


class CellsForm(forms.Form):
    """A form whose fields are cells of a table: the wrong ones are marked."""

    def mark(self) -> None:
        """Make wrong cells known to eye and screen reader; asked before the table is drawn."""
        for name in self.errors if self.is_bound else ():
            if name in self.fields and self.fields[name].widget.attrs.get("class") == _CELL:
                self.fields[name].widget.attrs.update({"class": f"{_CELL} bad", "aria-invalid": "true"})


class PlanForm(CellsForm):
    """The plan of a year, a cell for each indicator and unit; an emptied cell takes the plan back."""

    paper_number = forms.CharField(
        label=lazy("Số văn bản giao chỉ tiêu"), max_length=60, help_text=lazy("Ghi đúng như trên văn bản.")
    )
    paper_on = DayField(label=lazy("Ngày văn bản"))

    def __init__(
        self, *args: Any, indicators: Iterable[TargetIndicator], units: Sequence[Unit], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.indicators, self.units = tuple(indicators), tuple(units)
        for one in self.indicators:
            for unit in self.units:
                if one.has_plan_of(unit.area_code):
                    self.fields[cell_name(one.code, unit.area_code)] = FigureField(
                        one, label=f"{one.title}, {unit.short_name}"
                    )

    def grid(self) -> list[tuple[TargetIndicator, list[forms.BoundField | None]]]:
        """The rows of the table; None where the indicator isn't told of the unit."""
        self.mark()
        return [
            (
                one,
                [
                    self[name] if (name := cell_name(one.code, unit.area_code)) in self.fields else None
                    for unit in self.units
                ],
            )
            for one in self.indicators
        ]

    def cells(self) -> dict[tuple[str, str], Decimal | None]:
        """What the table says, by indicator's code and area."""
        return {
            (one.code, unit.area_code): self.cleaned_data[name]
            for one in self.indicators
            for unit in self.units
            if (name := cell_name(one.code, unit.area_code)) in self.fields
        }

    def paper(self) -> PlanPaper:
        return PlanPaper(self.cleaned_data["paper_number"], self.cleaned_data["paper_on"])


class PeriodForm(CellsForm):
    """The figures of a unit for a period, with notes, and the paper that they come from."""

    evidence = ScanField(
        label=lazy("Báo cáo hoặc minh chứng"),
        required=False,
        help_text=lazy("Tệp PDF, JPG hoặc PNG, nhiều nhất 20 MB; gắn với các số vừa nhập hoặc sửa."),
    )

    def __init__(self, *args: Any, indicators: Iterable[TargetIndicator], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.indicators = tuple(indicators)
        for one in self.indicators:
            self.fields[f"value_{one.code}"] = FigureField(one, label=one.title)
            label = _("Ghi chú: %(title)s") % {"title": one.title}
            self.fields[f"note_{one.code}"] = forms.CharField(
                label=label,
                required=False,
                max_length=LONGEST_NOTE,
                widget=forms.TextInput({"autocomplete": "off", "class": _CELL, "aria-label": label}),
            )

    def rows(self) -> dict[str, tuple[forms.BoundField, forms.BoundField]]:
        """Figure and note of each indicator, by code."""
        self.mark()
        return {one.code: (self[f"value_{one.code}"], self[f"note_{one.code}"]) for one in self.indicators}

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        for one in self.indicators:
            name = f"value_{one.code}"
            if typed.get(f"note_{one.code}") and typed.get(name) is None and name not in self.errors:
                self.add_error(name, _("Có ghi chú mà chưa có số. Hãy ghi số, hoặc bỏ ghi chú."))
        return typed

    def cells(self) -> dict[str, FigureCell]:
        """What was typed, by indicator's code; empty cells are left out."""
        typed = self.cleaned_data
        return {
            one.code: FigureCell(typed[f"value_{one.code}"], typed[f"note_{one.code}"])
            for one in self.indicators
            if typed[f"value_{one.code}"] is not None
        }

    def evidence_file(self) -> EvidenceFile | None:
        return evidence_of(self.cleaned_data.get("evidence"))


class TableForm(forms.Form):
    """A filled table to read: a file, or cells pasted from Excel."""

    table = forms.FileField(
        label=lazy("Tệp Excel đã điền"),
        required=False,
        help_text=lazy("Tải bảng mẫu ở trang này, điền rồi chọn tệp."),
    )
    pasted = forms.CharField(
        label=lazy("Hoặc dán từ Excel"),
        required=False,
        widget=forms.Textarea({"rows": 4, "spellcheck": "false"}),
        help_text=lazy("Sao chép các ô trong Excel, gồm cột mã hoặc tên chỉ tiêu, rồi dán vào đây."),
    )

    def clean(self) -> dict[str, Any]:
        if not self.cleaned_data.get("table") and not (self.cleaned_data.get("pasted") or "").strip():
            self.add_error("table", _("Hãy chọn tệp, hoặc dán các ô từ Excel."))
        return self.cleaned_data

    def source(self) -> tuple[bytes | str, str]:
        """Content and name of the file, else the pasted text."""
        sent = self.cleaned_data.get("table")
        if isinstance(sent, UploadedFile):
            return sent.read(), sent.name or ""
        return str(self.cleaned_data["pasted"]), ""


class CorrectionForm(forms.Form):
    """The right figure, and why the approved one is not."""

    def __init__(self, *args: Any, indicator: TargetIndicator, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        value = FigureField(indicator, label=_("Số đúng (%(unit)s)") % {"unit": indicator.unit})
        value.required = True
        value.widget.attrs.update({"class": "w-money"})
        self.fields = {
            "value": value,
            "note": forms.CharField(label=_("Ghi chú"), required=False, max_length=LONGEST_NOTE),
            "reason": forms.CharField(label=_("Lý do đính chính"), widget=forms.Textarea, max_length=500),
        }

    def cell(self) -> FigureCell:
        return FigureCell(self.cleaned_data["value"], self.cleaned_data["note"])


class TextsForm(forms.Form):
    """The words of a half-year report, part by part."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for part in TargetTextPart:
            self.fields[part.value] = forms.CharField(
                label=part.label, required=False, widget=forms.Textarea, max_length=6000
            )


class IndicatorForm(forms.Form):
    """What the department may change of an indicator."""

    title = forms.CharField(label=lazy("Tên chỉ tiêu"), max_length=200)
    legal_basis = forms.CharField(label=lazy("Căn cứ"), max_length=300, required=False)
    verify = forms.CharField(
        label=lazy("Điều chưa chắc chắn"),
        max_length=500,
        required=False,
        widget=forms.Textarea,
        help_text=lazy("Xóa trắng khi đã có văn bản xác nhận."),
    )
    due_days = forms.IntegerField(
        label=lazy("Hạn báo cáo: số ngày sau khi hết kỳ"), min_value=0, max_value=120
    )
    reported_from = DayField(label=lazy("Báo cáo từ ngày"))
    is_active = forms.BooleanField(label=lazy("Đang theo dõi"), required=False)

    def words(self) -> IndicatorWords:
        typed = self.cleaned_data
        return IndicatorWords(**{name: typed[name] for name in IndicatorWords.__slots__})


class SendBackForm(forms.Form):
    """Why figures go back."""

    # in the list one form approves and sends back: a browser must not ask for the reason of an approval
    use_required_attribute = False

    reason = forms.CharField(label=lazy("Lý do trả lại"), widget=forms.Textarea, max_length=500)


def cell_name(code: str, area_code: str) -> str:
    """The name of a cell of the plan's table."""
    return f"plan_{code}_{area_code}"


def evidence_of(sent: object) -> EvidenceFile | None:
    """An uploaded paper as the service takes it; None where none was sent."""
    return EvidenceFile(sent.read(), sent.name or "") if isinstance(sent, UploadedFile) else None


def filled(data: Mapping[str, Any], cells: Mapping[str, str]) -> dict[str, Any]:
    """The form's data with what a table said in its cells: nothing that was typed elsewhere is lost."""
    return {**{key: data.get(key) for key in data}, **cells}
