"""Batches: found, read, asked for, approved, paid, locked, cancelled."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.http import HttpResponse
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import PermissionDenied, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from core.downloads import download
from core.shortcuts import get_visible
from disbursements.api.shapes import (
    BatchRowShape,
    BatchShape,
    BatchWords,
    LineShape,
    ReportShape,
    ResultsWords,
)
from disbursements.enums import BatchStatus, InstructionStatus, PaymentFileKind, PayoutChannel
from disbursements.models import Batch, PaymentFile, PaymentInstruction
from disbursements.permissions import may_download_file
from disbursements.queries.batches import LineFilter
from disbursements.queries.files import may_take, why_not_yet
from disbursements.services.batches import approve_batch, cancel_batch, close_batch, release_batch
from disbursements.services.requests import BatchRequest, request_batch
from disbursements.services.results import Results, record_others_paid, record_results
from support_programs.api.parts import ACTION_ANSWERS, READ_ANSWERS, Pages, RecordsAPIView, words_of
from support_programs.api.words import NoWords, ReasonWords

KEY_HEADER = "Idempotency-Key"


class BatchesAPIView(RecordsAPIView):
    """An endpoint over batches of the signed-in person's area."""

    def batch(self, reference: str) -> Batch:
        """The visible batch; 404 for another."""
        return get_visible(Batch.objects.select_related("job"), self.actor, reference=reference)

    def answer(self, reference: str, code: int = status.HTTP_200_OK) -> Response:
        """The batch as it is now."""
        return Response(BatchShape(self.batch(reference), context={"actor": self.actor}).data, status=code)


class BatchIndex(BatchesAPIView):
    """Batches of one's area, newest first; POST asks for a new one."""

    pagination_class = Pages

    @extend_schema(
        operation_id="batches_list",
        parameters=[OpenApiParameter("status", str, enum=BatchStatus.values)],
        responses={200: BatchRowShape(many=True), 403: READ_ANSWERS[403]},
    )
    def get(self, request: Request) -> Response:
        found = Batch.objects.visible_to(self.actor).order_by("-pk")
        if request.query_params.get("status") in BatchStatus.values:
            found = found.filter(status=request.query_params["status"])
        pages = Pages()
        rows: list[Any] | None = pages.paginate_queryset(found, request, view=self)
        return pages.get_paginated_response(BatchRowShape(rows or [], many=True).data)

    @extend_schema(
        operation_id="batches_request",
        request=BatchWords,
        parameters=[OpenApiParameter(KEY_HEADER, str, OpenApiParameter.HEADER, required=True)],
        responses={202: BatchShape, **ACTION_ANSWERS},
    )
    def post(self, request: Request) -> Response:
        said = words_of(BatchWords, request)
        key = request.headers.get(KEY_HEADER, "").strip()
        if not key or len(key) > 64:
            raise ValidationError({KEY_HEADER: [_("Hãy gửi mã yêu cầu, từ 1 đến 64 ký tự.")]})
        typed = {
            "channel": PayoutChannel(said["channel"]),
            "warnings_seen": frozenset(said["warnings_seen"]),
        }
        asked = BatchRequest(**{**said, **typed}, key=key)
        batch = request_batch(actor=self.actor, request=asked)
        return self.answer(batch.reference, status.HTTP_202_ACCEPTED)


class BatchPage(BatchesAPIView):
    """One batch with its figures, files and what may be done next."""

    @extend_schema(operation_id="batches_retrieve", responses={200: BatchShape, **READ_ANSWERS})
    def get(self, request: Request, reference: str) -> Response:
        return self.answer(reference)


class BatchLines(BatchesAPIView):
    """The lines of a batch in the order of its payment list."""

    pagination_class = Pages

    @extend_schema(
        operation_id="batches_lines",
        parameters=[
            OpenApiParameter("q", str, description="Words of a name, or a reference."),
            OpenApiParameter("status", str, enum=InstructionStatus.values),
            OpenApiParameter("area", str, description="Area code of a commune."),
        ],
        responses={200: LineShape(many=True), **READ_ANSWERS},
    )
    def get(self, request: Request, reference: str) -> Response:
        lines = PaymentInstruction.objects.filter(batch=self.batch(reference))
        found = LineFilter.from_query(request.query_params).apply(lines)
        pages = Pages()
        rows = pages.paginate_queryset(found.order_by("area_code", "position"), request, view=self)
        return pages.get_paginated_response(LineShape(rows or [], many=True).data)


