"""What a pair means for dossiers: who needs eyes, what the case page says, what waits on the worklist."""

import pytest
from django.test import Client

from accounts.enums import Role
from accounts.models import User
from beneficiaries.models import Person
from beneficiaries.services.duplicates.answering import answer_pair, let_pass
from support_programs.models import Case, Entitlement
from support_programs.queries.case_page import namesakes_of
from support_programs.queries.eyes import rows_that_need_eyes
from support_programs.queries.pairs import case_pairs, pair_queue
from tests.factories import cases as make
from tests.factories import claims
from tests.factories.pairs import pair
from tests.factories.people import OUTSIDE_COMMUNE, OUTSIDE_DISTRICT, user

pytestmark = pytest.mark.django_db


def person_of(case: Case) -> Person:
    return Person.objects.get(pk=case.person_id)


def twins() -> tuple[make.Staff, Case, Case]:
    """Two live cases of the same name and year of birth under two people."""
    who = make.staff()
    case_list = make.list_at_district(who, rows=2)
    one, other = Case.objects.filter(case_list=case_list).order_by("pk")
    Case.objects.filter(pk=other.pk).update(name_key=one.name_key)
    other.refresh_from_db()
    return who, one, other


def reasons(case: Case) -> str:
    return " ".join(row.reason for row in rows_that_need_eyes(Case.objects.filter(pk=case.pk)))


class TestNamesakes:
    def test_two_of_one_name_need_eyes_until_somebody_said_that_they_are_two(self) -> None:
        who, one, other = twins()
        assert "cùng họ tên và năm sinh" in reasons(one)
        made = pair(person_of(one), person_of(other))
        answer_pair(candidate=made, answer="verifying", reason="Chờ xã", actor=who.officer)
        assert "cùng họ tên và năm sinh" in reasons(one)
        made.refresh_from_db()
        answer_pair(candidate=made, answer="different", reason="Hai anh em", actor=who.officer)
        assert (reasons(one), reasons(other)) == ("", "")

    @pytest.mark.parametrize("keeps_first", [True, False])
    def test_joined_entries_are_no_namesakes(self, keeps_first: bool) -> None:
        who, one, other = twins()
        assert len(namesakes_of(one, who.officer)) == 1
        first, second = person_of(one), person_of(other)
        kept = first if keeps_first else second
        answer_pair(
            candidate=pair(first, second), answer="same", keep=kept, reason="Một người", actor=who.officer
        )
        for case in (one, other):
            case.refresh_from_db()
            assert reasons(case) == ""
            assert namesakes_of(case, who.officer) == []


class TestOnTheCase:
    def test_a_pair_is_shown_with_its_consequence_and_a_link(self) -> None:
        who, one, other = twins()
        assert case_pairs(who.officer, one) is None
        made = pair(person_of(one), person_of(other))
        client = Client()
        client.force_login(who.officer, backend="django.contrib.auth.backends.ModelBackend")
        page = client.get(f"/cases/{one.reference}/").content.decode()
        assert f"/duplicates/{made.reference}/" in page
        assert "Chưa chi trả cho đến khi có câu trả lời" in page
        let_pass(candidate=made, reason="Gấp", actor=who.head)
        page = client.get(f"/cases/{one.reference}/").content.decode()
        assert "đã được cho chi trong khi chờ câu trả lời" in page

    def test_a_pair_with_another_district_is_counted_and_not_named(self) -> None:
        who, one, _other = twins()
        far = claims.claim("LD_TU_DO", user(Role.COMMUNE_OFFICER, area=OUTSIDE_COMMUNE))
        made = pair(person_of(one), person_of(far))
        panel = case_pairs(who.officer, one)
        assert panel is not None
        assert (panel.context["pairs"], panel.context["elsewhere"]) == ([], 1)
        client = Client()
        client.force_login(who.officer, backend="django.contrib.auth.backends.ModelBackend")
        page = client.get(f"/cases/{one.reference}/").content.decode()
        assert "1 cặp với người ở địa bàn khác" in page
        assert far.applicant_name not in page
        assert made.reference not in page

    def test_what_doubles_another_says_where_it_is_owed(self) -> None:
        who = make.staff()
        make.verified_list(who, rows=2)
        first, second = Entitlement.objects.select_related("case").order_by("pk")
        answer_pair(
            candidate=pair(person_of(first.case), person_of(second.case)),
            answer="same",
            keep=person_of(first.case),
            reason="Một người",
            actor=who.officer,
        )
        panel = case_pairs(who.officer, second.case)
        assert panel is not None
        assert panel.context["other"] == first
        assert case_pairs(who.officer, first.case) is None
        client = Client()
        client.force_login(who.officer, backend="django.contrib.auth.backends.ModelBackend")
        page = client.get(f"/cases/{second.reference}/").content.decode()
        assert "Hưởng trùng" in page
        assert f'href="/cases/{first.reference}/"' in page
        assert "Hồ sơ này không được chi nữa" in page


def test_the_worklist_counts_the_pairs_of_those_who_answer() -> None:
    who, one, other = twins()
    pair(person_of(one), person_of(other))

    def waiting(actor: User) -> list[tuple[str, int]]:
        return [(entry.url, entry.rows.count()) for entry in pair_queue(actor)]

    assert waiting(who.officer) == waiting(who.reviewer) == [("/duplicates/", 1)]
    assert waiting(user(Role.DISTRICT_OFFICER, area=OUTSIDE_DISTRICT)) == [("/duplicates/", 0)]
    assert waiting(who.commune) == waiting(who.accountant) == []
