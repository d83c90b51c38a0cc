"""What the API answers of figures and reports: people and whole đồng."""

from typing import Any

from rest_framework import serializers

from reports.models import ReportRun

Shape = serializers.Serializer[Any]


class MeasureShape(Shape):
    """People and whole đồng."""

    people = serializers.IntegerField()
    amount = serializers.IntegerField()


class StagesShape(Shape):
    """Proposed, approved, paid, and what of the approved is not paid yet."""

    proposed = MeasureShape()
    approved = MeasureShape()
    paid = MeasureShape()
    remaining = MeasureShape()


class ProgressShape(Shape):
    """In the period, and from the beginning to its end."""

    period = StagesShape()
    cumulative = StagesShape()


class UnitShape(Shape):
    """One unit: its own figures, by stream and by programme, late lists and who waits in them, returned payments."""

    area_code = serializers.CharField(source="unit.area_code")
    name = serializers.CharField(source="unit.name")
    total = ProgressShape()
    by_stream = serializers.DictField(child=ProgressShape())
    by_programme = serializers.DictField(child=ProgressShape())
    late_lists = serializers.IntegerField()
    waiting_late = MeasureShape()
    returned = MeasureShape()


class OverviewShape(Shape):
    """The figures of an area by the units one level below."""

    area_code = serializers.CharField()
    name = serializers.CharField()
    first = serializers.DateField()
    last = serializers.DateField()
    read_at = serializers.DateTimeField()
    programmes = serializers.ListField(child=serializers.CharField(), help_text="Empty: all programmes.")
    total = ProgressShape()
    plan_to_date = MeasureShape(allow_null=True, help_text="Weeks planned that have begun by the last day.")
    plan_whole = MeasureShape(allow_null=True)
    late_lists = serializers.IntegerField()
    waiting_late = MeasureShape(help_text="Who waits in late lists now.")
    returned = MeasureShape()
    units = UnitShape(many=True)


class AskShape(Shape):
    """Period, both days included, and area (the caller's own when none is named)."""

    form = serializers.CharField(default="free_workers")
    first = serializers.DateField()
    last = serializers.DateField()
    area = serializers.CharField(required=False, default="", allow_blank=True)


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


class FileShape(Shape):
    """A kept file, its size in bytes and its sha256."""

    name = serializers.CharField()
    size = serializers.IntegerField()
    sha256 = serializers.CharField()


class RunShape(RunRowShape):
    """One issued report whole: its rows as they were, its totals, its files."""

    sections = serializers.JSONField(source="rows")
    totals = serializers.DictField(child=serializers.IntegerField())
    xlsx = FileShape(allow_null=True)
    pdf = FileShape(allow_null=True)


def run_answer(run: ReportRun) -> dict[str, Any]:
    """The answer for one run."""
    return dict(RunShape(run).data)
