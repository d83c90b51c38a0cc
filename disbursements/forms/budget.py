"""The papers of money: what was allotted, moved, given back, taken back; new sources."""

from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as text
from django.utils.translation import gettext_lazy as _

from accounts.queries import area_name
from core.money import format_dong
from disbursements.enums import FundingKind
from disbursements.forms.fields import MoneyField
from disbursements.models import BudgetLine
from disbursements.queries.allocations import DecisionMoney, source_choices
from disbursements.queries.budget import BudgetRow
from disbursements.services.allocations import AllocationPaper
from disbursements.services.budget import ADDED_KINDS, REASON_MAX
from disbursements.services.budget_checks import MovementPaper, NewLine
from support_programs.forms import DayField

_NEW: Final = "new"


def _choose(form: forms.Form, name: str, choices: Sequence[Any]) -> None:
    field = form.fields[name]
    if isinstance(field, forms.ChoiceField):
        field.choices = choices


class AllocationForm(forms.Form):
    """The paper by which money reached a district."""

    money = forms.ChoiceField(label=_("Quyết định và huyện"))
    source = forms.ChoiceField(label=_("Nguồn kinh phí"))
    stream = forms.ChoiceField(
        label=_("Nhóm đối tượng"),
        required=False,
        help_text=_("Chỉ chọn khi văn bản ghi rõ tiền dành cho một nhóm."),
    )
    document_number = forms.CharField(label=_("Số văn bản phân bổ"), max_length=60)
    allocated_on = DayField(
        label=_("Ngày phân bổ"), help_text=_("Ba ngày làm việc của bước chi trả tính từ ngày này.")
    )
    amount = MoneyField(label=_("Số tiền (đồng)"))

    def __init__(
        self, rows: list[DecisionMoney], *args: Any, groups: Sequence[tuple[str, str]] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        sources, streams = source_choices(), [("", text("Mọi nhóm")), *groups]
        self.words = {"source": dict(sources), "stream": dict(streams)}
        # no source is chosen beforehand: the first one by its name would be recorded by oversight
        _choose(self, "source", [("", text("Chọn nguồn kinh phí")), *sources])
        _choose(self, "stream", streams)
        choices = [
            (f"{row.decision_id}-{row.district}", f"{row.number}, {area_name(row.district)}")
            for row in rows
            if row.left > 0
        ]
        _choose(self, "money", choices)
        if not groups:
            self.fields["stream"].widget = forms.HiddenInput()

    def chosen(self, name: str) -> str:
        """The words of a choice."""
        return str(self.words[name].get(self.cleaned_data[name], ""))

    def decision_id(self) -> int:
        return int(self.cleaned_data["money"].split("-")[0])

    def paper(self) -> AllocationPaper:
        typed = self.cleaned_data
        return AllocationPaper(
            district=typed["money"].split("-")[1],
            source=typed["source"],
            document_number=typed["document_number"].strip(),
            allocated_on=typed["allocated_on"],
            amount=typed["amount"],
            stream=typed["stream"],
        )


class MovementForm(forms.Form):
    """A paper about allotted money, and why."""

    document_number = forms.CharField(label=_("Số văn bản"), max_length=60)
    moved_on = DayField(label=_("Ngày văn bản"))
    reason = forms.CharField(
        label=_("Lý do"), max_length=REASON_MAX, widget=forms.Textarea({"rows": 3, "autocomplete": "off"})
    )
    field_order: list[str] | None = None

    def paper(self) -> MovementPaper:
        typed = self.cleaned_data
        return MovementPaper(
            typed["document_number"].strip(),
            typed["moved_on"],
            typed["reason"].strip(),
            typed.get("amount", 0),
        )


class ReturnForm(MovementForm):
    """Money of a line that goes back to the budget."""

    amount = MoneyField(label=_("Số tiền (đồng)"))
    field_order = ["amount", "document_number", "moved_on", "reason"]


class TransferForm(ReturnForm):
    """Money of a line that goes to another: one that is there, or the first of a decision in a district."""

    to = forms.ChoiceField(label=_("Chuyển sang"))
    field_order = ["to", "amount", "document_number", "moved_on", "reason"]

    def __init__(
        self, targets: list[BudgetRow], openable: list[DecisionMoney], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.targets: dict[str, BudgetLine | NewLine] = {
            str(row.label): row.line for row in targets if row.line is not None
        }
        new = {f"{_NEW}-{row.decision_id}-{row.district}": row for row in openable}
        self.targets |= {key: NewLine(row.decision_id, row.district) for key, row in new.items()}
        lines = [(str(row.label), _line_label(row)) for row in targets]
        opened = [
            (
                key,
                f"{row.number}, {area_name(row.district)} ({text('còn được phân bổ')} {format_dong(row.left)} đ)",
            )
            for key, row in new.items()
        ]
        groups = [(text("Dòng đã có"), lines), (text("Mở dòng mới, cùng nguồn và nhóm"), opened)]
        _choose(self, "to", [("", text("Chọn dòng nhận")), *(group for group in groups if group[1])])

    def target(self) -> BudgetLine | NewLine:
        return self.targets[self.cleaned_data["to"]]


def _line_label(row: BudgetRow) -> str:
    return f"{row.label}: {row.area}, {row.decision}, {row.note}, {row.group} ({text('còn')} {format_dong(row.money.left)} đ)"


class SourceForm(forms.Form):
    """A donor or another source that the catalogue lacks."""

    name = forms.CharField(
        label=_("Tên nguồn kinh phí"),
        max_length=150,
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )
    kind = forms.ChoiceField(
        label=_("Loại nguồn"), choices=[(kind.value, kind.label) for kind in ADDED_KINDS]
    )
    note = forms.CharField(label=_("Ghi chú"), max_length=300, required=False)

    def kind_of(self) -> FundingKind:
        return FundingKind(self.cleaned_data["kind"])


class LedgerFilterForm(forms.Form):
    """Which entries of the ledger are shown; a day that can't be read is named."""

    first = DayField(label=_("Từ ngày"), required=False)
    last = DayField(label=_("Đến ngày"), required=False)
