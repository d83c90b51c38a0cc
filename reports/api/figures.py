"""Any figures of the engine, as data: measures of an area in a period, told apart by whatever they know."""

import datetime as dt
from typing import Any, Final

from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from core import clock
from reports.api.views import FiguresAPIView
from reports.queries.figures import (
    MEASURES,
    Dimension,
    Fact,
    FigureQuery,
    Measure,
    Time,
    What,
    dimensions_of,
    measure,
    read_figures,
)
from support_programs.queries.programmes import programme_choices

_USUAL: Final = tuple(
    measure(fact, what, Time.TO_DATE)
    for fact in (Fact.PROPOSED, Fact.APPROVED, Fact.PAID)
    for what in (What.PEOPLE, What.AMOUNT)
)
_MOST_DIMENSIONS: Final = 3


class FigureRowShape(serializers.Serializer[Any]):
    """One row: by what it is told apart, and its figures by the code of the measure."""

    by = serializers.DictField(help_text="Dimension to value; units are area codes, days are dates.")
    figures = serializers.DictField(child=serializers.IntegerField())


class FigureTableShape(serializers.Serializer[Any]):
    """Figures of an area: people (claims) and whole đồng."""

    area_code = serializers.CharField()
    name = serializers.CharField()
    first = serializers.DateField()
    last = serializers.DateField()
    programmes = serializers.ListField(child=serializers.CharField(), help_text="Empty: all programmes.")
    by = serializers.ListField(child=serializers.CharField())
    measures = serializers.ListField(child=serializers.CharField())
    read_at = serializers.DateTimeField()
    totals = serializers.DictField(child=serializers.IntegerField())
    rows = FigureRowShape(many=True)


_EXAMPLE: Final = OpenApiExample(
    "Paid by district",
    value={
        "area_code": "89",
        "name": "Tỉnh An Giang",
        "first": "2021-09-01",
        "last": "2021-09-27",
        "programmes": ["LD_TU_DO"],
        "by": ["unit"],
        "measures": ["paid_people_to_date", "paid_amount_to_date"],
        "read_at": "2021-09-27T08:00:00+07:00",
        "totals": {"paid_people_to_date": 2, "paid_amount_to_date": 3_000_000},
        "rows": [
            {
                "by": {"unit": "89888"},
                "figures": {"paid_people_to_date": 2, "paid_amount_to_date": 3_000_000},
            }
        ],
    },
    response_only=True,
)


class FigureTable(FiguresAPIView):
    """Figures of the engine that overview, reports and open data read too."""

    @extend_schema(
        operation_id="reports_figures",
        parameters=[
            OpenApiParameter("measures", str, description=f"Codes by comma, of: {', '.join(MEASURES)}."),
            OpenApiParameter(
                "by", str, description=f"At most three by comma, of: {', '.join(Dimension.values)}."
            ),
            OpenApiParameter("area", str, description="Area code; the caller's own when left out."),
            OpenApiParameter("first", OpenApiTypes.DATE, description="First day; 1 January when left out."),
            OpenApiParameter(
                "last", OpenApiTypes.DATE, description="Last day; the business date when left out."
            ),
            OpenApiParameter("programmes", str, description="Codes by comma; all when left out."),
        ],
        responses=FigureTableShape,
        examples=[_EXAMPLE],
    )
    def get(self, request: Request) -> Response:
        choice = self.choice(request.query_params.get("area", ""))
        measures, by = _measures(request), _dimensions(request)
        _check_known(measures, by)
        last = _day(request, "last", clock.today())
        first = _day(request, "first", last.replace(month=1, day=1))
        if last < first:
            raise ValidationError({"last": [_("Ngày cuối phải bằng hoặc sau ngày đầu.")]})
        programmes = _programmes(request)
        found = read_figures(self.actor, FigureQuery(choice, first, last, measures, by, programmes))
        answer = {
            "area_code": choice.unit.area_code,
            "name": choice.unit.name,
            "first": first,
            "last": last,
            "programmes": programmes,
            "by": [one.value for one in by],
            "measures": [one.code for one in measures],
            "read_at": clock.now(),
            "totals": {one.code: found.of(one) for one in measures},
            "rows": [
                {
                    "by": {one.value: part for one, part in zip(by, key, strict=True)},
                    "figures": {one.code: found.of(one, *key) for one in measures},
                }
                for key in (found.keys() if by else ())
            ],
        }
        return Response(FigureTableShape(answer).data)


def _words(request: Request, name: str) -> list[str]:
    sent = request.query_params.get(name, "").split(",")
    return list(dict.fromkeys(word.strip() for word in sent if word.strip()))


def _measures(request: Request) -> tuple[Measure, ...]:
    asked = _words(request, "measures")
    unknown = [code for code in asked if code not in MEASURES]
    if unknown:
        raise ValidationError({"measures": [_("Không có số liệu «%(code)s».") % {"code": unknown[0]}]})
    return tuple(MEASURES[code] for code in asked) or _USUAL


def _dimensions(request: Request) -> tuple[Dimension, ...]:
    asked = _words(request, "by")
    unknown = [code for code in asked if code not in Dimension.values]
    if unknown:
        raise ValidationError({"by": [_("Không phân tổ được theo «%(code)s».") % {"code": unknown[0]}]})
    if len(asked) > _MOST_DIMENSIONS:
        raise ValidationError({"by": [_("Chỉ phân tổ được theo nhiều nhất ba tiêu thức một lần.")]})
    return tuple(Dimension(code) for code in asked)


def _check_known(measures: tuple[Measure, ...], by: tuple[Dimension, ...]) -> None:
    """400 where a figure isn't told apart by what is asked, naming both."""
    for one in measures:
        for dimension in by:
            if dimension not in dimensions_of(one.fact):
                words = _("Số liệu «%(measure)s» không phân tổ được theo «%(by)s».")
                raise ValidationError({"by": [words % {"measure": one.code, "by": dimension.value}]})


def _programmes(request: Request) -> tuple[str, ...]:
    asked = _words(request, "programmes")
    known = {code for code, _name in programme_choices()}
    unknown = [code for code in asked if code not in known]
    if unknown:
        raise ValidationError({"programmes": [_("Không có chính sách «%(code)s».") % {"code": unknown[0]}]})
    return tuple(asked)


def _day(request: Request, name: str, default: dt.date) -> dt.date:
    typed = request.query_params.get(name, "")
    try:
        return dt.date.fromisoformat(typed) if typed else default
    except ValueError as error:
        raise ValidationError(
            {name: [_("Hãy ghi ngày theo dạng năm-tháng-ngày, ví dụ 2021-09-27.")]}
        ) from error