class BatchFile(BatchesAPIView):
    """The payment list as it was written; each download is recorded, because whole identity numbers stand in it."""

    @extend_schema(
        operation_id="batches_file",
        parameters=[OpenApiParameter("draft", str, enum=["1"]), OpenApiParameter("part", str)],
        responses={(200, "application/octet-stream"): OpenApiTypes.BINARY, **READ_ANSWERS},
    )
    def get(self, request: Request, reference: str, kind: str) -> HttpResponse:
        batch = self.batch(reference)
        if not may_download_file(self.actor, kind):
            raise PermissionDenied(_("Bạn không có quyền tải danh sách chi trả."))
        is_draft = "draft" in request.query_params
        if not may_take(batch, self.actor, kind, is_draft=is_draft):
            raise PermissionDenied(why_not_yet(batch))
        wanted: PaymentFile = get_visible(
            PaymentFile.objects.select_related("file"),
            self.actor,
            batch=batch,
            kind=PaymentFileKind(kind) if kind in PaymentFileKind.values else "",
            part=request.query_params.get("part", ""),
            is_draft=is_draft,
        )
        return download(wanted.file, actor=self.actor)


class BatchResults(BatchesAPIView):
    """What became of lines; twice the same results change nothing."""

    @extend_schema(
        operation_id="batches_results", request=ResultsWords, responses={200: ReportShape, **ACTION_ANSWERS}
    )
    def post(self, request: Request, reference: str) -> Response:
        batch = self.batch(reference)
        said = words_of(ResultsWords, request)
        results = Results(
            paid=frozenset(said.get("paid", ())),
            returned={row["reference"]: row["reason"] for row in said.get("returned", ())},
            failed={row["reference"]: row["reason"] for row in said.get("failed", ())},
            unknown=frozenset(said.get("unknown", ())),
        )
        if said["all_others_paid"]:
            report = record_others_paid(actor=self.actor, batch=batch, results=results)
        else:
            report = record_results(actor=self.actor, batch=batch, results=results)
        return Response(ReportShape(report).data)


class BatchAction(BatchesAPIView):
    """One action on one batch; answers the batch as it is then."""

    words: ClassVar[type[serializers.Serializer[Any]]] = NoWords

    def act(self, batch: Batch, said: Mapping[str, Any]) -> None:
        """Call the one service."""
        raise NotImplementedError

    def post(self, request: Request, reference: str) -> Response:
        batch = self.batch(reference)
        said = words_of(self.words, request)
        self.act(batch, said)
        return self.answer(reference)


@extend_schema(request=NoWords, responses={200: BatchShape, **ACTION_ANSWERS})
class Approve(BatchAction):
    """Approve a prepared batch; not by who made it or approved its money."""

    def act(self, batch: Batch, said: Mapping[str, Any]) -> None:
        approve_batch(actor=self.actor, batch=batch, expected_version=said.get("version"))


@extend_schema(request=NoWords, responses={200: BatchShape, **ACTION_ANSWERS})
class Release(BatchAction):
    """Paying begins: every line is sent."""

    def act(self, batch: Batch, said: Mapping[str, Any]) -> None:
        release_batch(actor=self.actor, batch=batch)


@extend_schema(request=NoWords, responses={200: BatchShape, **ACTION_ANSWERS})
class Close(BatchAction):
    """Lock the reconciliation, once every line has its answer."""

    def act(self, batch: Batch, said: Mapping[str, Any]) -> None:
        close_batch(actor=self.actor, batch=batch)


@extend_schema(request=ReasonWords, responses={200: BatchShape, **ACTION_ANSWERS})
class Cancel(BatchAction):
    """Cancel before paying has begun; its people are owed again."""

    words = ReasonWords

    def act(self, batch: Batch, said: Mapping[str, Any]) -> None:
        cancel_batch(actor=self.actor, batch=batch, reason=said["reason"])
