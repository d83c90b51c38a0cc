"""The page that marks what is wrong with a dossier, the page that answers it, and what both desks see meanwhile."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client

from accounts.enums import Role
from accounts.models import User
from core.models import Event
from support_programs.enums import CaseStatus
from support_programs.models import Case, SupplementRequest
from support_programs.services.supplements import ask_supplement
from tests.factories import cases as make
from tests.factories.people import OTHER_COMMUNE, OUTSIDE_COMMUNE, OUTSIDE_DISTRICT, user

pytestmark = pytest.mark.django_db
As = Callable[[User], Client]


@pytest.fixture
def who() -> make.Staff:
    return make.staff()


@pytest.fixture
def as_(client: Client) -> As:
    def sign_in(person: User) -> Client:
        client.force_login(person)
        return client

    return sign_in


@pytest.fixture
def case(who: make.Staff) -> Case:
    return Case.objects.get(case_list=make.list_at_district(who))


def waiting(case: Case, who: make.Staff) -> Case:
    marked = {("applicant", "address"): "Ghi lại ấp", ("answer", "no_such"): ""}
    del marked["answer", "no_such"]
    return ask_supplement(case, marked=marked, reason="Sai địa chỉ", actor=who.officer)


def everything() -> tuple[object, ...]:
    models = (Case, SupplementRequest)
    rows = [list(model.objects.order_by("pk").values()) for model in models]
    return (*rows, Event.objects.exclude(action="access.denied").count())


def test_an_officer_marks_and_the_commune_answers(who: make.Staff, as_: As, case: Case) -> None:
    page = as_(who.officer).get(f"/cases/{case.reference}/ask-supplement/").content.decode()
    assert 'name="mark-applicant-address"' in page
    assert "Ấp Mỹ Lương" in page
    sent = {
        "mark-applicant-address": "on",
        "why-applicant-address": "Ghi lại ấp theo sổ hộ khẩu",
        "answer_by": "5/10/2021",
        "version": case.version,
    }
    answer = as_(who.officer).post(f"/cases/{case.reference}/ask-supplement/", sent)
    assert (answer.status_code, answer["Location"]) == (302, f"/cases/{case.reference}/")
    asked = SupplementRequest.objects.get()
    assert [(item["code"], item["why"]) for item in asked.items] == [
        ("address", "Ghi lại ấp theo sổ hộ khẩu")
    ]
    assert asked.answer_by == dt.date(2021, 10, 5)

    shown = as_(who.commune).get(f"/cases/{case.reference}/").content.decode()
    assert "Chờ từ" in shown
    assert "Ghi lại ấp theo sổ hộ khẩu" in shown
    assert "đề nghị trước ngày 05/10/2021" in shown
    assert "Thời hạn tạm dừng, còn 2 ngày làm việc tính từ ngày bổ sung." in shown
    assert f"/cases/{case.reference}/supplement/" in shown

    form = as_(who.commune).get(f"/cases/{case.reference}/supplement/").content.decode()
    assert "Khóm, ấp" in form
    case.refresh_from_db()
    done = {"done-0": "Ấp Mỹ Phú", "note": "", "version": case.version}
    as_(who.commune).post(f"/cases/{case.reference}/supplement/", done)
    case.refresh_from_db()
    assert (case.status, case.due_on) == (CaseStatus.APPRAISING, dt.date(2021, 9, 29))
    assert "Khóm, ấp: Ấp Mỹ Phú" in as_(who.officer).get(f"/cases/{case.reference}/").content.decode()


def test_words_without_a_tick_mark_the_place_and_suggested_words_alone_do_not(
    who: make.Staff, as_: As, case: Case
) -> None:
    page = as_(who.officer).get(f"/cases/{case.reference}/ask-supplement/")
    hints = {
        f"why-{place.name}": place.hint for group in page.context["form"].groups for place in group.places
    }
    sent = {**hints, "why-applicant-birth": "Sai năm sinh"}
    as_(who.officer).post(f"/cases/{case.reference}/ask-supplement/", sent)
    assert [item["code"] for item in SupplementRequest.objects.get().items] == ["birth"]


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({}, "Hãy đánh dấu mục cần bổ sung hoặc ghi lý do."),
        ({"mark-applicant-sex": "on"}, "Hãy ghi điều cần bổ sung ở «Giới tính»."),
        ({"reason": "Thiếu đơn", "answer_by": "27/9/2021"}, "Ngày 27/09/2021 phải sau hôm nay, 27/09/2021."),
        ({"reason": "Thiếu đơn", "answer_by": "31/9/2021"}, "Không có ngày “31/9/2021” trong lịch."),
        ({"reason": "Thiếu đơn", "version": "99"}, "vừa"),
    ],
)
def test_what_is_not_understood_is_said_and_kept_on_the_page(
    who: make.Staff, as_: As, case: Case, sent: dict[str, str], words: str
) -> None:
    before = everything()
    typed = {"why-applicant-job": "", **sent}
    answer = as_(who.officer).post(f"/cases/{case.reference}/ask-supplement/", typed)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert everything() == before


def test_an_answer_without_words_is_refused(who: make.Staff, as_: As, case: Case) -> None:
    waiting(case, who)
    before = everything()
    answer = as_(who.commune).post(f"/cases/{case.reference}/supplement/", {"done-0": " "})
    assert answer.status_code == 422
    assert "Hãy ghi đã bổ sung những gì." in answer.content.decode()
    assert everything() == before


def test_another_area_sees_nothing_and_another_role_changes_nothing(
    who: make.Staff, as_: As, case: Case
) -> None:
    waiting(case, who)
    before = everything()
    outsiders = [
        user(Role.DISTRICT_OFFICER, area=OUTSIDE_DISTRICT),
        user(Role.COMMUNE_OFFICER, area=OUTSIDE_COMMUNE),
        user(Role.COMMUNE_OFFICER, area=OTHER_COMMUNE),
    ]
    for outsider in outsiders:
        for act in ("ask-supplement", "supplement"):
            address = f"/cases/{case.reference}/{act}/"
            assert as_(outsider).get(address).status_code == 404
            assert as_(outsider).post(address, {"reason": "Thiếu", "note": "Thiếu"}).status_code == 404
    for reader, act in ((who.commune, "ask-supplement"), (who.officer, "supplement")):
        sent = {"reason": "Thiếu đơn", "note": "Đã nộp"}
        assert as_(reader).post(f"/cases/{case.reference}/{act}/", sent).status_code == 403
    auditor = user(Role.AUDITOR)
    sent = {"reason": "Thiếu đơn"}
    assert as_(auditor).post(f"/cases/{case.reference}/ask-supplement/", sent).status_code == 403
    assert everything() == before


def test_through_the_api(who: make.Staff, as_: As, case: Case) -> None:
    address = f"/api/v1/cases/{case.reference}/"
    body = {"marks": [{"kind": "applicant", "code": "address", "why": "Sai ấp"}], "answer_by": "2021-10-05"}
    json = "application/json"
    assert as_(who.officer).post(f"{address}ask-supplement/", {}, json).status_code == 400
    answer = as_(who.officer).post(f"{address}ask-supplement/", body, json)
    assert (answer.status_code, answer.json()["status"]) == (200, "needs_supplement")
    assert SupplementRequest.objects.get().reason == "Khóm, ấp: Sai ấp."
    assert as_(who.commune).post(f"{address}supplement/", {"done": [" "]}, json).status_code == 400
    answer = as_(who.commune).post(f"{address}supplement/", {"done": ["Ấp Mỹ Phú"]}, json)
    assert (answer.status_code, answer.json()["status"]) == (200, "appraising")
    assert SupplementRequest.objects.get().answer == "Khóm, ấp: Ấp Mỹ Phú"
