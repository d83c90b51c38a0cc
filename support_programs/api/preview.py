"""What the rules would say of facts that are sent along: nothing is looked up and nothing is kept."""

from typing import Any, Final

from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from beneficiaries.enums import Sex
from core.api import FencedAPIView
from support_programs.api.case_answers import OUTCOMES, Money
from support_programs.api.parts import READ_ANSWERS, words_of
from support_programs.api.programme_answers import ChainStepShape
from support_programs.enums import Result
from support_programs.queries.answers import (
    Answers,
    Applicant,
    read_given,
    urban_of,
    wrong_birth,
    wrong_day,
)
from support_programs.queries.preview import (
    Known,
    asked_fields,
    known_versions,
    preview,
)
from support_programs.queries.questions import IS_URBAN
from support_programs.rules.amounts import Line

Shape = serializers.Serializer[Any]
_DAYS: Final = ["iso-8601", "%d/%m/%Y"]
# a problem of a fact stands under `facts`, one of who asks under `applicant`
_FIELD_ERRORS: Final = {
    "type": "object",
    "additionalProperties": {
        "oneOf": [
            {"type": "array", "items": {"type": "string"}},
            {
                "type": "object",
                "additionalProperties": {"type": "array", "items": {"type": "string"}},
            },
        ]
    },
}


class Day(serializers.DateField):
    """A day as ISO text or dd/mm/yyyy."""

    default_error_messages = {"invalid": lazy("Hãy ghi ngày/tháng/năm, ví dụ 27/09/2021 hoặc 2021-09-27.")}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(input_formats=_DAYS, **kwargs)


class ApplicantWords(Shape):
    """Who asks; of a year of birth alone both possible ages are looked at."""

    birth_date = Day(required=False, allow_null=True)
    birth_year = serializers.IntegerField(required=False, allow_null=True)
    sex = serializers.ChoiceField(Sex.choices, required=False, allow_blank=True)
    area_code = serializers.CharField(
        required=False, allow_blank=True, max_length=10, help_text="Commune, 10 digits: town or country."
    )


class PreviewWords(Shape):
    """The programme, the day on which the dossier is handed in, who asks, and the facts by their codes."""

    programme = serializers.CharField(max_length=20)
    received_on = Day()
    applicant = ApplicantWords(required=False)
    facts = serializers.DictField(
        child=serializers.JSONField(allow_null=True),
        required=False,
        help_text="By the codes of `fields` and `brought_along` of the programme's versions; what is left out is unknown.",
    )


class VersionUsedShape(Shape):
    code = serializers.CharField()
    valid_from = serializers.DateField()
    valid_to = serializers.DateField(allow_null=True)
    content_hash = serializers.CharField()


class AmountLineShape(Shape):
    name = serializers.CharField()
    article = serializers.CharField()
    amount = Money()

    def to_representation(self, instance: Line) -> dict[str, Any]:
        return {"name": instance[0], "article": instance[1], "amount": instance[2]}


class CriterionPreviewShape(Shape):
    """One condition: what was found of it, on which value, by which article."""

    code = serializers.CharField(source="rule.code")
    statement = serializers.CharField(source="rule.statement")
    limits = serializers.CharField()
    outcome = serializers.ChoiceField(OUTCOMES, source="finding.outcome")
    value = serializers.CharField(source="finding.value", help_text="The value that was used, as text.")
    article = serializers.CharField(source="rule.article")
    sentence = serializers.CharField(source="finding.sentence")
    remedy = serializers.CharField(source="rule.remedy")
    is_warning = serializers.BooleanField(source="rule.is_warning")
    confidence = serializers.CharField(source="rule.confidence")
    verify = serializers.CharField(
        source="rule.verify", help_text="What must still be asked of the department; empty when sure."
    )


class PaperNeededShape(Shape):
    code = serializers.CharField(source="evidence.code")
    name = serializers.CharField(source="evidence.name")
    article = serializers.CharField(source="evidence.article")
    is_required = serializers.BooleanField(source="evidence.is_required")
    is_open = serializers.BooleanField(help_text="Not known yet whether this case needs it.")


class DeadlineShape(Shape):
    apply_by = serializers.DateField(source="filing.day")
    ends_on = serializers.DateField(
        source="filing.ends_on", help_text="The next working day after a day off."
    )
    is_over = serializers.BooleanField()
    note = serializers.CharField()


