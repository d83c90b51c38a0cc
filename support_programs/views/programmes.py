"""The rules of the programmes, to read: who gets what, on which paper, by when, and what of it is not sure."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.permissions import reads_figures, reads_records
from core.dates import format_date
from core.page_parts import Crumb, Tab
from core.requests import actor_of
from core.wording import Text
from core.workflow import Actor
from support_programs.enums import Step
from support_programs.queries.programme_compare import Comparison, comparison_of
from support_programs.queries.programme_list import programme_groups
from support_programs.queries.programme_page import VersionShown, versions_of
from support_programs.queries.programme_words import ACTOR_NAMES, step_name
from support_programs.rules.definition import Definition
from support_programs.rules.parts import ChainStep
from support_programs.services.clocks import is_posting_inside_review


@require_GET
def programme_list(request: HttpRequest) -> HttpResponse:
    """Every programme: who, how much, where, by when, how many points are not sure, how many cases."""
    actor = actor_of(request)
    _check_reader(actor)
    context = {"groups": programme_groups(actor), "has_cases": reads_records(actor)}
    return render(request, "support_programs/programme_list.html", context)


@require_GET
def programme_page(request: HttpRequest, code: str) -> HttpResponse:
    """One programme's rules. `?text=` adds a text that was replaced, for the cases that it judged; 404 where there is none."""
    actor = actor_of(request)
    _check_reader(actor)
    text = request.GET.get("text", "").strip()
    versions = versions_of(actor, code, text)
    if not versions or (text and not any(shown.row.content_hash.startswith(text) for shown in versions)):
        raise Http404(_("Không có chính sách này."))
    first, comparison = versions[0], comparison_of(versions)
    pages = [(shown, _way(shown.rules), _days(shown)) for shown in versions]
    context = {
        "crumb_parts": [Crumb(_("Chính sách"), "/programmes/"), Crumb(first.rules.short_name)],
        "code": code,
        "first": first,
        "main": pages[:1],
        "others": pages[1:],
        "comparison": comparison,
        "tabs": _tabs(versions, comparison),
        "has_cases": reads_records(actor),
    }
    return render(request, "support_programs/programme_page.html", context)


@dataclass(frozen=True, slots=True)
class StepShown:
    """One step of the way. `is_chosen` where a setting of this system overrules the catalogue on what lies inside what."""

    rule: ChainStep
    name: Text
    actor: Text
    is_inside: bool
    is_chosen: bool


def _way(rules: Definition) -> list[StepShown]:
    way = []
    for rule in rules.chain:
        is_posting = rule.step == Step.POSTING
        is_inside = is_posting_inside_review(rule) if is_posting else rule.is_inside_previous
        is_chosen = is_inside != rule.is_inside_previous
        way.append(StepShown(rule, step_name(rules, rule), ACTOR_NAMES[rule.actor], is_inside, is_chosen))
    return way


def _days(shown: VersionShown) -> int:
    return sum(step.rule.limit or 0 for step in _way(shown.rules) if not step.is_inside)


def _tabs(versions: list[VersionShown], comparison: Comparison | None) -> list[Tab]:
    """Ways to the parts of the page, in its order; none where there is one part only."""
    tabs = [Tab(_name(shown), f"#{shown.anchor}") for shown in versions]
    if comparison is not None:
        tabs.insert(1, Tab(_("So sánh các bản"), "#compare", len(comparison.rows)))
    return tabs if len(tabs) > 1 else []


def _name(shown: VersionShown) -> str:
    words = _("Bản từ %(day)s") if shown.row.is_current else _("Bản đã thay, từ %(day)s")
    return words % {"day": format_date(shown.rules.valid_from)}


def _check_reader(actor: Actor) -> None:
    if not (reads_records(actor) or reads_figures(actor)):
        raise PermissionDenied(_("Trang này dành cho người xem hồ sơ hoặc số liệu."))
