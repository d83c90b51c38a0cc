"""One officer's random work, as a program: lists, decisions, batches, results, refusals, in any order.

    python -m tests.reports.queries.random_work SEED ACTS

Each act is a transaction through the services; what they refuse is a part of the day. After each act a line says how it went,
so that whoever started this knows how far it has come.
"""

import datetime as dt
import os
import sys
from collections.abc import Callable
from itertools import count
from random import Random
from typing import Any, Final

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
if __name__ == "__main__":
    django.setup()

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from core.transitions import TransitionRefused
from disbursements.enums import PayoutChannel
from disbursements.models import Batch, PaymentInstruction
from disbursements.queries.payout_warnings import LABELS
from disbursements.services.batches import approve_batch, cancel_batch, release_batch
from disbursements.services.building import NothingToPay, prepare_batch
from disbursements.services.requests import BatchRequest, request_batch
from disbursements.services.results import Results, record_results
from support_programs.models import Case, Entitlement
from tests.factories import cases as casework
from tests.factories import goods, payments, people
from tests.factories.payments import PROGRAMME, payable_list
from tests.factories.people import COMMUNE, DISTRICT, OTHER_COMMUNE, OUTSIDE_COMMUNE

REFUSALS: Final = (TransitionRefused, PermissionDenied, DatabaseError, NothingToPay)
# numbers of one program end where those of the next begin
NUMBERS: Final = 100_000
DAYS: Final = (dt.date(2021, 9, 24), dt.date(2021, 9, 25), dt.date(2021, 9, 27))


class Work:
    """What one officer may come to do, with colleagues of their own at every desk."""

    def __init__(self, seed: int) -> None:
        for factory in (payments, people, goods, casework):
            vars(factory)["_number"] = count(1 + seed * NUMBERS)
        self.random = Random(seed)
        self.seed = seed
        self.keys = count(1)
        self.staff = payments.Staff()
        self.desks = casework.staff()

    def act(self) -> str:
        """One act, chosen by chance; how it ended."""
        settings.BUSINESS_DATE = self.random.choice(DAYS)
        acts: dict[Callable[[], Any], int] = {
            self.enter_list: 3, self.pay_list: 3, self.hand_out: 1, self.build: 4, self.sign: 4, self.release: 4,
            self.record: 8, self.cancel: 1, self.refuse: 2, self.move: 2,
        }  # fmt: skip
        act = self.random.choices(list(acts), list(acts.values()))[0]
        try:
            with transaction.atomic():
                act()
        except REFUSALS as refused:
            return f"{act.__name__} refused: {type(refused).__name__}"
        return act.__name__

    def enter_list(self) -> None:
        """A commune draws up a list and sends it as far as chance has it."""
        ways = (
            casework.draft_list,
            casework.list_at_district,
            casework.verified_list,
            casework.appraised_list,
        )
        self.random.choice(ways)(self.desks, self.random.randint(1, 3))

    def pay_list(self) -> None:
        """A list whose money is approved and has come."""
        area = self.random.choice((COMMUNE, COMMUNE, OTHER_COMMUNE, OUTSIDE_COMMUNE))
        stream = self.random.choice(("KHAC", "VE_SO"))
        payable_list(self.random.randint(1, 5), staff=self.staff, area=area, stream=stream)

    def hand_out(self) -> None:
        made = goods.rice_list(self.random.randint(1, 3), staff=self.staff)
        handout = goods.started_handout(made)
        goods_received(handout, self.staff.accountant, self.random)

    def build(self) -> None:
        waiting = Entitlement.objects.filter(
            status="approved", programme=PROGRAMME, area_code__startswith=DISTRICT
        )
        numbers = sorted(set(waiting.values_list("decision__number", flat=True)))
        request = BatchRequest(
            PROGRAMME,
            DISTRICT,
            "",
            PayoutChannel.CASH,
            f"work{self.seed}-{next(self.keys)}",
            decision=self.random.choice(numbers) if numbers else "",
            is_retry=self.random.random() < 0.3,
            warnings_seen=frozenset(LABELS),
        )
        batch = request_batch(actor=self.staff.accountant, request=request)
        prepare_batch(batch=batch, actor=self.staff.accountant)

    def sign(self) -> None:
        approve_batch(actor=self.staff.approver, batch=self.some_batch("prepared"))

    def release(self) -> None:
        release_batch(actor=self.staff.accountant, batch=self.some_batch("approved"))

    def cancel(self) -> None:
        cancel_batch(
            actor=self.staff.accountant, batch=self.some_batch("prepared", "approved"), reason="Lập nhầm"
        )

    def record(self) -> None:
        batch = self.some_batch("released")
        lines = PaymentInstruction.objects.filter(batch=batch).values_list("reference", flat=True)
        said: dict[str, list[str]] = {"paid": [], "returned": [], "failed": [], "unknown": [], "": []}
        for reference in lines:
            said[self.random.choices(list(said), (6, 2, 1, 1, 3))[0]].append(reference)
        results = Results(
            frozenset(said["paid"]),
            dict.fromkeys(said["returned"], "Không có mặt"),
            dict.fromkeys(said["failed"], "Sai số tài khoản"),
            frozenset(said["unknown"]),
        )
        record_results(actor=self.staff.accountant, batch=batch, results=results)

    def refuse(self) -> None:
        """A claim is found not to be entitled, or withdrawn."""
        some = Case.objects.filter(status__in=("appraising", "listed")).order_by("?").first()
        if some is None:
            raise TransitionRefused("nobody to refuse")
        reached = "ineligible" if some.status == "appraising" else "withdrawn"
        Case.objects.filter(pk=some.pk).update(
            status=reached, appraised_by_id=self.desks.officer.pk, appraised_on=settings.BUSINESS_DATE
        )

    def move(self) -> None:
        """A claim's amount or day of receipt was typed wrong."""
        some = Case.objects.filter(status__in=("draft", "listed")).order_by("?").first()
        if some is None:
            raise TransitionRefused("nothing to correct")
        day = self.random.choice(DAYS)
        Case.objects.filter(pk=some.pk).update(
            received_on=day, amount_proposed=self.random.choice((1_000_000, 1_500_000))
        )

    def some_batch(self, *statuses: str) -> Batch:
        found = Batch.objects.filter(status__in=statuses, area_code=DISTRICT).order_by("?").first()
        if found is None:
            raise TransitionRefused("no such batch")
        return found


def goods_received(handout: Any, actor: Any, random: Random) -> None:
    """Some of a round's people got their rice, of the others nothing is known yet."""
    from disbursements.models import HandoutLine
    from disbursements.services.goods_results import HandoutResults, record_handout_results

    lines = HandoutLine.objects.filter(handout=handout).values_list("reference", flat=True)
    received = frozenset(reference for reference in lines if random.random() < 0.7)
    record_handout_results(actor=actor, handout=handout, results=HandoutResults(received))


def main(seed: int, acts: int) -> None:
    work = Work(seed)
    for _ in range(acts):
        sys.stdout.write(f"{work.act()}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
