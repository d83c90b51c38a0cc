"""What the API is told: typed values of the body of each action."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from support_programs.api.parts import MAX_CHOSEN
from support_programs.enums import CaseStatus, ChildIdentity, Relation

Shape = serializers.Serializer[Any]
REASON_MAX = 1000


class References(serializers.ListField):
    """References, each once, at most a thousand."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            child=serializers.CharField(max_length=20), min_length=1, max_length=MAX_CHOSEN, **kwargs
        )

    def to_internal_value(self, data: Any) -> list[str]:
        return list(dict.fromkeys(super().to_internal_value(data)))


class Words(Shape):
    """Every action may say which version of the record it saw; another one answers 409."""

    version = serializers.IntegerField(required=False, min_value=1)


class NoWords(Words):
    """An action that asks for nothing more."""


class ReasonWords(Words):
    reason = serializers.CharField(max_length=REASON_MAX)


class NoteWords(Shape):
    note = serializers.CharField(max_length=REASON_MAX)


class MarkResolvedWords(Words):
    """What the desk did about a row that came back marked."""

    note = serializers.CharField(max_length=REASON_MAX)


class CaseFactsWords(Words):
    """Criterion -> right, wrong, or not known again (null)."""

    values = serializers.DictField(child=serializers.BooleanField(allow_null=True), allow_empty=False)


class OccupationWords(Shape):
    cases = References()
    group = serializers.CharField(max_length=40)


class ChosenWords(Shape):
    cases = References()


class ExcludeWords(Shape):
    cases = References()
    to = serializers.ChoiceField(
        [
            (CaseStatus.INELIGIBLE.value, CaseStatus.INELIGIBLE.label),
            (CaseStatus.NEEDS_SUPPLEMENT.value, CaseStatus.NEEDS_SUPPLEMENT.label),
        ]
    )
    reason = serializers.CharField(max_length=REASON_MAX)


class ExceptedWords(Shape):
    """Rows for which a criterion is not confirmed."""

    criterion = serializers.CharField(max_length=40)
    cases = References()


class PaperExceptedWords(Shape):
    paper = serializers.CharField(max_length=40)
    cases = References()


