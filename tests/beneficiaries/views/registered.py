"""What the tests of the register pages share: people of the commune, a signed-in client, what a form sends."""

from django.test import Client

from accounts.enums import Role
from accounts.models import User
from beneficiaries.models import Person, Status
from beneficiaries.services.registering_people import register_person
from beneficiaries.services.registers import record_status
from core import clock
from tests.factories.people import COMMUNE, user

NUMBERS = ("089085000411", "089185000423", "089090000437", "089192000445")
DISABLED = {"category": "k6_severe", "disability_degree": "severe", "valid_from": "01/07/2021"}
DECISION = {"decision_number": "12/QĐ-UBND", "decided_on": "25/06/2021", "decided_by": "UBND huyện Phú Tân"}
WORKER = {
    "category": "ban_ve_so_luu_dong",
    "occupation": "bán vé số dạo",
    "lost_work_on": "09/07/2021",
    "valid_from": "01/05/2021",
}


def signed_in(*roles: Role, area: str | None = None, someone: User | None = None) -> Client:
    client = Client()
    client.force_login(
        someone or user(*roles, area=area), backend="django.contrib.auth.backends.ModelBackend"
    )
    return client


def person(
    name: str = "Nguyễn Văn Bảy", number: str = NUMBERS[0], area: str = COMMUNE, **more: str
) -> Person:
    """Somebody registered in the commune; births fit the numbers."""
    year = {"0": "19", "1": "19", "2": "20", "3": "20"}[number[3]] + number[4:6]
    sex = "Nữ" if number[3] in "13" else "Nam"
    typed = {
        "full_name": name,
        "dob": f"05/03/{year}",
        "sex": sex,
        "id_number": number,
        "address": "Ấp Phú Lợi",
    }
    return register_person(
        typed={**typed, **more},
        profile="",
        on=clock.today(),
        area_code=area,
        actor=user(Role.COMMUNE_OFFICER, area=area),
        keeps_warnings=True,
    )


def entry(register: str, of: Person, **typed: str) -> Status:
    base = DISABLED if register == "social_protection" else WORKER
    return record_status(
        register=register,
        person=of,
        typed={**base, **DECISION, **typed},
        actor=user(Role.COMMUNE_OFFICER, area=of.area_code),
        keeps_warnings=True,
    )
