"""The sums of the overview are folded while somebody's act isn't finished: nothing is lost, nothing counts twice."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections, transaction

from reports.models import FigureSum
from reports.services.figure_sums import fold_figures
from support_programs.models import Case
from tests.factories import cases as make
from tests.reports.queries.test_figure_sums import counted, kept

pytestmark = [pytest.mark.faults, pytest.mark.usefixtures("committed_db")]


def test_folded_twice_at_once_beside_an_act_that_is_not_finished() -> None:
    first, second = Case.objects.filter(case_list=make.draft_list(make.staff(), rows=2)).order_by("pk")
    Case.objects.filter(pk=second.pk).update(amount_proposed=1)
    begun, folded = Barrier(2), Barrier(2)

    def act() -> None:
        try:
            with transaction.atomic():
                Case.objects.filter(pk=first.pk).update(amount_proposed=7)
                begun.wait(timeout=30)
                folded.wait(timeout=30)
        finally:
            connections.close_all()

    def fold(_turn: int) -> int:
        try:
            return fold_figures()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(3) as pool:
        acting = pool.submit(act)
        begun.wait(timeout=30)
        fewer = sum(pool.map(fold, range(2)))
        folded.wait(timeout=30)
        acting.result(timeout=30)
    assert fewer > 0
    assert kept() == counted()
    assert FigureSum.objects.filter(amount=7 - first.amount_proposed).exists(), (
        "booked beside the folded rows"
    )
