"""Endpoints of figures and reports."""

import datetime as dt
from typing import Any, Final

from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.permissions import BasePermission, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.permissions import reads_figures
from core import clock
from core.api import FencedAPIView
from core.requests import actor_of
from core.workflow import Actor
from reports.api.shapes import OverviewShape
from reports.queries.areas import AreaChoice, area_choice
from reports.queries.overview import overview
from reports.queries.periods import BEGINNING
from reports.queries.progress import Measure
from support_programs.queries.programmes import programme_choices


class ReadsFigures(BasePermission):
    """Lets in whoever opens the overview and the reports."""

    message = gettext_lazy("Tài khoản này không xem số liệu tổng hợp.")

    def has_permission(self, request: Request, view: Any) -> bool:
        return reads_figures(actor_of(request))


class FiguresAPIView(FencedAPIView):
    """An endpoint for readers of figures, within their area."""

    permission_classes = (IsAuthenticated, ReadsFigures)

    @property
    def actor(self) -> Actor:
        return actor_of(self.request)

    def choice(self, area_code: str) -> AreaChoice:
        """The area asked for; 404 where it isn't there or lies outside the caller's."""
        found = area_choice(self.actor, area_code, clock.today())
        if found is None:
            raise Http404(_("Không tìm thấy, hoặc thuộc đơn vị khác."))
        return found


_DAY: Final = OpenApiTypes.DATE
_ASKED: Final = [
    OpenApiParameter("area", str, description="Area code; the caller's own when left out."),
    OpenApiParameter("first", _DAY, description="First day of the period; 06/08/2021 when left out."),
    OpenApiParameter("last", _DAY, description="Last day; the business date when left out."),
]
_PROGRAMME: Final = OpenApiParameter("programme", str, description="Code of a programme; all when left out.")


class ProgressFigures(FiguresAPIView):
    """Proposed, approved, paid by unit, programme and stream; people and đồng, in a period and cumulative, beside the plan."""

    @extend_schema(operation_id="reports_progress", parameters=[*_ASKED, _PROGRAMME], responses=OverviewShape)
    def get(self, request: Request) -> Response:
        choice = self.choice(request.query_params.get("area", ""))
        first = _day(request, "first", BEGINNING)
        last = _day(request, "last", clock.today())
        if last < first:
            raise ValidationError({"last": [_("Ngày cuối phải bằng hoặc sau ngày đầu.")]})
        programmes = _programmes(request)
        found = overview(self.actor, choice, first, last, programmes)
        units = [
            {
                "unit": row.unit,
                "total": row.total,
                "by_stream": row.by_stream,
                "by_programme": row.by_programme,
                "waiting_late": found.waiting_by_unit.get(row.unit.area_code, Measure()),
                "late_lists": found.late_by_unit.get(row.unit.area_code, 0),
                "returned": found.returned_by_unit.get(row.unit.area_code, Measure()),
            }
            for row in found.units
        ]
        answer = {
            "area_code": choice.unit.area_code,
            "name": choice.unit.name,
            "first": first,
            "last": last,
            "read_at": found.read_at,
            "programmes": programmes,
            "total": found.total,
            "plan_to_date": found.plan.to_date,
            "plan_whole": found.plan.whole,
            "late_lists": found.late,
            "waiting_late": found.waiting,
            "returned": found.returned,
            "units": units,
        }
        return Response(OverviewShape(answer).data)


def _programmes(request: Request) -> tuple[str, ...]:
    asked = request.query_params.get("programme", "")
    if asked and asked not in dict(programme_choices()):
        raise ValidationError({"programme": [_("Không có chính sách này.")]})
    return (asked,) if asked else ()


def _day(request: Request, name: str, default: dt.date) -> dt.date:
    typed = request.query_params.get(name, "")
    if not typed:
        return default
    try:
        return dt.date.fromisoformat(typed)
    except ValueError as error:
        raise ValidationError(
            {name: [_("Hãy ghi ngày theo dạng năm-tháng-ngày, ví dụ 2021-09-27.")]}
        ) from error
