"""Files that came back of a batch: uploaded and checked, read row by row, recorded."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from core.shortcuts import get_visible
from disbursements.api.batches import BatchesAPIView
from disbursements.api.shapes import ReportShape
from disbursements.api.statement_shapes import (
    StatementLineShape,
    StatementRowShape,
    StatementShape,
    StatementWords,
)
from disbursements.enums import StatementRow, StatementState
from disbursements.models import Batch, StatementImport
from disbursements.queries.statements import row_views, shown_rows
from disbursements.services.statements import record_statement, submit_statement
from support_programs.api.parts import ACTION_ANSWERS, READ_ANSWERS, Pages, words_of
from support_programs.api.words import NoWords


class _StatementsAPIView(BatchesAPIView):
    def statements(self, batch: Batch) -> QuerySet[StatementImport]:
        """The files of a batch, newest first."""
        return StatementImport.objects.filter(batch=batch).select_related("file", "job").order_by("-pk")

    def statement(self, reference: str, number: int) -> StatementImport:
        """One file of a visible batch; 404 for another."""
        found: StatementImport = get_visible(
            StatementImport.objects.select_related("file", "job", "batch"),
            self.actor,
            batch=self.batch(reference),
            pk=number,
        )
        return found


class Statements(_StatementsAPIView):
    """Files that came back of a batch."""

    parser_classes = (MultiPartParser,)
    pagination_class = Pages

    @extend_schema(
        operation_id="batches_statements", responses={200: StatementRowShape(many=True), **READ_ANSWERS}
    )
    def get(self, request: Request, reference: str) -> Response:
        pages = Pages()
        rows: Any = pages.paginate_queryset(self.statements(self.batch(reference)), request, view=self)
        return pages.get_paginated_response(StatementRowShape(rows or [], many=True).data)

    @extend_schema(
        operation_id="batches_statements_upload",
        request={"multipart/form-data": StatementWords},
        responses={200: StatementShape, 202: StatementShape, **ACTION_ANSWERS},
    )
    def post(self, request: Request, reference: str) -> Response:
        """Check a file row by row; nothing is recorded yet. The same bytes again are the same file, checked anew.

        202: the file is long, a worker reads it (`job`). 409: a file that can't be taken as a whole, with the reason.
        """
        batch = self.batch(reference)
        upload = words_of(StatementWords, request)["file"]
        made = submit_statement(actor=self.actor, batch=batch, content=upload.read(), name=upload.name or "")
        found = self.statement(reference, made.pk)
        is_read = found.state != StatementState.READING
        code = status.HTTP_200_OK if is_read else status.HTTP_202_ACCEPTED
        return Response(StatementShape(found).data, status=code)


class StatementPage(_StatementsAPIView):
    """One file: what it says of itself, and how many rows the check says what of."""

    @extend_schema(operation_id="batches_statement_retrieve", responses={200: StatementShape, **READ_ANSWERS})
    def get(self, request: Request, reference: str, number: int) -> Response:
        return Response(StatementShape(self.statement(reference, number)).data)


class StatementLines(_StatementsAPIView):
    """The rows of a file, those that need a look first."""

    pagination_class = Pages

    @extend_schema(
        operation_id="batches_statement_lines",
        parameters=[OpenApiParameter("outcome", str, enum=StatementRow.values)],
        responses={200: StatementLineShape(many=True), **READ_ANSWERS},
    )
    def get(self, request: Request, reference: str, number: int) -> Response:
        statement = self.statement(reference, number)
        pages = Pages()
        found = shown_rows(statement, request.query_params.get("outcome", ""))
        rows: Any = pages.paginate_queryset(found, request, view=self)
        views = row_views(statement, rows or [], self.actor)
        return pages.get_paginated_response(StatementLineShape(views, many=True).data)


class StatementRecord(_StatementsAPIView):
    """Record the rows of a checked file that change something, all or none; rows that need a look stay."""

    @extend_schema(
        operation_id="batches_statement_record",
        request=NoWords,
        responses={200: ReportShape, **ACTION_ANSWERS},
    )
    def post(self, request: Request, reference: str, number: int) -> Response:
        statement = self.statement(reference, number)
        return Response(ReportShape(record_statement(actor=self.actor, statement=statement)).data)
