"""Rounds of handing out goods: asked for, approved, started, answered, locked, cancelled; and what the stores hold."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from core.shortcuts import get_visible
from disbursements.api.batches import KEY_HEADER
from disbursements.api.goods_shapes import (
    CloseWords,
    HandoutLineShape,
    HandoutReportShape,
    HandoutResultsWords,
    HandoutRowShape,
    HandoutShape,
    HandoutWords,
    StartWords,
    StockShape,
)
from disbursements.enums import HandoutLineStatus, HandoutStatus
from disbursements.models import Goods, Handout, HandoutLine, Store
from disbursements.queries.goods_handouts import HandoutLineFilter, handouts_of
from disbursements.queries.goods_stock import goods_sums
from disbursements.services.goods_handouts import (
    Leftovers,
    approve_handout,
    cancel_handout,
    close_handout,
    start_handout,
)
from disbursements.services.goods_requests import HandoutRequest, request_handout
from disbursements.services.goods_results import (
    HandoutResults,
    record_all_received_except,
    record_handout_results,
)
from support_programs.api.parts import ACTION_ANSWERS, READ_ANSWERS, Pages, RecordsAPIView, words_of
from support_programs.api.words import NoWords, ReasonWords


class HandoutsAPIView(RecordsAPIView):
    """An endpoint over rounds of the signed-in person's area."""

    def handout(self, reference: str) -> Handout:
        """The visible round; 404 for another."""
        rows = Handout.objects.select_related("goods", "store", "job")
        return get_visible(rows, self.actor, reference=reference)

    def answer(self, reference: str, code: int = status.HTTP_200_OK) -> Response:
        """The round as it is now."""
        shape = HandoutShape(self.handout(reference), context={"actor": self.actor})
        return Response(shape.data, status=code)


class HandoutIndex(HandoutsAPIView):
    """Rounds of one's area, newest first; POST asks for a new one."""

    pagination_class = Pages

    @extend_schema(
        operation_id="handouts_list",
        parameters=[OpenApiParameter("status", str, enum=HandoutStatus.values)],
        responses={200: HandoutRowShape(many=True), 403: READ_ANSWERS[403]},
    )
    def get(self, request: Request) -> Response:
        found = handouts_of(self.actor)
        if request.query_params.get("status") in HandoutStatus.values:
            found = found.filter(status=request.query_params["status"])
        pages = Pages()
        rows: list[Any] | None = pages.paginate_queryset(found, request, view=self)
        return pages.get_paginated_response(HandoutRowShape(rows or [], many=True).data)

    @extend_schema(
        operation_id="handouts_request",
        request=HandoutWords,
        parameters=[OpenApiParameter(KEY_HEADER, str, OpenApiParameter.HEADER, required=True)],
        responses={202: HandoutShape, **ACTION_ANSWERS},
    )
    def post(self, request: Request) -> Response:
        said = words_of(HandoutWords, request)
        key = request.headers.get(KEY_HEADER, "").strip()
        if not key or len(key) > 64:
            raise ValidationError({KEY_HEADER: [_("Hãy gửi mã yêu cầu, từ 1 đến 64 ký tự.")]})
        goods = Goods.objects.filter(code=said["goods"], is_active=True).first()
        if goods is None:
            raise ValidationError({"goods": [_("Mã hàng này chưa có trong danh mục.")]})
        asked = HandoutRequest(
            programme=said["programme"],
            area_code=said["area_code"],
            store=get_visible(Store, self.actor, reference=said["store"]),
            goods=goods,
            key=key,
            title=said["title"],
            decision=said["decision"],
        )
        handout = request_handout(actor=self.actor, request=asked)
        return self.answer(handout.reference, status.HTTP_202_ACCEPTED)


class HandoutPage(HandoutsAPIView):
    """One round with its figures and what may be done next."""

    @extend_schema(operation_id="handouts_retrieve", responses={200: HandoutShape, **READ_ANSWERS})
    def get(self, request: Request, reference: str) -> Response:
        return self.answer(reference)


