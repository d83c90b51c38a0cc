"""What the API answers of cases: typed, identity numbers masked."""

from typing import Any, Final

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.text import mask_number
from support_programs.enums import CaseStatus, EntitlementStatus, Result
from support_programs.models import Case
from support_programs.queries.claims import children_of, missing_answers
from support_programs.queries.determinations import newest_determination
from support_programs.queries.lists import offered_actions
from support_programs.rules.criteria import Outcome
from support_programs.workflow import CASE_WORKFLOW

Shape = serializers.Serializer[Any]
OUTCOMES: Final = [(outcome.value, outcome.name) for outcome in Outcome]


class MaskedNumber(serializers.CharField):
    """The last three digits of an identity number, as staff may see them: `••• ••• ••• 412`."""

    def to_representation(self, value: str) -> str:
        return mask_number(f"•••{value}")


class Money(serializers.IntegerField):
    """Whole đồng."""


class CaseRowShape(Shape):
    """One case as lists of cases show it."""

    reference = serializers.CharField()
    name = serializers.CharField()
    birth_year = serializers.IntegerField(allow_null=True)
    number = MaskedNumber(source="number_last3")
    occupation = serializers.CharField()
    hamlet = serializers.CharField()
    area_code = serializers.CharField()
    area = serializers.CharField()
    programme = serializers.CharField(help_text="Short name of the programme.")
    status = serializers.ChoiceField(CaseStatus.choices)
    result = serializers.ChoiceField(Result.choices)
    outcomes = serializers.ListField(child=serializers.ChoiceField(OUTCOMES))
    amount = Money()
    due_on = serializers.DateField(allow_null=True)
    days_left = serializers.IntegerField(allow_null=True, help_text="Working days; negative when overdue.")
    position = serializers.IntegerField(allow_null=True)
    mark = serializers.CharField(help_text="Why this row was sent back; empty when it was not.")


class CriterionFoundShape(Shape):
    code = serializers.CharField()
    statement = serializers.CharField()
    article = serializers.CharField()
    confidence = serializers.CharField()
    verify = serializers.CharField(help_text="What must still be asked of the department; empty when sure.")
    outcome = serializers.ChoiceField(OUTCOMES)
    sentence = serializers.CharField()
    remedy = serializers.CharField()


class FactUsedShape(Shape):
    code = serializers.CharField()
    value = serializers.JSONField()
    origin = serializers.CharField(source="source", help_text="list, register, commune or officer.")
    by = serializers.CharField()
    on = serializers.CharField()


class DeterminedShape(Shape):
    """The newest determination, with every criterion and the facts that it used."""

    version = serializers.CharField()
    version_hash = serializers.CharField()
    judged_on = serializers.DateField()
    result = serializers.ChoiceField(Result.choices)
    criteria = CriterionFoundShape(many=True)
    facts = FactUsedShape(many=True)


class SumLineShape(Shape):
    text = serializers.CharField(source="label")
    article = serializers.CharField()
    amount = Money()


class EntitlementShape(Shape):
    """What the case is owed, with its calculation lines."""

    status = serializers.ChoiceField(EntitlementStatus.choices)
    amount = Money()
    cap = Money()
    lines = SumLineShape(many=True)
    decision_number = serializers.CharField(source="decision.number", default="")


class OfferedActionShape(Shape):
    """What this person may do now; with a `refusal` it is blocked, and this is why."""

    code = serializers.CharField()
    text = serializers.CharField(source="label")
    refusal = serializers.CharField()
    needs_reason = serializers.BooleanField()


class ChildShape(Shape):
    """A child under the supplement; not counted where another case has it."""

    name = serializers.CharField()
    birth_date = serializers.DateField()
    relation = serializers.CharField()
    paper = serializers.CharField()
    number = MaskedNumber(source="number_last3")
    proof = serializers.CharField()
    is_counted = serializers.BooleanField()


