"""Endpoints of the catalogue of reports and of what was issued, on the same services as the pages."""

from typing import Any, Final

from django.http import Http404
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.exceptions import ValidationError
from rest_framework.pagination import PageNumberPagination
from rest_framework.request import Request
from rest_framework.response import Response

from core.models import Job
from core.sent_once import new_token
from reports.api.run_shapes import (
    AskShape,
    ContentShape,
    DefinitionShape,
    RequestShape,
    RunRowShape,
    RunShape,
    content_answer,
    definition_answer,
    request_answer,
    run_answer,
)
from reports.api.views import FiguresAPIView
from reports.definitions import ReportDefinition, all_definitions, definition_of
from reports.definitions.base import Params
from reports.definitions.building import build_report, first_rows
from reports.forms.asking import ReportForm
from reports.queries.report_runs import RunFilter, narrowed
from reports.renderers.html import MOST_ROWS
from reports.services.kept import file_of_run, report_runs, run_or_404
from reports.services.list_runs import issue, outcome_of
from reports.services.runs import may_open, record_report_download

_DAY: Final = OpenApiTypes.DATE
_ASKED: Final = [
    OpenApiParameter("first", _DAY, required=True, description="First day of the period."),
    OpenApiParameter("last", _DAY, required=True, description="Last day of the period."),
    OpenApiParameter("area", str, description="Area code; the caller's own when left out."),
    OpenApiParameter("programme", str, description="Where the report asks for one programme."),
    OpenApiParameter("programmes", str, many=True, description="Where it asks for any; all when left out."),
    OpenApiParameter("units", str, enum=["communes"], description="Down to the communes, where it asks."),
]
_ISSUE: Final = [
    OpenApiExample(
        "A summary of the province",
        value={"form": "free_workers", "first": "2021-09-01", "last": "2021-09-27"},
        request_only=True,
    ),
    OpenApiExample(
        "A list of a district in the background, once however often it is sent",
        value={
            "form": "programme_list",
            "first": "2021-09-01",
            "last": "2021-09-27",
            "area": "89888",
            "programme": "LD_TU_DO",
            "key": "a1b2c3d4e5f60718",
        },
        request_only=True,
    ),
    OpenApiExample(
        "The list is being made",
        value={
            "key": "a1b2c3d4e5f60718",
            "job": "CV-2021-00000012",
            "state": "running",
            "percent": 33,
            "error": "",
            "report": None,
        },
        response_only=True,
        status_codes=["202"],
    ),
]


class RunPages(PageNumberPagination):
    """Issued reports come in pages of 50."""

    page_size = 50


class ReportAPIView(FiguresAPIView):
    """An endpoint of reports."""

    def definition(self, code: str) -> ReportDefinition:
        """A report that the caller may open; 404 otherwise."""
        found = definition_of(code)
        if found is None or not may_open(found, self.actor):
            raise Http404(_("Không có mẫu báo cáo này."))
        return found

    def params(self, definition: ReportDefinition, asked: Any) -> Params:
        """What is asked of a report; 404 for an area beyond the caller's, 400 with a sentence per field."""
        self.choice(asked.get("area") or "")
        form = ReportForm(asked, viewer=self.actor, definition=definition)
        if not form.is_valid() or form.params is None:
            raise ValidationError(
                {name: [str(word) for word in words] for name, words in form.errors.items()}
            )
        return form.params


class DefinitionIndex(ReportAPIView):
    """The catalogue: every report that the caller may open."""

    @extend_schema(operation_id="report_definitions_list", responses=DefinitionShape(many=True))
    def get(self, request: Request) -> Response:
        return Response([definition_answer(one) for one in all_definitions() if may_open(one, self.actor)])


class Preview(ReportAPIView):
    """What a report would say now; nothing is kept. Of a list the first 50 rows."""

    @extend_schema(operation_id="report_preview", parameters=_ASKED, responses=ContentShape)
    def get(self, request: Request, code: str) -> Response:
        definition = self.definition(code)
        report = build_report(definition, self.params(definition, request.query_params), self.actor)
        if report.is_list:
            report, _is_counted = first_rows(report, definition, MOST_ROWS)
        return Response(content_answer(report))


class RunIndex(ReportAPIView):
    """Issued reports; POST issues one: a summary at once (201), a list in the background (202)."""

    open_to_readers = True
    pagination_class = RunPages

    @extend_schema(
        operation_id="report_runs_list",
        parameters=[
            OpenApiParameter("form", str, description="Only of this report."),
            OpenApiParameter("made_by", str, description="Part of the name of who made it."),
        ],
        responses=RunRowShape(many=True),
    )
    def get(self, request: Request) -> Response:
        asked = RunFilter(
            definition=request.query_params.get("form", ""), made_by=request.query_params.get("made_by", "")
        )
        pages = RunPages()
        rows = pages.paginate_queryset(narrowed(report_runs(self.actor), asked), request, view=self)
        return pages.get_paginated_response(RunRowShape(rows, many=True).data)

    @extend_schema(
        operation_id="report_runs_create",
        request=AskShape,
        responses={201: RunShape, 202: RequestShape},
        examples=_ISSUE,
    )
    def post(self, request: Request) -> Response:
        asked = AskShape(data=request.data)
        asked.is_valid(raise_exception=True)
        sent = asked.validated_data
        definition = definition_of(sent["form"])
        if definition is None or not may_open(definition, self.actor):
            raise ValidationError({"form": [_("Không có mẫu báo cáo này.")]})
        days = {key: sent[key].isoformat() for key in ("first", "last")}
        params = self.params(definition, {**sent, **days})
        key = sent["key"] or new_token()
        made = issue(definition=definition, params=params, actor=self.actor, request_key=key)
        if isinstance(made, Job):
            return Response(request_answer(key, made), status=status.HTTP_202_ACCEPTED)
        return Response(run_answer(made), status=status.HTTP_201_CREATED)


class RequestPage(ReportAPIView):
    """What became of a report that was asked for in the background."""

    @extend_schema(operation_id="report_requests_retrieve", responses=RequestShape)
    def get(self, request: Request, key: str) -> Response:
        outcome = outcome_of(self.actor, key)
        if outcome is None:
            raise Http404(_("Không tìm thấy, hoặc thuộc đơn vị khác."))
        return Response(request_answer(key, outcome))


class RunPage(ReportAPIView):
    """One issued report."""

    @extend_schema(operation_id="report_runs_retrieve", responses=RunShape)
    def get(self, request: Request, reference: str) -> Response:
        return Response(run_answer(run_or_404(self.actor, reference)))


class RunFile(ReportAPIView):
    """A file of an issued report: xlsx, pdf or csv, the same bytes each time."""

    @extend_schema(
        operation_id="report_runs_file", responses={(200, "application/octet-stream"): OpenApiTypes.BINARY}
    )
    def get(self, request: Request, reference: str, file_format: str) -> HttpResponseBase:
        run = run_or_404(self.actor, reference)
        response = file_of_run(run, file_format)
        record_report_download(run=run, file_format=file_format, actor=self.actor)
        return response
