"""Pages of claims by hand: the form of every programme, what is typed stays, who may, who gets 404, nothing changed."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.enums import Role
from accounts.models import User
from beneficiaries.models import Employer, Person
from core.models import Event
from support_programs.models import Case, CaseChild, CaseList, EmployerMonth
from tests.factories import cases as make
from tests.factories import claims
from tests.factories.people import COMMUNE, DISTRICT, user

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


def everything() -> tuple[object, ...]:
    """All rows of cases that these pages could touch; denials and drafts are logged, and not counted."""
    models = (Case, CaseChild, CaseList, Employer, EmployerMonth, Person)
    rows = [list(model.objects.order_by("pk").values()) for model in models]
    beside = ("access.denied", "claim_draft.begun")
    return (*rows, Event.objects.exclude(action__in=beside).count())


def posted(rules: str = "v1", **changes: Any) -> dict[str, Any]:
    """A form of F0_F1 as the browser sends it."""
    typed = claims.applicant()
    return {
        "rules": rules,
        "child_rows": "0",
        "received_on": "27/09/2021",
        **{f"applicant-{field}": value for field, value in typed.items()},
        "answers-variant": "F0",
        "answers-has_competent_decision": "true",
        "answers-event_start": "1/8/2021",
        "answers-event_end": "10/8/2021",
        **changes,
    }


def worker(rows: int = 3, **changes: Any) -> dict[str, Any]:
    """A form of TAM_HOAN with room for children."""
    firm = claims.employer(DISTRICT)
    answers = {
        code: str(value).lower() if isinstance(value, bool) else value
        for code, value in claims.SUSPENDED.items()
    }
    return {
        "rules": "v1",
        "child_rows": str(rows),
        "received_on": "27/09/2021",
        **{f"applicant-{field}": value for field, value in claims.applicant().items()},
        **{f"employer-{field}": value for field, value in firm.items() if field != "area_code"},
        **{f"answers-{code}": value for code, value in answers.items()},
        **changes,
    }


# --- choosing ---------------------------------------------------------------------------------------------------------


def test_each_desk_is_offered_what_it_takes_in(who: make.Staff, as_: As) -> None:
    offered = {
        person: {offer.code for offer in as_(person).get("/cases/new/").context["programmes"]}
        for person in (who.commune, who.officer, who.reviewer)
    }
    assert {"LD_TU_DO", "HO_KD", "F0_F1"} <= offered[who.commune]
    assert {"TAM_HOAN", "NGUNG_VIEC"} == offered[who.officer]
    assert {"CHAM_DUT", "DAO_TAO", "HDV_DL", "NGHE_THUAT", "HTTT"} <= offered[who.reviewer]
    assert "BO_SUNG" not in set.union(*offered.values())


@pytest.mark.parametrize(
    "role", [Role.DISTRICT_HEAD, Role.PROVINCIAL_APPROVER, Role.ACCOUNTANT, Role.AUDITOR]
)
def test_who_takes_nothing_in_is_refused(as_: As, role: Role) -> None:
    signed_in = as_(user(role))
    before = everything()
    assert signed_in.get("/cases/new/").status_code == 403
    assert signed_in.get("/cases/new/F0_F1/").status_code == 403
    assert signed_in.post("/cases/new/F0_F1/", posted()).status_code == 403
    assert everything() == before


def test_another_desk_and_an_unknown_programme(who: make.Staff, as_: As) -> None:
    before = everything()
    answer = as_(who.commune).get("/cases/new/TAM_HOAN/")
    assert answer.status_code == 403
    assert "do Phòng LĐ-TBXH cấp huyện tiếp nhận" in answer.content.decode()
    assert as_(who.officer).post("/cases/new/F0_F1/", posted()).status_code == 403
    assert as_(who.commune).get("/cases/new/KHONG_CO/").status_code == 404
    assert everything() == before


# --- the form ---------------------------------------------------------------------------------------------------------


def test_every_programme_draws_its_form(who: make.Staff, as_: As) -> None:
    for person in (who.commune, who.officer, who.reviewer):
        for offer in as_(person).get("/cases/new/").context["programmes"]:
            answer = as_(person).get(f"/cases/new/{offer.code}/")
            assert answer.status_code == 200, offer.code
            page = answer.content.decode()
            for field in answer.context["rules"].fields:
                assert field.type == "children" or f'name="answers-{field.code}"' in page, (
                    offer.code,
                    field.code,
                )
                assert field.article in page


def test_the_form_says_article_and_doubt(who: make.Staff, as_: As) -> None:
    page = as_(who.reviewer).get("/cases/new/VAY_VON/").content.decode()
    assert "NĐ 90/2019/NĐ-CP" in page
    assert "Chưa chắc chắn" in page
    assert "Vùng lương tối thiểu của từng huyện" in page


def test_one_dossier_is_taken_in(who: make.Staff, as_: As) -> None:
    answer = as_(who.commune).post("/cases/new/F0_F1/", posted())
    case = Case.objects.get()
    assert (answer.status_code, answer.url) == (302, f"/cases/{case.reference}/")
    assert (case.result, case.amount_proposed, case.area_code) == ("eligible", 800_000, COMMUNE)


def test_what_is_missing_is_said_and_not_refused(who: make.Staff, as_: As) -> None:
    form = {key: value for key, value in posted().items() if not key.startswith("answers-event")}
    answer = as_(who.commune).post("/cases/new/F0_F1/", form, follow=True)
    page = answer.content.decode()
    assert "còn thiếu: Ngày đầu điều trị hoặc cách ly; Ngày cuối điều trị hoặc cách ly." in page
    assert Case.objects.get().result == "undetermined"


def test_a_pile_is_taken_in_one_after_the_other(who: make.Staff, as_: As) -> None:
    form = worker(another="1")
    answer = as_(who.officer).post("/cases/new/TAM_HOAN/", form)
    assert answer.status_code == 302
    code = form["employer-tax_code"]
    assert answer.url == f"/cases/new/TAM_HOAN/?received_on=27%2F09%2F2021&tax_code={code}"
    page = as_(who.officer).get(answer.url).content.decode()
    assert f'value="{code}"' in page
    following = {**worker(), "employer-tax_code": code, "employer-name": "", "employer-kind": ""}
    assert as_(who.officer).post("/cases/new/TAM_HOAN/", following).status_code == 302
    assert (Employer.objects.count(), CaseList.objects.count(), Case.objects.count()) == (1, 1, 2)


def test_mistakes_stand_at_their_fields_and_everything_typed_stays(who: make.Staff, as_: As) -> None:
    form = worker(
        **{
            "answers-event_end": "30/06/2021",
            "answers-department": "Tổ 7 <may>",
            "applicant-id_number": "12",
            "child-2-full_name": "Lê Minh An",
            "child-2-birth_date": "1/1/2022",
            "child-2-relation": "mother",
            "child-2-identity_kind": "personal_number",
            "child-2-number": "089218000777",
        }
    )
    before = everything()
    answer = as_(who.officer).post("/cases/new/TAM_HOAN/", form)
    assert answer.status_code == 422
    assert everything() == before
    errors = answer.context["form"].errors
    assert {"answers-event_end", "applicant-id_number", "child-2-birth_date"} == set(errors)
    page = answer.content.decode()
    assert "Lỗi:" in page
    for value in ("30/06/2021", "Tổ 7 &lt;may&gt;", "Lê Minh An", "089218000777", form["employer-name"]):
        assert value in page, value
    assert 'href="#id_answers-event_end"' in page


def test_a_day_that_cant_be_read(who: make.Staff, as_: As) -> None:
    for typed in ("", "hôm qua", "31/02/2021"):
        answer = as_(who.commune).post("/cases/new/F0_F1/", posted(received_on=typed))
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["received_on"])
    assert not Case.objects.exists()


def test_warnings_are_shown_before_they_are_kept(who: make.Staff, as_: As) -> None:
    claims.claim("LD_TU_DO", who.commune, applicant=claims.applicant(full_name="Lý Thị Hoa"))
    form = posted(**{"applicant-full_name": "Lý Thị Hoa"})
    answer = as_(who.commune).post("/cases/new/F0_F1/", form)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "cùng họ tên và năm sinh" in page
    assert 'name="keep"' in page
    assert as_(who.commune).post("/cases/new/F0_F1/", {**form, "keep": "on"}).status_code == 302


def test_children_rows_grow_without_scripts(who: make.Staff, as_: As) -> None:
    form = worker(**{"child-3-full_name": "Lê Minh An", "more_children": "1"})
    before = everything()
    answer = as_(who.officer).post("/cases/new/TAM_HOAN/", form)
    assert answer.status_code == 200
    assert everything() == before
    page = answer.content.decode()
    assert 'value="Lê Minh An"' in page
    assert 'name="child-6-full_name"' in page
    assert 'name="child-7-full_name"' not in page
    endless = as_(who.officer).post("/cases/new/TAM_HOAN/", {**form, "child_rows": "9999"})
    assert endless.context["form"].rows <= 20


def test_a_day_of_another_version_shows_that_versions_form(who: make.Staff, as_: As, settings: Any) -> None:
    settings.BUSINESS_DATE = claims.on(2021, 10, 11)
    assert as_(who.commune).get("/cases/new/HO_KD/").context["rules"].code == "v2"
    form = {
        **{f"applicant-{field}": value for field, value in claims.applicant().items()},
        **{f"answers-{code}": value for code, value in claims.STOPPED.items()},
        "rules": "v2",
        "received_on": "07/10/2021",
    }
    answer = as_(who.commune).post("/cases/new/HO_KD/", form)
    page = answer.content.decode()
    assert (answer.status_code, answer.context["rules"].code) == (422, "v1")
    assert "phiên bản v1" in page
    assert 'name="answers-all_lines_stopped"' in page
    assert "Tạp hóa Mỹ Lương" in page
    assert not Case.objects.exists()
    again = {**form, "rules": "v1", "answers-all_lines_stopped": "true"}
    assert as_(who.commune).post("/cases/new/HO_KD/", again).status_code == 302
    assert Case.objects.get().version_used.code == "v1"


def test_the_departments_employer_names_its_district(who: make.Staff, as_: As) -> None:
    firm = claims.employer("")
    form = {
        "rules": "v1",
        "received_on": "27/09/2021",
        **{f"employer-{field}": value for field, value in firm.items()},
    }
    answer = as_(who.reviewer).post("/cases/new/DAO_TAO/", form)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["employer-area_code"])
    answer = as_(who.reviewer).post("/cases/new/DAO_TAO/", {**form, "employer-area_code": DISTRICT})
    assert answer.status_code == 302
    assert Employer.objects.get().area_code == DISTRICT
