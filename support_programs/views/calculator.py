"""«Tôi được hỗ trợ gì?»: a few questions, and which policies fit, how much, which papers, where and by when. Nothing is kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from core.page_parts import Step, StepState
from core.public_pages import public_page
from core.throttle import Limit
from core.wording import Text
from support_programs.queries.answers import Answers
from support_programs.queries.preview import Known, Preview, preview
from support_programs.queries.programme_words import ACTOR_NAMES, step_name
from support_programs.queries.who_asks import Offer, offers, offers_for, questions_for
from support_programs.rules.criteria.register import NoOtherOfGroup
from support_programs.rules.judging import ELIGIBLE, NOT_ELIGIBLE, UNDETERMINED
from support_programs.views.calculator_forms import QuestionsForm, WhoForm

# a whole family at one telephone asks, corrects, asks again
_ASKING: Final = Limit("public.calculator", tries=60)
_ORDER: Final = (ELIGIBLE, UNDETERMINED, NOT_ELIGIBLE)


@dataclass(frozen=True, slots=True)
class StepShown:
    """One step of the way that a dossier goes; `limit` in working days, None where none is laid down."""

    name: Text
    actor: Text
    limit: int | None


@dataclass(frozen=True, slots=True)
class ResultShown:
    """What one programme says."""

    offer: Offer
    said: Preview
    steps: tuple[StepShown, ...]


@dataclass(frozen=True, slots=True)
class OneOnly:
    """Programmes of which a person gets one, with the sentence of the rules."""

    names: tuple[str, ...]
    statement: str
    article: str


@public_page(posts=_ASKING)
@never_cache
@require_http_methods(["GET", "POST"])
def calculator(request: HttpRequest) -> HttpResponse:
    """Who asks, then the questions for them, then the answer: one address, posted, so that no answer stands in a log."""
    known = offers()
    who = WhoForm(request.POST or None, known)
    if request.method == "GET":
        return _page(request, 1, who=who)
    if not who.is_valid():
        return _page(request, 1, who=who, status=422)
    chosen = offers_for(known, who.cleaned_data["kind"], who.cleaned_data["happened"])
    asked = questions_for(chosen, who.cleaned_data["received_on"])
    is_answered = {question.mark for question in asked} <= set(request.POST.get("asked", "").split())
    form = QuestionsForm(request.POST, asked, who.applicant, is_answered=is_answered)
    context: dict[str, Any] = {"who": who, "form": form, "groups": form.groups(chosen), "asked": asked}
    if not is_answered:
        return _page(request, 2, **context, is_changed="asked" in request.POST)
    if not form.is_valid():
        return _page(request, 2, **context, status=422)
    results = _results(chosen, who, form)
    return _page(request, 3, **context, results=results, one_only=_one_only(results))


def _page(request: HttpRequest, step: int, *, status: int = 200, **context: Any) -> HttpResponse:
    names = (_("Ông/bà là ai"), _("Câu hỏi"), _("Kết quả"))
    states = {True: StepState.DONE, False: StepState.TODO}
    context |= {
        "layout": "base.html" if request.user.is_authenticated else "public/base.html",
        "step": step,
        "wizard": [
            Step(name, StepState.CURRENT if number == step else states[number < step])
            for number, name in enumerate(names, start=1)
        ],
    }
    return render(request, "support_programs/calculator.html", context, status=status)


def _results(chosen: Sequence[Offer], who: WhoForm, form: QuestionsForm) -> list[ResultShown]:
    found = []
    for offer in chosen:
        values = form.values.get(offer.code, {})
        answers = Answers(who.cleaned_data["received_on"], who.applicant, values)
        said = preview(offer.versions, answers)
        found.append(ResultShown(offer, said, _steps(said.version)))
    return sorted(found, key=lambda result: _ORDER.index(result.said.result))


def _steps(version: Known | None) -> tuple[StepShown, ...]:
    if version is None:
        return ()
    rules = version.rules
    return tuple(
        StepShown(step_name(rules, step), ACTOR_NAMES[step.actor], step.limit) for step in rules.chain
    )


def _one_only(results: Sequence[ResultShown]) -> list[OneOnly]:
    """Groups of programmes that would do, of which a person gets one."""
    groups: dict[str, list[ResultShown]] = {}
    for result in results:
        if result.said.result == ELIGIBLE and result.said.version:
            groups.setdefault(result.said.version.rules.exclusive_group, []).append(result)
    return [_of_group(same) for group, same in groups.items() if group and len(same) > 1]


def _of_group(same: Sequence[ResultShown]) -> OneOnly:
    rules = (found.rule for result in same for found in result.said.criteria)
    stated = next((rule for rule in rules if isinstance(rule.test, NoOtherOfGroup)), None)
    names = tuple(result.offer.rules.short_name for result in same)
    return OneOnly(names, stated.statement if stated else "", stated.article if stated else "")
