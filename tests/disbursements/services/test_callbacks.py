"""A sample of paid people is drawn by a seed that anybody can check, and called by somebody who took no part in paying."""

import datetime as dt
import hashlib
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from accounts.enums import Role
from accounts.models import User
from beneficiaries.models import Person
from core.models import Event
from core.transitions import TransitionRefused
from disbursements.models import CallbackItem, CallbackSample, PaymentInstruction
from disbursements.queries.callbacks import SampleScope, outcome_shares
from disbursements.services.callbacks import CallAnswer, SampleSize, draw_sample, record_call, see_phone
from disbursements.services.results import record_all_paid_except
from tests.factories import payments as make
from tests.factories.people import DISTRICT, OUTSIDE_DISTRICT, user

pytestmark = pytest.mark.django_db


@pytest.fixture
def business_day(settings: Any) -> Callable[[dt.date], None]:
    return lambda day: setattr(settings, "BUSINESS_DATE", day)


TODAY = dt.date(2021, 9, 27)


@pytest.fixture
def paid(business_day: Callable[[dt.date], None]) -> tuple[make.ApprovedList, list[PaymentInstruction]]:
    """Twelve people, one of whom was absent."""
    business_day(TODAY)
    made = make.payable_list(12)
    batch = make.released_batch(made)
    lines = list(PaymentInstruction.objects.filter(batch=batch).order_by("position"))
    record_all_paid_except(
        actor=made.staff.accountant, batch=batch, exceptions={lines[-1].reference: "Vắng mặt khi chi trả"}
    )
    return made, lines


@pytest.fixture
def caller() -> User:
    return user(Role.PROVINCIAL_REVIEWER)


def expected(lines: list[PaymentInstruction], seed: str, size: int) -> list[str]:
    """The draw as anybody can do it with a pencil and SHA-256."""
    return sorted(
        (line.reference for line in lines),
        key=lambda ref: hashlib.sha256(f"{seed}:{ref}".encode()).hexdigest(),
    )[:size]


def drawn_refs(sample: CallbackSample) -> list[str]:
    return list(sample.items.order_by("position").values_list("instruction__reference", flat=True))


def test_the_same_seed_draws_the_same_people(paid: Any, caller: User) -> None:
    _made, lines = paid
    scope = SampleScope(DISTRICT, programme=make.PROGRAMME)
    first = draw_sample(actor=caller, scope=scope, size=SampleSize(people=5), seed="An-Giang-2021")
    again = draw_sample(actor=caller, scope=scope, size=SampleSize(percent=45), seed="An-Giang-2021")
    assert drawn_refs(first) == drawn_refs(again) == expected(lines[:-1], "An-Giang-2021", 5)
    assert (first.population, first.size, first.seed, first.drawn_on) == (11, 5, "An-Giang-2021", TODAY)
    thrown = draw_sample(actor=caller, scope=scope, size=SampleSize(people=3))
    assert thrown.seed.isdigit()
    assert len(thrown.seed) == 8
    assert drawn_refs(thrown) == expected(lines[:-1], thrown.seed, 3)


def test_by_batch_and_days_of_payment(paid: Any, caller: User) -> None:
    _made, lines = paid
    batch = lines[0].batch_reference
    one = draw_sample(
        actor=caller,
        scope=SampleScope("89", batch=batch, paid_from=TODAY, paid_to=TODAY),
        size=SampleSize(people=99),
    )
    assert one.size == 11
    assert one.batch is not None
    later = SampleScope("89", paid_from=TODAY + dt.timedelta(days=1))
    with pytest.raises(TransitionRefused, match="Chưa có ai được chi"):
        draw_sample(actor=caller, scope=later, size=SampleSize(people=1))


@pytest.mark.parametrize(
    ("scope", "size", "seed", "sentence"),
    [
        (SampleScope("89"), SampleSize(), "", "từ 1 đến 2.000 người .phạm vi này có 11 người"),
        (SampleScope("89"), SampleSize(people=1), "số gieo", "Số gieo"),
        (SampleScope("89", batch="DC-2021-00000000"), SampleSize(people=1), "", "không có đợt chi này"),
        (
            SampleScope("89", paid_from=TODAY, paid_to=TODAY - dt.timedelta(days=1)),
            SampleSize(people=1),
            "",
            "Ngày chi",
        ),
    ],
)
def test_a_draw_that_is_refused(
    paid: Any, caller: User, scope: SampleScope, size: SampleSize, seed: str, sentence: str
) -> None:
    with pytest.raises(TransitionRefused, match=sentence):
        draw_sample(actor=caller, scope=scope, size=size, seed=seed)
    assert not CallbackSample.objects.exists()


