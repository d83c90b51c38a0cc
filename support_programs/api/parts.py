"""What the endpoints share: who is let in, pages of rows, how input is read and refusals are described."""

from collections.abc import Collection
from typing import Any, Final

from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.pagination import PageNumberPagination
from rest_framework.permissions import BasePermission, IsAuthenticated
from rest_framework.request import Request

from core.api import FencedAPIView
from core.requests import actor_of
from core.shortcuts import get_visible
from core.transitions import TransitionRefused
from core.workflow import Actor
from support_programs.models import Case, CaseList
from support_programs.queries.cases import chosen_cases

MAX_CHOSEN: Final = 1000


class ReadsRecords(BasePermission):
    """Lets in whoever sees people and cases of an area; the administrator does not."""

    message = gettext_lazy("Tài khoản này không xem hồ sơ, danh sách.")

    def has_permission(self, request: Request, view: Any) -> bool:
        return actor_of(request).sees_records


class RecordsAPIView(FencedAPIView):
    """An endpoint over cases and lists of the signed-in person's area."""

    permission_classes = (IsAuthenticated, ReadsRecords)

    @property
    def actor(self) -> Actor:
        return actor_of(self.request)

    def case(self, reference: str) -> Case:
        """The visible case; 404 for another."""
        return get_visible(Case, self.actor, reference=reference)

    def case_list(self, reference: str) -> CaseList:
        """The visible list; 404 for another."""
        return get_visible(CaseList, self.actor, reference=reference)


class Pages(PageNumberPagination):
    """Rows come in pages of 50, or of `page_size` up to 200."""

    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 200


class Problem(serializers.Serializer[Any]):
    """Why something was refused, in Vietnamese."""

    detail = serializers.CharField()


_FIELD_ERRORS: Final = {
    "type": "object",
    "additionalProperties": {"type": "array", "items": {"type": "string"}},
}
READ_ANSWERS: Final[dict[int, Any]] = {403: Problem, 404: Problem}
# 400 names the fields, 409 says which state, guard or later change stands in the way
ACTION_ANSWERS: Final[dict[int, Any]] = {400: _FIELD_ERRORS, **READ_ANSWERS, 409: Problem}


def words_of(form: type[serializers.Serializer[Any]], request: Request) -> dict[str, Any]:
    """The typed values of a request's body; 400 names each wrong field."""
    read = form(data=request.data)
    read.is_valid(raise_exception=True)
    return dict(read.validated_data)


def all_chosen(actor: Actor, references: Collection[str]) -> list[int]:
    """The ids of these cases; 404 names one that is missing or belongs to another area, and nothing is done."""
    found = dict(chosen_cases(actor, references).values_list("reference", "pk"))
    for reference in references:
        if reference not in found:
            raise Http404(_("Không tìm thấy %(ref)s, hoặc thuộc đơn vị khác.") % {"ref": reference})
    return list(found.values())


def rows_chosen(case_list: CaseList, references: Collection[str]) -> dict[str, int]:
    """Reference -> id of these rows of a list; 409 names one that is not, or no longer, in it, and nothing is done."""
    rows = Case.objects.filter(case_list=case_list, reference__in=references)
    found = dict(rows.values_list("reference", "pk"))
    for reference in references:
        if reference not in found:
            raise TransitionRefused(
                _("%(ref)s không có trong danh sách này. Hãy tải lại danh sách.") % {"ref": reference}
            )
    return found


def takes(form: type[serializers.Serializer[Any]], answer: type[serializers.Serializer[Any]]) -> Any:
    """Tells an action's view, and the API's description, what its body holds and what it answers."""

    def describe(view: Any) -> Any:
        view.words = form
        return extend_schema(request=form, responses={200: answer, **ACTION_ANSWERS})(view)

    return describe
