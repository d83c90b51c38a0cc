"""What the department types of a report's wording, and of a report of its own."""

from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from core.spreadsheets.tables import Column
from reports.definitions.layouts import ColumnWords, Layout, fixed_columns, order_of
from reports.definitions.own import SHARE, OwnSpec
from reports.queries.figures import MEASURES, Dimension, Fact, Time, What
from reports.services.own_reports import SPLITS, measure_label
from support_programs.queries.programmes import programme_choices

PERIODS: Final = (
    ("day", lazy("Ngày")),
    ("week", lazy("Tuần")),
    ("month", lazy("Tháng")),
    ("quarter", lazy("Quý")),
    ("year", lazy("Năm")),
)
_NONE: Final = ("", lazy("Không chia thêm"))


class LinesField(forms.CharField):
    """Several texts, one to a line; empty lines are left out."""

    def __init__(self, *, longest: int, most: int, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea({"rows": 3}), required=False, **kwargs)
        self.longest, self.most = longest, most

    def clean(self, value: Any) -> tuple[str, ...]:
        lines = tuple(line.strip() for line in str(value or "").splitlines() if line.strip())
        if len(lines) > self.most:
            raise forms.ValidationError(_("Nhiều nhất %(n)d dòng. Hãy bớt dòng.") % {"n": self.most})
        if any(len(line) > self.longest for line in lines):
            raise forms.ValidationError(
                _("Mỗi dòng nhiều nhất %(n)d chữ. Hãy ghi ngắn hơn.") % {"n": self.longest}
            )
        return lines


