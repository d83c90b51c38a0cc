"""Urging: where work is late, a letter to the offices there, and what the urged offices see of it."""

from typing import Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.enums import DISTRICT_DIGITS
from accounts.queries import area_name, children_of
from core import clock
from core.page_parts import Crumb
from core.requests import actor_of
from core.sent_once import give_back, take
from core.shortcuts import get_visible
from core.transitions import TransitionRefused
from core.workflow import Actor
from support_programs.forms.clocks import RemindForm
from support_programs.models import Reminder
from support_programs.permissions import DEPARTMENT_DIGITS, works_on_cases
from support_programs.queries import reminders as queries
from support_programs.queries.late_work import late_of_offices, late_work
from support_programs.services import reminders
from support_programs.views.case_tabs import case_tabs

_SHOWN: Final = 20
_HOME: Final = Crumb(lazy("Đôn đốc"), "/reminders/")


@require_GET
def reminder_list(request: HttpRequest) -> HttpResponse:
    """Which offices below are late, at which step and how long; a district can be opened to its communes."""
    actor = actor_of(request)
    if not queries.may_see_late_work(actor):
        raise PermissionDenied(
            _("Trang này dành cho Sở và huyện. Đôn đốc gửi đơn vị bạn ở trang Đôn đốc đã nhận.")
        )
    area = _chosen_area(request.GET.get("area", ""), actor)
    context = {
        "area": area,
        "area_name": area_name(area),
        "is_own": area == actor.area_code,
        "work": late_work(actor, area, clock.today(), with_own=area != actor.area_code),
        "can_open": len(area) == DEPARTMENT_DIGITS,
        "tabs": case_tabs(actor, "reminder_list"),
        "can_receive": len(actor.area_code) > DEPARTMENT_DIGITS,
        "can_urge": queries.is_urging(actor) and actor.is_active,
        "sent": queries.letters(queries.sent_by(actor)[:_SHOWN]),
        "today": clock.today(),
        "crumb_parts": [_HOME, Crumb(area_name(area))] if area != actor.area_code else [],
    }
    return render(request, "support_programs/clocks/reminder_list.html", context)


@require_http_methods(["GET", "POST"])
def reminder_new(request: HttpRequest, area: str) -> HttpResponse:
    """The letter as it will be sent: what is late there, what it says; sending makes the draft of the official paper."""
    actor = actor_of(request)
    _check_below(area, actor)
    late, cases, requests = late_of_offices(actor, area, clock.today())
    form = RemindForm(
        request.POST or None,
        references=[row.reference for row in late],
        initial={"text": queries.first_words(area, late, cases, requests)},
    )
    if request.method == "POST" and form.is_valid():
        made = _sent_once(form, area, actor)
        if made is not None:
            messages.success(request, _("Đã gửi đôn đốc %(area)s.") % {"area": area_name(area)})
            return redirect("support_programs:reminder_page", pk=made.pk)
    context = {
        "area_name": area_name(area),
        "offices": queries.offices_of(area),
        "late": late,
        "cases": cases,
        "requests": requests,
        "form": form,
        "picked": form.picked(),
        "today": clock.today(),
        "crumb_parts": [_HOME, Crumb(area_name(area))],
    }
    status = 422 if form.errors else 200
    return render(request, "support_programs/clocks/reminder_new.html", context, status=status)


def _sent_once(form: RemindForm, area: str, actor: Actor) -> Reminder | None:
    """The letter, sent; None with the sentence in the form where it is refused, or was sent already."""
    token = form.cleaned_data["token"]
    if not take(token):
        form.add_error(None, _("Đôn đốc này đã được gửi rồi. Muốn gửi đôn đốc khác, hãy mở lại trang."))
        return None
    said = {name: form.cleaned_data[name] for name in ("lists", "text", "answer_by")}
    try:
        return reminders.send_reminder(area_code=area, actor=actor, **said)
    except Exception as refusal:  # nothing was sent, so it may be sent again
        give_back(token)
        if not isinstance(refusal, TransitionRefused):
            raise
        form.add_error(None, str(refusal))
        return None


@require_GET
def reminder_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One letter: the lists as they stood and as they stand today, who sent it, who saw it."""
    actor = actor_of(request)
    reminder = get_visible(Reminder.objects.select_related("document"), actor, pk=pk)
    context = {
        "reminder": reminder,
        "area_name": area_name(reminder.area_code),
        "sender": area_name(reminder.sender_area_code),
        "lists": queries.told_lists(reminder, actor, clock.today()),
        "can_see": _can_see(reminder, actor),
        "is_sender": reminder.sender_area_code == actor.area_code,
        "crumb_parts": [
            _HOME
            if reminder.sender_area_code == actor.area_code
            else Crumb(lazy("Đôn đốc đã nhận"), "/reminders/received/"),
            Crumb(area_name(reminder.area_code)),
        ],
    }
    return render(request, "support_programs/clocks/reminder_page.html", context)


@require_GET
def reminders_received(request: HttpRequest) -> HttpResponse:
    """The letters to one's own office, newest first."""
    actor = actor_of(request)
    if not actor.sees_records:
        raise PermissionDenied(_("Tài khoản này không xem hồ sơ, danh sách."))
    received = queries.letters(queries.received_by(actor)[:_SHOWN])
    context = {
        "tabs": case_tabs(actor, "reminders_received"),
        "received": [(letter, _can_see(letter.reminder, actor)) for letter in received],
        "area_name": area_name(actor.area_code),
    }
    return render(request, "support_programs/clocks/reminders_received.html", context)


@require_POST
def reminder_seen(request: HttpRequest, pk: int) -> HttpResponse:
    """«Đã xem»: the sender learns who saw it and when."""
    actor = actor_of(request)
    reminder = get_visible(Reminder, actor, pk=pk)
    reminders.see_reminder(reminder, actor=actor)
    messages.success(request, _("Đã ghi bạn đã xem đôn đốc này."))
    return redirect("support_programs:reminder_page", pk=reminder.pk)


def _can_see(reminder: Reminder, actor: Actor) -> bool:
    is_here = actor.area_code == reminder.area_code and actor.is_active and works_on_cases(actor)
    return is_here and reminder.seen_on is None


def _chosen_area(wanted: str, actor: Actor) -> str:
    """The own area, or a district of it."""
    return (
        wanted
        if wanted in dict(children_of(actor.area_code)) and len(wanted) == DISTRICT_DIGITS
        else actor.area_code
    )


def _check_below(area: str, actor: Actor) -> None:
    """Somebody who urges, and an area below theirs that exists; 404 for any other."""
    districts = dict(children_of(actor.area_code))
    below = {*districts, *(code for district in districts for code in dict(children_of(district)))}
    if not queries.is_urging(actor):
        raise PermissionDenied(str(queries.NOT_URGING))
    if area not in below:
        raise Http404(_("Không tìm thấy, hoặc thuộc đơn vị khác."))
