"""Endpoints of the sector's targets: indicators, progress, and the figures of the caller's unit."""

from typing import Any, Final

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import PermissionDenied, ValidationError
from rest_framework.pagination import PageNumberPagination
from rest_framework.request import Request
from rest_framework.response import Response

from core import clock
from reports.api.views import FiguresAPIView
from reports.enums.targets import TargetPeriod, TargetStatus
from reports.models import TargetEntry, TargetIndicator
from reports.permissions import enters_targets
from reports.queries.targets import TargetLine, target_progress
from reports.queries.targets_figures import entries_seen
from reports.rules.targets import PERIODS_PER_YEAR
from reports.services.targets_entry import FigureCell, PeriodOf, save_figures, submit_figures
from reports.services.targets_scope import figure_of
from reports.workflow.targets import NOT_REPORTING

Shape = serializers.Serializer[Any]
_EARLIEST: Final = 2021
_LATEST: Final = 2100


class IndicatorShape(serializers.ModelSerializer[TargetIndicator]):
    """An indicator; `verify` says what about it is unsure."""

    class Meta:
        model = TargetIndicator
        fields = (
            "code",
            "title",
            "group",
            "unit",
            "direction",
            "period",
            "adding",
            "source",
            "of_districts",
            "of_province",
            "due_days",
            "confidence",
            "verify",
        )


class TargetLineShape(Shape):
    """One indicator of one unit: planned, done, their share (1 is all of it), how that compares, the figures by period."""

    code = serializers.CharField(source="indicator.code")
    title = serializers.CharField(source="indicator.title")
    unit = serializers.CharField(source="indicator.unit")
    area_code = serializers.CharField()
    plan = serializers.DecimalField(14, 2, allow_null=True)
    done = serializers.DecimalField(14, 2, allow_null=True)
    share = serializers.FloatField(allow_null=True)
    standing = serializers.CharField()
    periods = serializers.DictField(child=serializers.DecimalField(14, 2), source="values")


class TargetProgressShape(Shape):
    """The targets of an area in a year."""

    area_code = serializers.CharField()
    name = serializers.CharField()
    year = serializers.IntegerField()
    on = serializers.DateField()
    lines = TargetLineShape(many=True)


class TargetEntryShape(Shape):
    """A figure of a unit as it stands."""

    reference = serializers.CharField()
    code = serializers.CharField(source="indicator.code")
    area_code = serializers.CharField()
    kind = serializers.CharField(source="indicator.period")
    year = serializers.IntegerField()
    period = serializers.IntegerField()
    value = serializers.DecimalField(14, 2)
    note = serializers.CharField()
    status = serializers.CharField()
    entered_by = serializers.CharField(source="entered_by_name")
    approved_by = serializers.CharField(source="approved_by_name")
    approved_on = serializers.DateField(allow_null=True)


class CellShape(Shape):
    """A figure to keep, as a number or as people write it («1.234», «71,3»)."""

    code = serializers.CharField(max_length=40)
    value = serializers.CharField(max_length=20)
    note = serializers.CharField(max_length=500, required=False, default="", allow_blank=True)


class TargetSheetShape(Shape):
    """Figures of the caller's unit for a period; `submit` hands them to the approver."""

    kind = serializers.ChoiceField(TargetPeriod.choices)
    year = serializers.IntegerField(min_value=_EARLIEST, max_value=_LATEST)
    period = serializers.IntegerField(min_value=1, max_value=12)
    cells = serializers.ListField(child=CellShape(), max_length=100)
    submit = serializers.BooleanField(default=False)


class EntryPages(PageNumberPagination):
    """Figures come in pages of 50."""

    page_size = 50


_SHEET: Final = OpenApiExample(
    "Two figures of August",
    value={
        "kind": "month",
        "year": 2021,
        "period": 8,
        "cells": [{"code": "jobs_created", "value": "1.250"}, {"code": "workers_abroad", "value": "4"}],
        "submit": True,
    },
    request_only=True,
)
_YEAR: Final = OpenApiParameter("year", int, description="This year when left out.")


class TargetIndicators(FiguresAPIView):
    """What is measured."""

    @extend_schema(operation_id="target_indicators_list", responses=IndicatorShape(many=True))
    def get(self, _request: Request) -> Response:
        return Response(IndicatorShape(TargetIndicator.objects.filter(is_active=True), many=True).data)


