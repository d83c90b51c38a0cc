"""What payouts add to the pages of the apps below: counters on the worklist, panels on the pages of cases and lists."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import is_accountant, is_provincial_approver
from core import clock
from core.wording import Text
from core.workflow import Actor
from disbursements.enums import BatchStatus, PayoutChannel, RecoveryState
from disbursements.models import Batch, PaymentInstruction
from disbursements.permissions import may_manage_recoveries
from disbursements.queries.payable import DISTRICT_DIGITS, BatchScope, payable
from disbursements.queries.recoveries import overdue_recoveries, recoveries_of
from disbursements.queries.request_choices import paid_programmes
from disbursements.queries.returned import returned_lines
from disbursements.queries.unclaimed import unclaimed_lines
from disbursements.queries.unknown import unknown_lines
from support_programs.enums import CaseStatus, ListStatus
from support_programs.models import Case, CaseList
from support_programs.queries.panels import Panel
from support_programs.queries.queues import QueueEntry


def payout_queues(actor: Actor) -> Iterator[QueueEntry]:
    """The counters of accountants and of those who approve batches."""
    is_payer, is_approver = is_accountant(actor), is_provincial_approver(actor)
    if not (is_payer or is_approver):
        return
    page = reverse("disbursements:batch_list")
    batches = Batch.objects.visible_to(actor).order_by().values_list("status").annotate(found=Count("pk"))
    counts = dict(batches)

    def batches_in(label: Text, status: BatchStatus) -> QueueEntry:
        return QueueEntry(label, f"{page}?status={status}", counts.get(status, 0))

    if is_approver:
        yield batches_in(_("Đợt chi chờ duyệt"), BatchStatus.PREPARED)
    if is_payer:
        back, to_come_back, late, unclaimed, in_doubt = _money_back(actor)
        yield from _waiting(actor)
        yield batches_in(_("Đợt chi chờ bắt đầu"), BatchStatus.APPROVED)
        yield batches_in(_("Đợt chi chờ kết quả"), BatchStatus.RELEASED)
        yield QueueEntry(_("Chi chưa được"), reverse("disbursements:returned_payments"), back, is_hot=True)
        if in_doubt:
            address = reverse("disbursements:unknown_payments")
            yield QueueEntry(_("Chưa rõ kết quả chi"), address, in_doubt, is_hot=True)
        if to_come_back:
            yield QueueEntry(_("Đang thu hồi"), reverse("disbursements:recovery_list"), to_come_back)
        if late:
            address = f"{reverse('disbursements:recovery_list')}?state=late"
            yield QueueEntry(_("Quá hạn kỳ thu"), address, late, is_hot=True)
        if unclaimed:
            address = reverse("disbursements:unclaimed_list")
            yield QueueEntry(_("Tiền không có người nhận"), address, unclaimed)


def _money_back(actor: Actor) -> tuple[int, int, int, int, int]:
    """Lines that came back, open recoveries, overdue ones, money nobody took in time, lines in doubt: counted in one query."""
    today = clock.today()
    counts: tuple[int, int, int, int, int] = (
        User.objects.filter(pk=actor.pk)
        .values_list(
            _count(returned_lines(actor)),
            _count(recoveries_of(actor, RecoveryState.OPEN)),
            _count(overdue_recoveries(actor, today)),
            _count(unclaimed_lines(actor.area_code, today)),
            _count(unknown_lines(actor)),
        )
        .get()
    )
    return counts


def _count(rows: QuerySet[Any]) -> Coalesce:
    counted = rows.order_by().annotate(all=Value(1)).values("all").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)


def _waiting(actor: Actor) -> Iterator[QueueEntry]:
    """People who could go into a batch now: the link opens the preview that counts them."""
    # the department's accountant pays the department's own lists; districts have accountants of their own
    is_own = len(actor.area_code) < DISTRICT_DIGITS
    for programme, name in paid_programmes(actor.area_code, is_own=is_own):
        scope = BatchScope(programme, actor.area_code, "", PayoutChannel.CASH, actor.pk)
        asked = urlencode(
            {"programme": programme, "area": actor.area_code, "stream": "", "channel": scope.channel}
        )
        address = f"{reverse('disbursements:batch_new')}?{asked}"
        yield QueueEntry(
            _("Chờ vào đợt chi: %(name)s") % {"name": name.lower()}, address, payable(scope).count()
        )


def case_payments(actor: Actor, case: Case) -> Panel | None:
    """The lines of a case, newest first; nothing before the first. Nobody is paid whose case isn't approved: it asks nothing."""
    if case.status != CaseStatus.APPROVED:
        return None
    lines = list(PaymentInstruction.objects.visible_to(actor).filter(entitlement__case=case).order_by("-pk"))
    return _panel(actor, lines) if lines else None


def list_payments(actor: Actor, case_list: CaseList) -> Panel | None:
    """The batches that pay a list, with what came of it; a list whose money is not approved has none and asks nothing."""
    if case_list.status != ListStatus.MONEY_APPROVED:
        return None
    batches = Batch.objects.visible_to(actor).filter(
        pk__in=PaymentInstruction.objects.filter(case_list=case_list).values("batch")
    )
    found = list(batches.order_by("-pk"))
    return Panel("disbursements/list_panel.html", {"batches": found}) if found else None


def _panel(actor: Actor, lines: list[PaymentInstruction]) -> Panel:
    opened = set(
        Batch.objects.visible_to(actor)
        .filter(pk__in={line.batch_id for line in lines})
        .values_list("pk", flat=True)
    )
    return Panel(
        "disbursements/case_panel.html",
        {
            "lines": [(line, line.batch_id in opened) for line in lines],
            "may_recover": may_manage_recoveries(actor),
        },
    )
