"""One click shows one number once, to who needs it, with its purpose in the log; who only reads sees masks."""

import re
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from accounts.enums import Role
from accounts.models import User
from beneficiaries.models import IdentityDocument, PayoutAccount, Person
from beneficiaries.services import reveals
from core.models import Event
from tests.factories import cases
from tests.factories.people import OUTSIDE_COMMUNE, PROVINCE, user
from tests.security.story import brought_in

pytestmark = pytest.mark.django_db
NUMBER, OLD, ACCOUNT = "089085000111", "351234561", "6700205111927"


@pytest.fixture
def person() -> Person:
    brought_in(cases.staff())
    return IdentityDocument.objects.get(number_last3="111", is_current=True).person


def signed_in(someone: User) -> Client:
    client = Client()
    client.force_login(someone, backend="django.contrib.auth.backends.ModelBackend")
    return client


def code_of(person: Person, last3: str) -> str:
    paper = IdentityDocument.objects.filter(person=person, number_last3=last3).first()
    return (
        f"paper-{paper.pk}"
        if paper
        else f"account-{PayoutAccount.objects.get(person=person, account_last3=last3).pk}"
    )


def seen() -> list[Event]:
    return list(Event.objects.filter(action=reveals.ACTION).order_by("pk"))


def plain(answer: Any) -> str:
    """The page without the spaces between groups of digits."""
    return re.sub(r"(?<=\d) (?=\d)", "", answer.content.decode())


@pytest.mark.parametrize(("last3", "number"), [("111", NUMBER), ("561", OLD), ("927", ACCOUNT)])
def test_one_click_shows_one_number_once(person: Person, last3: str, number: str) -> None:
    officer = user(Role.COMMUNE_OFFICER)
    client = signed_in(officer)
    address = f"/people/{person.reference}/reveal/"
    page = client.get(address)
    assert page.status_code == 200
    assert not any(secret in plain(page) for secret in (NUMBER, OLD, ACCOUNT))
    shown = client.post(address, {"code": code_of(person, last3), "purpose": "papers"})
    assert [secret for secret in (NUMBER, OLD, ACCOUNT) if secret in plain(shown)] == [number]
    assert shown.headers["Cache-Control"] == "no-store"
    assert number not in plain(client.get(address))
    (event,) = seen()
    assert (event.actor_id, event.object_ref, event.change["purpose"]) == (
        officer.pk,
        person.reference,
        "Đối chiếu giấy tờ",
    )
    assert number not in str(event.change) + event.reason


def test_htmx_gets_the_card_and_others_a_page(person: Person) -> None:
    client = signed_in(user(Role.DISTRICT_OFFICER))
    address, asked = (
        f"/people/{person.reference}/reveal/",
        {"code": code_of(person, "111"), "purpose": "appraisal"},
    )
    card = client.post(address, asked, headers={"HX-Request": "true"}).content.decode()
    page = client.post(address, asked).content.decode()
    assert card.lstrip().startswith('<section class="card" id="reveal"')
    assert "<html" not in card
    assert "<html" in page
    assert len(seen()) == 2


def test_the_page_of_the_person_offers_it(person: Person) -> None:
    page = signed_in(user(Role.COMMUNE_OFFICER)).get(f"/people/{person.reference}/")
    assert f'action="/people/{person.reference}/reveal/"' in page.content.decode()
    assert NUMBER not in plain(page)


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"purpose": ""}, "Mục đích: hãy chọn"),
        ({"purpose": "curious"}, "Mục đích: hãy chọn"),
        ({"purpose": "other"}, "Ghi rõ việc"),
        ({"purpose": "papers", "code": "paper-999999"}, "Hãy chọn số cần xem."),
    ],
)
def test_without_a_purpose_nothing_is_shown(person: Person, asked: dict[str, str], sentence: str) -> None:
    client = signed_in(user(Role.COMMUNE_OFFICER))
    answer = client.post(f"/people/{person.reference}/reveal/", {"code": code_of(person, "111"), **asked})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert NUMBER not in plain(answer)
    assert seen() == []


def test_what_is_typed_beside_is_kept_without_numbers(person: Person) -> None:
    officer = user(Role.COMMUNE_OFFICER)
    reveals.reveal_number(
        person=person,
        code=code_of(person, "111"),
        purpose="other",
        note=f"Hỏi số {NUMBER}, TK {ACCOUNT}",
        actor=officer,
    )
    assert seen()[0].reason == "Hỏi số •••, TK •••"


