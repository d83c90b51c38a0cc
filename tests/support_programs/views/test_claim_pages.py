"""Pages of claims by hand: the form of every programme, what is typed stays, who may, who gets 404, nothing changed."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.enums import Role
from accounts.models import User
from beneficiaries.models import Employer, Person
from core.models import Event
from support_programs.models import Case, CaseChild, CaseList, EmployerMonth
from support_programs.services.employer_months import record_month
from tests.factories import cases as make
from tests.factories import claims
from tests.factories.people import COMMUNE, DISTRICT, OUTSIDE_COMMUNE, OUTSIDE_DISTRICT, user

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
    """All rows that these pages could touch; denials are logged, and not counted."""
    models = (Case, CaseChild, CaseList, Employer, EmployerMonth, Person)
    rows = [list(model.objects.order_by("pk").values()) for model in models]
    return (*rows, Event.objects.exclude(action="access.denied").count())


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


# --- the page of a case -----------------------------------------------------------------------------------------------


def test_the_page_shows_answers_children_papers_and_what_is_missing(who: make.Staff, as_: As) -> None:
    answers = {code: value for code, value in claims.SUSPENDED.items() if code != "event_end"}
    case = claims.claim(
        "TAM_HOAN", who.officer, answers=answers, children=[claims.child(full_name="Lê Minh An")]
    )
    page = as_(who.officer).get(f"/cases/{case.reference}/").content.decode()
    assert "Ngày bắt đầu tạm hoãn, nghỉ không lương" in page
    assert "01/07/2021" in page
    assert f"Cán bộ, {who.officer.full_name}, 27/09/2021" in page
    assert "Còn thiếu: Ngày cuối cùng tạm hoãn, nghỉ không lương." in page
    assert "Lê Minh An" in page
    assert case.children.get().number_last3 in page
    assert "Chưa tính được" in page
    assert "Công ty TNHH May Vĩnh Thạnh" in page


def test_the_page_of_an_employers_claim(who: make.Staff, as_: As) -> None:
    case = claims.claim("DAO_TAO", who.reviewer)
    page = as_(who.reviewer).get(f"/cases/{case.reference}/").content.decode()
    assert case.employer.tax_code in page
    assert f"/employers/{case.employer.reference}/" in page
    assert "Ngày sinh" not in page
    assert "20.000.000 đ" in page


def test_the_difference_of_two_versions_is_shown(who: make.Staff, as_: As, settings: Any) -> None:
    settings.BUSINESS_DATE = claims.on(2021, 10, 8)
    unregistered = {**claims.STOPPED, "household_kind": "unregistered"}
    case = claims.claim("HO_KD", who.commune, answers=unregistered, received_on=claims.on(2021, 9, 27))
    address = f"/cases/{case.reference}/"
    assert 'id="difference"' not in as_(who.commune).get(address).content.decode()
    answer = as_(who.commune).post(f"{address}received-again/", {"day": "8/10/2021"})
    assert (answer.status_code, answer.url) == (302, address)
    page = as_(who.commune).get(address).content.decode()
    assert 'id="difference"' in page
    assert "Đổi kết quả" in page
    assert "Điều kiện mới" in page
    assert "nộp lại 08/10/2021" in page


def test_goods_are_shown_by_quantity(who: make.Staff, as_: As) -> None:
    case = claims.claim("LD_TU_DO", who.commune)
    Case.objects.filter(pk=case.pk).update(unit="kg", quantity=15, amount_proposed=0)
    assert "15 kg" in as_(who.commune).get(f"/cases/{case.reference}/").content.decode()


def test_answers_are_changed_beside_the_confirmations(who: make.Staff, as_: As) -> None:
    case = claims.claim("LD_TU_DO", who.commune)
    address = f"/cases/{case.reference}/facts/"
    page = as_(who.commune).get(address)
    assert {"answers-monthly_income", "income"} <= set(page.context["answers"].fields) | set(
        page.context["form"].fields
    )
    sent = {
        "version": case.version,
        "answers-monthly_income": "800.000",
        "answers-has_labour_contract": "false",
        "residence": "yes",
    }
    assert as_(who.commune).post(address, sent).status_code == 302
    case.refresh_from_db()
    assert (case.facts["monthly_income"]["value"], case.facts["has_labour_contract"]["value"]) == (
        800_000,
        False,
    )
    assert case.facts["confirmed.residence"]["value"] is True
    # what the page showed and nobody changed is not written again
    before = dict(case.facts)
    shown = as_(who.commune).get(address).context["answers"].initial
    assert shown["answers-monthly_income"] == "800.000"
    assert as_(who.commune).post(address, {**shown, "residence": "yes"}).status_code == 302
    case.refresh_from_db()
    assert case.facts == before


def test_a_wrong_answer_keeps_the_page_and_writes_nothing(who: make.Staff, as_: As) -> None:
    case = claims.claim("F0_F1", who.commune)
    before = everything()
    sent = {"version": case.version, "answers-event_end": "30/07/2021", "answers-facility": "Trạm y tế"}
    answer = as_(who.commune).post(f"/cases/{case.reference}/facts/", sent)
    assert answer.status_code == 422
    assert list(answer.context["answers"].errors) == ["answers-event_end"]
    assert "Trạm y tế" in answer.content.decode()
    stale = {**sent, "answers-event_end": "20/08/2021", "version": case.version - 1}
    assert as_(who.commune).post(f"/cases/{case.reference}/facts/", stale).status_code == 422
    assert everything() == before


def test_children_are_added_and_taken_out_on_their_pages(who: make.Staff, as_: As) -> None:
    case = claims.claim("TAM_HOAN", who.officer)
    other = claims.claim("TAM_HOAN", who.officer)
    address = f"/cases/{case.reference}/"
    baby = claims.child(full_name="Lê Minh An")
    officer = as_(who.officer)
    assert officer.get(f"{address}children/").status_code == 200
    assert officer.post(f"{address}children/", {**baby, "version": case.version}).status_code == 302
    before = everything()
    answer = officer.post(f"/cases/{other.reference}/children/", {**baby, "version": other.version})
    assert answer.status_code == 422
    assert "Trẻ này đã được tính hỗ trợ ở hồ sơ khác" in answer.content.decode()
    assert "Lê Minh An" in answer.content.decode()
    namesake = {**claims.child(full_name="Lê Minh An"), "version": other.version}
    answer = officer.post(f"/cases/{other.reference}/children/", namesake)
    assert (answer.status_code, 'name="keep"' in answer.content.decode()) == (422, True)
    assert everything() == before
    assert officer.post(f"/cases/{other.reference}/children/", {**namesake, "keep": "on"}).status_code == 302
    child = case.children.get()
    gone = f"{address}children/{child.pk}/remove/"
    assert officer.get(gone).status_code == 200
    assert officer.post(gone, {"reason": ""}).status_code == 422
    assert officer.post(gone, {"reason": "Cha đề nghị"}).status_code == 302
    assert officer.get(gone).status_code == 404
    assert officer.get(f"/cases/{other.reference}/children/{child.pk}/remove/").status_code == 404


def test_figures_by_month_and_the_other_agencys_paper(who: make.Staff, as_: As) -> None:
    case = claims.claim("HTTT", who.reviewer)
    address = f"/cases/{case.reference}/"
    reviewer = as_(who.reviewer)
    figures = {"month": "8/2021", "workers": "120", "amount": "96.000.000", "note": ""}
    assert reviewer.post(f"{address}months/", {**figures, "month": "13/2021"}).status_code == 422
    assert reviewer.post(f"{address}months/", {**figures, "workers": "nhiều"}).status_code == 422
    assert reviewer.post(f"{address}months/", figures).status_code == 302
    assert reviewer.post(f"{address}months/", figures).status_code == 422
    row = EmployerMonth.objects.get()
    fixed = {"workers": "118", "amount": "94.000.000", "note": "", "reason": "BHXH sửa"}
    assert reviewer.get(f"{address}months/{row.pk}/").status_code == 200
    assert reviewer.post(f"{address}months/{row.pk}/", fixed).status_code == 302
    paper = {"version": case.version, "agency": "BHXH tỉnh", "number": "5/BHXH", "signed_on": "20/9/2021"}
    assert reviewer.post(f"{address}outside-decision/", paper).status_code == 302
    page = reviewer.get(address).content.decode()
    for words in ("08/2021", "94.000.000 đ", "96.000.000 đ", "BHXH sửa", "BHXH tỉnh", "5/BHXH"):
        assert words in page, words
    case.refresh_from_db()
    assert case.status == "decided_elsewhere"


# --- who --------------------------------------------------------------------------------------------------------------

POSTS: dict[str, dict[str, str]] = {
    "facts/": {"answers-event_end": "20/08/2021"},
    "children/": claims.child(),
    "received-again/": {"day": "27/9/2021"},
    "months/": {"month": "8/2021", "workers": "1", "amount": "1"},
    "outside-decision/": {"agency": "BHXH", "signed_on": "20/9/2021"},
}


def with_child_and_month(who: make.Staff) -> dict[str, Case]:
    tracked = claims.claim("HTTT", who.reviewer)
    as_recorded = {"month": claims.on(2021, 8, 1), "workers": 1, "amount": 1}
    record_month(tracked, actor=who.reviewer, **as_recorded)
    return {"tracked": tracked, "worker": claims.claim("TAM_HOAN", who.officer, children=[claims.child()])}


def addresses_of(made: dict[str, Case]) -> list[tuple[str, dict[str, str]]]:
    tracked, worker = made["tracked"], made["worker"]
    month, child = tracked.months.get().pk, worker.children.get().pk
    return [
        (f"/cases/{worker.reference}/facts/", POSTS["facts/"]),
        (f"/cases/{worker.reference}/children/", POSTS["children/"]),
        (f"/cases/{worker.reference}/children/{child}/remove/", {"reason": "x"}),
        (f"/cases/{worker.reference}/received-again/", POSTS["received-again/"]),
        (f"/cases/{tracked.reference}/months/", POSTS["months/"]),
        (f"/cases/{tracked.reference}/months/{month}/", {"workers": "2", "amount": "2", "reason": "x"}),
        (f"/cases/{tracked.reference}/outside-decision/", POSTS["outside-decision/"]),
    ]


@pytest.mark.parametrize(
    "role", [Role.COMMUNE_OFFICER, Role.DISTRICT_OFFICER, Role.DISTRICT_HEAD, Role.ADMINISTRATOR]
)
def test_the_outsider_gets_404_and_nothing_changes(who: make.Staff, as_: As, role: Role) -> None:
    made = with_child_and_month(who)
    area = {Role.COMMUNE_OFFICER: OUTSIDE_COMMUNE, Role.ADMINISTRATOR: "89"}.get(role, OUTSIDE_DISTRICT)
    stranger = as_(user(role, area=area))
    before = everything()
    for address, body in addresses_of(made):
        assert stranger.get(address).status_code == 404, address
        assert stranger.post(address, body).status_code == 404, address
    firm = Employer.objects.order_by("pk")[0]
    assert stranger.get(f"/employers/{firm.reference}/").status_code == 404
    assert firm.reference not in stranger.get("/employers/").content.decode()
    assert everything() == before


@pytest.mark.parametrize("role", [Role.PROVINCIAL_APPROVER, Role.AUDITOR, Role.LEADER])
def test_the_wrong_role_hears_403_and_nothing_changes(who: make.Staff, as_: As, role: Role) -> None:
    made = with_child_and_month(who)
    insider = as_(user(role, area="89"))
    before = everything()
    for address, body in addresses_of(made):
        assert insider.post(address, body).status_code == 403, address
        if not address.endswith("/facts/"):
            assert insider.get(address).status_code == 403, address
    assert everything() == before


# --- employers --------------------------------------------------------------------------------------------------------


def test_employers_are_found_with_their_dossiers(who: make.Staff, as_: As) -> None:
    case = claims.claim(
        "TAM_HOAN", who.officer, employer=claims.employer(DISTRICT, name="Công ty TNHH May Vĩnh Thạnh")
    )
    claims.claim("TAM_HOAN", who.officer, employer=claims.employer(DISTRICT, name="Hợp tác xã Phú Hòa"))
    firm = case.case_list.employer
    found = as_(who.officer).get("/employers/", {"q": "may vinh thanh"}).context["page"]
    assert [(row.reference, row.lists, row.cases) for row in found] == [(firm.reference, 1, 0)]
    assert as_(who.officer).get("/employers/", {"q": firm.tax_code}).context["page"].paginator.count == 1
    assert as_(who.officer).get("/employers/").context["page"].paginator.count == 2
    page = as_(who.officer).get(f"/employers/{firm.reference}/").content.decode()
    assert case.case_list.reference in page
    assert firm.tax_code in page


def test_the_table_of_employers_asks_the_same_for_one_and_for_three(who: make.Staff, as_: As) -> None:
    counts = []
    for more in (1, 1, 2):
        for _number in range(more):
            claims.claim(
                "TAM_HOAN", who.officer, employer=claims.employer(DISTRICT, name=f"Công ty {more}{_number}")
            )
        with CaptureQueriesContext(connection) as queries:
            as_(who.officer).get("/employers/")
        counts.append(len(queries))
    assert counts[1] == counts[2] <= 25, counts
