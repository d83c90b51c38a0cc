"""Complaints and reports: found, read, written down, taken up, handed on, answered."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.http import Http404
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from core.shortcuts import get_visible
from support_programs.api.claims import claims_refused
from support_programs.api.parts import ACTION_ANSWERS, READ_ANSWERS, Pages, RecordsAPIView, takes, words_of
from support_programs.enums import GrievanceChannel, GrievanceKind, GrievanceOutcome, GrievanceTopic
from support_programs.models import Case, CaseList, Grievance
from support_programs.queries import grievances as read
from support_programs.services import grievances as settle

DESK_CHANNELS = [channel for channel in GrievanceChannel.values if channel != GrievanceChannel.PUBLIC]


class GrievanceShape(serializers.Serializer[Any]):
    """One complaint or report; who sent a denunciation is told to the department's desk only, telephone and address to nobody."""

    reference = serializers.CharField()
    kind = serializers.CharField()
    topic = serializers.CharField()
    channel = serializers.CharField()
    area_code = serializers.CharField()
    status = serializers.CharField()
    version = serializers.IntegerField()
    sender = serializers.SerializerMethodField()
    text = serializers.CharField()
    case = serializers.CharField(source="case.reference", default=None)
    case_list = serializers.CharField(source="case_list.reference", default=None)
    received_on = serializers.DateField()
    accepted_on = serializers.DateField()
    due_on = serializers.DateField()
    outcome = serializers.CharField()
    answer = serializers.CharField()
    answered_on = serializers.DateField()
    decline_reason = serializers.CharField()

    def get_sender(self, grievance: Grievance) -> str:
        return read.sender_of(grievance, self.context["actor"])


class FiledShape(GrievanceShape):
    """With the code by which its sender follows it: told this once."""

    tracking_code = serializers.SerializerMethodField()

    def get_tracking_code(self, _grievance: Grievance) -> str:
        return str(self.context["code"])


class FileWords(serializers.Serializer[Any]):
    """What somebody raised, as a desk writes it down. `about` is the reference of a case or a list of the area."""

    kind = serializers.ChoiceField(choices=GrievanceKind.choices)
    topic = serializers.ChoiceField(choices=GrievanceTopic.choices)
    channel = serializers.ChoiceField(choices=DESK_CHANNELS)
    text = serializers.CharField()
    sender_name = serializers.CharField(required=False, default="", allow_blank=True, max_length=150)
    phone = serializers.CharField(required=False, default="", allow_blank=True, max_length=20)
    address = serializers.CharField(required=False, default="", allow_blank=True, max_length=250)
    about = serializers.CharField(required=False, default="", allow_blank=True)
    received_on = serializers.DateField(required=False)


class _VersionWords(serializers.Serializer[Any]):
    version = serializers.IntegerField(required=False)


class AcceptWords(_VersionWords):
    """Nothing but the version that was seen."""


class GrievanceReasonWords(_VersionWords):
    """Why."""

    reason = serializers.CharField()


class ForwardWords(GrievanceReasonWords):
    """To which office above or below: its area code."""

    to_area = serializers.CharField()


class AnswerWords(_VersionWords):
    """The answer as its sender reads it."""

    outcome = serializers.ChoiceField(choices=GrievanceOutcome.choices)
    answer = serializers.CharField()


