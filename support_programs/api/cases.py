"""Cases: found, read, stated, appraised, taken out."""

from collections.abc import Mapping
from typing import Any, ClassVar

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from support_programs.api import words
from support_programs.api.case_answers import CaseRowShape, CaseShape, CountsShape, ManyShape, VerifiedShape
from support_programs.api.parts import (
    ACTION_ANSWERS,
    READ_ANSWERS,
    Pages,
    RecordsAPIView,
    all_chosen,
    takes,
    words_of,
)
from support_programs.enums import CaseStatus, Result
from support_programs.models import Case
from support_programs.queries.cases import (
    ORDERS,
    CaseFilter,
    case_rows,
    ordered,
    visible_cases,
    with_row_fields,
)
from support_programs.services import appraisal, casework, facts, lists, supplements

FILTERS = [
    OpenApiParameter("q", str, description="Words of the name, marks not needed, or a reference."),
    OpenApiParameter("programme", str, description="Code of a programme, e.g. LD_TU_DO."),
    OpenApiParameter("area", str, description="Area code: 89, 89888 or 8988830406."),
    OpenApiParameter("status", str, enum=CaseStatus.values),
    OpenApiParameter("result", str, enum=[*Result.values, "review"]),
    OpenApiParameter("late", str, enum=["1"], description="Only those past their due day."),
    OpenApiParameter("occupation", str, description="Words of the occupation as it was typed."),
    OpenApiParameter("employer", str, description="Words of an employer's name."),
    OpenApiParameter("officer", str, description="Who works on it: me, none, or the number of an account."),
    OpenApiParameter("received_from", str, description="Day of receipt from, ngày/tháng/năm."),
    OpenApiParameter("received_to", str, description="Day of receipt until."),
    OpenApiParameter("amount_from", str, description="Đồng from."),
    OpenApiParameter("amount_to", str, description="Đồng until."),
    OpenApiParameter("papers", str, enum=["missing"], description="Only those that miss a required paper."),
    OpenApiParameter("sort", str, enum=list(ORDERS)),
]


class CaseIndex(RecordsAPIView):
    """Cases of one's area, with the filters of the page."""

    pagination_class = Pages

    @extend_schema(
        operation_id="cases_list",
        parameters=FILTERS,
        responses={200: CaseRowShape(many=True), 400: ACTION_ANSWERS[400], 403: READ_ANSWERS[403]},
    )
    def get(self, request: Request) -> Response:
        """400 for a day or an amount that can't be read: other rows than those asked for would be answered."""
        wanted = CaseFilter.from_query(request.query_params, me=self.actor.pk)
        if wanted.problems:
            raise serializers.ValidationError({"filters": list(wanted.problems)})
        found = wanted.apply(visible_cases(self.actor))
        pages = Pages()
        rows = pages.paginate_queryset(ordered(with_row_fields(found), wanted.sort), request, view=self)
        return pages.get_paginated_response(CaseRowShape(case_rows(rows or []), many=True).data)


def case_answer(view: RecordsAPIView, reference: str) -> Response:
    """The case as it is now."""
    return Response(CaseShape(view.case(reference), context={"actor": view.actor}).data)


class CasePage(RecordsAPIView):
    """One case with its newest determination, what it is owed, and what may be done next."""

    @extend_schema(operation_id="cases_retrieve", responses={200: CaseShape, **READ_ANSWERS})
    def get(self, request: Request, reference: str) -> Response:
        return case_answer(self, reference)


class CaseAction(RecordsAPIView):
    """One action on one case; answers the case as it is then."""

    words: ClassVar[type[serializers.Serializer[Any]]]

    def act(self, case: Case, said: Mapping[str, Any]) -> None:
        """Call the one service."""
        raise NotImplementedError

    def post(self, request: Request, reference: str) -> Response:
        case = self.case(reference)
        self.act(case, words_of(self.words, request))
        return case_answer(self, reference)


@takes(words.Words, CaseShape)
class MarkEligible(CaseAction):
    """The officer, having seen the case, finds it eligible; its entitlement is proposed."""

    def act(self, case: Case, said: Mapping[str, Any]) -> None:
        appraisal.mark_eligible(case, actor=self.actor, expected_version=said.get("version"))


@takes(words.ReasonWords, CaseShape)
class Reconsider(CaseAction):
    """The officer takes an "eligible" back; its proposed entitlement is cancelled."""

    def act(self, case: Case, said: Mapping[str, Any]) -> None:
        appraisal.reconsider_case(
            case, reason=said["reason"], actor=self.actor, expected_version=said.get("version")
        )


@takes(words.ReasonWords, CaseShape)
class Refuse(CaseAction):
    """Not eligible: the case leaves its list, with the reason."""

    def act(self, case: Case, said: Mapping[str, Any]) -> None:
        casework.refuse_case(
            case, reason=said["reason"], actor=self.actor, expected_version=said.get("version")
        )


