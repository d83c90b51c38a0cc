"""Pairs of people who may be one: the queue, the compare page with its answers, taking a join apart."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.queries import area_name, children_of
from beneficiaries.enums import PairState
from beneficiaries.models import DuplicateCandidate, Person, PersonJoin
from beneficiaries.permissions import may_let_pair_pass_in, may_settle_pairs_in
from beneficiaries.queries import pair_compare as compare
from beneficiaries.queries.duplicates import WAITING, PairFilter, next_pair, pair_counts, pair_rows, pairs_for
from beneficiaries.services.duplicates.answering import answer_pair, let_pass
from beneficiaries.services.joining import undo_join
from beneficiaries.views.duplicate_forms import AnswerForm, PassForm, UndoForm
from beneficiaries.views.form_pages import Act, form_page, one_section
from beneficiaries.views.paging import address_with, page_of
from beneficiaries.views.people_tabs import people_tabs
from core.page_parts import Chip, Crumb, Tab
from core.requests import actor_of
from core.shortcuts import get_visible
from core.transitions import TransitionRefused
from core.workflow import Actor

_STATES: Final = (
    (WAITING, lazy("Chờ trả lời")),
    (PairState.VERIFYING.value, PairState.VERIFYING.label),
    ("passed", lazy("Đã cho chi")),
    (PairState.SAME.value, PairState.SAME.label),
    (PairState.DIFFERENT.value, PairState.DIFFERENT.label),
)


@require_GET
def duplicate_list(request: HttpRequest) -> HttpResponse:
    """The pairs of one's area, the surest first, by state, place and where they were found."""
    actor = actor_of(request)
    if not actor.sees_records:
        raise PermissionDenied
    asked = PairFilter.of(request.GET)
    page = page_of(request, pairs_for(actor, asked))
    page.object_list = pair_rows(list(page.object_list))
    counts = pair_counts(actor)
    context = {
        "page": page,
        "asked": asked,
        "queue": [
            Tab(label, address_with(request, state=code), counts[code], is_current=asked.state == code)
            for code, label in _STATES
        ],
        "tabs": people_tabs("beneficiaries:duplicate_list"),
        "areas": children_of(actor.area_code),
        "finders": DuplicateCandidate._meta.get_field("found_by").choices,
        "chips": _chips(request, asked),
        "query": address_with(request),
        "area_name": area_name(actor.area_code),
    }
    return render(request, "beneficiaries/duplicates/list.html", context)


def _chips(request: HttpRequest, asked: PairFilter) -> list[Chip]:
    chips = []
    if asked.area:
        chips.append(Chip(area_name(asked.area), address_with(request, area="")))
    if asked.found_by:
        label = dict(DuplicateCandidate._meta.get_field("found_by").flatchoices)[asked.found_by]
        chips.append(Chip(label, address_with(request, found_by="")))
    return chips


@require_GET
def duplicate_page(request: HttpRequest, reference: str) -> HttpResponse:
    """The two side by side, why they were found, and the answers for who may give one."""
    return _page(request, _pair(request, reference))


@require_POST
def duplicate_answer(request: HttpRequest, reference: str) -> HttpResponse:
    """Record the answer and go on to the next pair; refused, the page comes back with what was typed."""
    actor, pair = actor_of(request), _pair(request, reference)
    form = AnswerForm(pair, request.POST)
    if not form.is_valid():
        return _page(request, pair, answer_form=form)
    answer, keep = form.given()
    try:
        answer_pair(
            candidate=pair,
            answer=answer,
            keep=keep,
            reason=form.cleaned_data["reason"],
            actor=actor,
            expected_version=form.cleaned_data["version"],
        )
    except TransitionRefused as refusal:
        form.refuse(str(refusal))
        return _page(request, pair, answer_form=form)
    messages.success(
        request,
        _("Đã ghi «%(answer)s» cho %(first)s và %(second)s.")
        % {
            "answer": PairState(answer).label,
            "first": pair.first.full_name,
            "second": pair.second.full_name,
        },
    )
    return _onward(request, actor, pair)


@require_POST
def duplicate_pass(request: HttpRequest, reference: str) -> HttpResponse:
    """Let both be paid while the pair waits for its answer."""
    actor, pair = actor_of(request), _pair(request, reference)
    form = PassForm(pair, request.POST)
    if form.is_valid():
        try:
            let_pass(
                candidate=pair,
                reason=form.cleaned_data["reason"],
                actor=actor,
                expected_version=form.cleaned_data["version"],
            )
        except TransitionRefused as refusal:
            form.refuse(str(refusal))
        else:
            messages.success(request, _("Đã cho chi cả hai người. Cặp này vẫn chờ trả lời."))
            return redirect("beneficiaries:duplicate_page", reference=reference)
    return _page(request, pair, pass_form=form)


