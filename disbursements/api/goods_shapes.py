"""What the API answers of goods, and what it is told: typed, identity numbers masked."""

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from disbursements.enums import HandoutLineStatus, HandoutStatus
from disbursements.queries.goods_handouts import HandoutFigures, figures_of_handouts
from disbursements.workflow import HANDOUT_WORKFLOW
from support_programs.api.case_answers import MaskedNumber, OfferedActionShape
from support_programs.queries.lists import offered_actions

Shape = serializers.Serializer[Any]
REASON_MAX = 300
MAX_LINES = 20_000


class HandoutRowShape(Shape):
    """One round as lists of rounds show it."""

    reference = serializers.CharField()
    title = serializers.CharField()
    programme = serializers.CharField(source="programme_id")
    area_code = serializers.CharField()
    decision = serializers.CharField(source="decision_number")
    goods = serializers.CharField(source="goods.code")
    unit = serializers.CharField(source="goods.unit")
    store = serializers.CharField(source="store_name")
    status = serializers.ChoiceField(HandoutStatus.choices)
    people = serializers.IntegerField(source="line_count")
    quantity = serializers.IntegerField(source="total_quantity")


class HandoutFiguresShape(Shape):
    """People and units by result; `difference` is quantity - received - missed - waiting, and 0."""

    people = serializers.IntegerField()
    quantity = serializers.IntegerField()
    received_people = serializers.IntegerField()
    received_quantity = serializers.IntegerField()
    missed_people = serializers.IntegerField()
    missed_quantity = serializers.IntegerField()
    waiting_people = serializers.IntegerField()
    waiting_quantity = serializers.IntegerField()
    difference = serializers.IntegerField()


class HandoutShape(HandoutRowShape):
    """One round whole."""

    version = serializers.IntegerField(help_text="Send it back with an approval: another one answers 409.")
    made_on = serializers.DateField()
    created_by = serializers.CharField(source="created_by_name")
    approved_by = serializers.CharField(source="approved_by_name")
    approved_on = serializers.DateField(allow_null=True)
    started_on = serializers.DateField(allow_null=True)
    closed_on = serializers.DateField(allow_null=True)
    cancel_reason = serializers.CharField()
    job = serializers.CharField(source="job.reference", default=None, allow_null=True)
    figures = serializers.SerializerMethodField()
    actions = serializers.SerializerMethodField()

    @extend_schema_field(HandoutFiguresShape)
    def get_figures(self, handout: Any) -> dict[str, Any]:
        figures = figures_of_handouts([handout]).get(handout.pk, HandoutFigures())
        return dict(HandoutFiguresShape(figures).data)

    @extend_schema_field(OfferedActionShape(many=True))
    def get_actions(self, handout: Any) -> list[dict[str, Any]]:
        offered = offered_actions(HANDOUT_WORKFLOW, handout, self.context["actor"])
        return [dict(row) for row in OfferedActionShape(offered, many=True).data]


class HandoutLineShape(Shape):
    """One person of a round."""

    reference = serializers.CharField()
    case = serializers.CharField(source="case_reference")
    area_code = serializers.CharField()
    position = serializers.IntegerField()
    attempt = serializers.IntegerField()
    payee = serializers.CharField(source="payee_name")
    birth = serializers.CharField(source="birth_text")
    number = MaskedNumber(source="payee_number_last3")
    quantity = serializers.IntegerField()
    unit = serializers.CharField()
    status = serializers.ChoiceField(HandoutLineStatus.choices)
    resulted_on = serializers.DateField(allow_null=True)
    reason = serializers.CharField(source="result_reason")
    proxy = serializers.CharField(source="proxy_name")


class HandoutWords(Shape):
    """A round to be put together. The header Idempotency-Key names the request.

    `store` is the reference of a store (KO-…), `goods` a code of the catalogue; without `decision` all decisions are taken.
    """

    programme = serializers.CharField(max_length=20)
    area_code = serializers.CharField(max_length=10)
    store = serializers.CharField(max_length=20)
    goods = serializers.CharField(max_length=20)
    decision = serializers.CharField(max_length=60, required=False, allow_blank=True, default="")
    title = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")


class StartWords(Shape):
    document_number = serializers.CharField(max_length=60, help_text="Number of the issue paper.")


class CloseWords(Shape):
    """What went back into the store; nothing has to be said where nothing is left over."""

    document_number = serializers.CharField(max_length=60, required=False, allow_blank=True, default="")
    quantity = serializers.IntegerField(
        min_value=0,
        required=False,
        allow_null=True,
        default=None,
        help_text="Without it all that is left over.",
    )
    loss_document = serializers.CharField(max_length=60, required=False, allow_blank=True, default="")
    loss_reason = serializers.CharField(max_length=300, required=False, allow_blank=True, default="")


class MissedWords(Shape):
    reference = serializers.CharField(max_length=20)
    reason = serializers.CharField(max_length=REASON_MAX)


class HandoutResultsWords(Shape):
    """Lines that were received, lines that were not; or, with `all_others_received`, everybody awaited but those missed."""

    received = serializers.ListField(
        child=serializers.CharField(max_length=20), required=False, max_length=MAX_LINES
    )
    missed = MissedWords(many=True, required=False)
    all_others_received = serializers.BooleanField(required=False, default=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if attrs["all_others_received"] and attrs.get("received"):
            raise serializers.ValidationError(
                {"received": _("Không ghi từng người khi đã ghi tất cả những người còn lại đã nhận.")}
            )
        if not (attrs["all_others_received"] or attrs.get("received") or attrs.get("missed")):
            raise serializers.ValidationError({"received": _("Hãy ghi ít nhất một kết quả.")})
        return attrs


class RefusedHandoutShape(Shape):
    reference = serializers.CharField()
    reason = serializers.CharField()


class HandoutReportShape(Shape):
    """What recording changed; lines left as they were are named."""

    received = serializers.IntegerField()
    missed = serializers.IntegerField()
    refused = RefusedHandoutShape(many=True)


class StockShape(Shape):
    """One kind of goods in an area, in its unit; `difference` is 0 (I18)."""

    goods = serializers.CharField(source="goods.code")
    name = serializers.CharField(source="goods.name")
    unit = serializers.CharField(source="goods.unit")
    received = serializers.IntegerField()
    came = serializers.IntegerField()
    went = serializers.IntegerField()
    lost = serializers.IntegerField()
    in_transit = serializers.IntegerField()
    out = serializers.IntegerField()
    handed = serializers.IntegerField()
    on_hand = serializers.IntegerField()
    difference = serializers.IntegerField()
