"""Lists: found, read, confirmed, posted, sent up and back, approved."""

from collections.abc import Mapping
from typing import Any, ClassVar

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from support_programs.api import words
from support_programs.api.case_answers import CaseRowShape, ConfirmedShape, ManyShape
from support_programs.api.list_answers import CaseListShape, ListRowShape, StepShape
from support_programs.api.parts import (
    ACTION_ANSWERS,
    READ_ANSWERS,
    Pages,
    RecordsAPIView,
    rows_chosen,
    takes,
    words_of,
)
from support_programs.enums import CaseStatus, ListStatus
from support_programs.models import Case, CaseList
from support_programs.queries.cases import case_rows, visible_cases, with_row_fields
from support_programs.queries.lists import ORDERS, ListFilter, list_rows
from support_programs.services import agencies, appraisal, approval, posting
from support_programs.services.papers import confirm_whole_list

FILTERS = [
    OpenApiParameter("q", str, description="Title, number of a letter or decision, commune, or a reference."),
    OpenApiParameter("programme", str, description="Code of a programme, e.g. LD_TU_DO."),
    OpenApiParameter("area", str, description="Area code: 89, 89888 or 8988830406."),
    OpenApiParameter("status", str, enum=ListStatus.values),
    OpenApiParameter("late", str, enum=["1"], description="Only those past their due day."),
    OpenApiParameter("sort", str, enum=list(ORDERS)),
]


class ListIndex(RecordsAPIView):
    """Lists of one's area, with the filters of the page."""

    pagination_class = Pages

    @extend_schema(
        operation_id="lists_list",
        parameters=FILTERS,
        responses={200: ListRowShape(many=True), 403: READ_ANSWERS[403]},
    )
    def get(self, request: Request) -> Response:
        wanted = ListFilter.from_query(request.query_params)
        found = wanted.apply(CaseList.objects.visible_to(self.actor)).order_by(*ORDERS[wanted.sort])
        pages = Pages()
        chosen = [row.pk for row in pages.paginate_queryset(found.only("pk"), request, view=self) or []]
        rows = list_rows(CaseList.objects.filter(pk__in=chosen).order_by(*ORDERS[wanted.sort]))
        return pages.get_paginated_response(ListRowShape(rows, many=True).data)


def list_answer(view: RecordsAPIView, reference: str) -> Response:
    """The list as it is now."""
    return Response(CaseListShape(view.case_list(reference), context={"actor": view.actor}).data)


class ListPage(RecordsAPIView):
    """One list with its papers, totals, confirmations, rows taken out, and what may be done next."""

    @extend_schema(operation_id="lists_retrieve", responses={200: CaseListShape, **READ_ANSWERS})
    def get(self, request: Request, reference: str) -> Response:
        return list_answer(self, reference)


class ListSteps(RecordsAPIView):
    """The passes of a list through its steps, oldest first; a list sent back passes again."""

    @extend_schema(operation_id="lists_steps", responses={200: StepShape(many=True), **READ_ANSWERS})
    def get(self, request: Request, reference: str) -> Response:
        return Response(StepShape(self.case_list(reference).steps.all(), many=True).data)


class ListCases(RecordsAPIView):
    """The rows of a list in its order."""

    pagination_class = Pages

    @extend_schema(operation_id="lists_cases", responses={200: CaseRowShape(many=True), **READ_ANSWERS})
    def get(self, request: Request, reference: str) -> Response:
        found = visible_cases(self.actor).filter(case_list=self.case_list(reference))
        pages = Pages()
        rows = pages.paginate_queryset(with_row_fields(found).order_by("position", "pk"), request, view=self)
        return pages.get_paginated_response(CaseRowShape(case_rows(rows or []), many=True).data)


class ListAction(RecordsAPIView):
    """One action on one list; answers the list as it is then."""

    words: ClassVar[type[serializers.Serializer[Any]]]

    def act(self, case_list: CaseList, said: Mapping[str, Any]) -> None:
        """Call the one service; `said` holds its words, and `expected_version`."""
        raise NotImplementedError

    def post(self, request: Request, reference: str) -> Response:
        case_list = self.case_list(reference)
        said = words_of(self.words, request)
        self.act(case_list, {**said, "expected_version": said.pop("version", None)})
        return list_answer(self, reference)


@takes(words.PostWords, CaseListShape)
class Post(ListAction):
    """The list hangs out for the posting's working days."""

    def act(self, case_list: CaseList, said: Mapping[str, Any]) -> None:
        posting.post_list(case_list, actor=self.actor, **said)


@takes(words.ClosePostingWords, CaseListShape)
class ClosePosting(ListAction):
    """The posting ends after its last day, with the remarks that came in."""

    def act(self, case_list: CaseList, said: Mapping[str, Any]) -> None:
        posting.close_posting(case_list, actor=self.actor, **said)


@takes(words.LetterWords, CaseListShape)
class Submit(ListAction):
    """The list goes up to the district with the commune's letter."""

    def act(self, case_list: CaseList, said: Mapping[str, Any]) -> None:
        posting.submit_list(case_list, actor=self.actor, **said)


@takes(words.SendWords, CaseListShape)
class SendToAgency(ListAction):
    """The list goes to the agency that its chain names: social insurance, the tax office."""

    def act(self, case_list: CaseList, said: Mapping[str, Any]) -> None:
        agencies.send_to_agency(case_list, actor=self.actor, **said)


@takes(words.ConfirmationWords, CaseListShape)
class ConfirmAgency(ListAction):
    """The agency's paper is recorded; the list goes on to those who appraise it."""

    def act(self, case_list: CaseList, said: Mapping[str, Any]) -> None:
        agencies.record_confirmation(case_list, actor=self.actor, **said)