def test_only_the_department_draws(paid: Any) -> None:
    made, _lines = paid
    for actor in (made.staff.accountant, user(Role.AUDITOR), user(Role.DISTRICT_OFFICER)):
        with pytest.raises(PermissionDenied):
            draw_sample(actor=actor, scope=SampleScope(DISTRICT), size=SampleSize(people=1))
    elsewhere = user(Role.PROVINCIAL_REVIEWER, area=OUTSIDE_DISTRICT)
    with pytest.raises(PermissionDenied):
        draw_sample(actor=elsewhere, scope=SampleScope(DISTRICT), size=SampleSize(people=1))


def sample_of(caller: User, people: int = 3) -> list[CallbackItem]:
    sample = draw_sample(actor=caller, scope=SampleScope("89"), size=SampleSize(people=people), seed="1")
    return list(sample.items.order_by("position"))


def test_answers_stay_and_who_was_not_reached_is_called_again(paid: Any, caller: User) -> None:
    items = sample_of(caller)
    record_call(actor=caller, item=items[0], answer=CallAnswer("full"))
    record_call(actor=caller, item=items[1], answer=CallAnswer("unreachable", note="Không bắt máy"))
    record_call(actor=caller, item=items[1], answer=CallAnswer("less", 1_000_000, "Nói chỉ nhận một triệu"))
    with pytest.raises(TransitionRefused, match="đã trả lời: Nhận đủ tiền"):
        record_call(actor=caller, item=items[0], answer=CallAnswer("not_received"))
    second = CallbackItem.objects.get(pk=items[1].pk)
    assert (second.outcome, second.said_amount, second.calls, second.called_by_name) == (
        "less",
        1_000_000,
        2,
        caller.full_name,
    )
    shares = {row.code: (row.people, row.share) for row in outcome_shares(items[0].sample)}
    assert shares == {
        "full": (1, 0.5),
        "less": (1, 0.5),
        "not_received": (0, 0.0),
        "never_applied": (0, 0.0),
        "unreachable": (0, None),
        "wrong_number": (0, None),
        "": (1, None),
    }


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (CallAnswer("maybe"), "hãy chọn"),
        (CallAnswer("less"), "nhỏ hơn 1.500.000 đồng"),
        (CallAnswer("less", 1_500_000), "nhỏ hơn 1.500.000 đồng"),
        (CallAnswer("full", note="CCCD 089085000111"), "Đừng ghi số CCCD"),
    ],
)
def test_an_answer_that_is_refused(paid: Any, caller: User, answer: CallAnswer, sentence: str) -> None:
    (item,) = sample_of(caller, 1)
    with pytest.raises(TransitionRefused, match=sentence):
        record_call(actor=caller, item=item, answer=answer)
    item.refresh_from_db()
    assert item.outcome == ""


def test_whoever_took_part_does_not_call(paid: Any, caller: User) -> None:
    made, _lines = paid
    (item,) = sample_of(caller, 1)
    with pytest.raises(PermissionDenied, match="đã tham gia"):
        record_call(actor=made.staff.money_appraiser, item=item, answer=CallAnswer("full"))
    with pytest.raises(PermissionDenied, match="đã tham gia"):
        see_phone(actor=made.staff.money_appraiser, item=item)
    assert not Event.objects.filter(action="callback.phone_seen").exists()


def test_a_number_that_is_shown_is_recorded_without_the_number(paid: Any, caller: User) -> None:
    (item,) = sample_of(caller, 1)
    with pytest.raises(TransitionRefused, match="không có số điện thoại"):
        see_phone(actor=caller, item=item)
    Person.objects.filter(entitlements=item.instruction.entitlement_id).update(phone="0918000123")
    assert see_phone(actor=caller, item=item) == "0918000123"
    event = Event.objects.get(action="callback.phone_seen")
    assert (event.actor_id, event.change) == (caller.pk, {"line": item.instruction.reference})