class TargetProgressPage(FiguresAPIView):
    """How far the targets of an area are."""

    @extend_schema(
        operation_id="target_progress",
        parameters=[
            OpenApiParameter("area", str, description="Area code; the caller's own when left out."),
            _YEAR,
        ],
        responses=TargetProgressShape,
    )
    def get(self, request: Request) -> Response:
        choice, today = self.choice(request.query_params.get("area", "")), clock.today()
        progress = target_progress(self.actor, choice, _year(request, today.year), today)
        answer = {
            "area_code": choice.unit.area_code,
            "name": choice.unit.name,
            "year": progress.year,
            "on": today,
            "lines": [_line(line) for line in progress.lines(choice.unit.area_code)],
        }
        return Response(TargetProgressShape(answer).data)


class TargetEntries(FiguresAPIView):
    """Figures of units; POST keeps those of the caller's unit."""

    pagination_class = EntryPages

    @extend_schema(
        operation_id="target_entries_list",
        parameters=[OpenApiParameter("status", str, enum=TargetStatus.values), _YEAR],
        responses=TargetEntryShape(many=True),
    )
    def get(self, request: Request) -> Response:
        rows = entries_seen(self.actor, request.query_params.get("status", ""))
        if request.query_params.get("year"):
            rows = rows.filter(year=_year(request, 0))
        pages = EntryPages()
        found = pages.paginate_queryset(rows, request, view=self)
        return pages.get_paginated_response(TargetEntryShape(found, many=True).data)

    @extend_schema(
        operation_id="target_entries_keep",
        request=TargetSheetShape,
        responses={201: TargetEntryShape(many=True)},
        examples=[_SHEET],
    )
    def post(self, request: Request) -> Response:
        if not enters_targets(self.actor):
            raise PermissionDenied(str(NOT_REPORTING))
        asked = TargetSheetShape(data=request.data)
        asked.is_valid(raise_exception=True)
        typed = asked.validated_data
        if typed["period"] > PERIODS_PER_YEAR[typed["kind"]]:
            raise ValidationError({"period": [_("Năm không có kỳ này.")]})
        period = PeriodOf(typed["kind"], typed["year"], typed["period"])
        save_figures(actor=self.actor, period=period, cells=_cells(typed["cells"]))
        if typed["submit"]:
            submit_figures(actor=self.actor, period=period)
        rows = TargetEntry.objects.filter(
            area_code=self.actor.area_code,
            year=period.year,
            period=period.number,
            indicator__code__in=[cell["code"] for cell in typed["cells"]],
        ).exclude(status=TargetStatus.REPLACED)
        found = rows.select_related("indicator").order_by("pk")
        return Response(TargetEntryShape(found, many=True).data, status=status.HTTP_201_CREATED)


def _cells(typed: list[dict[str, Any]]) -> dict[str, FigureCell]:
    """The figures by code; each that can't be taken is refused with its sentence under its code."""
    known = TargetIndicator.objects.in_bulk([cell["code"] for cell in typed], field_name="code")
    cells: dict[str, FigureCell] = {}
    wrong: dict[str, list[str]] = {}
    for cell in typed:
        code, one = cell["code"], known.get(cell["code"])
        if one is None:
            wrong[code] = [_("Không có chỉ tiêu «%(code)s».") % {"code": code}]
            continue
        try:
            cells[code] = FigureCell(figure_of(one, cell["value"]), cell["note"])
        except ValueError as error:
            wrong[code] = [str(error)]
    if wrong:
        raise ValidationError(wrong)
    return cells


def _line(line: TargetLine) -> dict[str, Any]:
    return {
        "indicator": line.indicator,
        "area_code": line.area_code,
        "plan": line.plan,
        "done": line.done,
        "share": None if line.share is None else float(round(line.share, 4)),
        "standing": line.standing.value,
        "values": {str(number): value for number, value in sorted(line.values.items())},
    }


def _year(request: Request, usual: int) -> int:
    typed = request.query_params.get("year", "")
    if not typed:
        return usual
    if not (typed.isascii() and typed.isdecimal() and _EARLIEST <= int(typed[:5]) <= _LATEST):
        raise ValidationError({"year": [_("Hãy ghi năm từ 2021, bằng bốn chữ số.")]})
    return int(typed)