@takes(words.AskSupplementWords, CaseShape)
class AskSupplement(CaseAction):
    """Something is missing: the case leaves its list with the marked places, and its clock stands still until it is answered."""

    def act(self, case: Case, said: Mapping[str, Any]) -> None:
        supplements.ask_supplement(
            case,
            marked={(mark["kind"], mark["code"]): mark["why"] for mark in said.get("marks", [])},
            reason=said["reason"],
            answer_by=said.get("answer_by"),
            actor=self.actor,
            expected_version=said.get("version"),
        )


@takes(words.SupplementWords, CaseShape)
class Supplement(CaseAction):
    """The desk says what it added; the case goes back into its list while that is still appraised, and its clock runs on."""

    def act(self, case: Case, said: Mapping[str, Any]) -> None:
        supplements.answer_supplement(
            case,
            note=said["note"],
            done=said.get("done", []),
            actor=self.actor,
            expected_version=said.get("version"),
        )


@takes(words.ReasonWords, CaseShape)
class Withdraw(CaseAction):
    """The person takes the claim back, before the money is approved."""

    def act(self, case: Case, said: Mapping[str, Any]) -> None:
        casework.withdraw(case, reason=said["reason"], actor=self.actor, expected_version=said.get("version"))


@takes(words.ReasonWords, CaseShape)
class Reopen(CaseAction):
    """A refused case is looked at again, with a reason."""

    def act(self, case: Case, said: Mapping[str, Any]) -> None:
        casework.reopen(case, reason=said["reason"], actor=self.actor, expected_version=said.get("version"))


@takes(words.OutsideDecisionWords, CaseShape)
class RecordDecisionElsewhere(CaseAction):
    """What BHXH or the bank decided of a claim that is only tracked here."""

    def act(self, case: Case, said: Mapping[str, Any]) -> None:
        appraisal.record_decision_elsewhere(
            case,
            agency=said["agency"],
            number=said.get("number", ""),
            signed_on=said["signed_on"],
            actor=self.actor,
            expected_version=said.get("version"),
        )


@takes(words.MarkResolvedWords, CaseShape)
class ResolveMark(CaseAction):
    """The commune says what it did about a row that was sent back. Again changes nothing."""

    def act(self, case: Case, said: Mapping[str, Any]) -> None:
        casework.resolve(case, note=said["note"], actor=self.actor, expected_version=said.get("version"))


@takes(words.NoteWords, CaseShape)
class AddNote(CaseAction):
    """An internal note, kept in the case's history."""

    def act(self, case: Case, said: Mapping[str, Any]) -> None:
        appraisal.note_on_case(case, text=said["note"], actor=self.actor)


@takes(words.CaseFactsWords, CaseShape)
class StateFacts(CaseAction):
    """Right, wrong or unknown for criteria that the commune may confirm; then the case is judged."""

    def act(self, case: Case, said: Mapping[str, Any]) -> None:
        facts.set_case_facts(
            case, values=said["values"], actor=self.actor, expected_version=said.get("version")
        )


class VerifyCases(RecordsAPIView):
    """Bulk verify: ready rows are found eligible at once, rows that need eyes stay as they are."""

    @extend_schema(request=words.ChosenWords, responses={200: VerifiedShape, **ACTION_ANSWERS})
    def post(self, request: Request) -> Response:
        ids = all_chosen(self.actor, words_of(words.ChosenWords, request)["cases"])
        report = appraisal.verify_cases(Case.objects.filter(pk__in=ids), actor=self.actor)
        return Response(VerifiedShape(report).data)


class ListCases(RecordsAPIView):
    """Loose and supplemented cases go into the commune's draft list of their programme and stream, or into a new one."""

    @extend_schema(request=words.ChosenWords, responses={200: ManyShape, **ACTION_ANSWERS})
    def post(self, request: Request) -> Response:
        ids = all_chosen(self.actor, words_of(words.ChosenWords, request)["cases"])
        result = lists.list_cases(Case.objects.filter(pk__in=ids), actor=self.actor)
        return Response(ManyShape(result).data)


class UnlistCases(RecordsAPIView):
    """Take rows out of a list that the commune still works on; they stay as drafts."""

    @extend_schema(request=words.ChosenWords, responses={200: ManyShape, **ACTION_ANSWERS})
    def post(self, request: Request) -> Response:
        ids = all_chosen(self.actor, words_of(words.ChosenWords, request)["cases"])
        result = lists.remove_cases(Case.objects.filter(pk__in=ids), actor=self.actor)
        return Response(ManyShape(result).data)


class SetOccupation(RecordsAPIView):
    """An officer says to which group the occupation of these cases belongs; decided cases are left alone."""

    @extend_schema(request=words.OccupationWords, responses={200: CountsShape, **ACTION_ANSWERS})
    def post(self, request: Request) -> Response:
        said = words_of(words.OccupationWords, request)
        ids = all_chosen(self.actor, said["cases"])
        counts = facts.set_occupation_group(
            Case.objects.filter(pk__in=ids), group=said["group"], actor=self.actor
        )
        return Response(CountsShape(counts).data)
