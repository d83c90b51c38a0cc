"""The rules of the programmes, to read: who gets what, on which paper, and what of it is not sure."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.permissions import reads_figures, reads_records
from core.page_parts import Crumb
from core.requests import actor_of
from core.wording import Text
from core.workflow import Actor
from support_programs.enums import Step
from support_programs.queries.programme_page import ACTOR_NAMES, VersionShown, current_versions, versions_of
from support_programs.rules.definition import Definition
from support_programs.services.clocks import is_posting_inside_review


@require_GET
def programme_list(request: HttpRequest) -> HttpResponse:
    """Every programme with its versions, and how many points of each are not sure."""
    _check_reader(actor_of(request))
    return render(request, "support_programs/programme_list.html", {"versions": current_versions()})


@require_GET
def programme_page(request: HttpRequest, code: str) -> HttpResponse:
    """One programme's rules. `?text=` adds a text that was replaced, for the cases that it judged; 404 where there is none."""
    _check_reader(actor_of(request))
    text = request.GET.get("text", "").strip()
    versions = versions_of(code, text)
    if not versions or (text and not any(shown.row.content_hash.startswith(text) for shown in versions)):
        raise Http404(_("Không có chính sách này."))
    first = versions[0]
    context = {
        "crumb_parts": [Crumb(_("Chính sách"), "/programmes/"), Crumb(first.rules.short_name)],
        "code": code,
        "name": first.rules.name,
        "versions": [(shown, _way(shown.rules), _days(shown)) for shown in versions],
    }
    return render(request, "support_programs/programme_page.html", context)


@dataclass(frozen=True, slots=True)
class StepShown:
    """One step of the way; `limit` in working days. `is_chosen` where a setting of this system overrules the catalogue."""

    name: Text
    actor: Text
    limit: int | None
    is_inside: bool
    is_chosen: bool


def _way(rules: Definition) -> list[StepShown]:
    way = []
    for rule in rules.chain:
        is_posting = rule.step == Step.POSTING
        is_inside = is_posting_inside_review(rule) if is_posting else rule.is_inside_previous
        name = Step(rule.step).label if rule.step in Step.values else rule.step
        is_chosen = is_inside != rule.is_inside_previous
        way.append(StepShown(name, ACTOR_NAMES[rule.actor], rule.limit, is_inside, is_chosen))
    return way


def _days(shown: VersionShown) -> int:
    return sum(step.limit or 0 for step in _way(shown.rules) if not step.is_inside)


def _check_reader(actor: Actor) -> None:
    if not (reads_records(actor) or reads_figures(actor)):
        raise PermissionDenied(_("Trang này dành cho người xem hồ sơ hoặc số liệu."))
