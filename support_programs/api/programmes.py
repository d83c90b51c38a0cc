"""Programmes and the rules in force, for every signed-in member of staff."""

from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from core.api import FencedAPIView
from support_programs.api.parts import READ_ANSWERS, Pages
from support_programs.models import Programme, ProgrammeVersion
from support_programs.queries.programmes import definition_of

Shape = serializers.Serializer[Any]


class ProgrammeRowShape(Shape):
    code = serializers.CharField()
    name = serializers.CharField()
    short_name = serializers.CharField()


class LegalBasisShape(Shape):
    document = serializers.CharField()
    title = serializers.CharField()
    article = serializers.CharField()
    signed_on = serializers.DateField(allow_null=True)


class StreamShape(Shape):
    code = serializers.CharField()
    name = serializers.CharField()
    fund = serializers.CharField()


class OccupationGroupShape(Shape):
    code = serializers.CharField()
    name = serializers.CharField(source="label")
    stream = serializers.CharField()


class CriterionShape(Shape):
    code = serializers.CharField()
    statement = serializers.CharField()
    article = serializers.CharField()
    confidence = serializers.CharField()
    verify = serializers.CharField(help_text="What must still be asked of the department; empty when sure.")
    confirm = serializers.CharField(
        help_text="What the commune may confirm for a whole list; empty when nothing."
    )
    remedy = serializers.CharField()
    is_warning = serializers.BooleanField()


class AmountShape(Shape):
    value = serializers.IntegerField(help_text="Whole đồng.")
    name = serializers.CharField(source="label")
    article = serializers.CharField()


class ChainStepShape(Shape):
    step = serializers.CharField()
    actor = serializers.CharField()
    limit = serializers.IntegerField(allow_null=True, help_text="Working days; null where none is laid down.")
    is_inside_previous = serializers.BooleanField()


class RulesShape(Shape):
    """All rules of one version, and what of them is unsure."""

    confidence = serializers.CharField()
    verified_by = serializers.CharField()
    verified_on = serializers.DateField(allow_null=True)
    apply_by = serializers.DateField(allow_null=True)
    exclusive_group = serializers.CharField()
    legal_basis = LegalBasisShape(many=True)
    streams = StreamShape(many=True)
    occupation_groups = OccupationGroupShape(many=True)
    criteria = CriterionShape(many=True)
    amount = AmountShape()
    evidence = serializers.ListField(child=serializers.CharField())
    refusal_reasons = serializers.ListField(child=serializers.CharField())
    chain = ChainStepShape(many=True)
    unsure = serializers.ListField(child=serializers.CharField())


class VersionShape(Shape):
    """One version: the rules over a period, and the hash of their text."""

    code = serializers.CharField()
    valid_from = serializers.DateField()
    valid_to = serializers.DateField(allow_null=True)
    content_hash = serializers.CharField()
    rules = serializers.SerializerMethodField()

    @extend_schema_field(RulesShape)
    def get_rules(self, version: ProgrammeVersion) -> Any:
        return RulesShape(definition_of(version.pk)).data


class ProgrammeShape(ProgrammeRowShape):
    """One programme with its current versions."""

    versions = serializers.SerializerMethodField()

    @extend_schema_field(VersionShape(many=True))
    def get_versions(self, programme: Programme) -> Any:
        return VersionShape(programme.versions.filter(is_current=True), many=True).data


class ProgrammeIndex(FencedAPIView):
    """All support schemes."""

    pagination_class = Pages

    @extend_schema(operation_id="programmes_list", responses=ProgrammeRowShape(many=True))
    def get(self, request: Request) -> Response:
        pages = Pages()
        rows = pages.paginate_queryset(Programme.objects.order_by("code"), request, view=self)
        return pages.get_paginated_response(ProgrammeRowShape(rows, many=True).data)


class ProgrammePage(FencedAPIView):
    """One scheme with its rules in force."""

    @extend_schema(
        operation_id="programmes_retrieve", responses={200: ProgrammeShape, 404: READ_ANSWERS[404]}
    )
    def get(self, request: Request, code: str) -> Response:
        found = Programme.objects.filter(code=code).first()
        if found is None:
            raise Http404(_("Không có chính sách này."))
        return Response(ProgrammeShape(found).data)
