"""What the pages of one case share: the visible case, and the way back."""

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as lazy

from core.page_parts import Crumb
from core.shortcuts import get_visible
from core.workflow import Actor
from support_programs.models import Case, OfficialDocument


def case_of(reference: str, actor: Actor) -> Case:
    """The case with its programme, list, version, employer and person; 404 for another area.

    The person of another area stays empty, like their row behind the fence. `has_documents` saves the page of most cases a query.
    """
    rows = Case.objects.select_related(
        "programme", "case_list__employer", "version_used", "employer", "person__joined_to"
    ).annotate(has_documents=Exists(OfficialDocument.objects.filter(case=OuterRef("pk"))))
    return get_visible(rows, actor, reference=reference)


def crumbs_of(case: Case, last: str = "") -> list[Crumb]:
    """Cases, the list of the case, the case, and the page below it."""
    parts = [Crumb(lazy("Hồ sơ"), "/cases/")]
    if case.case_list is not None:
        parts.append(Crumb(case.case_list.reference, f"/lists/{case.case_list.reference}/"))
    parts.append(Crumb(case.reference, f"/cases/{case.reference}/" if last else ""))
    return [*parts, Crumb(last)] if last else parts
