"""What the API answers of payouts, and what it is told: typed, identity numbers and accounts masked."""

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from disbursements.enums import BatchStatus, InstructionStatus, PayoutChannel
from disbursements.queries.batches import BatchFigures, figures_of
from disbursements.queries.payout_warnings import LABELS
from disbursements.workflow import BATCH_WORKFLOW
from support_programs.api.case_answers import MaskedNumber, Money, OfferedActionShape
from support_programs.queries.lists import offered_actions

Shape = serializers.Serializer[Any]
REASON_MAX = 300
MAX_LINES = 20_000
_RESULTS = ("paid", "returned", "failed", "unknown")


class BatchRowShape(Shape):
    """One batch as lists of batches show it."""

    reference = serializers.CharField()
    title = serializers.CharField()
    programme = serializers.CharField(source="programme_id")
    area_code = serializers.CharField()
    stream = serializers.CharField()
    decision = serializers.CharField(source="decision_number")
    channel = serializers.ChoiceField(PayoutChannel.choices)
    status = serializers.ChoiceField(BatchStatus.choices)
    people = serializers.IntegerField(source="line_count")
    amount = Money(source="total_amount")
    due_on = serializers.DateField(allow_null=True)


class FiguresShape(Shape):
    """People and đồng by result; `difference` is amount - paid - unpaid - awaited, and 0."""

    people = serializers.IntegerField()
    amount = Money()
    paid_people = serializers.IntegerField()
    paid_amount = Money()
    unpaid_people = serializers.IntegerField()
    unpaid_amount = Money()
    awaited_people = serializers.IntegerField()
    awaited_amount = Money()
    difference = Money()


class PaymentFileShape(Shape):
    kind = serializers.CharField()
    is_draft = serializers.BooleanField()
    name = serializers.CharField(source="file.name")
    size = serializers.IntegerField(source="file.size")
    sha256 = serializers.CharField()
    made_at = serializers.DateTimeField()


class BatchShape(BatchRowShape):
    """One batch whole."""

    version = serializers.IntegerField(help_text="Send it back with an approval: another one answers 409.")
    created_by = serializers.CharField(source="created_by_name")
    created_at = serializers.DateTimeField()
    approved_by = serializers.CharField(source="approved_by_name")
    approved_at = serializers.DateTimeField(allow_null=True)
    released_on = serializers.DateField(allow_null=True)
    closed_on = serializers.DateField(allow_null=True)
    cancel_reason = serializers.CharField()
    job = serializers.CharField(source="job.reference", default=None, allow_null=True)
    figures = serializers.SerializerMethodField()
    files = PaymentFileShape(many=True)
    actions = serializers.SerializerMethodField()

    @extend_schema_field(FiguresShape)
    def get_figures(self, batch: Any) -> dict[str, Any]:
        return dict(FiguresShape(figures_of([batch]).get(batch.pk, BatchFigures())).data)

    @extend_schema_field(OfferedActionShape(many=True))
    def get_actions(self, batch: Any) -> list[dict[str, Any]]:
        offered = offered_actions(BATCH_WORKFLOW, batch, self.context["actor"])
        return [dict(row) for row in OfferedActionShape(offered, many=True).data]


class LineShape(Shape):
    """One payment instruction."""

    reference = serializers.CharField()
    case = serializers.CharField(source="case_reference")
    area_code = serializers.CharField()
    position = serializers.IntegerField()
    attempt = serializers.IntegerField()
    payee = serializers.CharField(source="payee_name")
    birth = serializers.CharField(source="birth_text")
    number = MaskedNumber(source="payee_number_last3")
    channel = serializers.ChoiceField(PayoutChannel.choices)
    bank = serializers.CharField(source="bank_name")
    account = MaskedNumber(source="account_last3")
    amount = Money()
    status = serializers.ChoiceField(InstructionStatus.choices)
    sent_on = serializers.DateField(allow_null=True)
    resulted_on = serializers.DateField(allow_null=True)
    reason = serializers.CharField(source="result_reason")


class BatchWords(Shape):
    """A batch to be put together. The header Idempotency-Key names the request.

    `decision` is the number of one decision; without it people of every decision are taken. `source` is the code of a funding
    source, wanted where a decision has several; `is_retry` takes only people whose money came back; `payer_account` is the
    account that a bank transfer goes out of. A request that is warned of something is refused with the warnings until
    `warnings_seen` names them.
    """

    programme = serializers.CharField(max_length=20)
    area_code = serializers.CharField(max_length=10)
    stream = serializers.CharField(max_length=20, required=False, allow_blank=True, default="")
    decision = serializers.CharField(max_length=60, required=False, allow_blank=True, default="")
    # a field of this name is no attribute of the serializer: its metaclass takes it out
    source = serializers.CharField(  # type: ignore[assignment]
        max_length=20, required=False, allow_blank=True, default=""
    )
    channel = serializers.ChoiceField(PayoutChannel.choices)
    is_retry = serializers.BooleanField(required=False, default=False)
    payer_account = serializers.IntegerField(required=False, allow_null=True, default=None)
    warnings_seen = serializers.ListField(
        child=serializers.ChoiceField(list(LABELS)), required=False, default=list
    )
    title = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")


class ReturnedWords(Shape):
    reference = serializers.CharField(max_length=20)
    reason = serializers.CharField(max_length=REASON_MAX)


class ResultsWords(Shape):
    """Lines that were paid; whose money came back, or never left, and why; of which nobody knows yet, from today.

    With `all_others_paid` instead of `paid`: everybody still awaited but those that are named.
    """

    paid = serializers.ListField(
        child=serializers.CharField(max_length=20), required=False, max_length=MAX_LINES
    )
    returned = ReturnedWords(many=True, required=False)
    failed = ReturnedWords(many=True, required=False)
    unknown = serializers.ListField(
        child=serializers.CharField(max_length=20), required=False, max_length=MAX_LINES
    )
    all_others_paid = serializers.BooleanField(required=False, default=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if attrs["all_others_paid"] and attrs.get("paid"):
            raise serializers.ValidationError(
                {"paid": _("Không ghi từng người khi đã ghi tất cả những người còn lại đã nhận.")}
            )
        if not (attrs["all_others_paid"] or any(map(attrs.get, _RESULTS))):
            raise serializers.ValidationError({"paid": _("Hãy ghi ít nhất một kết quả.")})
        return attrs


class RefusedLineShape(Shape):
    reference = serializers.CharField()
    reason = serializers.CharField()


class ReportShape(Shape):
    """What recording changed; lines left as they were are named."""

    paid = serializers.IntegerField()
    returned = serializers.IntegerField()
    failed = serializers.IntegerField()
    unknown = serializers.IntegerField()
    refused = RefusedLineShape(many=True)
