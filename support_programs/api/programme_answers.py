"""What the API answers of a version's rules: everything that the catalogue holds, in words and in codes."""

from typing import Any, Final

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from support_programs.queries.questions import brought_along
from support_programs.rules.amounts import AmountRule, Fixed
from support_programs.rules.definition import Definition
from support_programs.rules.parts import Criterion
from support_programs.rules.supplements import Supplement

Shape = serializers.Serializer[Any]
_VERIFY: Final = "What must still be asked of the department; empty when sure."


class LegalBasisShape(Shape):
    document = serializers.CharField()
    title = serializers.CharField()
    article = serializers.CharField()
    signed_on = serializers.DateField(allow_null=True)


class StreamShape(Shape):
    code = serializers.CharField()
    name = serializers.CharField()
    fund = serializers.CharField()


class OccupationGroupShape(Shape):
    code = serializers.CharField()
    name = serializers.CharField(source="label")
    stream = serializers.CharField()


class WhenShape(Shape):
    """The part counts only where the fact `field` has one of these values (`true`, `false` for flags)."""

    field = serializers.CharField()
    any = serializers.ListField(child=serializers.CharField(), source="values")


class ChoiceShape(Shape):
    """One answer of a choice."""

    def get_fields(self) -> dict[str, Any]:
        return {"code": serializers.CharField(), "label": serializers.CharField()}

    def to_representation(self, instance: tuple[str, str]) -> dict[str, str]:
        return {"code": instance[0], "label": instance[1]}


class FieldShape(Shape):
    """One question of the form; its code is the fact's."""

    def get_fields(self) -> dict[str, Any]:
        # some of these names are attributes of serializers, so they can't be declared in the class
        return {
            "code": serializers.CharField(),
            "type": serializers.CharField(
                help_text="text, long_text, date, month, integer, money, flag, choice or children."
            ),
            "label": serializers.CharField(),
            "help": serializers.CharField(),
            "section": serializers.CharField(),
            "required": serializers.BooleanField(source="is_required"),
            "article": serializers.CharField(),
            "choices": ChoiceShape(many=True),
            "least": serializers.IntegerField(help_text="Smallest number."),
            "most": serializers.IntegerField(help_text="Largest number; 0 for no limit."),
            "confidence": serializers.CharField(),
            "verify": serializers.CharField(help_text=_VERIFY),
        }


class CriterionShape(Shape):
    code = serializers.CharField()
    statement = serializers.CharField()
    limits = serializers.SerializerMethodField(
        help_text="The limits in words; empty where the statement says it all."
    )
    article = serializers.CharField()
    confidence = serializers.CharField()
    verify = serializers.CharField(help_text=_VERIFY)
    confirm = serializers.CharField(
        help_text="What the commune may confirm for a whole list; empty when nothing."
    )
    remedy = serializers.CharField()
    is_warning = serializers.BooleanField()
    reads = serializers.ListField(child=serializers.CharField(), source="fields", help_text="Codes of facts.")
    when = WhenShape(allow_null=True)

    def get_limits(self, criterion: Criterion) -> str:
        return criterion.test.describe()


class AmountShape(Shape):
    value = serializers.SerializerMethodField(
        "fixed_value", help_text="Whole đồng; null where it differs from case to case."
    )
    name = serializers.CharField(source="label")
    article = serializers.CharField()
    unit = serializers.CharField(help_text="VND, or a unit of goods.")
    is_paid_here = serializers.BooleanField(help_text="False where another agency pays or nothing is paid.")
    description = serializers.ListField(child=serializers.CharField(), source="describe")

    def fixed_value(self, amount: AmountRule) -> int | None:
        return amount.value if isinstance(amount, Fixed) else None


class SupplementShape(Shape):
    code = serializers.CharField()
    name = serializers.CharField(source="label")
    amount = serializers.IntegerField(help_text="Whole đồng.")
    article = serializers.CharField()
    description = serializers.SerializerMethodField()
    evidence = serializers.ListField(child=serializers.CharField(), help_text="Codes of papers.")
    confidence = serializers.CharField()
    verify = serializers.CharField(help_text=_VERIFY)
    when = WhenShape(allow_null=True)

    def get_description(self, supplement: Supplement) -> str:
        return supplement.describe()


class PaperShape(Shape):
    code = serializers.CharField()
    name = serializers.CharField()
    article = serializers.CharField()
    confidence = serializers.CharField()
    is_required = serializers.BooleanField()
    when = WhenShape(allow_null=True)


class ExcludeShape(Shape):
    group = serializers.CharField()
    programmes = serializers.ListField(child=serializers.CharField())
    statement = serializers.CharField()
    article = serializers.CharField()
    confidence = serializers.CharField()
    verify = serializers.CharField(help_text=_VERIFY)
    when = WhenShape(allow_null=True)


class ChainStepShape(Shape):
    step = serializers.CharField()
    actor = serializers.CharField()
    limit = serializers.IntegerField(allow_null=True, help_text="Working days; null where none is laid down.")
    is_inside_previous = serializers.BooleanField()
    article = serializers.CharField()
    confidence = serializers.CharField()
    verify = serializers.CharField(help_text=_VERIFY)


class RulesShape(Shape):
    """All rules of one version, and what of them is unsure."""

    name = serializers.CharField()
    short_name = serializers.CharField()
    summary = serializers.CharField()
    where = serializers.CharField(help_text="Where the dossier is filed; empty when not known.")
    beneficiary_kind = serializers.CharField()
    receives = serializers.ListField(child=serializers.CharField(), help_text="Levels that take dossiers in.")
    is_tracked_only = serializers.BooleanField(help_text="Decided by another agency; figures only.")
    period = serializers.CharField()
    version_by = serializers.CharField(help_text="Which day chooses the version: received, decided or event.")
    confidence = serializers.CharField()
    verified_by = serializers.CharField()
    verified_on = serializers.DateField(allow_null=True)
    apply_by = serializers.DateField(allow_null=True)
    exclusive_group = serializers.CharField()
    list_form = serializers.CharField()
    tthc_code = serializers.CharField()
    legal_basis = LegalBasisShape(many=True)
    streams = StreamShape(many=True)
    occupation_groups = OccupationGroupShape(many=True)
    brought_along = serializers.SerializerMethodField(help_text="Further facts that a preview takes.")
    criteria = CriterionShape(many=True)
    amount = AmountShape()
    supplements = SupplementShape(many=True)
    evidence = serializers.SerializerMethodField(help_text="Names of the papers; `papers` has them whole.")
    papers = PaperShape(many=True, source="evidence")
    excludes = ExcludeShape(many=True)
    refusal_reasons = serializers.ListField(child=serializers.CharField())
    changes = serializers.ListField(child=serializers.CharField(), help_text="What is new in this version.")
    chain = ChainStepShape(many=True)
    unsure = serializers.ListField(child=serializers.CharField())
    doubts = serializers.ListField(
        child=serializers.CharField(), help_text="Everything unsure, of the whole and of each part."
    )

    def get_fields(self) -> dict[str, Any]:
        return {**super().get_fields(), "fields": FieldShape(many=True)}

    @extend_schema_field(FieldShape(many=True))
    def get_brought_along(self, rules: Definition) -> Any:
        return FieldShape(brought_along(rules), many=True).data

    def get_evidence(self, rules: Definition) -> list[str]:
        return [paper.name for paper in rules.evidence]
