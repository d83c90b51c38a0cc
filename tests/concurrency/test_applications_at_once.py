"""A button pressed twice, and two officers at one application: it is sent once, and becomes one case or is declined, not both."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections, transaction

from core.models import Event
from core.transitions import TransitionRefused
from support_programs.models import Case, PublicApplication
from support_programs.queries.applications import Typed
from support_programs.services.applications import (
    ApplicationRefused,
    decline_application,
    send_application,
    take_in,
)
from tests.factories import cases as make
from tests.factories import claims
from tests.factories.people import COMMUNE

pytestmark = [pytest.mark.faults, pytest.mark.usefixtures("committed_db")]
TYPED = Typed({"full_name": "Nguyễn Thị Lài", "id_number": "089178001234"}, {}, COMMUNE, 1978)


def test_one_person_sends_four_times_at_once() -> None:
    barrier = Barrier(4)

    def send(_number: int) -> str:
        try:
            barrier.wait(timeout=30)
            send_application(programme="LD_TU_DO", typed=TYPED)
        except ApplicationRefused as refusal:
            return str(refusal)
        finally:
            connections.close_all()
        return "ok"

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(send, range(4)))
    assert answers.count("ok") == 1, answers
    assert all("đã gửi đơn của chính sách này" in answer for answer in answers if answer != "ok"), answers
    assert PublicApplication.objects.count() == 1


def test_it_is_taken_in_and_declined_at_once() -> None:
    who = make.staff()
    sent = send_application(programme="LD_TU_DO", typed=TYPED).application
    barrier = Barrier(2)

    def take() -> str:
        try:
            barrier.wait(timeout=30)
            with transaction.atomic():
                case = claims.claim("LD_TU_DO", who.commune)
                take_in(reference=sent.reference, case=case, actor=who.commune)
        except TransitionRefused:
            return "refused"
        finally:
            connections.close_all()
        return "taken_in"

    def decline() -> str:
        try:
            barrier.wait(timeout=30)
            decline_application(reference=sent.reference, reason="Nộp qua công ty", actor=who.commune)
        except TransitionRefused:
            return "refused"
        finally:
            connections.close_all()
        return "declined"

    with ThreadPoolExecutor(2) as pool:
        answers = {done.result() for done in (pool.submit(take), pool.submit(decline))}
    sent.refresh_from_db()
    assert answers == {sent.status, "refused"}
    # a case of a refused taking-in is taken back with it
    assert Case.objects.count() == (1 if sent.status == "taken_in" else 0)
    assert Event.objects.filter(action__in=["application.take_in", "application.decline"]).count() == 1