class CaseShape(Shape):
    """One case whole."""

    reference = serializers.CharField()
    version = serializers.IntegerField(help_text="Send it back with an action: another one answers 409.")
    programme = serializers.CharField(source="programme_id")
    rules = serializers.CharField(source="version_used.code")
    stream = serializers.CharField()
    case_list = serializers.CharField(source="case_list.reference", default=None, allow_null=True)
    position = serializers.IntegerField(allow_null=True)
    area_code = serializers.CharField()
    employer = serializers.CharField(source="employer.reference", default=None, allow_null=True)
    period = serializers.CharField(
        help_text="Tells claims of one programme apart that may stand side by side."
    )
    status = serializers.ChoiceField(CaseStatus.choices)
    name = serializers.CharField(source="applicant_name")
    birth_date = serializers.DateField(allow_null=True)
    birth_year = serializers.IntegerField(allow_null=True)
    sex = serializers.CharField()
    number_kind = serializers.CharField()
    number = MaskedNumber(source="number_last3")
    hamlet = serializers.CharField()
    phone = serializers.CharField()
    occupation = serializers.CharField()
    received_on = serializers.DateField()
    due_on = serializers.DateField(allow_null=True)
    result = serializers.ChoiceField(Result.choices)
    amount = Money(source="amount_proposed")
    mark = serializers.CharField(source="mark_text")
    unit = serializers.CharField(help_text="VND, or what `quantity` counts.")
    quantity = serializers.IntegerField()
    appraised_on = serializers.DateField(allow_null=True)
    outside_number = serializers.CharField(help_text="The paper of the agency that decided a tracked claim.")
    outside_date = serializers.DateField(allow_null=True)
    outside_agency = serializers.CharField()
    children = serializers.SerializerMethodField()
    missing = serializers.SerializerMethodField(help_text="Questions that must still be answered.")
    determination = serializers.SerializerMethodField()
    entitlement = serializers.SerializerMethodField()
    actions = serializers.SerializerMethodField()

    @extend_schema_field(ChildShape(many=True))
    def get_children(self, case: Case) -> Any:
        return ChildShape(children_of(case), many=True).data

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_missing(self, case: Case) -> Any:
        return missing_answers(case)

    @extend_schema_field(DeterminedShape(allow_null=True))
    def get_determination(self, case: Case) -> Any:
        found = newest_determination(case)
        return DeterminedShape(found).data if found else None

    @extend_schema_field(EntitlementShape(allow_null=True))
    def get_entitlement(self, case: Case) -> Any:
        live = (
            case.entitlements.exclude(status=EntitlementStatus.CANCELLED).select_related("decision").first()
        )
        return EntitlementShape(live).data if live else None

    @extend_schema_field(OfferedActionShape(many=True))
    def get_actions(self, case: Case) -> Any:
        return OfferedActionShape(offered_actions(CASE_WORKFLOW, case, self.context["actor"]), many=True).data


class CountsShape(Shape):
    """How many cases the rules found how."""

    eligible = serializers.IntegerField()
    not_eligible = serializers.IntegerField()
    undetermined = serializers.IntegerField()


class ConfirmedShape(CountsShape):
    """How the rows of a list stand after a confirmation."""

    eligible = serializers.IntegerField(source="counts.eligible")
    not_eligible = serializers.IntegerField(source="counts.not_eligible")
    undetermined = serializers.IntegerField(source="counts.undetermined")
    papers_missing = serializers.IntegerField(
        source="missing", help_text="Cases that still miss a required paper."
    )


class RefusedRowShape(Shape):
    """A row that was left as it is, and why."""

    reference = serializers.CharField()
    reason = serializers.CharField()


class VerifiedShape(Shape):
    """What a bulk verify did, and which rows a person must look at."""

    done = serializers.IntegerField()
    needs_eyes = RefusedRowShape(many=True)


class ManyShape(Shape):
    """What a bulk action did."""

    done = serializers.IntegerField()
    refused = RefusedRowShape(many=True)
