"""Printed lists: full numbers to sign, masked ones to hang out, and the log of who took them."""

import io

import pytest
from django.test import Client
from pypdf import PdfReader

from accounts.enums import Role
from beneficiaries.models import IdentityDocument
from core import crypto
from core.models import Event
from support_programs.models import Case
from tests.factories import cases as make
from tests.factories.people import DISTRICT, OUTSIDE_COMMUNE, user

pytestmark = pytest.mark.django_db


def text_of(content: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).split())


def test_the_two_papers_of_a_list(client: Client) -> None:
    who = make.staff()
    case_list = make.list_at_district(who, rows=2)
    client.force_login(who.commune)
    first = Case.objects.filter(case_list=case_list).order_by("position")[0]
    blob = IdentityDocument.objects.get(person=first.person).number_encrypted
    number = crypto.decrypt("number", bytes(blob))
    to_sign = client.get(f"/lists/{case_list.reference}/paper/proposal/")
    public = client.get(f"/lists/{case_list.reference}/paper/posting/")
    assert (to_sign.status_code, public.status_code) == (200, 200)
    assert to_sign.headers["Content-Type"] == "application/pdf"
    signed, posted = text_of(to_sign.content), text_of(public.content)
    assert number in signed
    assert "Tổng cộng: 2 người" in signed
    assert "3.000.000" in signed
    assert "Ba triệu đồng" in signed
    assert number not in posted
    assert f"••• {number[-3:]}" in posted
    assert "1978" in posted
    assert "04/03/1978" not in posted
    assert "Niêm yết từ ngày 22/09/2021 đến hết ngày 24/09/2021" in posted
    assert Event.objects.filter(action="list.printed", actor_id=who.commune.pk).count() == 2


def test_outsiders_and_unknown_papers_get_404(client: Client) -> None:
    who = make.staff()
    case_list = make.draft_list(who)
    client.force_login(user(Role.COMMUNE_OFFICER, area=OUTSIDE_COMMUNE))
    assert client.get(f"/lists/{case_list.reference}/paper/proposal/").status_code == 404
    client.force_login(who.commune)
    assert client.get(f"/lists/{case_list.reference}/paper/receipt/").status_code == 404
    assert not Event.objects.filter(action="list.printed").exists()


@pytest.mark.parametrize("role", [Role.LEADER, Role.ACCOUNTANT])
def test_whole_numbers_are_for_those_who_sign_or_check_the_list(client: Client, role: Role) -> None:
    case_list = make.draft_list(make.staff())
    client.force_login(user(role, area=DISTRICT))
    assert client.get(f"/lists/{case_list.reference}/paper/proposal/").status_code == 403
    assert "/paper/proposal/" not in client.get(f"/lists/{case_list.reference}/").content.decode()
    assert client.get(f"/lists/{case_list.reference}/paper/posting/").status_code == 200
    assert Event.objects.filter(action="list.printed").count() == 1
