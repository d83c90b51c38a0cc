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
from support_programs.api.programme_answers import RulesShape
from support_programs.models import Programme, ProgrammeVersion
from support_programs.queries.programmes import definition_of

Shape = serializers.Serializer[Any]


class ProgrammeRowShape(Shape):
    code = serializers.CharField()
    name = serializers.CharField()
    short_name = serializers.CharField()


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
