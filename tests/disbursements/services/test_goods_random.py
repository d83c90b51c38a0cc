"""I18 as a property: after any sequence of actions, refused ones included, every kilogram is somewhere, no stock below 0."""

import random

import pytest
from django.db import connection, transaction

from core.transitions import TransitionRefused
from disbursements.models import Handout, HandoutLine, StockBalance, StockMovement, Store
from disbursements.queries.goods_stock import goods_sums, on_hand
from disbursements.services.goods_handouts import (
    Leftovers,
    cancel_handout,
    close_handout,
    left_over,
    start_handout,
)
from disbursements.services.goods_results import HandoutResults, record_handout_results
from disbursements.services.goods_stock import correct_movement, record_arrival, record_loss, send_goods
from support_programs.models import Entitlement
from tests.factories.goods import MOVED_ON, approved_handout, paper, receipt, rice, rice_list, store
from tests.factories.payments import Staff
from tests.factories.people import COMMUNE, DISTRICT, PROVINCE

pytestmark = pytest.mark.django_db
STEPS = 45


class World:
    """Two stores of a district, some lists, and what somebody may do with them at random."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.staff = Staff()
        self.stores: list[Store] = [store(self.staff, kg=100), store(self.staff, COMMUNE)]
        self.lists = [rice_list(self.dice.randint(1, 3), staff=self.staff) for _ in range(4)]

    def receive(self) -> None:
        receipt(self.staff, self.dice.choice(self.stores), self.dice.randint(1, 60))

    def lose(self) -> None:
        said = paper(self.dice.randint(1, 80), reason="Mọt")
        record_loss(actor=self.staff.accountant, store=self.dice.choice(self.stores), paper=said)

    def send(self) -> None:
        first, second = self.dice.sample(self.stores, 2)
        send_goods(
            actor=self.staff.accountant, store=first, to_store=second, paper=paper(self.dice.randint(1, 80))
        )

    def arrive(self) -> None:
        sending = self.dice.choice(list(StockMovement.objects.filter(kind="sending")))
        came = self.dice.randint(0, sending.quantity + 1)
        record_arrival(actor=self.staff.accountant, sending=sending, paper=paper(came, reason="Đổ vãi"))

    def correct(self) -> None:
        movement = self.dice.choice(list(StockMovement.objects.all()))
        correct_movement(
            actor=self.staff.accountant,
            movement=movement,
            document_number="1/BB",
            moved_on=MOVED_ON,
            reason="Nhầm",
        )

    def approve(self) -> None:
        approved_handout(self.dice.choice(self.lists), self.stores[0])

    def start(self) -> None:
        handout = self.dice.choice(list(Handout.objects.all()))
        start_handout(actor=self.staff.accountant, handout=handout, document_number="1/PXK")

    def cancel(self) -> None:
        handout = self.dice.choice(list(Handout.objects.all()))
        cancel_handout(actor=self.staff.accountant, handout=handout, reason="Đổi kế hoạch")

    def record(self) -> None:
        handout = self.dice.choice(list(Handout.objects.all()))
        lines = [line.reference for line in HandoutLine.objects.filter(handout=handout)]
        chosen = self.dice.sample(lines, self.dice.randint(1, len(lines)))
        cut = self.dice.randint(0, len(chosen))
        results = HandoutResults(frozenset(chosen[:cut]), dict.fromkeys(chosen[cut:], "Vắng"))
        record_handout_results(actor=self.staff.accountant, handout=handout, results=results)

    def close(self) -> None:
        handout = self.dice.choice(list(Handout.objects.all()))
        back = self.dice.randint(0, max(left_over(handout), 0))
        leftovers = Leftovers("1/PNK", back, f"{self.dice.random()}/BB", "Rách bao")
        close_handout(actor=self.staff.accountant, handout=handout, leftovers=leftovers)

    def check(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
        assert not StockBalance.objects.filter(on_hand__lt=0).exists()
        for area in (DISTRICT, COMMUNE, PROVINCE):
            assert [row.difference for row in goods_sums(area)] in ([0], [])
        (sums,) = goods_sums(DISTRICT)
        received_lines = HandoutLine.objects.filter(status="received")
        assert sums.handed == sum(line.quantity for line in received_lines)
        # rice handed out = rice received - rice left, wherever it is
        left = sums.on_hand + sums.in_transit + sums.out + sums.lost
        assert sums.handed == sums.received - left
        paid = set(Entitlement.objects.filter(status="paid").values_list("pk", flat=True))
        assert paid == set(received_lines.values_list("entitlement_id", flat=True))
        assert sum(on_hand(at, rice()) for at in self.stores) == sums.on_hand


ACTIONS = (
    "receive",
    "lose",
    "send",
    "arrive",
    "correct",
    "approve",
    "approve",
    "start",
    "start",
    "cancel",
    "record",
    "record",
    "close",
    "close",
)


@pytest.mark.parametrize("seed", range(3))
def test_every_kilogram_is_somewhere(seed: int) -> None:
    world, done = World(seed), 0
    for _step in range(STEPS):
        action = world.dice.choice(ACTIONS)
        try:
            with transaction.atomic():
                getattr(world, action)()
                done += 1
        except (TransitionRefused, IndexError):
            continue
        world.check()
    assert done >= 10, "next to nothing was allowed: the dice prove nothing"
