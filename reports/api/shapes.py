"""What the API answers of figures and reports: people and whole đồng."""

from typing import Any

from rest_framework import serializers

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