class ConfirmWords(Shape):
    """Criteria and papers that those who draw a list up confirm for the whole of it, single rows excepted."""

    criteria = serializers.ListField(child=serializers.CharField(max_length=40), required=False, default=list)
    excepted = ExceptedWords(many=True, required=False)
    papers = serializers.ListField(
        child=serializers.CharField(max_length=40),
        required=False,
        default=list,
        help_text="Codes of papers that were received for every row that needs them.",
    )
    papers_excepted = PaperExceptedWords(many=True, required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if not attrs["criteria"] and not attrs["papers"]:
            raise serializers.ValidationError(
                {"criteria": _("Hãy đánh dấu ít nhất một điều kiện hoặc giấy tờ.")}
            )
        for row in attrs.get("excepted", ()):
            if row["criterion"] not in attrs["criteria"]:
                raise serializers.ValidationError(
                    {
                        "excepted": _("Điều kiện %(code)s không nằm trong các điều kiện được xác nhận.")
                        % {"code": row["criterion"]}
                    }
                )
        for row in attrs.get("papers_excepted", ()):
            if row["paper"] not in attrs["papers"]:
                raise serializers.ValidationError(
                    {
                        "papers_excepted": _("Giấy tờ %(code)s không nằm trong các giấy tờ được xác nhận.")
                        % {"code": row["paper"]}
                    }
                )
        return attrs


class PostWords(Words):
    place = serializers.CharField(max_length=200)
    posting_from = serializers.DateField(
        required=False, help_text="The day on which it was really put up; today when absent."
    )


class ClosePostingWords(Words):
    remarks = serializers.CharField(required=False, allow_blank=True, max_length=5000)


class LetterWords(Words):
    letter_number = serializers.CharField(max_length=60)
    letter_date = serializers.DateField()


class SendWords(Words):
    """The paper with which a list is sent on, where there is one."""

    letter_number = serializers.CharField(required=False, allow_blank=True, max_length=60)
    letter_date = serializers.DateField(required=False)


class ConfirmationWords(Words):
    """The paper by which another agency confirmed a list."""

    number = serializers.CharField(max_length=60)
    signed_on = serializers.DateField()
    note = serializers.CharField(required=False, allow_blank=True, max_length=1000)


class PlaceWords(Shape):
    """A place of the dossier that must be put right, and why: `answer`, `applicant`, `paper` or `other` with its code."""

    kind = serializers.ChoiceField(["answer", "applicant", "paper", "other"])
    code = serializers.CharField(max_length=60)
    why = serializers.CharField(max_length=300)


class AskSupplementWords(Words):
    """What is missing or wrong: a reason, marked places, or both; and by when it should be there."""

    reason = serializers.CharField(max_length=REASON_MAX, required=False, allow_blank=True, default="")
    marks = PlaceWords(many=True, required=False)
    answer_by = serializers.DateField(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if not attrs.get("marks") and not attrs["reason"].strip():
            raise serializers.ValidationError({"reason": [_("Hãy đánh dấu mục cần bổ sung hoặc ghi lý do.")]})
        return attrs


class SupplementWords(Words):
    """What was added: in all, and for each marked place in the order of the request."""

    note = serializers.CharField(max_length=REASON_MAX, required=False, allow_blank=True, default="")
    done = serializers.ListField(
        child=serializers.CharField(max_length=300, allow_blank=True), required=False, max_length=200
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if not any(text.strip() for text in (attrs["note"], *attrs.get("done", []))):
            raise serializers.ValidationError({"note": [_("Hãy ghi đã bổ sung những gì.")]})
        return attrs


class OutsideDecisionWords(Words):
    """What another agency decided of a claim that is only tracked here, by its paper."""

    agency = serializers.CharField(max_length=150)
    number = serializers.CharField(required=False, allow_blank=True, max_length=60)
    signed_on = serializers.DateField()


class MarkWords(Shape):
    """What is wrong with one row."""

    case = serializers.CharField(max_length=20)
    text = serializers.CharField(max_length=500)


class SendBackWords(ReasonWords):
    marks = MarkWords(many=True, required=False)


class DistrictPaperWords(Words):
    number = serializers.CharField(max_length=60)
    date = serializers.DateField()


class FinancePaperWords(Words):
    finance_number = serializers.CharField(max_length=60)
    finance_date = serializers.DateField()


class DecisionWords(Shape):
    """The decision of UBND tỉnh as on the paper, for one list or several."""

    lists = References()
    number = serializers.CharField(max_length=60)
    signed_on = serializers.DateField()
    signer = serializers.CharField(required=False, allow_blank=True, max_length=150)


class Typed(serializers.DictField):
    """Texts by field, as an officer types them."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(child=serializers.CharField(allow_blank=True, max_length=1000), **kwargs)


class ChildWords(Shape):
    """A child under the supplement: its own paper and the one that proves the relation."""

    full_name = serializers.CharField(max_length=150)
    birth_date = serializers.CharField(max_length=30, help_text="Day, month and year: 11/03/2018.")
    relation = serializers.ChoiceField(Relation.choices)
    identity_kind = serializers.ChoiceField(ChildIdentity.choices)
    number = serializers.CharField(max_length=60)
    place = serializers.CharField(required=False, allow_blank=True, max_length=120)
    proof = serializers.CharField(required=False, allow_blank=True, max_length=250)


class AddChildWords(ChildWords, Words):
    keeps_warnings = serializers.BooleanField(default=False)


class AnswersWords(Words):
    """Answers by the code of their field; null or an empty text means unknown again, what isn't named stays."""

    answers = serializers.DictField(child=serializers.JSONField(allow_null=True), allow_empty=False)


class OpenClaimWords(Shape):
    """One dossier. `applicant` and `employer` as on the form; `answers` by the codes that `programmes/<code>/` gives."""

    programme = serializers.CharField(max_length=20)
    area_code = serializers.CharField(
        required=False, max_length=10, help_text="Of the desk that takes it in; one's own when absent."
    )
    received_on = serializers.DateField()
    after_hours = serializers.BooleanField(default=False)
    stream = serializers.CharField(required=False, allow_blank=True, max_length=20)
    applicant = Typed(required=False)
    employer = Typed(required=False)
    answers = serializers.DictField(child=serializers.JSONField(allow_null=True), required=False)
    children = ChildWords(many=True, required=False)
    keeps_warnings = serializers.BooleanField(default=False)