def test_a_number_of_somebody_else_is_not_theirs(person: Person) -> None:
    other = IdentityDocument.objects.exclude(person=person).order_by("pk")[0]
    with pytest.raises(reveals.RevealRefused, match="Hãy chọn số cần xem"):
        reveals.reveal_number(
            person=person, code=f"paper-{other.pk}", purpose="papers", actor=user(Role.COMMUNE_OFFICER)
        )


def test_papers_of_a_joined_entry_are_theirs_too(person: Person) -> None:
    paper = IdentityDocument.objects.exclude(person=person).filter(is_current=True).order_by("pk")[0]
    Person.objects.filter(pk=paper.person_id).update(joined_to=person)
    officer = user(Role.COMMUNE_OFFICER)
    shown = reveals.reveal_number(person=person, code=f"paper-{paper.pk}", purpose="papers", actor=officer)
    assert (shown.number, shown.label) == ("089085000222", f"Số CCCD của mục {paper.person.reference}")
    assert seen()[0].object_ref == person.reference


class TestWho:
    @pytest.mark.parametrize(
        "role", [Role.LEADER, Role.AUDITOR, Role.DISTRICT_HEAD, Role.PROVINCIAL_APPROVER]
    )
    def test_who_only_reads_or_approves_sees_masks(self, person: Person, role: Role) -> None:
        someone = user(role)
        client = signed_in(someone)
        address = f"/people/{person.reference}/reveal/"
        assert client.get(address).status_code == 403
        assert client.post(address, {"code": code_of(person, "111"), "purpose": "papers"}).status_code == 403
        with pytest.raises(PermissionDenied):
            reveals.reveal_number(person=person, code=code_of(person, "111"), purpose="papers", actor=someone)
        assert "/reveal/" not in client.get(f"/people/{person.reference}/").content.decode()
        assert seen() == []

    def test_accountants_see_accounts_only(self, person: Person) -> None:
        accountant = user(Role.ACCOUNTANT)
        assert [found.kind for found in reveals.revealables(person, accountant)] == ["account"]
        page = signed_in(accountant).get(f"/people/{person.reference}/reveal/").content.decode()
        assert '<option value="payment" selected>' in page
        with pytest.raises(reveals.RevealRefused, match="Hãy chọn số cần xem"):
            reveals.reveal_number(
                person=person, code=code_of(person, "111"), purpose="payment", actor=accountant
            )
        account = code_of(person, "927")
        assert (
            reveals.reveal_number(person=person, code=account, purpose="payment", actor=accountant).number
            == ACCOUNT
        )

    def test_another_area_does_not_know_the_person(self, person: Person) -> None:
        outsider = user(Role.COMMUNE_OFFICER, area=OUTSIDE_COMMUNE)
        address = f"/people/{person.reference}/reveal/"
        answer = signed_in(outsider).post(address, {"code": code_of(person, "111"), "purpose": "papers"})
        assert answer.status_code == 404
        with pytest.raises(PermissionDenied):
            reveals.reveal_number(
                person=person, code=code_of(person, "111"), purpose="papers", actor=outsider
            )


def test_who_leafs_through_numbers_is_stopped(person: Person) -> None:
    officer, colleague = user(Role.COMMUNE_OFFICER), user(Role.COMMUNE_OFFICER)
    code = code_of(person, "111")
    for _time in range(reveals.MOST_PER_HOUR):
        reveals.reveal_number(person=person, code=code, purpose="papers", actor=officer)
    answer = signed_in(officer).post(
        f"/people/{person.reference}/reveal/", {"code": code, "purpose": "papers"}
    )
    assert answer.status_code == 422
    assert re.search(
        r"Bạn đã xem 30 số trong một giờ\. Từ \d\d:\d\d bạn xem tiếp được\.", answer.content.decode()
    )
    assert len(seen()) == reveals.MOST_PER_HOUR
    assert reveals.reveal_number(person=person, code=code, purpose="papers", actor=colleague).number == NUMBER


def test_the_log_tells_of_it(person: Person) -> None:
    reveals.reveal_number(
        person=person,
        code=code_of(person, "927"),
        purpose="payment",
        actor=user(Role.ACCOUNTANT, name="Lê Thị Hoa"),
    )
    log = signed_in(user(Role.AUDITOR, area=PROVINCE)).get("/settings/audit/").content.decode()
    assert (
        f"Lê Thị Hoa xem đầy đủ: Tài khoản Agribank của {person.reference}. Mục đích: Chi trả, đối soát"
        in log
    )
