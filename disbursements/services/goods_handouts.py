"""A round of handing out on its way: approved by somebody else, taken out of the store, closed when it ties, or cancelled."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q, Sum
from django.utils.translation import gettext as _

from core import clock
from core.money import format_dong
from core.services.jobs import cancel_job
from core.transitions import (
    TransitionRefused,
    check_permission,
    perform,
    perform_many,
    refusals_of,
    wrong_state,
)
from core.workflow import Actor
from disbursements.enums import HandoutLineStatus, StockKind
from disbursements.models import Handout, HandoutLine
from disbursements.services.goods_rendering import start_handout_files
from disbursements.services.goods_stock import StockPaper, check_enough, record_loss, write_movement
from disbursements.workflow import HANDOUT_LINE_WORKFLOW, HANDOUT_WORKFLOW
from support_programs.models import Entitlement
from support_programs.services.scope import check_area
from support_programs.workflow import ENTITLEMENT_WORKFLOW


@dataclass(frozen=True, slots=True)
class Leftovers:
    """What went back into the store at the end: the paper of its receipt, how much, and why less than was left over."""

    document_number: str = ""
    quantity: int | None = None
    loss_document: str = ""
    loss_reason: str = ""


@transaction.atomic
def approve_handout(*, actor: Actor, handout: Handout, expected_version: int | None = None) -> Handout:
    """Approve a prepared round; a worker writes the list that is signed. Refused: who made it, or worked on its people."""
    check_area(actor, handout.area_code)
    approved = perform(
        HANDOUT_WORKFLOW,
        handout,
        "handout.approve",
        actor=actor,
        changes={
            "approved_by_id": actor.pk,
            "approved_by_name": actor.full_name,
            "approved_on": clock.today(),
        },
        event={"people": handout.line_count, "quantity": handout.total_quantity},
        expected_version=expected_version,
    )
    start_handout_files(handout=approved, actor=actor)
    return approved


@transaction.atomic
def start_handout(*, actor: Actor, handout: Handout, document_number: str) -> Handout:
    """Take the goods of an approved round out of its store, all at once, by an issue paper; handing out begins.

    Refused: more than the store has; then nothing has left it.
    """
    check_area(actor, handout.area_code, handout.store.area_code)
    today = clock.today()
    started = perform(
        HANDOUT_WORKFLOW,
        handout,
        "handout.start",
        actor=actor,
        changes={"started_on": today, "started_by_id": actor.pk},
    )
    paper = StockPaper(started.goods, started.total_quantity, document_number, today)
    check_enough(started.store, started.goods, started.total_quantity)
    write_movement(
        StockKind.ISSUE,
        actor=actor,
        store=started.store,
        paper=paper,
        change=-started.total_quantity,
        handout=started,
    )
    return started


@transaction.atomic
def cancel_handout(*, actor: Actor, handout: Handout, reason: str) -> Handout:
    """Cancel a round before its goods left the store: its people are owed again. Refused without a reason, and afterwards."""
    check_area(actor, handout.area_code)
    cancelled = perform(
        HANDOUT_WORKFLOW,
        handout,
        "handout.cancel",
        actor=actor,
        reason=reason,
        changes={"cancel_reason": reason.strip(), "cancelled_on": clock.today()},
    )
    if cancelled.job is not None:
        cancel_job(cancelled.job, actor=actor)
    lines = HandoutLine.objects.filter(handout=cancelled)
    perform_many(HANDOUT_LINE_WORKFLOW, lines, "handout_line.cancel", actor=actor, reason=reason)
    perform_many(
        ENTITLEMENT_WORKFLOW,
        Entitlement.objects.filter(handout_lines__in=lines),
        "entitlement.release",
        actor=actor,
        reason=reason,
        event={"handout": cancelled.reference},
    )
    return cancelled


@transaction.atomic
def close_handout(*, actor: Actor, handout: Handout, leftovers: Leftovers) -> Handout:
    """Lock a round: everybody has an answer, what was left over is back in the store, and issued = handed over + back (I18).

    What did not come back is written off by a paper with its reason. Refused: an open line, left-over goods without a paper, more
    back than was left over.
    """
    check_area(actor, handout.area_code, handout.store.area_code)
    locked = Handout.objects.select_for_update(of=("self",)).get(pk=handout.pk)
    # state, role and what stands in the way come before any paper is written
    _check_can_close(locked, actor)
    left = left_over(locked)
    if left:
        _bring_back(locked, left, leftovers, actor)
    return perform(
        HANDOUT_WORKFLOW,
        locked,
        "handout.close",
        actor=actor,
        changes={"closed_on": clock.today()},
        event={"handed": locked.total_quantity - left, "left": left},
    )


def _check_can_close(handout: Handout, actor: Actor) -> None:
    """As closing refuses: another role, another state, a guard."""
    transition = HANDOUT_WORKFLOW.transition("handout.close")
    check_permission(transition, actor)
    if handout.status not in transition.sources:
        raise TransitionRefused(wrong_state(HANDOUT_WORKFLOW, handout.status))
    if blocking := refusals_of(transition, handout, actor):
        raise TransitionRefused(" ".join(blocking))


def left_over(handout: Handout) -> int:
    """Units that were issued and handed to nobody."""
    handed = HandoutLine.objects.filter(handout=handout).aggregate(
        total=Sum("quantity", filter=Q(status=HandoutLineStatus.RECEIVED), default=0)
    )["total"]
    return handout.total_quantity - int(handed)


def _bring_back(handout: Handout, left: int, said: Leftovers, actor: Actor) -> None:
    unit, today = handout.goods.unit, clock.today()
    back = left if said.quantity is None else said.quantity
    if back > left:
        raise TransitionRefused(
            _("Còn lại %(left)s %(unit)s, không thể nhập lại %(back)s. Hãy kiểm tra số lượng hoặc kết quả.")
            % {"left": format_dong(left), "unit": unit, "back": format_dong(back)}
        )
    if not said.document_number.strip():
        raise TransitionRefused(
            _("Còn lại %(left)s %(unit)s. Hãy ghi số phiếu nhập lại kho.")
            % {"left": format_dong(left), "unit": unit}
        )
    write_movement(
        StockKind.LEFTOVER,
        actor=actor,
        store=handout.store,
        paper=StockPaper(handout.goods, left, said.document_number, today),
        change=left,
        handout=handout,
    )
    if back < left:
        _write_off(handout, left - back, said, actor, today)


def _write_off(handout: Handout, lost: int, said: Leftovers, actor: Actor, today: dt.date) -> None:
    """What should have come back and did not: the whole comes back on paper, the rest of it is lost."""
    if not (said.loss_document.strip() and said.loss_reason.strip()):
        raise TransitionRefused(
            _("Thiếu %(lost)s %(unit)s so với số còn lại. Hãy ghi số biên bản và lý do hao hụt.")
            % {"lost": format_dong(lost), "unit": handout.goods.unit}
        )
    reason = _("Đợt cấp phát %(ref)s: %(reason)s") % {
        "ref": handout.reference,
        "reason": said.loss_reason.strip(),
    }
    record_loss(
        actor=actor,
        store=handout.store,
        paper=StockPaper(handout.goods, lost, said.loss_document, today, reason[:500]),
    )
