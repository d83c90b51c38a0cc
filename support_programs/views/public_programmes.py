"""Programmes on the public pages: who gets it, how much, which papers, where, by when; and what is not sure."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from core.page_parts import Crumb
from core.public_pages import public_page
from core.wording import Text
from support_programs.models import ProgrammeVersion
from support_programs.queries.programme_list import public_groups
from support_programs.queries.programme_page import VersionShown, public_versions
from support_programs.queries.programme_words import ACTOR_NAMES, step_name


@dataclass(frozen=True, slots=True)
class StepShown:
    """One step of the way; `limit` in working days, None where none is laid down."""

    name: Text
    actor: Text
    limit: int | None


@public_page()
@require_GET
def public_programmes(request: HttpRequest) -> HttpResponse:
    """Every programme with its amounts, where to file and by when."""
    return render(request, "public/programmes.html", {"groups": public_groups()})


@public_page()
@require_GET
def public_programme(request: HttpRequest, code: str) -> HttpResponse:
    """One programme by the version in force, else the next or last one; its other versions below. 404 for an unknown code."""
    if not ProgrammeVersion.objects.filter(programme=code, is_current=True).exists():
        raise Http404(_("Không có chính sách này."))
    versions = public_versions(code)
    shown = versions[0]
    context = {
        "shown": shown,
        "rules": shown.rules,
        "steps": _steps(shown),
        "others": versions[1:],
        "crumb_parts": [
            Crumb(_("Chính sách hỗ trợ"), "/public/programmes/"),
            Crumb(shown.rules.short_name),
        ],
    }
    return render(request, "public/programme.html", context)


def _steps(shown: VersionShown) -> list[StepShown]:
    rules = shown.rules
    return [StepShown(step_name(rules, step), ACTOR_NAMES[step.actor], step.limit) for step in rules.chain]
