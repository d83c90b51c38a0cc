"""The page of a case with its dossier, what is recorded of it on pages of their own, and employers: who may, and who not."""

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
from tests.factories.people import DISTRICT, OUTSIDE_COMMUNE, OUTSIDE_DISTRICT, user

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
    assert reviewer.post(f"{address}decision-elsewhere/", paper).status_code == 302
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
    "decision-elsewhere/": {"agency": "BHXH", "signed_on": "20/9/2021"},
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
        (f"/cases/{tracked.reference}/decision-elsewhere/", POSTS["decision-elsewhere/"]),
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
