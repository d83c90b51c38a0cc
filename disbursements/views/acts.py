"""What moves a batch on: each action on a page that says how many people and how much money it is about."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods

from accounts.queries import area_name
from core import clock
from core.page_parts import Crumb
from core.requests import actor_of
from core.transitions import TransitionRefused
from core.wording import Text
from core.workflow import Actor, Transition
from disbursements.enums import BatchStatus
from disbursements.forms import ActForm, ReasonForm
from disbursements.models import Batch
from disbursements.queries.account_alerts import batch_alerts
from disbursements.queries.payout_warnings import batch_warnings
from disbursements.queries.signatures import changes_since, communes_paid, lines_charged, signing_of
from disbursements.services.batches import approve_batch, cancel_batch, close_batch, release_batch
from disbursements.views.batches import batch_of
from disbursements.workflow import BATCH_WORKFLOW
from support_programs.queries.lists import offered_actions


@dataclass(frozen=True, slots=True)
class BatchAct:
    """One action: its form, the service that does it, and what the page says beside the button."""

    form: type[ActForm]
    run: Callable[[Actor, Batch, dict[str, Any]], Batch]
    hint: Text


ACTS: Final[dict[str, BatchAct]] = {
    "approve": BatchAct(
        ActForm,
        lambda actor, batch, typed: approve_batch(
            actor=actor, batch=batch, expected_version=typed["version"]
        ),
        lazy("Sau khi duyệt, danh sách chi trả chính thức được lập một lần và giữ nguyên."),
    ),
    "release": BatchAct(
        ActForm,
        lambda actor, batch, typed: release_batch(actor=actor, batch=batch),
        lazy(
            "Từ lúc này mọi lệnh chi được coi là đã gửi chi và phải có kết quả. Đợt chi không hủy được nữa."
        ),
    ),
    "close": BatchAct(
        ActForm,
        lambda actor, batch, typed: close_batch(actor=actor, batch=batch),
        lazy("Khóa đối soát: đã chi cộng chưa chi được phải bằng tổng tiền được duyệt."),
    ),
    "cancel": BatchAct(
        ReasonForm,
        lambda actor, batch, typed: cancel_batch(actor=actor, batch=batch, reason=typed["reason"]),
        lazy("Những người trong đợt trở lại danh sách chờ chi và vào được đợt khác."),
    ),
}


@require_http_methods(["GET", "POST"])
def batch_act(request: HttpRequest, reference: str, act: str) -> HttpResponse:
    """Show what an action means, and carry it out; a refusal keeps what was typed."""
    actor = actor_of(request)
    batch = batch_of(reference, actor)
    if act not in ACTS:
        raise Http404
    chosen, transition = ACTS[act], BATCH_WORKFLOW.transition(f"batch.{act}")
    form = chosen.form(request.POST if request.method == "POST" else None, initial={"version": batch.version})
    if request.method == "POST" and form.is_valid():
        try:
            moved = chosen.run(actor, batch, form.cleaned_data)
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _done(moved, transition))
            return redirect("disbursements:batch_page", reference=batch.reference)
    offered = {found.code: found for found in offered_actions(BATCH_WORKFLOW, batch, actor)}
    context = {
        "batch": batch,
        "area": area_name(batch.area_code),
        "act": chosen,
        "label": transition.label,
        "form": form,
        "offered": offered.get(transition.action),
        "denied": transition.denied,
        **(_looked_at(batch, actor) if act in ("approve", "release") else {}),
        "crumb_parts": [
            Crumb(lazy("Đợt chi trả"), "/batches/"),
            Crumb(batch.reference, f"/batches/{batch.reference}/"),
            Crumb(transition.label),
        ],
    }
    return render(request, "disbursements/batch_act.html", context, status=422 if form.errors else 200)


def _done(batch: Batch, transition: Transition) -> str:
    """What was done, and where one of several signatures was given, how many are still wanted."""
    if transition.action == "batch.approve" and batch.status == BatchStatus.PREPARED:
        signing = signing_of(batch)
        return _("Đã ký duyệt %(ref)s: chữ ký %(given)s/%(needed)s. Đợt chi cần thêm người khác ký.") % {
            "ref": batch.reference,
            "given": signing.given,
            "needed": signing.needed,
        }
    return _("Đã ghi: %(what)s, %(ref)s.") % {"what": transition.label, "ref": batch.reference}


def _looked_at(batch: Batch, actor: Actor) -> dict[str, Any]:
    """What somebody looks at before money goes out: who is in, what changed since the attempt before, warnings, signatures."""
    today = clock.today()
    again, changes = changes_since(batch)
    address = reverse("disbursements:batch_warned", args=[batch.reference, "code"])
    before, after = address.split("/code/")
    return {
        "alerts": batch_alerts(batch, actor, today),
        "warned": batch_warnings(batch, today),
        "group_url": f"{before}/",
        "group_url_end": f"/{after}",
        "communes": communes_paid(batch),
        "charged": lines_charged(batch),
        "again": again,
        "changes": changes,
        "signing": signing_of(batch),
    }
