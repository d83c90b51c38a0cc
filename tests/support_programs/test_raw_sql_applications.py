"""What a citizen sent in on the public page, and what came of it, against plain SQL."""

import datetime as dt
import io

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone

from core.transitions import TransitionRefused
from support_programs.models import PublicApplication
from support_programs.queries.applications import Typed
from support_programs.services.applications import decline_application, send_application, take_in
from tests.factories import cases as made
from tests.factories import claims
from tests.factories.people import COMMUNE

pytestmark = pytest.mark.django_db


def run(sql: str, *params: object) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)


def application(name: str = "Nguyễn Thị Lài", number: str = "089178001234") -> PublicApplication:
    typed = Typed({"full_name": name, "id_number": number}, {}, COMMUNE, 1978)
    return send_application(programme="LD_TU_DO", typed=typed).application


@pytest.fixture
def who() -> made.Staff:
    return made.staff()


@pytest.mark.parametrize(
    "change",
    [
        "applicant_name = 'Khác'",
        "area_code = '8988830409'",
        "birth_year = 1990",
        "tracking_hash = 'x'",
        "sent_on = '2021-01-01'",
        "programme_id = 'HO_KD'",
    ],
)
def test_what_was_sent_is_not_rewritten(change: str) -> None:
    sent = application()
    with pytest.raises(DatabaseError, match="is not rewritten"):
        run(f"UPDATE support_programs_publicapplication SET {change} WHERE id = %s", sent.pk)


def test_an_answer_stays_and_no_state_is_jumped_to(who: made.Staff) -> None:
    sent = application()
    with pytest.raises(DatabaseError):
        run("UPDATE support_programs_publicapplication SET status = 'taken_in' WHERE id = %s", sent.pk)
    decline_application(reference=sent.reference, reason="Nộp qua công ty", actor=who.commune)
    for change in ("decline_reason = 'Khác'", "handled_by_id = 999999", "status = 'new'"):
        with pytest.raises(DatabaseError):
            run(f"UPDATE support_programs_publicapplication SET {change} WHERE id = %s", sent.pk)
    with pytest.raises(TransitionRefused):
        decline_application(reference=sent.reference, reason="Lần nữa", actor=who.commune)


def test_one_that_became_a_case_is_never_removed_and_is_of_its_programme(who: made.Staff) -> None:
    sent = application()
    case = claims.claim("HO_KD", who.commune)
    with pytest.raises(TransitionRefused, match="thuộc chính sách khác"):
        take_in(reference=sent.reference, case=case, actor=who.commune)
    taken = take_in(reference=sent.reference, case=claims.claim("LD_TU_DO", who.commune), actor=who.commune)
    assert (taken.status, taken.handled_by_id) == ("taken_in", who.commune.pk)
    with pytest.raises(TransitionRefused):
        take_in(reference=sent.reference, case=claims.claim("LD_TU_DO", who.commune), actor=who.commune)
    with pytest.raises(DatabaseError, match="is not rewritten"):
        run("DELETE FROM support_programs_publicapplication WHERE id = %s", sent.pk)


def test_the_schedule_takes_old_ones_away_and_nothing_that_became_a_case(
    client: Client, who: made.Staff
) -> None:
    old, fresh = application(), application("Trần Thị Sen", "089178001235")
    taken = application("Lê Thị Mai", "089178001236")
    take_in(reference=taken.reference, case=claims.claim("LD_TU_DO", who.commune), actor=who.commune)
    before = timezone.now() - dt.timedelta(days=181)
    PublicApplication.objects.filter(pk__in=[old.pk, taken.pk]).update(created_at=before)
    call_command("apply_retention", stdout=io.StringIO())
    assert set(PublicApplication.objects.values_list("pk", flat=True)) == {fresh.pk, taken.pk}
