"""What payouts add to the page of a person: every payment with its result, money to come back, lines of the timeline."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from beneficiaries.models import Person
from beneficiaries.queries.person_page import entries_of
from beneficiaries.queries.person_panels import Panel, register_person_panel
from beneficiaries.queries.timeline import Moment, register_moments
from core.money import format_dong
from core.workflow import Actor
from disbursements.enums import InstructionStatus
from disbursements.models import Batch, PaymentInstruction, Recovery
from support_programs.models import Entitlement

ORDER: Final = 50
SHOWN: Final = 100


def register() -> None:
    """Called when the app is ready."""
    register_person_panel("payments", person_payments, ORDER)
    register_moments("payments", payment_moments)


def person_payments(actor: Actor, person: Person) -> Panel | None:
    """Every payment to the person that the actor may see, newest first, with what was paid in all; nothing before the first."""
    entries = [entry.pk for entry in entries_of(person, actor)]
    lines = list(_lines_of(actor, entries).order_by("-pk")[:SHOWN])
    recoveries = list(Recovery.objects.visible_to(actor).filter(person__in=entries).order_by("-pk"))
    if not lines and not recoveries:
        return None
    opened = set(
        Batch.objects.visible_to(actor)
        .filter(pk__in={line.batch_id for line in lines})
        .values_list("pk", flat=True)
    )
    paid = sum(line.amount for line in lines if line.status == InstructionStatus.PAID)
    return Panel(
        "disbursements/person_panel.html",
        {
            "lines": [(line, line.batch_id in opened) for line in lines],
            "paid": paid,
            "recoveries": recoveries,
        },
    )


def _lines_of(actor: Actor, entries: Collection[int]) -> QuerySet[PaymentInstruction]:
    """By claimant, and by the case's person too: whose claim it was stays, whoever counts as whom later.

    The entitlements are asked for first: one question over all three tables would read every payment.
    """
    visible = Entitlement.objects.visible_to(actor)
    ids = set(visible.filter(claimant__in=list(entries)).values_list("pk", flat=True)) | set(
        visible.filter(case__person__in=list(entries)).values_list("pk", flat=True)
    )
    found: QuerySet[PaymentInstruction] = PaymentInstruction.objects.visible_to(actor)
    return found.filter(entitlement__in=ids)


def payment_moments(actor: Actor, entries: Collection[int]) -> Iterator[Moment]:
    """Payments sent and what came of them."""
    for line in _lines_of(actor, entries).order_by("pk")[:SHOWN]:
        address = reverse("support_programs:case_page", args=[line.case_reference])
        named = {
            "amount": f"{format_dong(line.amount)} đ",
            "batch": line.batch_reference,
            "channel": line.get_channel_display(),
        }
        if line.sent_on and line.status not in (InstructionStatus.PAID, InstructionStatus.CANCELLED):
            title = _("Gửi chi %(amount)s, đợt %(batch)s") % named
            yield Moment(line.sent_on, title, (named["channel"],), url=address, icon="send", order=line.pk)
        if line.resulted_on and line.status == InstructionStatus.PAID:
            title = _("Đã chi %(amount)s, đợt %(batch)s") % named
            yield Moment(
                line.resulted_on, title, (named["channel"],), url=address, icon="money", order=line.pk
            )
        elif line.resulted_on and line.status in InstructionStatus.final_without_payment():
            title = _("Chi chưa được %(amount)s, đợt %(batch)s") % named
            yield Moment(
                line.resulted_on, title, (named["channel"],), reason=line.result_reason, url=address, icon="alert",
                order=line.pk,
            )  # fmt: skip