class HandoutLines(HandoutsAPIView):
    """The lines of a round in the order of its list."""

    pagination_class = Pages

    @extend_schema(
        operation_id="handouts_lines",
        parameters=[
            OpenApiParameter("q", str, description="Words of a name, or a reference."),
            OpenApiParameter("status", str, enum=HandoutLineStatus.values),
            OpenApiParameter("area", str, description="Area code of a commune."),
        ],
        responses={200: HandoutLineShape(many=True), **READ_ANSWERS},
    )
    def get(self, request: Request, reference: str) -> Response:
        lines = HandoutLine.objects.filter(handout=self.handout(reference))
        found = HandoutLineFilter.from_query(request.query_params).apply(lines)
        pages = Pages()
        rows = pages.paginate_queryset(found.order_by("area_code", "position"), request, view=self)
        return pages.get_paginated_response(HandoutLineShape(rows or [], many=True).data)


class HandoutAnswers(HandoutsAPIView):
    """Who received the goods and who did not; twice the same results change nothing."""

    @extend_schema(
        operation_id="handouts_results",
        request=HandoutResultsWords,
        responses={200: HandoutReportShape, **ACTION_ANSWERS},
    )
    def post(self, request: Request, reference: str) -> Response:
        handout = self.handout(reference)
        said = words_of(HandoutResultsWords, request)
        missed = {row["reference"]: row["reason"] for row in said.get("missed", ())}
        if said["all_others_received"]:
            report = record_all_received_except(actor=self.actor, handout=handout, exceptions=missed)
        else:
            results = HandoutResults(frozenset(said.get("received", ())), missed)
            report = record_handout_results(actor=self.actor, handout=handout, results=results)
        return Response(HandoutReportShape(report).data)


class HandoutAction(HandoutsAPIView):
    """One action on one round; answers the round as it is then."""

    words: ClassVar[type[serializers.Serializer[Any]]] = NoWords

    def act(self, handout: Handout, said: Mapping[str, Any]) -> None:
        """Call the one service."""
        raise NotImplementedError

    def post(self, request: Request, reference: str) -> Response:
        handout = self.handout(reference)
        self.act(handout, words_of(self.words, request))
        return self.answer(reference)


@extend_schema(request=NoWords, responses={200: HandoutShape, **ACTION_ANSWERS})
class HandoutApprove(HandoutAction):
    """Approve a prepared round; not by who made it or worked on its people."""

    def act(self, handout: Handout, said: Mapping[str, Any]) -> None:
        approve_handout(actor=self.actor, handout=handout, expected_version=said.get("version"))


@extend_schema(request=StartWords, responses={200: HandoutShape, **ACTION_ANSWERS})
class HandoutStart(HandoutAction):
    """All goods of the round leave the store; handing out begins."""

    words = StartWords

    def act(self, handout: Handout, said: Mapping[str, Any]) -> None:
        start_handout(actor=self.actor, handout=handout, document_number=said["document_number"])


@extend_schema(request=CloseWords, responses={200: HandoutShape, **ACTION_ANSWERS})
class HandoutClose(HandoutAction):
    """Lock the round: everybody has an answer, and what was left over is back in the store."""

    words = CloseWords

    def act(self, handout: Handout, said: Mapping[str, Any]) -> None:
        leftovers = Leftovers(
            **{name: said[name] for name in ("document_number", "quantity", "loss_document", "loss_reason")}
        )
        close_handout(actor=self.actor, handout=handout, leftovers=leftovers)


@extend_schema(request=ReasonWords, responses={200: HandoutShape, **ACTION_ANSWERS})
class HandoutCancel(HandoutAction):
    """Cancel before the goods left the store; its people are owed again."""

    words = ReasonWords

    def act(self, handout: Handout, said: Mapping[str, Any]) -> None:
        cancel_handout(actor=self.actor, handout=handout, reason=said["reason"])


class StockIndex(RecordsAPIView):
    """What came in, was handed out, got lost and is left of each kind of goods in one's area."""

    @extend_schema(operation_id="goods_stock", responses={200: StockShape(many=True), 403: READ_ANSWERS[403]})
    def get(self, request: Request) -> Response:
        return Response(StockShape(goods_sums(self.actor.area_code), many=True).data)