class LayoutForm(forms.Form):
    """Title, basis, signers, recipients, and of each column its place, title, group and whether it is shown."""

    is_all_optional = True

    title = forms.CharField(label=lazy("Tên báo cáo"), max_length=250, required=False)
    unit_note = forms.CharField(label=lazy("Đơn vị tính"), max_length=120, required=False)
    legal_basis = LinesField(
        label=lazy("Căn cứ"), longest=300, most=8, help_text=lazy("Mỗi dòng một văn bản.")
    )
    signers = LinesField(
        label=lazy("Người ký"),
        longest=120,
        most=3,
        help_text=lazy("Mỗi dòng một chức danh, từ trái sang phải; chỉ dùng cho báo cáo do Sở lập."),
    )
    recipients = LinesField(
        label=lazy("Nơi nhận"),
        longest=150,
        most=8,
        help_text=lazy("Mỗi dòng một nơi; chỉ dùng cho báo cáo do Sở lập."),
    )

    def __init__(self, columns: Sequence[Column], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.columns, fixed = list(columns), set(fixed_columns(columns))
        for place, column in enumerate(self.columns, start=1):
            name = _("Cột %(n)d") % {"n": place}
            self.fields[f"title_{place}"] = forms.CharField(
                label=_("%(column)s, tên cột") % {"column": name}, max_length=120, required=False
            )
            self.fields[f"group_{place}"] = forms.CharField(
                label=_("%(column)s, nhóm cột") % {"column": name},
                max_length=120,
                required=False,
                disabled=column.key in fixed,
            )
            self.fields[f"order_{place}"] = forms.IntegerField(
                label=_("%(column)s, thứ tự") % {"column": name},
                min_value=1,
                max_value=200,
                required=False,
                widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
                disabled=column.key in fixed,
                error_messages={"invalid": _("Thứ tự là số từ 1 đến 200.")},
            )
            self.fields[f"shown_{place}"] = forms.BooleanField(
                label=_("%(column)s, hiện") % {"column": name}, required=False, disabled=column.key in fixed
            )

    def lines(self) -> list[dict[str, Any]]:
        """Of each column its own title and the fields that reword it, in the order in use."""
        lines: list[dict[str, Any]] = [
            {
                "column": column,
                "place": place,
                "title": self[f"title_{place}"],
                "group": self[f"group_{place}"],
                "order": self[f"order_{place}"],
                "shown": self[f"shown_{place}"],
            }
            for place, column in enumerate(self.columns, start=1)
        ]
        return sorted(lines, key=lambda line: self.initial.get(f"order_{line['place']}") or line["place"])

    def layout(self) -> Layout:
        typed = self.cleaned_data
        words = [
            (
                typed.get(f"order_{place}") or place,
                place,
                ColumnWords(
                    column.key,
                    typed[f"title_{place}"].strip() or str(column.title),
                    typed[f"group_{place}"].strip(),
                    typed[f"shown_{place}"],
                ),
            )
            for place, column in enumerate(self.columns, start=1)
        ]
        words.sort(key=lambda one: one[:2])
        return Layout(
            columns=tuple(one for _order, _place, one in words),
            title=typed["title"].strip(),
            unit_note=typed["unit_note"].strip(),
            legal_basis=typed["legal_basis"],
            signers=typed["signers"],
            recipients=typed["recipients"],
        )


def initial_of_layout(columns: Sequence[Column], layout: Layout) -> dict[str, Any]:
    """A wording as its form shows it: what it doesn't say is what the software says."""
    named = {one.key: one for one in layout.columns}
    order = order_of(columns, [key for key in named if key in {column.key for column in columns}])
    values: dict[str, Any] = {
        "title": layout.title,
        "unit_note": layout.unit_note,
        "legal_basis": "\n".join(layout.legal_basis),
        "signers": "\n".join(layout.signers),
        "recipients": "\n".join(layout.recipients),
    }
    for place, column in enumerate(columns, start=1):
        own = ColumnWords(column.key, str(column.title), str(column.group))
        words = named.get(column.key, own)
        values |= {
            f"title_{place}": words.title,
            f"group_{place}": words.group,
            f"order_{place}": order.index(column.key) + 1,
            f"shown_{place}": words.is_shown,
        }
    return values


class OwnReportForm(forms.Form):
    """A report put together: rows, figures, groups of columns, policies. Which fit together the service says."""

    title = forms.CharField(label=lazy("Tên báo cáo"), max_length=200)
    purpose = forms.CharField(label=lazy("Dùng để làm gì"), max_length=250, required=False)
    row_1 = forms.ChoiceField(label=lazy("Dòng chia theo"), choices=Dimension.choices)
    row_2 = forms.ChoiceField(label=lazy("rồi theo"), choices=[_NONE, *Dimension.choices], required=False)
    split_by = forms.ChoiceField(
        label=lazy("Cột chia theo"),
        choices=[_NONE, *((one.value, one.label) for one in SPLITS)],
        required=False,
        help_text=lazy("Mỗi số liệu thành một nhóm cột cho từng chính sách, giới tính hoặc nguồn."),
    )
    measures = forms.MultipleChoiceField(
        label=lazy("Số liệu"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": lazy("Hãy chọn ít nhất một số liệu.")},
    )
    programmes = forms.MultipleChoiceField(
        label=lazy("Chính sách"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=lazy("Không chọn là mọi chính sách."),
    )
    every = forms.ChoiceField(
        label=lazy("Kỳ thường dùng"), choices=PERIODS, help_text=lazy("Kỳ được chọn sẵn khi mở báo cáo.")
    )
    legal_basis = LinesField(
        label=lazy("Căn cứ"), longest=300, most=8, help_text=lazy("Mỗi dòng một văn bản.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._choices(
            "measures", [*((code, measure_label(one)) for code, one in MEASURES.items()), (SHARE, "")]
        )
        self._choices("programmes", programme_choices())

    def _choices(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def grid(self) -> list[tuple[Fact, list[tuple[str, str, bool] | None]]]:
        """Of each fact its four figures (code, words, chosen): people and đồng, in the period and cumulative; None: none."""
        chosen = set(self["measures"].value() or ())
        rows: list[tuple[Fact, list[tuple[str, str, bool] | None]]] = []
        for fact in Fact:
            codes = [f"{fact}_{what}_{time}" for time in Time for what in What]
            rows.append((fact, [self._cell(code, chosen) for code in codes]))
        return rows

    def _cell(self, code: str, chosen: set[str]) -> tuple[str, str, bool] | None:
        one = MEASURES.get(code)
        return (code, measure_label(one), code in chosen) if one else None

    def wants_share(self) -> bool:
        """Whether the share of people paid is chosen."""
        return SHARE in (self["measures"].value() or ())

    def spec(self, code: str) -> OwnSpec:
        typed = self.cleaned_data
        rows = [name for name in (typed["row_1"], typed["row_2"]) if name]
        return OwnSpec(
            code=code,
            title=typed["title"],
            purpose=typed["purpose"],
            rows=tuple(Dimension(name) for name in rows),
            measures=tuple(code for code in (*MEASURES, SHARE) if code in typed["measures"]),
            split_by=Dimension(typed["split_by"]) if typed["split_by"] else None,
            programmes=tuple(typed["programmes"]),
            legal_basis=typed["legal_basis"],
            every=typed["every"],
        )


def initial_of_own(spec: OwnSpec) -> dict[str, Any]:
    """An own report as its form shows it."""
    rows = [one.value for one in spec.rows]
    return {
        "title": spec.title,
        "purpose": spec.purpose,
        "row_1": rows[0],
        "row_2": rows[1] if len(rows) > 1 else "",
        "split_by": spec.split_by.value if spec.split_by else "",
        "measures": list(spec.measures),
        "programmes": list(spec.programmes),
        "every": spec.every,
        "legal_basis": "\n".join(spec.legal_basis),
    }
