"""The API of budget lines, papers and the ledger: the same services and sums as the pages."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from core.shortcuts import get_visible
from disbursements.api.budget_shapes import (
    AllocationShape,
    AllocationWords,
    BookRowShape,
    BudgetLineShape,
    BudgetLineWhole,
    EntryShape,
    MovementShape,
    PaperWords,
    ReturnWords,
    SumShape,
    TransferWords,
)
from disbursements.enums import LedgerAccount, LedgerKind
from disbursements.models import Allocation, BudgetLine, BudgetMovement
from disbursements.queries.allocations import allocations_of, decisions_money
from disbursements.queries.budget import BudgetFilter, BudgetRow, line_rows
from disbursements.queries.budget_papers import papers_of
from disbursements.queries.ledger import KEYS, LedgerFilter, balances, postings_of
from disbursements.queries.ledger_book import book_of, entries_of, entry_numbers
from disbursements.services.allocations import AllocationPaper, record_allocation
from disbursements.services.budget import correct_allocation, return_money, transfer_money
from disbursements.services.budget_checks import MovementPaper
from support_programs.api.parts import ACTION_ANSWERS, READ_ANSWERS, Pages, RecordsAPIView, words_of

_FILTERS = [OpenApiParameter(name, str) for name in ("programme", "area", "source")]


def _whole(line: BudgetLine, row: BudgetRow) -> dict[str, Any]:
    return {
        "reference": line.reference,
        "programme": line.programme_id,
        "decision": row.decision,
        "area_code": line.area_code,
        "source": line.source.code,
        "source_name": line.source.name,
        "stream": line.stream,
        "money": row.money,
    }


class BudgetAPIView(RecordsAPIView):
    """An endpoint over budget lines of the signed-in person's area."""

    def line(self, reference: str) -> BudgetLine:
        """The visible line; 404 for another."""
        return get_visible(BudgetLine.objects.select_related("source"), self.actor, reference=reference)


class LineIndex(BudgetAPIView):
    """Budget lines of one's area with their money."""

    pagination_class = Pages

    @extend_schema(
        operation_id="budget_lines",
        parameters=_FILTERS,
        responses={200: BudgetLineShape(many=True), 403: READ_ANSWERS[403]},
    )
    def get(self, request: Request) -> Response:
        asked = BudgetFilter.from_query(request.query_params.dict())
        pages = Pages()
        found = asked.lines(self.actor).select_related("source")
        rows: Any = pages.paginate_queryset(found, request, view=self)
        shown = [_whole(row.line, row) for row in line_rows(rows or []) if row.line]
        return pages.get_paginated_response(BudgetLineShape(shown, many=True).data)


class LinePage(BudgetAPIView):
    """One line with its money and papers."""

    @extend_schema(operation_id="budget_line", responses={200: BudgetLineWhole, **READ_ANSWERS})
    def get(self, request: Request, reference: str) -> Response:
        line = self.line(reference)
        (row,) = line_rows([line])
        return Response(BudgetLineWhole({**_whole(line, row), "papers": papers_of(line)}).data)


class LineBook(BudgetAPIView):
    """The entries of a line in their order, with what was left after each."""

    pagination_class = Pages

    @extend_schema(
        operation_id="budget_line_entries", responses={200: BookRowShape(many=True), **READ_ANSWERS}
    )
    def get(self, request: Request, reference: str) -> Response:
        line, pages = self.line(reference), Pages()
        numbers: Any = pages.paginate_queryset(
            entry_numbers(line.postings.all(), is_newest_first=False), request, view=self
        )
        rows = book_of(self.actor, line, list(numbers or []))
        return pages.get_paginated_response(BookRowShape(rows, many=True).data)


class Ledger(BudgetAPIView):
    """The entries of the ledger, newest first."""

    pagination_class = Pages

    @extend_schema(
        operation_id="budget_ledger",
        parameters=[
            *_FILTERS,
            OpenApiParameter("kind", str, enum=LedgerKind.values),
            OpenApiParameter("account", str, enum=LedgerAccount.values),
            OpenApiParameter("reference", str, description="Of a paper, batch or recovery."),
        ],
        responses={200: EntryShape(many=True), 403: READ_ANSWERS[403]},
    )
    def get(self, request: Request) -> Response:
        pages = Pages()
        postings = postings_of(self.actor, _ledger_filter(request))
        numbers: Any = pages.paginate_queryset(entry_numbers(postings), request, view=self)
        rows = entries_of(self.actor, numbers or [])
        return pages.get_paginated_response(EntryShape(rows, many=True).data)


