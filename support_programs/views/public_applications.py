"""Registering oneself on the public page: the programme, the form, a look at what was typed, the code; and following it."""

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.queries import place_name
from core import clock
from core.public_pages import SENDING, public_page, too_often
from core.queries.calendar import working_calendar
from core.requests import client_address
from core.text import clean_text
from core.throttle import Limit, is_too_often
from core.tracking import new_code
from support_programs.enums import ApplicationStatus
from support_programs.forms.public import ApplicantForm, FollowForm
from support_programs.queries.answers import Applicant
from support_programs.queries.applications import (
    Typed,
    can_be_sent,
    followed,
    rules_for,
    sent_programmes,
    shown_answers,
)
from support_programs.queries.public_case import case_shown, office_of
from support_programs.queries.who_asks import Question, offers, questions_for
from support_programs.rules.deadlines import filing_deadline
from support_programs.rules.definition import Definition
from support_programs.services.applications import ApplicationRefused, desk_area, send_application
from support_programs.views.calculator_forms import QuestionsForm

# filling in, correcting and looking over take several posts
_FILLING: Final = Limit("public.application", tries=60, minutes=60)
# tries at the code of one application
_ONE_APPLICATION: Final = Limit("public.follow", tries=10, minutes=60)
_NOT_CARRIED: Final = ("csrfmiddlewaretoken", "step", "website")


@public_page(posts=_FILLING, is_personal=True)
@require_http_methods(["GET", "POST"])
def public_application_new(request: HttpRequest) -> HttpResponse:
    """The programmes; then the form of one; then what was typed to look over; then the reference and the code, once."""
    asked = request.POST or request.GET
    rules = rules_for(asked.get("programme", ""))
    if rules is None or not can_be_sent(rules) or _is_closed(rules):
        return _choose(request)
    questions = _questions(rules)
    if request.method == "GET":
        applicant = ApplicantForm(needs_job=bool(rules.occupation_groups))
        answers = QuestionsForm({}, questions, Applicant(), is_answered=False)
        return _page(request, 1, rules=rules, form=applicant, answers=answers)
    applicant = ApplicantForm(request.POST, needs_job=bool(rules.occupation_groups))
    is_sound = applicant.is_valid()
    born = applicant.cleaned_data.get("dob") if is_sound else None
    who = Applicant(born.date, born.year) if born else Applicant()
    answers = QuestionsForm(request.POST, questions, who, is_answered=True)
    context: dict[str, Any] = {"rules": rules, "form": applicant, "answers": answers}
    if not (answers.is_valid() and is_sound):
        return _page(request, 1, status=422, **context)
    if request.POST.get("step") == "edit":
        return _page(request, 1, **context)
    typed = _typed(applicant, answers, questions)
    if request.POST.get("step") != "send":
        return _page(request, 2, **context, **_looked_over(request, rules, typed))
    if is_too_often(SENDING, client_address(request)):
        return too_often(request, SENDING)
    try:
        sent = send_application(
            programme=rules.programme, typed=typed, code=new_code(applicant.cleaned_data["token"])
        )
    except ApplicationRefused as refusal:
        applicant.add_error(None, str(refusal))
        return _page(request, 1, status=422, **context)
    office = office_of(sent.application.area_code)
    return _page(request, 3, rules=rules, application=sent.application, code=sent.code, office=office)


@public_page(is_personal=True)
@require_http_methods(["GET", "POST"])
def public_application_follow(request: HttpRequest) -> HttpResponse:
    """Where an application stands, by its reference and code; once it is a case, where the case stands."""
    form = FollowForm(request.POST or None)
    if request.method == "GET":
        return render(request, "public/application_follow.html", {"form": form})
    if not form.is_valid():
        return render(request, "public/application_follow.html", {"form": form}, status=422)
    reference = form.cleaned_data["reference"]  # "" for a typing error, which is nobody's application
    if reference and is_too_often(_ONE_APPLICATION, reference):
        return too_often(request, _ONE_APPLICATION)
    application = followed(reference, form.cleaned_data["code"])
    if application is None:
        form.add_error(None, _("Không có đơn khớp với mã đơn và mã theo dõi này. Ông/bà xem lại hai mã."))
        return render(request, "public/application_follow.html", {"form": form}, status=422)
    context = {
        "form": FollowForm(),
        "application": application,
        "office": office_of(application.area_code),
        "is_new": application.status == ApplicationStatus.NEW,
        "shown": case_shown(application.case) if application.case else None,
    }
    return render(request, "public/application_follow.html", context)


def _is_closed(rules: Definition) -> bool:
    """Whether the last day is over; one that falls on a day off ends on the next working day, as it does at the desk."""
    return rules.apply_by is not None and filing_deadline(rules.apply_by, working_calendar()).is_over(
        clock.today()
    )


def _choose(request: HttpRequest) -> HttpResponse:
    known = sent_programmes()
    context = {
        "programmes": [rules for rules in known if not _is_closed(rules)],
        "closed": [rules for rules in known if _is_closed(rules)],
    }
    return render(request, "public/application_choose.html", context)


def _questions(rules: Definition) -> list[Question]:
    """What the calculator asks of this programme and its form has a place for; children are named at the desk."""
    offer = offers()[rules.programme]
    known = {field.code for field in rules.fields if field.type != "children"}
    return [question for question in questions_for([offer], clock.today()) if question.field.code in known]


def _typed(applicant: ApplicantForm, answers: QuestionsForm, questions: list[Question]) -> Typed:
    told = {
        question.field.code: str(answers.cleaned_data.get(question.name) or "").strip()
        for question in questions
    }
    return Typed(
        applicant.texts(),
        {code: value for code, value in told.items() if value},
        applicant.cleaned_data["commune"],
        applicant.cleaned_data["dob"].year,
        clean_text(applicant.cleaned_data["note"]),
    )


def _looked_over(request: HttpRequest, rules: Definition, typed: Typed) -> dict[str, Any]:
    carried = [
        (name, value) for name, values in request.POST.lists() if name not in _NOT_CARRIED for value in values
    ]
    return {
        "typed": typed,
        "place": place_name(typed.commune),
        "office": office_of(desk_area(rules, typed.commune)),
        "shown_answers": shown_answers(rules, typed.answers),
        "carried": carried,
    }


def _page(request: HttpRequest, step: int, *, status: int = 200, **context: Any) -> HttpResponse:
    names = {1: "new", 2: "check", 3: "sent"}
    return render(request, f"public/application_{names[step]}.html", context, status=status)
