"""A decision that approves several lists: those that may go with one, and those that a paper names."""

from collections.abc import Sequence
from typing import Final

from django.db.models import Count, Q, Sum
from django.utils.translation import gettext as _

from accounts.queries import area_name
from core.money import format_dong
from core.transitions import TransitionRefused
from core.workflow import Actor
from support_programs.enums import CaseStatus, DocumentKind
from support_programs.models import CaseList
from support_programs.permissions.documents import MAKING

# as many as an officer can tick with open eyes
MOST_BESIDE: Final = 100
_FOUND: Final = Q(cases__status__in=[CaseStatus.ELIGIBLE, CaseStatus.APPROVED])
_STATES: Final = MAKING[DocumentKind.DECISION].states


def beside_choices(case_list: CaseList, actor: Actor) -> list[tuple[str, str]]:
    """The other lists that the same decision could approve, as the choices of a form: of the same programme and version, waiting
    for a decision as this one does, with how many people and how much; one query.
    """
    rows = (
        CaseList.objects.visible_to(actor)
        .filter(
            programme_id=case_list.programme_id,
            version_used_id=case_list.version_used_id,
            status=case_list.status,
            decision=case_list.decision,
        )
        .exclude(pk=case_list.pk)
        .annotate(people=Count("cases", filter=_FOUND), amount=Sum("cases__amount_proposed", filter=_FOUND))
        .filter(people__gt=0)
        .order_by("area_code", "pk")[:MOST_BESIDE]
    )
    return [
        (
            row.reference,
            _("%(ref)s, %(area)s: %(people)s người, %(amount)s đ")
            % {
                "ref": row.reference,
                "area": area_name(row.area_code),
                "people": format_dong(row.people),
                "amount": format_dong(row.amount or 0),
            },
        )
        for row in rows
    ]


def lists_beside(references: Sequence[str]) -> list[CaseList]:
    """These lists in the order of their areas; one query, none for none."""
    if not references:
        return []
    return list(CaseList.objects.filter(reference__in=references).order_by("area_code", "pk"))


def check_beside(
    references: Sequence[str], case_list: CaseList | None, actor: Actor | None
) -> list[CaseList]:
    """The lists that a decision names beside its first one. TransitionRefused for one that is not there (or outside the actor's
    area, where one is asked for), of another programme or version, or not waiting for the same decision any more.
    """
    found = {row.reference: row for row in lists_beside(references)}
    for reference in references:
        row = found.get(reference)
        if row is None or (actor is not None and not row.area_code.startswith(actor.area_code)):
            raise TransitionRefused(
                _("Không có danh sách %(ref)s trong địa bàn của bạn.") % {"ref": reference}
            )
        if case_list is None or row.version_used_id != case_list.version_used_id or row.pk == case_list.pk:
            raise TransitionRefused(
                _("Danh sách %(ref)s không cùng chính sách với danh sách đầu nên không vào chung quyết định.")
                % {"ref": reference}
            )
        if row.status not in _STATES or row.decision_id != case_list.decision_id:
            raise TransitionRefused(
                _("Danh sách %(ref)s không còn chờ quyết định. Hãy bỏ danh sách này khỏi dự thảo.")
                % {"ref": reference}
            )
    return list(found.values())
