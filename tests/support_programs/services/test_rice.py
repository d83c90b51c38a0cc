"""Rice of the wave of August 2021: one portion a person, whatever groups they belong to (docs: boundary case 15)."""

import datetime as dt

import pytest
from django.test import Client

from accounts.enums import Role
from support_programs.models import Case
from support_programs.services.claims import ClaimRefused, open_claim
from tests.factories.people import user

pytestmark = pytest.mark.django_db

PERSON = {
    "full_name": "Trần Văn Út",
    "dob": "27/02/1961",
    "sex": "Nam",
    "id_number": "089061037877",
    "address": "Ấp Mỹ Lương",
}
ANSWERS = {"group": "poor", "present_locally": "true"}


def test_a_poor_and_disabled_person_gets_one_portion() -> None:
    commune = user(Role.COMMUNE_OFFICER)
    day = dt.date(2021, 9, 20)
    case = open_claim(
        programme="GAO_HO_TRO", received_on=day, actor=commune, applicant=PERSON, answers=ANSWERS
    )
    assert (case.result, case.unit, case.quantity, case.amount_proposed) == ("eligible", "kg", 15, 0)
    assert case.period == "wave_2021_08"
    client = Client()
    client.force_login(commune)
    assert "15 kg" in client.get(f"/cases/{case.reference}/").content.decode()
    with pytest.raises(ClaimRefused) as caught:
        open_claim(
            programme="GAO_HO_TRO",
            received_on=day,
            actor=commune,
            applicant=PERSON,
            answers={**ANSWERS, "group": "social_assistance"},
            keeps_warnings=True,
        )
    assert "Hỗ trợ gạo" in str(caught.value)
    assert Case.objects.filter(programme="GAO_HO_TRO").count() == 1