@require_http_methods(["GET", "POST"])
def person_undo_join(request: HttpRequest, reference: str) -> HttpResponse:
    """Take a person out of the one they were joined to; 404 where they are joined to nobody."""
    actor = actor_of(request)
    person = get_visible(Person, actor, reference=reference)
    joins = PersonJoin.objects.visible_to(actor).filter(joined=person, undone_at__isnull=True)
    join = joins.select_related("kept", "candidate").first()
    if join is None:
        raise Http404(_("Người này không gộp với ai."))
    if not may_settle_pairs_in(actor, join.area_code):
        raise PermissionDenied(_("Gỡ gộp do cán bộ thẩm định cấp huyện hoặc Sở làm."))
    form = UndoForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            undo_join(join=join, reason=form.cleaned_data["reason"], actor=actor)
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã gỡ gộp. Hai mục lại là hai người như trước khi gộp."))
            return redirect("beneficiaries:person_page", reference=reference)
    return form_page(
        request,
        form,
        _undo_act(join, person),
        [one_section(form, lazy("Gỡ gộp"), "back")],
        _undo_crumbs(person),
    )


def _undo_act(join: PersonJoin, person: Person) -> Act:
    return Act(
        title=_("Gỡ gộp người"),
        button=_("Gỡ gộp"),
        back_url=reverse("beneficiaries:person_page", args=[person.reference]),
        about=f"{person.full_name} ({person.reference}) – {join.kept.full_name} ({join.kept.reference})",
        hint=_(
            "Hồ sơ, mức hưởng và ngày được hưởng trở lại như trước khi gộp; khoản thu hồi do chi trùng được thôi. "
            "Cặp nghi trùng được hỏi lại, và chưa chi trả cho hai người cho đến khi có câu trả lời."
        ),
    )


def _undo_crumbs(person: Person) -> list[Crumb]:
    return [
        Crumb(lazy("Người thụ hưởng"), reverse("beneficiaries:person_list")),
        Crumb(person.reference, reverse("beneficiaries:person_page", args=[person.reference])),
        Crumb(lazy("Gỡ gộp")),
    ]


def _pair(request: HttpRequest, reference: str) -> DuplicateCandidate:
    actor = actor_of(request)
    rows = DuplicateCandidate.objects.visible_to(actor).select_related("first", "second")
    pair: DuplicateCandidate = get_visible(rows, actor, reference=reference)
    return pair


def _onward(request: HttpRequest, actor: Actor, pair: DuplicateCandidate) -> HttpResponse:
    """To the next pair that waits, within the filter that the officer came with; to the list at its end."""
    if following := _next_url(request, actor, pair):
        return redirect(following)
    messages.info(request, _("Không còn cặp nào chờ trả lời."))
    return redirect(reverse("beneficiaries:duplicate_list") + address_with(request))


def _page(
    request: HttpRequest,
    pair: DuplicateCandidate,
    *,
    answer_form: AnswerForm | None = None,
    pass_form: PassForm | None = None,
) -> HttpResponse:
    actor = actor_of(request)
    context = {
        **_compared(pair, actor),
        **_offered(pair, actor),
        "answer_form": answer_form or AnswerForm(pair),
        "pass_form": pass_form or PassForm(pair),
        "has_errors": any(form is not None and form.errors for form in (answer_form, pass_form)),
        "next_url": _next_url(request, actor, pair),
        "query": address_with(request),
        "crumb_parts": [
            Crumb(lazy("Nghi trùng"), reverse("beneficiaries:duplicate_list") + address_with(request)),
            Crumb(pair.reference),
        ],
    }
    status = 422 if context["has_errors"] else 200
    return render(request, "beneficiaries/duplicates/page.html", context, status=status)


def _compared(pair: DuplicateCandidate, actor: Actor) -> dict[str, Any]:
    sides = compare.sides_of(pair)
    return {
        "pair": pair,
        "sides": [
            (letter, side.person, compare.joined_names(side), compare.history_of(side, actor))
            for letter, side in zip("AB", sides, strict=True)
        ],
        "fields": compare.compared_fields(*sides),
        "reasons": compare.reasons_of(pair),
        "consequence": compare.consequence_of(pair),
        "events": compare.events_of(pair),
    }


def _offered(pair: DuplicateCandidate, actor: Actor) -> dict[str, Any]:
    """What this person may do with the pair now."""
    is_waiting = pair.state in PairState.unanswered()
    joins = PersonJoin.objects.filter(candidate=pair, undone_at__isnull=True)
    return {
        "is_blocking": is_waiting and pair.passed_by_id is None,
        "join": joins.select_related("joined", "kept").first(),
        "may_settle": may_settle_pairs_in(actor, pair.area_code),
        "may_pass": is_waiting and pair.passed_by_id is None and may_let_pair_pass_in(actor, pair.area_code),
    }


def _next_url(request: HttpRequest, actor: Actor, pair: DuplicateCandidate) -> str:
    following = next_pair(actor, pair, PairFilter.of(request.GET))
    if following is None:
        return ""
    return reverse("beneficiaries:duplicate_page", args=[following.reference]) + address_with(request)
