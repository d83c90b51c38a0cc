"""What the API answers of files that came back: what a file says of itself, and its rows with what is said of each."""

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from disbursements.enums import (
    LineSaid,
    MatchMethod,
    MoneyDirection,
    StatementFormat,
    StatementRow,
    StatementState,
)
from disbursements.forms.statements import MAX_LIST
from disbursements.queries.statements import counts_of, rows_to_record
from support_programs.api.case_answers import MaskedNumber, Money

Shape = serializers.Serializer[Any]


class StatementWords(Shape):
    """A payment list with its results, a bank's result file (Excel, CSV), or a statement (MT940, camt.053)."""

    file = serializers.FileField(allow_empty_file=True)

    def validate_file(self, value: Any) -> Any:
        if value.size > MAX_LIST:
            raise serializers.ValidationError(
                _("Tệp lớn hơn 20 MB. Hãy xóa hình ảnh và trang tính thừa rồi chọn lại.")
            )
        return value


class StatementRowShape(Shape):
    """One file of a batch as its list shows it; `number` names it in addresses."""

    number = serializers.IntegerField(source="pk")
    name = serializers.CharField(source="file.name")
    sha256 = serializers.CharField()
    format = serializers.ChoiceField(StatementFormat.choices, allow_blank=True)
    state = serializers.ChoiceField(
        StatementState.choices,
        help_text="`reading`: a worker reads it, see `job`; `refused`: `message` says why.",
    )
    message = serializers.CharField()
    rows = serializers.IntegerField(source="line_count")
    uploaded_by = serializers.CharField(source="uploaded_by_name")
    uploaded_at = serializers.DateTimeField()
    recorded_at = serializers.DateTimeField(allow_null=True)


class OutcomeCountShape(Shape):
    outcome = serializers.ChoiceField(StatementRow.choices)
    rows = serializers.IntegerField()


class StatementShape(StatementRowShape):
    """One file whole: account, period and balances as it says itself; nothing of it is recorded before `record/`."""

    bank = serializers.CharField(source="bank_name")
    account = MaskedNumber(source="account_last3")
    period_from = serializers.DateField(allow_null=True)
    period_to = serializers.DateField(allow_null=True)
    opening = Money(allow_null=True)
    closing = Money(allow_null=True)
    job = serializers.CharField(source="job.reference", default=None, allow_null=True)
    outcomes = serializers.SerializerMethodField(help_text="Rows by what the check says of them.")
    to_record = serializers.SerializerMethodField(
        help_text="Rows that `record/` would change something with."
    )

    @extend_schema_field(OutcomeCountShape(many=True))
    def get_outcomes(self, statement: Any) -> list[dict[str, Any]]:
        found = [{"outcome": outcome, "rows": n} for outcome, n in counts_of(statement).items() if n]
        return [dict(row) for row in OutcomeCountShape(found, many=True).data]

    def get_to_record(self, statement: Any) -> int:
        return rows_to_record(statement).count()


class StatementLineShape(Shape):
    """One row as it was read, and what the check says of it; long numbers in its text are masked."""

    row = serializers.IntegerField(
        source="line.row", help_text="As the spreadsheet shows it, or the movement's number."
    )
    reference = serializers.CharField(
        help_text="The payment instruction that the row names or was matched with."
    )
    payee = serializers.CharField(source="name")
    account = MaskedNumber(source="line.account_last3")
    booked_on = serializers.DateField(source="line.booked_on", allow_null=True)
    direction = serializers.ChoiceField(MoneyDirection.choices, source="line.direction", allow_blank=True)
    amount = Money(source="line.amount", allow_null=True)
    text = serializers.CharField(source="line.text")
    said = serializers.ChoiceField(LineSaid.choices, source="line.said")
    outcome = serializers.ChoiceField(StatementRow.choices, source="line.outcome", allow_blank=True)
    method = serializers.ChoiceField(MatchMethod.choices, source="line.method", allow_blank=True)
    sentence = serializers.CharField(
        help_text="What is wrong and what to do, the reason of what came back, or nothing."
    )
    needs_a_look = serializers.BooleanField(source="is_refused")
    recorded_at = serializers.DateTimeField(source="line.recorded_at", allow_null=True)
