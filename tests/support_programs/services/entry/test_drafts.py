"""A form that keeps itself: for its officer alone, unreadable in the table, gone with the case that is made of it."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.utils import timezone

from accounts.enums import Role
from core.models import Event
from core.transitions import TransitionRefused
from support_programs.models import Case, ClaimDraft
from support_programs.queries.claims import rules_of_today
from support_programs.queries.entry_drafts import drafts_of, own_drafts, queue_of_drafts, typed_in
from support_programs.queries.queues import further_queues
from support_programs.rules.definition import Definition
from support_programs.services.claims import ClaimRefused, open_claim
from support_programs.services.entry_drafts import (
    MOST_DRAFTS,
    DraftRefused,
    discard_draft,
    drop_draft,
    keep_draft,
)
from tests.factories import cases as make
from tests.factories import claims
from tests.factories.people import OTHER_COMMUNE, user

pytestmark = pytest.mark.django_db
TYPED = {"rules": "v1", "applicant-full_name": "Néang Sóc Kha", "applicant-id_number": "089178000222"}


@pytest.fixture
def who() -> make.Staff:
    return make.staff()


@pytest.fixture
def workers() -> Definition:
    return rules_of_today()["LD_TU_DO"]


def test_a_draft_is_kept_once_and_lies_encrypted(who: make.Staff, workers: Definition) -> None:
    first = keep_draft(definition=workers, typed=TYPED, actor=who.commune)
    assert first is not None
    more = {**TYPED, "applicant-address": "Ấp Mỹ Lương"}
    again = keep_draft(definition=workers, typed=more, actor=who.commune, draft_id=first.pk)
    draft = ClaimDraft.objects.get()
    assert again == draft == first
    assert typed_in(draft) == more
    assert b"089178000222" not in bytes(draft.raw_encrypted)
    assert "Sóc Kha".encode() not in bytes(draft.raw_encrypted)
    assert list(Event.objects.values_list("action", flat=True)) == ["claim_draft.begun"]
    assert "Kha" not in str(Event.objects.get().change)


def test_nothing_typed_is_nothing_kept(who: make.Staff, workers: Definition) -> None:
    given = {"received_on": "27/09/2021", "applicant-address": "Ấp Mỹ Lương"}
    typed = {**given, "rules": "v1", "applicant-full_name": "  ", "child-1-identity_kind": "personal_number"}
    assert keep_draft(definition=workers, typed=typed, actor=who.commune, given=given) is None
    assert not ClaimDraft.objects.exists()


def test_a_draft_that_is_gone_is_begun_anew(who: make.Staff, workers: Definition) -> None:
    """The other tab has handed it in: what is typed here is still kept."""
    first = keep_draft(definition=workers, typed=TYPED, actor=who.commune)
    assert first is not None
    discard_draft(draft=own_drafts(who.commune).get(), actor=who.commune)
    second = keep_draft(definition=workers, typed=TYPED, actor=who.commune, draft_id=first.pk)
    assert second is not None
    assert ClaimDraft.objects.get() == second


def test_nobody_else_sees_or_writes_it(who: make.Staff, workers: Definition) -> None:
    draft = keep_draft(definition=workers, typed=TYPED, actor=who.commune)
    assert draft is not None
    colleague = user(Role.COMMUNE_OFFICER)
    assert drafts_of(colleague) == []
    other = keep_draft(
        definition=workers, typed={"applicant-full_name": "Khác"}, actor=colleague, draft_id=draft.pk
    )
    assert other is not None
    assert other.pk != draft.pk
    assert typed_in(ClaimDraft.objects.get(pk=draft.pk)) == TYPED
    assert [shown.name for shown in drafts_of(who.commune)] == ["Néang Sóc Kha"]
    counters = [entry for entry in further_queues(who.commune) if entry.url == "/cases/new/#drafts"]
    assert [entry.count for entry in counters] == [1]
    assert list(queue_of_drafts(who.head)) == []


def test_who_moves_to_another_commune_leaves_the_drafts_of_the_old_one(
    who: make.Staff, workers: Definition
) -> None:
    keep_draft(definition=workers, typed=TYPED, actor=who.commune)
    who.commune.area_code = OTHER_COMMUNE
    assert drafts_of(who.commune) == []


def test_who_takes_no_dossiers_in_keeps_none(who: make.Staff, workers: Definition) -> None:
    for actor in (who.officer, who.head, user(Role.AUDITOR)):
        with pytest.raises(PermissionDenied):
            keep_draft(definition=workers, typed=TYPED, actor=actor)
    assert not ClaimDraft.objects.exists()


def test_too_much_is_refused_in_words(who: make.Staff, workers: Definition) -> None:
    with pytest.raises(DraftRefused, match="quá dài"):
        keep_draft(definition=workers, typed={"row_paste": "x" * 60_001}, actor=who.commune)
    for _ in range(MOST_DRAFTS):
        keep_draft(definition=workers, typed=TYPED, actor=who.commune)
    with pytest.raises(DraftRefused, match="50 bản đang nhập"):
        keep_draft(definition=workers, typed=TYPED, actor=who.commune)
    assert ClaimDraft.objects.count() == MOST_DRAFTS


def test_the_case_takes_its_draft_along_or_leaves_it(who: make.Staff, workers: Definition) -> None:
    draft = keep_draft(definition=workers, typed=TYPED, actor=who.commune)
    assert draft is not None

    def open_it(**changes: str) -> Case:
        return open_claim(
            programme="LD_TU_DO",
            received_on=dt.date(2021, 9, 27),
            answers={},
            applicant=claims.applicant(**changes),
            actor=who.commune,
            keeps_warnings=True,
            on_opened=lambda case: drop_draft(case, draft_id=draft.pk, actor=who.commune),
        )

    with pytest.raises(ClaimRefused):
        open_it(id_number="12")
    assert ClaimDraft.objects.count() == 1
    open_it()
    assert (ClaimDraft.objects.count(), Case.objects.count()) == (0, 1)


def test_what_the_opening_is_told_to_do_can_take_it_back(who: make.Staff) -> None:
    def refuse(case: Case) -> None:
        raise TransitionRefused("đã có người tiếp nhận")

    with pytest.raises(TransitionRefused, match="đã có người"):
        claims.claim("LD_TU_DO", who.commune, on_opened=refuse)
    assert not Case.objects.exists()


def test_an_old_draft_goes_as_the_schedule_says(who: make.Staff, workers: Definition) -> None:
    old = keep_draft(definition=workers, typed=TYPED, actor=who.commune)
    new = keep_draft(definition=workers, typed=TYPED, actor=who.commune)
    assert old is not None
    ClaimDraft.objects.filter(pk=old.pk).update(updated_at=timezone.now() - dt.timedelta(days=31))
    call_command("apply_retention")
    assert ClaimDraft.objects.get() == new
