"""The pages of people left behind: found, exported, handed to the commune, answered, and gone once they have a case."""

import datetime as dt
import io
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from accounts.enums import Role
from accounts.models import User
from beneficiaries.models import IdentityDocument, Person, Status
from core.models import Event
from support_programs.models import Case, Outreach, ProgrammeVersion
from support_programs.services.claims import open_claim
from tests.factories.claims import applicant
from tests.factories.people import COMMUNE, DISTRICT, OTHER_COMMUNE, OUTSIDE_DISTRICT, user
from tests.support_programs.queries.entry_rows import Held, write_entries
from tests.support_programs.queries.register_rows import Claim, Human, case_of, write

pytestmark = pytest.mark.django_db
PAGE = reverse("support_programs:left_behind")
HANDED = reverse("support_programs:left_behind_handed")
HAND = reverse("support_programs:left_behind_hand")
RICE = "?programme=GAO_HO_TRO"
START = (dt.date(2021, 1, 1), None)


def signed_in(who: User) -> Client:
    client = Client()
    client.force_login(who, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def officer() -> User:
    return user(Role.COMMUNE_OFFICER)


@pytest.fixture
def district() -> User:
    return user(Role.DISTRICT_OFFICER)


@pytest.fixture
def outsider() -> Client:
    return signed_in(user(Role.DISTRICT_OFFICER, area=OUTSIDE_DISTRICT))


def people(*registers: str, area: str = COMMUNE) -> list[Person]:
    """One person per register ("" for none), who needs only to be present to get rice."""
    humans = [Human(area, dt.date(1960, 5, 1), 1960, "", has_joined=False) for _ in registers]
    if not humans:
        return []
    write(humans)
    held = [
        (Held(register, "poor" if register == "poor_households" else "k8", {}, START), human.row)
        for register, human in zip(registers, humans, strict=True)
        if register
    ]
    for entry, _person in held:
        if entry.register == "poor_households":
            entry.membership = START
    write_entries(held)
    return [human.row for human in humans]


def names_on(client: Client, query: str = RICE) -> list[str]:
    page = client.get(PAGE + query)
    assert page.status_code == 200
    return [row.full_name for row, _state in page.context["page"].object_list]


def rice_for(person: Person) -> Case:
    """A live claim of somebody who is registered already."""
    version = ProgrammeVersion.objects.get(programme="GAO_HO_TRO", is_current=True)
    human = Human(person.area_code, None, 1960, "", has_joined=False, row=person)
    case = case_of(human, Claim(version, {}), {})
    case.save()
    return case


# --- the list -----------------------------------------------------------------------------------------------------------


def test_whom_a_register_names_is_there_with_what_is_missing(officer: User) -> None:
    poor, disabled, unknown = people("poor_households", "social_protection", "")
    client = signed_in(officer)
    assert names_on(client) == [poor.full_name, disabled.full_name]
    assert unknown.full_name in names_on(client, f"{RICE}&who=all")
    page = client.get(PAGE + RICE).content.decode()
    assert "Cư trú hợp pháp và đang có mặt tại địa phương" in page
    assert "Thuộc hộ nghèo, hộ cận nghèo" not in page
    assert reverse("beneficiaries:person_page", args=[poor.reference]) in page
    assert f"{reverse('support_programs:claim_new', args=['GAO_HO_TRO'])}?person={poor.reference}" in page


def test_who_has_a_case_is_not_left_behind(officer: User) -> None:
    poor, other = people("poor_households", "poor_households")
    rice_for(poor)
    assert names_on(signed_in(officer)) == [other.full_name]


def test_an_area_is_one_s_own(officer: User, district: User, outsider: Client) -> None:
    people("poor_households")
    (far,) = people("poor_households", area=OTHER_COMMUNE)
    assert len(names_on(signed_in(district))) == 2
    assert names_on(signed_in(district), f"{RICE}&commune={OTHER_COMMUNE}") == [far.full_name]
    assert len(names_on(signed_in(officer))) == 1
    assert signed_in(officer).get(f"{PAGE}{RICE}&commune={OTHER_COMMUNE}").status_code == 404
    assert names_on(outsider) == []
    assert outsider.get(f"{PAGE}{RICE}&district={DISTRICT}").status_code == 404
    assert outsider.get(f"{PAGE}?programme=NO_SUCH").status_code == 404


def test_who_sees_no_records_sees_nobody() -> None:
    assert signed_in(user(Role.ADMINISTRATOR)).get(PAGE).status_code == 403


def test_a_page_asks_as_often_for_many_as_for_few(
    officer: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    people("poor_households")
    client = signed_in(officer)
    names_on(client)
    for more in (0, 20):
        people(*["poor_households"] * more)
        with django_assert_num_queries(12):
            assert len(names_on(client)) == 1 + more


def test_the_export_holds_the_rows_masked_and_is_recorded(officer: User) -> None:
    poor, _other = people("poor_households", "social_protection")
    IdentityDocument.objects.create(
        area_code=COMMUNE,
        person=poor,
        kind="CCCD",
        number_encrypted=b"x",
        number_index=b"0123456789abcdef",
        number_last3="412",
        is_current=True,
    )
    answer = signed_in(officer).get(reverse("support_programs:left_behind_export") + RICE)
    sheet = load_workbook(io.BytesIO(answer.content)).active
    rows = [row for row in sheet.iter_rows(values_only=True) if row[1] == poor.full_name]
    assert len(rows) == 1
    assert f"{rows[0][2]:%d/%m/%Y}" == "01/05/1960"
    assert "••• ••• ••• 412" in rows[0]
    event = Event.objects.get(action="outreach.exported")
    assert (event.change["rows"], event.area_code) == ("2", COMMUNE)


def test_the_form_of_a_claim_begins_with_the_person(officer: User, outsider: Client) -> None:
    (poor,) = people("poor_households")
    address = f"{reverse('support_programs:claim_new', args=['GAO_HO_TRO'])}?person={poor.reference}"
    page = signed_in(officer).get(address).content.decode()
    assert poor.full_name in page
    assert "01/05/1960" in page
    far = signed_in(user(Role.COMMUNE_OFFICER, area=OTHER_COMMUNE)).get(address)
    assert poor.full_name not in far.content.decode()


# --- handed over --------------------------------------------------------------------------------------------------------


def test_the_district_hands_over_once_and_the_commune_sees_it_at_home(officer: User, district: User) -> None:
    poor, _disabled, _unknown = people("poor_households", "social_protection", "")
    desk = signed_in(district)
    for _ in range(2):
        assert desk.post(HAND + RICE, {"pick": [poor.reference]}).status_code == 302
    handed = Outreach.objects.get()
    assert (handed.person, handed.state, handed.area_code, handed.result) == (
        poor,
        "waiting",
        COMMUNE,
        "undetermined",
    )
    assert Event.objects.filter(action="outreach.handed", object_ref=poor.reference).count() == 1
    assert desk.post(HAND + RICE, {"pick_all": "1"}).status_code == 302
    assert Outreach.objects.count() == 2
    home = signed_in(officer).get("/").content.decode()
    assert "Cần rà soát" in home


def test_only_the_district_and_the_department_hand_over(officer: User, outsider: Client) -> None:
    (poor,) = people("poor_households")
    assert signed_in(officer).post(HAND + RICE, {"pick": [poor.reference]}).status_code == 403
    outsider.post(HAND + RICE, {"pick": [poor.reference]})
    assert signed_in(user(Role.DISTRICT_HEAD)).post(HAND + RICE, {"pick_all": "1"}).status_code == 403
    assert not Outreach.objects.exists()
    assert signed_in(user(Role.PROVINCIAL_REVIEWER)).post(HAND + RICE, {"pick_all": "1"}).status_code == 302
    assert Outreach.objects.count() == 1


@pytest.fixture
def handed(district: User) -> Outreach:
    (poor,) = people("poor_households")
    signed_in(district).post(HAND + RICE, {"pick": [poor.reference]})
    return Outreach.objects.get()


def answer(client: Client, handed: Outreach, state: str, note: str = "", **more: Any) -> Any:
    address = reverse("support_programs:left_behind_answer", args=[handed.pk])
    return client.post(address, {"state": state, "note": note, "version": handed.version, **more})


def test_the_commune_answers_and_may_answer_anew(officer: User, handed: Outreach) -> None:
    client = signed_in(officer)
    assert answer(client, handed, "invited").status_code == 302
    handed.refresh_from_db()
    assert (handed.state, handed.answered_by_name, handed.version) == ("invited", officer.full_name, 2)
    assert answer(client, handed, "moved", "Đã lên Bình Dương").status_code == 302
    page = client.get(HANDED).content.decode()
    assert "Đã lên Bình Dương" in page
    told = Event.objects.filter(action="outreach.answered").order_by("pk")
    assert [event.change["answer"] for event in told] == ["Đã mời làm hồ sơ", "Không còn ở địa phương"]


def test_an_answer_that_needs_a_word_is_refused_without_one(officer: User, handed: Outreach) -> None:
    refused = answer(signed_in(officer), handed, "not_entitled")
    assert refused.status_code == 422
    assert "Hãy ghi chú vì sao" in refused.content.decode()
    assert answer(signed_in(officer), handed, "waiting").status_code == 422
    handed.refresh_from_db()
    assert handed.state == "waiting"


def test_whoever_was_slower_hears_it(officer: User, handed: Outreach) -> None:
    client = signed_in(officer)
    answer(client, handed, "invited")
    late = answer(client, handed, "declined", "Không cần")
    assert late.status_code == 422
    assert "vừa trả lời về người này" in late.content.decode()


def test_nobody_answers_for_another_commune(district: User, outsider: Client, handed: Outreach) -> None:
    assert answer(outsider, handed, "invited").status_code == 404
    assert (
        answer(signed_in(user(Role.COMMUNE_OFFICER, area=OTHER_COMMUNE)), handed, "invited").status_code
        == 404
    )
    assert answer(signed_in(district), handed, "invited").status_code == 403


def test_who_has_a_case_since_leaves_by_themselves(officer: User, handed: Outreach) -> None:
    client = signed_in(officer)
    assert handed.person.full_name in client.get(HANDED).content.decode()
    case = rice_for(handed.person)
    assert handed.person.full_name not in client.get(HANDED).content.decode()
    assert "Cần rà soát" not in client.get("/").content.decode()
    Case.objects.filter(pk=case.pk).update(status="withdrawn")
    assert handed.person.full_name in client.get(HANDED).content.decode()


# --- cases without an entry -----------------------------------------------------------------------------------------------


UNREGISTERED = reverse("support_programs:unregistered")


def free_worker(officer: User, job: str = "Phụ hồ", **answers: Any) -> Case:
    return open_claim(
        programme="LD_TU_DO",
        received_on=dt.date(2021, 9, 20),
        actor=officer,
        applicant=applicant(job=job),
        answers=answers,
        stream="KHAC",
    )


def test_a_case_without_an_entry_is_listed_and_written_into_the_register(officer: User) -> None:
    client, query = signed_in(officer), "?programme=LD_TU_DO"
    case = free_worker(officer, lost_income_on="09/07/2021", monthly_income="0", has_labour_contract="false")
    assert case.reference in client.get(UNREGISTERED + query).content.decode()
    answer = client.post(reverse("support_programs:unregistered_fill") + query, {"pick": [case.reference]})
    assert answer.status_code == 302
    status = Status.objects.get(person=case.person)
    assert (status.register, status.category, status.valid_from, status.source) == (
        "free_workers",
        "tho_ho_phu_ho",
        dt.date(2021, 9, 20),
        "typed",
    )
    assert status.details == {
        "occupation": "Phụ hồ",
        "lost_work_on": "2021-07-09",
        "monthly_income": 0,
        "has_labour_contract": False,
    }
    event = Event.objects.get(action="case.put_on_register")
    assert (event.object_ref, event.change["entry"]) == (case.reference, status.reference)
    assert case.reference not in client.get(UNREGISTERED + query).content.decode()
    client.post(reverse("support_programs:unregistered_fill") + query, {"pick": [case.reference]})
    assert Status.objects.count() == 1


def test_what_the_case_does_not_tell_is_named_and_left_alone(officer: User) -> None:
    client, query = signed_in(officer), "?programme=LD_TU_DO"
    case = free_worker(officer, job="Làm thuê làm mướn")
    fill = reverse("support_programs:unregistered_fill") + query
    page = client.post(fill, {"pick": [case.reference]}, follow=True).content.decode()
    assert "Hồ sơ chưa cho biết nhóm để ghi vào sổ." in page
    assert not Status.objects.exists()


def test_cases_of_rice_are_listed_and_no_household_is_made_of_them(officer: User, outsider: Client) -> None:
    poor, other = people("poor_households", "")
    rice_for(poor)
    case = rice_for(other)
    client = signed_in(officer)
    page = client.get(UNREGISTERED + RICE).content.decode()
    assert case.reference in page
    assert "Sổ hộ nghèo ghi theo hộ" in page
    assert [row.reference for row in client.get(UNREGISTERED + RICE).context["page"]] == [case.reference]
    fill = reverse("support_programs:unregistered_fill") + RICE
    assert (
        "Sổ này không ghi được từ hồ sơ" in client.post(fill, {"pick_all": "1"}, follow=True).content.decode()
    )
    answer = client.get(reverse("support_programs:unregistered_export") + RICE)
    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert [row for row in sheet.iter_rows(values_only=True) if case.reference in row]
    assert outsider.get(f"{UNREGISTERED}{RICE}&district={DISTRICT}").status_code == 404