class GrievanceIndex(RecordsAPIView):
    """What was raised in one's area; one more is written down."""

    pagination_class = Pages

    @extend_schema(
        operation_id="grievances_list",
        parameters=[
            OpenApiParameter("state", str, enum=list(read.STATES)),
            OpenApiParameter("q", str, description="Words of sender or text, or a reference."),
            OpenApiParameter("kind", str, enum=GrievanceKind.values),
            OpenApiParameter("topic", str, enum=GrievanceTopic.values),
            OpenApiParameter("area", str, description="Area code: 89, 89888 or 8988830406."),
        ],
        responses={200: GrievanceShape(many=True), 403: READ_ANSWERS[403]},
    )
    def get(self, request: Request) -> Response:
        wanted = read.GrievanceFilter.from_query(request.query_params)
        pages = Pages()
        found = wanted.apply(read.visible_grievances(self.actor), self.actor)
        rows = pages.paginate_queryset(found, request, view=self)
        return pages.get_paginated_response(
            GrievanceShape(rows, many=True, context={"actor": self.actor}).data
        )

    @extend_schema(
        operation_id="grievances_file", request=FileWords, responses={201: FiledShape, **ACTION_ANSWERS}
    )
    def post(self, request: Request) -> Response:
        said = words_of(FileWords, request)
        about = self._about(said.pop("about"))
        received_on, channel = said.pop("received_on", None), GrievanceChannel(said.pop("channel"))
        report = settle.Report(
            **said,
            area_code=about.area_code if about else self.actor.area_code,
            case=about if isinstance(about, Case) else None,
            case_list=about if isinstance(about, CaseList) else None,
        )
        with claims_refused():
            filed = settle.file_grievance(report, channel=channel, actor=self.actor, received_on=received_on)
        context = {"actor": self.actor, "code": filed.code}
        return Response(FiledShape(filed.grievance, context=context).data, status=status.HTTP_201_CREATED)

    def _about(self, reference: str) -> Case | CaseList | None:
        if not reference:
            return None
        if reference.startswith("HS-"):
            return self.case(reference)
        if reference.startswith("DS-"):
            return self.case_list(reference)
        raise Http404(_("Không tìm thấy, hoặc thuộc đơn vị khác."))


class _GrievanceView(RecordsAPIView):
    def grievance(self, reference: str) -> Grievance:
        return get_visible(
            Grievance.objects.select_related("case", "case_list"), self.actor, reference=reference
        )


class GrievancePage(_GrievanceView):
    """One complaint or report."""

    @extend_schema(operation_id="grievances_retrieve", responses={200: GrievanceShape, **READ_ANSWERS})
    def get(self, request: Request, reference: str) -> Response:
        return Response(GrievanceShape(self.grievance(reference), context={"actor": self.actor}).data)


class GrievanceAction(_GrievanceView):
    """One act; answers the record as it is then, wherever it lies by now."""

    words: ClassVar[type[serializers.Serializer[Any]]]

    def act(self, grievance: Grievance, said: Mapping[str, Any]) -> Grievance:
        """Call the one service."""
        raise NotImplementedError

    def post(self, request: Request, reference: str) -> Response:
        done = self.act(self.grievance(reference), words_of(self.words, request))
        return Response(GrievanceShape(done, context={"actor": self.actor}).data)


@takes(AcceptWords, GrievanceShape)
class Accept(GrievanceAction):
    """The office takes it up; the term of the answer begins."""

    def act(self, grievance: Grievance, said: Mapping[str, Any]) -> Grievance:
        return settle.accept_grievance(grievance, actor=self.actor, expected_version=said.get("version"))


@takes(GrievanceReasonWords, GrievanceShape)
class Decline(GrievanceAction):
    """Not taken up, for a reason that its sender reads."""

    def act(self, grievance: Grievance, said: Mapping[str, Any]) -> Grievance:
        return settle.decline_grievance(
            grievance, reason=said["reason"], actor=self.actor, expected_version=said.get("version")
        )


@takes(ForwardWords, GrievanceShape)
class Forward(GrievanceAction):
    """Another office owes the answer."""

    def act(self, grievance: Grievance, said: Mapping[str, Any]) -> Grievance:
        return settle.forward_grievance(
            grievance,
            to_area=said["to_area"],
            reason=said["reason"],
            actor=self.actor,
            expected_version=said.get("version"),
        )


@takes(AnswerWords, GrievanceShape)
class Answer(GrievanceAction):
    """The answer, with what was found; it can't be changed afterwards."""

    def act(self, grievance: Grievance, said: Mapping[str, Any]) -> Grievance:
        return settle.answer_grievance(
            grievance,
            outcome=said["outcome"],
            answer=said["answer"],
            actor=self.actor,
            expected_version=said.get("version"),
        )


@takes(GrievanceReasonWords, GrievanceShape)
class Withdraw(GrievanceAction):
    """Its sender takes it back."""

    def act(self, grievance: Grievance, said: Mapping[str, Any]) -> Grievance:
        return settle.withdraw_grievance(
            grievance, reason=said["reason"], actor=self.actor, expected_version=said.get("version")
        )
