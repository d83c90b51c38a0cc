"""Cases and payments on the page of a person, their changes on the page of a case; each only what one may see."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client

from accounts.enums import Role
from accounts.models import User
from beneficiaries.models import Person
from beneficiaries.queries.people import people_of, person_rows
from beneficiaries.queries.timeline import timeline_of
from beneficiaries.services.accounts import TypedAccount, change_account
from beneficiaries.services.numbers import TypedPaper, change_number
from core import clock
from core.models import Event
from disbursements.models import Recovery
from disbursements.queries.person_panel import person_payments
from disbursements.services.results import Results, record_all_paid_except, record_results
from support_programs.models import Case
from support_programs.queries.person_panel import live_cases, person_cases
from tests.factories import cases as make
from tests.factories import registered
from tests.factories.payments import ApprovedList, approved_list, payable_list, released_batch
from tests.factories.people import COMMUNE, OTHER_COMMUNE, OUTSIDE_COMMUNE, user

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


@pytest.fixture
def as_(client: Client) -> SignIn:
    def sign_in(person: User) -> Client:
        client.force_login(person)
        return client

    return sign_in


def text_of(response: HttpResponse) -> str:
    return " ".join(response.content.decode().split())


def payee(made: ApprovedList) -> Person:
    return Person.objects.get(pk=made.entitlements[0].claimant_id)


class TestOnThePerson:
    def test_case_payment_and_their_days_stand_on_the_page(self, as_: SignIn) -> None:
        made = payable_list(1)
        batch = released_batch(made)
        line = batch.instructions.get()
        record_results(actor=made.staff.accountant, batch=batch, results=Results(paid=[line.reference]))
        person = payee(made)
        page = text_of(as_(user(Role.COMMUNE_OFFICER)).get(f"/people/{person.reference}/"))
        for words in (
            made.entitlements[0].reference,
            made.decision.number,
            batch.reference,
            "1.500.000 đ",
            f"Nộp hồ sơ {made.entitlements[0].reference}",
            f"Đã chi 1.500.000 đ, đợt {batch.reference}",
            "Được phê duyệt hỗ trợ",
        ):
            assert words in page, words

    def test_a_payment_that_came_back_says_why(self) -> None:
        made = payable_list(1)
        batch = released_batch(made)
        line = batch.instructions.get()
        came_back = Results(returned={line.reference: "Sai số tài khoản"})
        record_results(actor=made.staff.accountant, batch=batch, results=came_back)
        moments = timeline_of(user(Role.COMMUNE_OFFICER), [payee(made).pk])
        shown = [moment for moment in moments if moment.title.startswith("Chi chưa được")]
        assert [moment.reason for moment in shown] == ["Sai số tài khoản"]
        assert [moment.on for moment in moments] == sorted((moment.on for moment in moments), reverse=True)

    def test_what_another_unit_holds_is_not_shown(self) -> None:
        """The person lives here, the case was filed in another district."""
        made = approved_list(1, area=OUTSIDE_COMMUNE)
        person = payee(made)
        Person.objects.filter(pk=person.pk).update(area_code=COMMUNE)
        here, there = user(Role.COMMUNE_OFFICER), user(Role.COMMUNE_OFFICER, area=OUTSIDE_COMMUNE)
        assert person_cases(here, person) is None
        assert live_cases(here, [person.pk]) == {}
        assert [moment for moment in timeline_of(here, [person.pk]) if "HS-" in moment.title] == []
        panel = person_cases(there, person)
        assert panel is not None
        assert len(panel.context["cases"]) == 1

    def test_who_has_no_case_shows_no_card(self) -> None:
        person = registered.person()
        officer = user(Role.COMMUNE_OFFICER)
        assert person_cases(officer, person) is None
        assert person_payments(officer, person) is None

    def test_live_cases_are_counted_in_the_list_and_joined_ones_with_their_root(self) -> None:
        made = payable_list(1)
        root = registered.person("Trần Văn Bình")
        Person.objects.filter(pk=payee(made).pk).update(joined_to=root)
        officer = user(Role.COMMUNE_OFFICER)
        rows = person_rows(list(people_of(officer)), officer, clock.today())
        assert [(row.name, row.live_cases, row.also) for row in rows] == [
            ("Trần Văn Bình", 1, ("Nguyễn Văn 1",))
        ]

    def test_money_to_come_back_is_named(self) -> None:
        made = payable_list(1)
        batch = released_batch(made)
        record_all_paid_except(actor=made.staff.accountant, batch=batch, exceptions={})
        Recovery.objects.create(
            reference="TH-2021-00000014",
            area_code=COMMUNE,
            entitlement=made.entitlements[0],
            instruction=batch.instructions.get(),
            person=payee(made),
            amount=1_500_000,
            reason="Chi trùng",
            opened_by_id=made.staff.accountant.pk,
            opened_on=clock.today(),
        )
        panel = person_payments(user(Role.COMMUNE_OFFICER), payee(made))
        assert panel is not None
        assert [row.reference for row in panel.context["recoveries"]] == ["TH-2021-00000014"]

    def test_the_papers_of_the_cases_are_named_with_their_scans(self, as_: SignIn) -> None:
        who = make.staff()
        case_list, decision = make.decided_list(who)
        person = Person.objects.get(cases__case_list=case_list)
        page = text_of(as_(who.officer).get(f"/people/{person.reference}/"))
        assert f"Tờ trình, danh sách {case_list.reference}: 12/TTr-UBND, 27/09/2021" in page
        assert f"Quyết định phê duyệt, danh sách {case_list.reference}: {decision.number}" in page


class TestOnTheCase:
    def changed(self, case: Case, actor: User) -> None:
        person = Person.objects.get(pk=case.person_id)
        registered.account(person)
        change_account(
            person=person,
            account=TypedAccount("BIDV", "12210001234567"),
            reason="Ngân hàng trả lại tiền",
            actor=actor,
        )
        change_number(
            person=person, paper=TypedPaper("CMND", "351234567"), reason="Thẻ đang làm lại", actor=actor
        )

    def test_changes_of_number_and_account_show_who_when_and_why(self, as_: SignIn) -> None:
        who = make.staff()
        make.list_at_district(who)
        case = Case.objects.get()
        client = as_(who.officer)
        assert "Thay đổi gần đây của người hưởng" not in text_of(client.get(f"/cases/{case.reference}/"))
        self.changed(case, user(Role.COMMUNE_OFFICER, name="Lê Tấn Đạt"))
        page = text_of(client.get(f"/cases/{case.reference}/"))
        for words in (
            "Thay đổi gần đây của người hưởng",
            "Ngân hàng trả lại tiền",
            "Agribank ••• ••• ••• 927 → BIDV ••• ••• ••• 567",
            "Thẻ đang làm lại",
            "Lê Tấn Đạt",
        ):
            assert words in page, words
        assert "12210001234567" not in page
        assert "351234567" not in page

    def test_an_ended_case_and_old_changes_show_nothing(self, as_: SignIn) -> None:
        who = make.staff()
        make.draft_list(who)
        case = Case.objects.get()
        self.changed(case, who.commune)
        client = as_(who.commune)
        Case.objects.filter(pk=case.pk).update(received_on=clock.today() + dt.timedelta(days=31))
        assert "Thay đổi gần đây" not in text_of(client.get(f"/cases/{case.reference}/"))
        Case.objects.filter(pk=case.pk).update(received_on=clock.today() + dt.timedelta(days=30))
        assert "Thay đổi gần đây" in text_of(client.get(f"/cases/{case.reference}/"))
        Case.objects.filter(pk=case.pk).update(status="withdrawn")
        assert "Thay đổi gần đây" not in text_of(client.get(f"/cases/{case.reference}/"))

    def test_a_person_of_another_commune_is_no_link(self, as_: SignIn) -> None:
        who = make.staff()
        make.draft_list(who)
        case = Case.objects.get()
        client = as_(who.commune)
        reference = Person.objects.get(pk=case.person_id).reference
        assert f"/people/{reference}/" in text_of(client.get(f"/cases/{case.reference}/"))
        Person.objects.filter(pk=case.person_id).update(area_code=OTHER_COMMUNE)
        assert f"/people/{reference}/" not in text_of(client.get(f"/cases/{case.reference}/"))
        assert not Event.objects.filter(action="access.denied").exists()