class OtherVersionShape(Shape):
    """What another version says of the same facts, handed in on a day of its time."""

    version = serializers.CharField(source="row.code")
    valid_from = serializers.DateField(source="row.valid_from")
    valid_to = serializers.DateField(source="row.valid_to", allow_null=True)
    received_on = serializers.DateField()
    result = serializers.ChoiceField(Result.choices)
    amount = Money()


class PreviewShape(Shape):
    """The answer. Amount and lines are of an eligible case; `amount_if_eligible` is what the facts would give otherwise."""

    programme = serializers.CharField()
    received_on = serializers.DateField()
    result = serializers.ChoiceField(Result.choices)
    sentence = serializers.CharField()
    version = VersionUsedShape(source="version.row", default=None, allow_null=True)
    confidence = serializers.CharField(source="version.rules.confidence", default="")
    doubts = serializers.ListField(
        child=serializers.CharField(),
        source="version.rules.doubts",
        default=list,
        help_text="What is unsure.",
    )
    amount = Money()
    unit = serializers.CharField(source="calculation.unit", help_text="VND, or a unit of goods.")
    quantity = serializers.IntegerField(help_text="Goods; 0 for money.")
    lines = AmountLineShape(many=True)
    amount_if_eligible = Money(source="calculation.total")
    lines_if_eligible = AmountLineShape(many=True, source="calculation.lines")
    is_paid_here = serializers.BooleanField(source="version.rules.amount.is_paid_here", default=True)
    notes = serializers.ListField(child=serializers.CharField(), source="calculation.notes")
    missing = serializers.ListField(child=serializers.CharField(), help_text="What must still be known.")
    criteria = CriterionPreviewShape(many=True)
    papers = PaperNeededShape(many=True)
    where = serializers.CharField(source="version.rules.where", default="")
    deadline = DeadlineShape(allow_null=True)
    chain = ChainStepShape(many=True, source="version.rules.chain", default=list)
    others = OtherVersionShape(many=True)
    eligible_from = serializers.DateField(
        allow_null=True, help_text="The first later day of handing in on which the same facts would do."
    )
    asked_otherwise = serializers.ListField(
        child=serializers.CharField(), help_text="What the rules of that day ask in other words."
    )


class PreviewDetermination(FencedAPIView):
    """Judge facts by a programme's rules in force on a day: nothing is looked up, nothing is kept.

    A fact that is left out leaves the result undetermined, it never refuses. The register is not asked: the answer holds for
    somebody who got no other support yet.
    """

    open_to_readers = True

    @extend_schema(
        operation_id="determinations_preview",
        request=PreviewWords,
        responses={200: PreviewShape, 400: _FIELD_ERRORS, 403: READ_ANSWERS[403], 404: READ_ANSWERS[404]},
    )
    def post(self, request: Request) -> Response:
        said = words_of(PreviewWords, request)
        versions = known_versions(said["programme"])
        if not versions:
            raise Http404(_("Không có chính sách này."))
        return Response(PreviewShape(preview(versions, _answers(versions, said))).data)


def _answers(versions: list[Known], said: dict[str, Any]) -> Answers:
    """The typed answers; ValidationError names every field that can't be read or can't be."""
    who, received_on = said.get("applicant", {}), said["received_on"]
    applicant = Applicant(who.get("birth_date"), who.get("birth_year"), who.get("sex", ""))
    values, wrong_facts = read_given(asked_fields(versions, received_on), said.get("facts", {}))
    wrong_who = {}
    if birth := wrong_birth(applicant, values.get("event_start")):
        wrong_who["birth_date" if applicant.birth_date else "birth_year"] = birth
    if who.get("area_code"):
        urban = urban_of(who["area_code"])
        if urban is None:
            wrong_who["area_code"] = _("Không có xã, phường, thị trấn mang mã này.")
        values.setdefault(IS_URBAN, urban)
    problems: dict[str, Any] = {
        "received_on": [day] if (day := wrong_day(received_on)) else [],
        "applicant": {code: [text] for code, text in wrong_who.items()},
        "facts": {code: [text] for code, text in wrong_facts.items()},
    }
    if found := {code: problem for code, problem in problems.items() if problem}:
        raise serializers.ValidationError(found)
    return Answers(received_on, applicant, values)
