"""The page of an act offers what can be done: no office to choose from, or not this desk's, and there is no form."""

import pytest
from django.test import Client

from accounts.enums import Role
from support_programs.enums import GrievanceChannel as Channel
from support_programs.models import Grievance
from support_programs.services.grievances import file_grievance
from tests.factories.people import user
from tests.support_programs.services.grievances.test_filing import report

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


def filed(**changes: object) -> Grievance:
    return file_grievance(report(**changes), channel=Channel.PUBLIC, actor=None).grievance


def test_a_denunciation_stays_at_the_department(client: Client) -> None:
    made = filed(kind="denunciation")
    assert made.area_code == "89"
    client.force_login(user(Role.PROVINCIAL_REVIEWER), backend=BACKEND)
    page = client.get(f"/grievances/{made.reference}/").content.decode()
    assert "Thụ lý" in page
    assert "Chuyển cơ quan khác giải quyết" not in page
    address = f"/grievances/{made.reference}/forward/"
    assert "<textarea" not in client.get(address).content.decode()
    refused = client.post(address, {"version": made.version, "to_area": "89888", "reason": "Lý do đã gõ"})
    assert refused.status_code == 422
    assert "Lý do đã gõ" in refused.content.decode()
    made.refresh_from_db()
    assert (made.area_code, made.version) == ("89", 1)


def test_what_another_desk_answers_has_no_form_here(client: Client) -> None:
    made = filed()
    client.force_login(user(Role.AUDITOR), backend=BACKEND)
    page = client.get(f"/grievances/{made.reference}/answer/").content.decode()
    assert "Việc này không làm được lúc này" in page
    assert "<textarea" not in page
    client.force_login(user(Role.COMMUNE_OFFICER), backend=BACKEND)
    page = client.get(f"/grievances/{made.reference}/forward/").content.decode()
    assert "<textarea" in page
    nowhere = client.post(
        f"/grievances/{made.reference}/forward/", {"version": made.version, "reason": "Lý do"}
    )
    assert nowhere.status_code == 422
    assert "Hãy chọn cơ quan nhận" in nowhere.content.decode()
