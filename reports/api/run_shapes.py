"""What the API answers of the catalogue and of issued reports."""

from typing import Any

from rest_framework import serializers

from core.models import Job
from reports.definitions import ReportDefinition
from reports.definitions.base import Report
from reports.definitions.keeping import shape_of, stored_figures, stored_sections
from reports.models import ReportRun

Shape = serializers.Serializer[Any]


class DefinitionShape(Shape):
    """A report of the catalogue: what it is for, what it asks beside period and area, and whether it is a list."""

    form = serializers.CharField(source="code")
    title = serializers.CharField()
    group = serializers.CharField()
    purpose = serializers.CharField()
    asks = serializers.ListField(child=serializers.CharField())
    programmes = serializers.ListField(child=serializers.CharField(), help_text="Empty: any programme.")
    legal_basis = serializers.ListField(child=serializers.CharField())
    is_list = serializers.BooleanField(help_text="Issued in the background: POST answers 202.")
    is_personal = serializers.BooleanField(help_text="It names people.")
    unsure = serializers.CharField(help_text="What about the form no source says.")


class AskShape(Shape):
    """Period, both days included, area (the caller's own when none is named), and what the report asks beside."""

    form = serializers.CharField(default="free_workers")
    first = serializers.DateField()
    last = serializers.DateField()
    area = serializers.CharField(required=False, default="", allow_blank=True)
    programme = serializers.CharField(required=False, default="", allow_blank=True)
    programmes = serializers.ListField(child=serializers.CharField(), required=False, default=list)
    units = serializers.ChoiceField(choices=["", "communes"], required=False, default="", allow_blank=True)
    key = serializers.RegexField(
        r"^[0-9A-Za-z]{8,64}$",
        required=False,
        default="",
        allow_blank=True,
        help_text="Of the caller's own making: the same key gives the same report again.",
    )


class ColumnShape(Shape):
    """A column: the key of its figures, its titles, and of which kind they are."""

    key = serializers.CharField()
    title = serializers.CharField()
    group = serializers.CharField()
    kind = serializers.CharField()
    total = serializers.BooleanField()


class ChartShape(Shape):
    """A chart as data: points are label, value and plan (or null)."""

    kind = serializers.CharField()
    title = serializers.CharField()
    unit = serializers.CharField()
    summary = serializers.CharField()
    points = serializers.ListField(child=serializers.ListField())


class ContentShape(Shape):
    """What a report says: of a summary its sections, of a list its first 50 rows; figures are whole numbers, shares 0 to 1."""

    form = serializers.CharField()
    title = serializers.CharField()
    period = serializers.CharField()
    area_name = serializers.CharField()
    unit_note = serializers.CharField()
    columns = ColumnShape(many=True)
    sections = serializers.ListField(
        child=serializers.DictField(),
        help_text="label (empty: the lines stand by themselves), area_code, lines and their sums, by the keys of the columns.",
    )
    rows = serializers.ListField(child=serializers.DictField())
    row_count = serializers.IntegerField()
    totals = serializers.DictField()
    in_words = serializers.ListField(child=serializers.CharField())
    notes = serializers.ListField(child=serializers.CharField())
    charts = ChartShape(many=True)
    unsure = serializers.CharField()
    figures_at = serializers.DateTimeField()


class RunRowShape(Shape):
    """One issued report as lists show it."""

    reference = serializers.CharField()
    form = serializers.CharField(source="definition")
    title = serializers.CharField()
    area_code = serializers.CharField()
    first = serializers.CharField(source="params.first")
    last = serializers.CharField(source="params.last")
    made_by = serializers.CharField(source="made_by_name")
    figures_at = serializers.DateTimeField()
    row_count = serializers.IntegerField()
    is_personal = serializers.BooleanField()


class FileShape(Shape):
    """A kept file, its size in bytes and its sha256."""

    name = serializers.CharField()
    size = serializers.IntegerField()
    sha256 = serializers.CharField()


class RunShape(RunRowShape):
    """One issued report whole: its figures as they were (of a list in the CSV), its totals, its files."""

    columns = ColumnShape(many=True, source="shape.columns")
    sections = serializers.JSONField(source="rows")
    totals = serializers.DictField()
    xlsx = FileShape(allow_null=True)
    pdf = FileShape(allow_null=True)


class RequestShape(Shape):
    """A list under way: ask again at `requests/<key>/` until `report` names what was made, or `error` says why it wasn't."""

    key = serializers.CharField()
    job = serializers.CharField()
    state = serializers.CharField()
    percent = serializers.IntegerField()
    error = serializers.CharField()
    report = serializers.CharField(allow_null=True)


def definition_answer(definition: ReportDefinition) -> dict[str, Any]:
    """One report of the catalogue."""
    return dict(DefinitionShape(definition).data)


def run_answer(run: ReportRun) -> dict[str, Any]:
    """The answer for one run; one of before columns were kept has none."""
    shaped = run if run.shape else _with_empty_shape(run)
    return dict(RunShape(shaped).data)


def _with_empty_shape(run: ReportRun) -> ReportRun:
    run.shape = {"columns": []}
    return run


def content_answer(report: Report) -> dict[str, Any]:
    """What a report says; of a list the rows that were read."""
    shape = shape_of(report)
    return dict(
        ContentShape(
            {
                **shape,
                "form": shape["code"],
                "sections": stored_sections(report.sections),
                "rows": [stored_figures(row) for row in report.rows or ()],
                "totals": stored_figures(report.totals),
                "figures_at": report.figures_at,
                "charts": shape["charts"],
            }
        ).data
    )


def request_answer(key: str, outcome: ReportRun | Job) -> dict[str, Any]:
    """How far a request is."""
    if isinstance(outcome, ReportRun):
        known = {"job": "", "state": "done", "percent": 100, "error": "", "report": outcome.reference}
    else:
        known = {
            "job": outcome.reference,
            "state": outcome.state,
            "percent": outcome.percent,
            "error": outcome.error_text,
            "report": None,
        }
    return dict(RequestShape({"key": key, **known}).data)