@takes(words.ReasonWords, CaseListShape)
class AgencyRefuses(ListAction):
    """The agency did not confirm the list: it is drawn up anew."""

    def act(self, case_list: CaseList, said: Mapping[str, Any]) -> None:
        agencies.record_agency_refusal(case_list, actor=self.actor, **said)


@takes(words.SendWords, CaseListShape)
class SubmitToDepartment(ListAction):
    """A list that the department appraises itself goes to its appraisers."""

    def act(self, case_list: CaseList, said: Mapping[str, Any]) -> None:
        agencies.submit_to_department(case_list, actor=self.actor, **said)


@takes(words.LetterWords, CaseListShape)
class Resubmit(ListAction):
    """A list that was sent back goes up again without a new posting."""

    def act(self, case_list: CaseList, said: Mapping[str, Any]) -> None:
        posting.resubmit_list(case_list, actor=self.actor, **said)


@takes(words.Words, CaseListShape)
class Rework(ListAction):
    """The commune opens a list again, to change it and post it anew."""

    def act(self, case_list: CaseList, said: Mapping[str, Any]) -> None:
        posting.rework_list(case_list, actor=self.actor, **said)


@takes(words.SendBackWords, CaseListShape)
class SendBack(ListAction):
    """The district returns a list with a reason, and marks rows."""

    def act(self, case_list: CaseList, said: Mapping[str, Any]) -> None:
        texts = {mark["case"]: mark["text"] for mark in said.get("marks", ())}
        rows = rows_chosen(case_list, texts)
        posting.send_back_list(
            case_list,
            reason=said["reason"],
            marks={rows[reference]: text for reference, text in texts.items()},
            actor=self.actor,
            expected_version=said["expected_version"],
        )


@takes(words.DistrictPaperWords, CaseListShape)
class Approve(ListAction):
    """The district approves the persons of the list by its document."""

    def act(self, case_list: CaseList, said: Mapping[str, Any]) -> None:
        approval.approve_list(case_list, actor=self.actor, **said)


@takes(words.Words, CaseListShape)
class Forward(ListAction):
    """The approved list goes to the department."""

    def act(self, case_list: CaseList, said: Mapping[str, Any]) -> None:
        approval.forward_list(case_list, actor=self.actor, **said)


@takes(words.Words, CaseListShape)
class ForwardToProvince(ListAction):
    """The approved list waits for the decision of UBND tỉnh, where the money has no appraisal of its own."""

    def act(self, case_list: CaseList, said: Mapping[str, Any]) -> None:
        approval.forward_to_province(case_list, actor=self.actor, **said)


@takes(words.Words, CaseListShape)
class Conclude(ListAction):
    """The department has appraised a list of its own; it waits for the decision."""

    def act(self, case_list: CaseList, said: Mapping[str, Any]) -> None:
        approval.conclude_list(case_list, actor=self.actor, **said)


@takes(words.ReasonWords, CaseListShape)
class ReturnFromProvince(ListAction):
    """The province returns a list to those who appraised it, with a reason; their approval is taken back."""

    def act(self, case_list: CaseList, said: Mapping[str, Any]) -> None:
        approval.return_from_province(case_list, actor=self.actor, **said)


@takes(words.ReasonWords, CaseListShape)
class ReturnToDistrict(ListAction):
    """The department returns a list, with a reason; the approval of its persons is taken back."""

    def act(self, case_list: CaseList, said: Mapping[str, Any]) -> None:
        approval.return_to_district(case_list, actor=self.actor, **said)


@takes(words.FinancePaperWords, CaseListShape)
class AppraiseMoney(ListAction):
    """The department confirms the sum with the letter of Sở Tài chính."""

    def act(self, case_list: CaseList, said: Mapping[str, Any]) -> None:
        approval.appraise_money(case_list, actor=self.actor, **said)


class ConfirmFacts(RecordsAPIView):
    """Those who draw a list up confirm criteria and papers for every row of it, single rows excepted; then they are judged."""

    @extend_schema(request=words.ConfirmWords, responses={200: ConfirmedShape, **ACTION_ANSWERS})
    def post(self, request: Request, reference: str) -> Response:
        case_list = self.case_list(reference)
        said = words_of(words.ConfirmWords, request)
        ticks: dict[str, dict[str, list[int]]] = {}
        for key, exceptions, name in (
            ("criteria", "excepted", "criterion"),
            ("papers", "papers_excepted", "paper"),
        ):
            rows = {row[name]: row["cases"] for row in said.get(exceptions, ())}
            ticks[key] = {
                code: list(rows_chosen(case_list, rows[code]).values()) if code in rows else []
                for code in said[key]
            }
        confirmed = confirm_whole_list(
            case_list, facts=ticks["criteria"], papers=ticks["papers"], actor=self.actor
        )
        return Response(ConfirmedShape(confirmed).data)


class ExcludeRows(RecordsAPIView):
    """Take rows out of a list, with a reason, while the rest goes on; rows that must stay are named."""

    @extend_schema(request=words.ExcludeWords, responses={200: ManyShape, **ACTION_ANSWERS})
    def post(self, request: Request, reference: str) -> Response:
        case_list = self.case_list(reference)
        said = words_of(words.ExcludeWords, request)
        ids = rows_chosen(case_list, said["cases"]).values()
        result = appraisal.exclude_cases(
            Case.objects.filter(pk__in=ids),
            to=CaseStatus(said["to"]),
            reason=said["reason"],
            actor=self.actor,
        )
        return Response(ManyShape(result).data)