class Sums(BudgetAPIView):
    """Where the money of one's area is, by up to three keys."""

    @extend_schema(
        operation_id="budget_sums",
        parameters=[*_FILTERS, OpenApiParameter("by", str, description=f"Of {', '.join(KEYS)}; commas.")],
        responses={200: SumShape(many=True), 400: ACTION_ANSWERS[400], 403: READ_ANSWERS[403]},
    )
    def get(self, request: Request) -> Response:
        by = [name for name in request.query_params.get("by", "").split(",") if name]
        if len(by) > 3 or not set(by) <= set(KEYS):
            raise ValidationError(
                {"by": [_("Hãy chọn nhiều nhất ba khóa trong: %(keys)s.") % {"keys": ", ".join(KEYS)}]}
            )
        found = balances(postings_of(self.actor, _ledger_filter(request)), *by)
        rows = [
            {"key": dict(zip(by, map(str, key), strict=True)), "money": money}
            for key, money in sorted(found.items(), key=lambda item: str(item[0]))
        ]
        return Response(SumShape(rows, many=True).data)


def _ledger_filter(request: Request) -> LedgerFilter:
    asked = request.query_params
    kind, account = asked.get("kind", ""), asked.get("account", "")
    return LedgerFilter(
        area=asked.get("area", ""),
        programme=asked.get("programme", ""),
        source=asked.get("source", ""),
        kinds=(kind,) if kind in LedgerKind.values else (),
        account=account if account in LedgerAccount.values else "",
        reference=asked.get("reference", ""),
    )


class Allocations(BudgetAPIView):
    """Papers by which money arrived; POST records one."""

    @extend_schema(
        operation_id="budget_allocations",
        responses={200: AllocationShape(many=True), 403: READ_ANSWERS[403]},
    )
    def get(self, request: Request) -> Response:
        rows = [row.allocation for row in allocations_of(self.actor.area_code)]
        return Response(AllocationShape(rows, many=True).data)

    @extend_schema(
        operation_id="budget_allocate",
        request=AllocationWords,
        responses={201: AllocationShape, **ACTION_ANSWERS},
    )
    def post(self, request: Request) -> Response:
        said = words_of(AllocationWords, request)
        decision = next(
            (
                row.decision_id
                for row in decisions_money(self.actor.area_code)
                if (row.number, row.district) == (said["decision"], said["area_code"])
            ),
            None,
        )
        if decision is None:
            raise ValidationError({"decision": [_("Hãy chọn quyết định và huyện trong địa bàn của bạn.")]})
        paper = AllocationPaper(
            said["area_code"],
            said["source"],
            said["document_number"].strip(),
            said["date"],
            said["amount"],
            said["stream"],
        )
        made = record_allocation(actor=self.actor, decision_id=decision, paper=paper)
        return Response(AllocationShape(made).data, status=status.HTTP_201_CREATED)


class MovementAction(BudgetAPIView):
    """One paper about one line; answers what was recorded."""

    words: ClassVar[type[serializers.Serializer[Any]]] = PaperWords

    def act(self, reference: str, said: Mapping[str, Any], paper: MovementPaper) -> BudgetMovement:
        """Call the one service."""
        raise NotImplementedError

    def post(self, request: Request, reference: str) -> Response:
        said = words_of(self.words, request)
        paper = MovementPaper(said["document_number"], said["date"], said["reason"], said.get("amount", 0))
        moved = self.act(reference, said, paper)
        return Response(MovementShape(moved).data, status=status.HTTP_201_CREATED)


@extend_schema(request=TransferWords, responses={201: MovementShape, **ACTION_ANSWERS})
class Transfer(MovementAction):
    """Move money to another line of the same programme."""

    words = TransferWords

    def act(self, reference: str, said: Mapping[str, Any], paper: MovementPaper) -> BudgetMovement:
        line, to = self.line(reference), self.line(said["to"])
        return transfer_money(actor=self.actor, line=line, to=to, paper=paper)


@extend_schema(request=ReturnWords, responses={201: MovementShape, **ACTION_ANSWERS})
class Return(MovementAction):
    """Give money back to the budget."""

    words = ReturnWords

    def act(self, reference: str, said: Mapping[str, Any], paper: MovementPaper) -> BudgetMovement:
        return return_money(actor=self.actor, line=self.line(reference), paper=paper)


@extend_schema(request=PaperWords, responses={201: MovementShape, **ACTION_ANSWERS})
class Correct(MovementAction):
    """Take a wrongly recorded allocation back, whole."""

    def act(self, reference: str, said: Mapping[str, Any], paper: MovementPaper) -> BudgetMovement:
        wrong: Allocation = get_visible(
            Allocation.objects.select_related("line"), self.actor, reference=reference
        )
        return correct_allocation(actor=self.actor, allocation=wrong, paper=paper)
