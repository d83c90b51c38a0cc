"""Claims by hand: a dossier taken in, its answers changed, children added."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from core.transitions import TransitionRefused
from support_programs.api import words
from support_programs.api.case_answers import CaseShape
from support_programs.api.cases import CaseAction, CaseIndex, case_answer
from support_programs.api.parts import ACTION_ANSWERS, takes, words_of
from support_programs.models import Case
from support_programs.queries.programmes import NoRuleInForce
from support_programs.services.children import add_child
from support_programs.services.claims import ClaimRefused, open_claim, state_facts


@contextmanager
def claims_refused() -> Iterator[None]:
    """400 names the fields; 409 where another record stands in the way, or a warning must be kept first."""
    try:
        yield
    except ClaimRefused as refusal:
        if refusal.is_conflict:
            raise TransitionRefused(str(refusal)) from refusal
        if not refusal.errors:
            how = _("Nếu đã đối chiếu và đúng như vậy, hãy gửi lại với keeps_warnings.")
            raise TransitionRefused(f"{refusal} {how}") from refusal
        found = {field or "non_field_errors": texts for field, texts in refusal.errors.items()}
        raise serializers.ValidationError(found) from refusal


class CasesAndIntake(CaseIndex):
    """Cases of one's area, with the filters of the page; a new one is taken in by hand."""

    @extend_schema(
        operation_id="cases_open", request=words.OpenClaimWords, responses={201: CaseShape, **ACTION_ANSWERS}
    )
    def post(self, request: Request) -> Response:
        said = words_of(words.OpenClaimWords, request)
        area_code = said.pop("area_code", "") or self.actor.area_code
        if not area_code.startswith(self.actor.area_code):
            raise Http404(_("Không tìm thấy, hoặc thuộc đơn vị khác."))
        try:
            with claims_refused():
                after_hours = said.pop("after_hours")
                case = open_claim(
                    **{"answers": {}, **said},
                    is_after_hours=after_hours,
                    area_code=area_code,
                    actor=self.actor,
                )
        except NoRuleInForce as error:
            raise serializers.ValidationError({"programme": [_("Không có chính sách này.")]}) from error
        answer = case_answer(self, case.reference)
        answer.status_code = status.HTTP_201_CREATED
        return answer


@takes(words.AnswersWords, CaseShape)
class StateAnswers(CaseAction):
    """Answers of the form changed; then the case is judged. Who changes one has entered the case."""

    def act(self, case: Case, said: Mapping[str, Any]) -> None:
        with claims_refused():
            state_facts(case, answers=said["answers"], actor=self.actor, expected_version=said.get("version"))


@takes(words.AddChildWords, CaseShape)
class AddChild(CaseAction):
    """A child under the supplement; one of another case is 409, whichever parent, whichever programme."""

    def act(self, case: Case, said: Mapping[str, Any]) -> None:
        typed = {key: value for key, value in said.items() if key not in ("version", "keeps_warnings")}
        with claims_refused():
            add_child(
                case,
                typed=typed,
                keeps_warnings=said["keeps_warnings"],
                actor=self.actor,
                expected_version=said.get("version"),
            )
