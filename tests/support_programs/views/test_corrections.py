"""The page on which the commune corrects an applicant."""

import pytest
from django.test import Client

from accounts.enums import Role
from support_programs.models import Case
from tests.factories import cases as make
from tests.factories.people import OUTSIDE_COMMUNE, user

pytestmark = pytest.mark.django_db


def posted(case: Case, **changes: str) -> dict[str, str]:
    return {
        "full_name": "Trần Văn Bình",
        "dob": "04/03/1978",
        "sex": "Nam",
        "id_number": "089078555123",
        "address": "Ấp Mỹ Lương",
        "job": "Bán vé số dạo",
        "phone": "",
        "reason": "Đối chiếu thẻ",
        "version": str(case.version),
        **changes,
    }


def test_the_commune_corrects_and_is_back_at_the_case(client: Client) -> None:
    who = make.staff()
    make.draft_list(who)
    case = Case.objects.get()
    address = f"/cases/{case.reference}/correct/"
    client.force_login(who.commune)
    assert address in client.get(f"/cases/{case.reference}/").content.decode()
    assert case.applicant_name in client.get(address).content.decode()
    for changes, field in (
        ({"id_number": "0890785"}, "id_number"),
        ({"reason": ""}, "reason"),
        ({"full_name": "Tran Van Binh"}, "full_name"),
    ):
        answer = client.post(address, posted(case, **changes))
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert 'name="keep"' in client.post(address, posted(case, full_name="Tran Van Binh")).content.decode()
    answer = client.post(address, posted(case, full_name="Tran Van Binh", keep="on"))
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/cases/{case.reference}/")
    case.refresh_from_db()
    assert (case.applicant_name, case.number_last3) == ("Tran Van Binh", "123")


def test_others_are_kept_out_and_a_closed_case_stays(client: Client) -> None:
    who = make.staff()
    make.list_at_district(who)
    case = Case.objects.get()
    address = f"/cases/{case.reference}/correct/"
    before = Case.objects.values().get()
    for person, status in (
        (user(Role.COMMUNE_OFFICER, area=OUTSIDE_COMMUNE), 404),
        (who.officer, 403),
        (who.commune, 422),
    ):
        client.force_login(person)
        assert client.post(address, posted(case)).status_code == status
    assert address not in client.get(f"/cases/{case.reference}/").content.decode()
    assert Case.objects.values().get() == before
