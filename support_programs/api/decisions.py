"""Decisions of UBND tỉnh on money."""

from django.http import Http404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from support_programs.api import words
from support_programs.api.list_answers import DecisionShape
from support_programs.api.parts import ACTION_ANSWERS, RecordsAPIView, words_of
from support_programs.models import CaseList
from support_programs.services.approval import DecisionPaper, approve_money


class RecordDecision(RecordsAPIView):
    """Record the decision on the money of one or more lists: all of them are approved, or none."""

    @extend_schema(request=words.DecisionWords, responses={201: DecisionShape, **ACTION_ANSWERS})
    def post(self, request: Request) -> Response:
        said = words_of(words.DecisionWords, request)
        lists = list(CaseList.objects.visible_to(self.actor).filter(reference__in=said["lists"]))
        missing = set(said["lists"]) - {case_list.reference for case_list in lists}
        if missing:
            raise Http404(_("Không tìm thấy %(ref)s, hoặc thuộc đơn vị khác.") % {"ref": min(missing)})
        paper = DecisionPaper(said["number"], said["signed_on"], said.get("signer", ""))
        decision = approve_money(lists, paper=paper, actor=self.actor)
        return Response(DecisionShape(decision).data, status=status.HTTP_201_CREATED)
