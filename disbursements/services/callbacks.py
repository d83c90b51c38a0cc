"""Calling payees back: a sample is drawn by a seed and kept, numbers are shown one by one and recorded, answers stay."""

import re
import secrets
from dataclasses import dataclass
from typing import Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from core import clock
from core.audit import record_event
from core.money import format_dong
from core.queries.references import next_reference
from core.transitions import TransitionRefused
from core.workflow import Actor
from disbursements.enums import CallOutcome
from disbursements.models import Batch, CallbackItem, CallbackSample, PaymentInstruction
from disbursements.permissions import NOT_CALLER, may_call_back
from disbursements.queries.callbacks import SampleScope, drawn, phone_of, took_part
from support_programs.services.scope import check_area, check_no_number, check_role

MOST: Final = 2000
_SEED: Final = re.compile(r"[0-9A-Za-z-]{1,40}")
_AGAIN: Final = ("", CallOutcome.UNREACHABLE, CallOutcome.WRONG_NUMBER)


@dataclass(frozen=True, slots=True)
class SampleSize:
    """How many people: a number, or a share in percent of those who were paid (rounded up)."""

    people: int = 0
    percent: int = 0

    def of(self, population: int) -> int:
        """The number of people to draw; never more than there are."""
        asked = self.people or -(-population * self.percent // 100)
        return min(asked, population)


@dataclass(frozen=True, slots=True)
class CallAnswer:
    """What came of a call; `said_amount` in đồng where somebody received less."""

    outcome: str
    said_amount: int | None = None
    note: str = ""


@transaction.atomic
def draw_sample(*, actor: Actor, scope: SampleScope, size: SampleSize, seed: str = "") -> CallbackSample:
    """Draw people who were paid and keep the list; an empty seed is thrown here and shown.

    Refused: another role or area, nobody to draw from, no size or more than 2.000 people, a seed with other signs than
    letters, digits and dashes, days in the wrong order, a batch outside the area.
    """
    check_role(actor, may_call_back, NOT_CALLER)
    check_area(actor, scope.area)
    _check_scope(scope)
    seed = seed.strip() or str(secrets.randbelow(10**8)).zfill(8)
    if not _SEED.fullmatch(seed):
        raise TransitionRefused(
            _("Số gieo: chỉ dùng chữ không dấu, chữ số và gạch nối, nhiều nhất 40 ký tự.")
        )
    lines = scope.lines()
    population = lines.count()
    wanted = size.of(population)
    if population == 0:
        raise TransitionRefused(_("Chưa có ai được chi trong phạm vi này. Hãy chọn phạm vi khác."))
    if not 0 < wanted <= MOST:
        raise TransitionRefused(
            _("Hãy chọn từ 1 đến %(most)s người (phạm vi này có %(all)s người đã chi).")
            % {"most": format_dong(MOST), "all": format_dong(population)}
        )
    sample = CallbackSample.objects.create(
        reference=next_reference("GK"),
        area_code=scope.area,
        programme_id=scope.programme or None,
        batch=Batch.objects.get(reference=scope.batch) if scope.batch else None,
        paid_from=scope.paid_from,
        paid_to=scope.paid_to,
        seed=seed,
        population=population,
        size=wanted,
        drawn_on=clock.today(),
        drawn_by_id=actor.pk,
        drawn_by_name=actor.full_name,
    )
    CallbackItem.objects.bulk_create(
        CallbackItem(sample=sample, area_code=line.area_code, instruction=line, position=place)
        for place, line in enumerate(drawn(lines, seed, wanted), start=1)
    )
    change = {"size": format_dong(wanted), "population": format_dong(population), "seed": seed}
    record_event("callback.drawn", sample, actor=actor, change=change)
    return sample


@transaction.atomic
def see_phone(*, actor: Actor, item: CallbackItem) -> str:
    """The payee's whole telephone number, for this call; who saw whose is recorded, the number never is.

    Refused as `record_call`, and where no number is known.
    """
    line = _line_for(actor, item)
    phone = phone_of(line)
    if not phone:
        raise TransitionRefused(_("Hồ sơ không có số điện thoại. Hãy ghi kết quả «Không liên lạc được»."))
    record_event("callback.phone_seen", item.sample, actor=actor, change={"line": line.reference})
    return phone


@transaction.atomic
def record_call(*, actor: Actor, item: CallbackItem, answer: CallAnswer) -> CallbackItem:
    """Record what came of a call, in the caller's name.

    Refused: another role or area, whoever took part in this payment (PermissionDenied), an unknown outcome, an answer that was
    given already (who was not reached may be called again), «less» without an amount below what was paid.
    """
    line = _line_for(actor, item)
    current = CallbackItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
    if current.outcome not in _AGAIN:
        raise TransitionRefused(
            _("Người này đã trả lời: %(outcome)s.") % {"outcome": CallOutcome(current.outcome).label}
        )
    if answer.outcome not in CallOutcome.values:
        raise TransitionRefused(_("Kết quả: hãy chọn người nhận trả lời thế nào."))
    said = answer.said_amount if answer.outcome == CallOutcome.LESS else None
    if answer.outcome == CallOutcome.LESS and not (said is not None and 0 < said < line.amount):
        raise TransitionRefused(
            _("Số tiền người nhận nói: hãy ghi số lớn hơn 0 và nhỏ hơn %(paid)s đồng.")
            % {"paid": format_dong(line.amount)}
        )
    check_no_number(answer.note)
    current.outcome, current.said_amount, current.note = answer.outcome, said, answer.note.strip()[:500]
    current.called_on, current.calls = clock.today(), current.calls + 1
    current.called_by_id, current.called_by_name = actor.pk, actor.full_name
    current.save(
        update_fields=[
            *("outcome", "said_amount", "note", "called_on", "calls"),
            *("called_by_id", "called_by_name"),
        ]
    )
    change = {"line": line.reference, "outcome": str(CallOutcome(answer.outcome).label)}
    record_event("callback.answered", current.sample, actor=actor, reason=current.note, change=change)
    return current


def _check_scope(scope: SampleScope) -> None:
    if scope.paid_from and scope.paid_to and scope.paid_to < scope.paid_from:
        raise TransitionRefused(_("Ngày chi: ngày sau phải không trước ngày trước."))
    if scope.batch and not Batch.objects.in_area(scope.area).filter(reference=scope.batch).exists():
        raise TransitionRefused(_("Đợt chi: không có đợt chi này trong địa bàn đã chọn."))


def _line_for(actor: Actor, item: CallbackItem) -> PaymentInstruction:
    """The payment behind a row, for somebody who may call and took no part in it."""
    check_role(actor, may_call_back, NOT_CALLER)
    check_area(actor, item.area_code)
    line = PaymentInstruction.objects.select_related("entitlement__claimant", "entitlement__case").get(
        pk=item.instruction_id
    )
    if PaymentInstruction.objects.filter(took_part(actor), pk=line.pk).exists():
        raise PermissionDenied(
            _("Bạn đã tham gia xét duyệt hoặc chi khoản này nên người khác phải gọi kiểm tra.")
        )
    return line
