"""Papers of a case: read, recorded as seen, added as files, taken out."""

from collections.abc import Mapping
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from core.shortcuts import get_visible
from support_programs.api.parts import ACTION_ANSWERS, READ_ANSWERS, RecordsAPIView, words_of
from support_programs.models import Case, CasePaper
from support_programs.queries.case_papers import PaperShown, papers_of_case
from support_programs.services import papers as service

Shape = serializers.Serializer[Any]


class HeldShape(Shape):
    """A paper that is there: a file of this content, or seen on paper."""

    id = serializers.IntegerField(source="pk")
    form = serializers.CharField(help_text="scan or original")
    received_on = serializers.DateField()
    received_by = serializers.CharField(source="received_by_name")
    content_type = serializers.CharField(source="file.content_type", default="")
    size = serializers.IntegerField(source="file.size", default=None)
    sha256 = serializers.CharField(source="file.sha256", default="")
    with_list = serializers.CharField(
        source="case_list.reference", default=None, help_text="The list that it was confirmed with."
    )


class PaperRowShape(Shape):
    """A paper that the rules ask for, or one beyond them (`code` is "")."""

    code = serializers.CharField()
    name = serializers.CharField()
    state = serializers.CharField(
        help_text="held, missing, absent (not required) or open (not known whether needed)"
    )
    held = HeldShape(many=True)


class CasePapersShape(Shape):
    missing = serializers.IntegerField(help_text="Required papers that are neither seen nor scanned.")
    papers = PaperRowShape(many=True)


class AddedShape(CasePapersShape):
    refused = serializers.ListField(
        child=serializers.CharField(), help_text="A sentence for each file that was not kept."
    )


class SeenWords(Shape):
    codes = serializers.ListField(child=serializers.CharField(max_length=40), min_length=1)
    note = serializers.CharField(max_length=300, required=False, default="")


class FilesWords(Shape):
    """Files of one paper; `code` "" with a `name` for one that the rules don't ask for."""

    code = serializers.CharField(max_length=40, required=False, default="", allow_blank=True)
    name = serializers.CharField(max_length=300, required=False, default="", allow_blank=True)
    note = serializers.CharField(max_length=300, required=False, default="", allow_blank=True)
    files = serializers.ListField(
        child=serializers.FileField(allow_empty_file=True), min_length=1, allow_empty=False
    )


class RemoveWords(Shape):
    reason = serializers.CharField(max_length=300)


class _PapersAPIView(RecordsAPIView):
    def answer(self, case: Case, **more: Any) -> dict[str, Any]:
        """The papers of the case as they are now."""
        shown = papers_of_case(case, self.actor)
        return {"missing": shown.missing, "papers": [_row(row) for row in shown.rows], **more}


def _row(row: PaperShown) -> Mapping[str, Any]:
    held = [*(scan.paper for scan in row.scans), *row.seen]
    return {"code": row.code, "name": row.name, "state": row.state, "held": held}


class Papers(_PapersAPIView):
    """The papers of a case, required and beyond."""

    parser_classes = (MultiPartParser,)

    @extend_schema(operation_id="case_papers_list", responses={200: CasePapersShape, **READ_ANSWERS})
    def get(self, request: Request, reference: str) -> Response:
        return Response(CasePapersShape(self.answer(self.case(reference))).data)

    @extend_schema(request={"multipart/form-data": FilesWords}, responses={200: AddedShape, **ACTION_ANSWERS})
    def post(self, request: Request, reference: str) -> Response:
        """Add files of one paper; good ones are kept where others of the same go are refused."""
        case = self.case(reference)
        said = words_of(FilesWords, request)
        sent = [service.Sent(each.name or "", each) for each in said.pop("files")]
        added = service.add_files(
            case, code=said["code"], label=said["name"], note=said["note"], files=sent, actor=self.actor
        )
        return Response(AddedShape(self.answer(case, refused=added.refused)).data)


class PapersSeen(_PapersAPIView):
    """The desk has these papers before it."""

    @extend_schema(request=SeenWords, responses={200: CasePapersShape, **ACTION_ANSWERS})
    def post(self, request: Request, reference: str) -> Response:
        case = self.case(reference)
        case = service.record_seen(case, actor=self.actor, **words_of(SeenWords, request))
        return Response(CasePapersShape(self.answer(case)).data)


class RemovePaper(_PapersAPIView):
    """Take a paper out of its dossier, with a reason; it stays kept."""

    @extend_schema(request=RemoveWords, responses={200: CasePapersShape, **ACTION_ANSWERS})
    def post(self, request: Request, reference: str, number: int) -> Response:
        case = self.case(reference)
        paper = get_visible(CasePaper, self.actor, case=case, pk=number)
        said = words_of(RemoveWords, request)
        case = service.take_out(paper, actor=self.actor, **said)
        return Response(CasePapersShape(self.answer(case)).data)
