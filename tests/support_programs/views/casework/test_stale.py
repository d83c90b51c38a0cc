"""Two officers on one case: who comes second is told who was faster, keeps what they typed, and writes nothing over unseen."""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from django.test import Client

from accounts.enums import Role
from accounts.models import User
from support_programs.models import Case, CaseChild
from support_programs.services.appraisal import exclude_case, mark_eligible, note_on_case
from support_programs.services.casework import state_case
from support_programs.services.corrections import correct_applicant
from tests.factories import cases as make
from tests.factories import claims
from tests.factories.people import user

pytestmark = pytest.mark.django_db
As = Callable[[User], Client]


@pytest.fixture
def as_(client: Client) -> As:
    def sign_in(person: User) -> Client:
        client.force_login(person)
        return client

    return sign_in


def everything() -> tuple[object, ...]:
    return tuple(list(model.objects.order_by("pk").values()) for model in (Case, CaseChild))


def opened(page: Any) -> dict[str, str]:
    """What the form of a page would send if nobody typed: version, what was shown, and every field."""
    context = page.context
    forms = [context["form"], *([context["answers"]] if "answers" in context else [])]
    sent = {name: str(form[name].value() or "") for form in forms for name in form.fields}
    return {**sent, "shown": context["shown"], "group": str(context.get("group", ""))}


def typed_applicant(case: Case, **changes: str) -> dict[str, str]:
    born = f"{case.birth_date:%d/%m/%Y}"
    known = {"full_name": case.applicant_name, "dob": born, "sex": "Nam", "id_number": ""}
    return {**known, "address": case.hamlet, "job": case.occupation, "phone": "", **changes}


class TestApplicant:
    def test_both_changed_the_same_field_and_one_another_one(self, as_: As) -> None:
        """The name was corrected by both, the hamlet by the first only, the reason is the second's."""
        who = make.staff()
        make.draft_list(who)
        case = Case.objects.get()
        second = user(Role.COMMUNE_OFFICER, name="Lê Thị Hoa")
        address = f"/cases/{case.reference}/correct/"
        page = opened(as_(second).get(address))
        correct_applicant(
            case,
            typed=typed_applicant(case, full_name="Trần Văn Bình", address="Ấp Thượng"),
            reason="Theo thẻ",
            actor=who.commune,
        )
        mine = {**page, "full_name": "Trần Văn Bính", "reason": "Theo sổ hộ khẩu"}
        before = everything()
        answer = as_(second).post(address, mine)
        html = answer.content.decode()
        assert (answer.status_code, everything()) == (422, before)
        assert re.search(
            f"{who.commune.full_name} vừa ghi «Sửa thông tin người đề nghị» lúc \\d\\d:\\d\\d\\.", html
        )
        conflict = answer.context["conflict"]
        assert [(row.label, row.stored, row.typed) for row in conflict.both] == [
            ("Họ và tên", "Trần Văn Bình", "Trần Văn Bính")
        ]
        assert conflict.taken == ("Khóm, ấp",)
        assert answer.context["form"]["address"].value() == "Ấp Thượng"
        assert answer.context["form"]["reason"].value() == "Theo sổ hộ khẩu"
        assert "Giữ của tôi" in html
        assert "Lấy bản mới" in html
        # kept: the page's own form, as it came back, is taken
        kept = {**mine, "address": "Ấp Thượng", "version": answer.context["form"]["version"].value()}
        assert as_(second).post(address, {**kept, "shown": answer.context["shown"]}).status_code == 302
        case.refresh_from_db()
        assert (case.applicant_name, case.hamlet) == ("Trần Văn Bính", "Ấp Thượng")

    def test_without_the_carried_values_every_difference_is_shown(self, as_: As) -> None:
        who = make.staff()
        make.draft_list(who)
        case = Case.objects.get()
        sent = {**typed_applicant(case, job="Phụ hồ"), "reason": "x", "version": str(case.version + 3)}
        answer = as_(who.commune).post(f"/cases/{case.reference}/correct/", sent)
        assert answer.status_code == 422
        assert [(row.label, row.typed) for row in answer.context["conflict"].both] == [
            ("Công việc", "Phụ hồ")
        ]


class TestFacts:
    def test_what_the_other_stated_is_taken_and_what_both_stated_is_shown_twice(self, as_: As) -> None:
        who = make.staff()
        case = claims.claim("LD_TU_DO", who.commune)
        address = f"/cases/{case.reference}/facts/"
        second = user(Role.DISTRICT_OFFICER, name="Lê Tấn Đạt")
        page = opened(as_(second).get(address))
        state_case(
            case,
            answers={"monthly_income": "900.000", "has_labour_contract": "false"},
            confirmed={"residence": True},
            actor=who.commune,
        )
        before = everything()
        mine = {**page, "answers-monthly_income": "800.000"}
        answer = as_(second).post(address, mine)
        assert (answer.status_code, everything()) == (422, before)
        conflict = answer.context["conflict"]
        assert [(row.stored, row.typed) for row in conflict.both] == [("900.000", "800.000")]
        assert len(conflict.taken) == 2
        assert answer.context["form"]["residence"].value() == "yes"
        assert answer.context["answers"]["answers-has_labour_contract"].value() == "false"

    def test_a_stale_page_on_which_nothing_was_changed_is_told_too(self, as_: As) -> None:
        who = make.staff()
        case = claims.claim("LD_TU_DO", who.commune)
        address = f"/cases/{case.reference}/facts/"
        page = opened(as_(who.commune).get(address))
        state_case(case, answers={"monthly_income": "900.000"}, confirmed={}, actor=who.commune)
        answer = as_(who.commune).post(address, page)
        assert answer.status_code == 422
        assert "Bạn vừa ghi «Ghi thông tin» lúc" in answer.context["conflict"].sentence


def test_a_decision_on_a_page_that_is_out_of_date_keeps_its_reason(as_: As) -> None:
    who = make.staff()
    make.list_at_district(who)
    case = Case.objects.get()
    address = f"/cases/{case.reference}/refuse/"
    version = as_(who.officer).get(address).context["form"]["version"].value()
    colleague = user(Role.DISTRICT_OFFICER, name="Lê Tấn Đạt")
    mark_eligible(case, actor=colleague)
    before = everything()
    answer = as_(who.officer).post(address, {"reason": "Có hợp đồng lao động", "version": version})
    assert (answer.status_code, everything()) == (422, before)
    assert "Lê Tấn Đạt vừa ghi «Xác nhận đủ điều kiện» lúc" in answer.content.decode()
    assert answer.context["form"]["reason"].value() == "Có hợp đồng lao động"
    now = {"reason": "Có hợp đồng lao động", "version": answer.context["form"]["version"].value()}
    assert as_(who.officer).post(address, now).status_code == 302
    case.refresh_from_db()
    assert case.status == "ineligible"


def test_what_can_no_longer_be_done_is_not_offered_again(as_: As) -> None:
    who = make.staff()
    make.list_at_district(who)
    case = Case.objects.get()
    address = f"/cases/{case.reference}/refuse/"
    version = as_(who.officer).get(address).context["form"]["version"].value()
    exclude_case(case, to="needs_supplement", reason="Thiếu đơn", actor=user(Role.DISTRICT_OFFICER))
    answer = as_(who.officer).post(address, {"reason": "Có hợp đồng lao động", "version": version})
    assert answer.status_code == 422
    html = answer.content.decode()
    assert "Lấy bản mới" in html
    assert "Giữ của tôi" not in html


@pytest.mark.parametrize("slug", ["refuse", "withdraw", "reopen", "mark-eligible", "resolve-mark"])
def test_every_decision_asks_which_version_was_seen(slug: str, as_: As) -> None:
    who = make.staff()
    make.list_at_district(who)
    case = Case.objects.get()
    if slug == "reopen":
        exclude_case(case, to="ineligible", reason="Sai", actor=who.officer)
    person = who.commune if slug in ("withdraw", "resolve-mark") else who.officer
    before = everything()
    body = {"reason": "Lý do", "note": "Đã sửa", "version": case.version - 1}
    case.refresh_from_db()
    answer = as_(person).post(f"/cases/{case.reference}/{slug}/", {**body, "version": case.version - 1})
    assert (answer.status_code, everything()) == (422, before)
    assert "vừa ghi «" in answer.content.decode()


RECORDS: Mapping[str, tuple[str, dict[str, str]]] = {
    "children": ("TAM_HOAN", {}),
    "received-again": ("HO_KD", {"day": "27/9/2021"}),
    "months": ("DAO_TAO", {"month": "08/2021", "workers": "5", "amount": "100000"}),
    "decision-elsewhere": ("DAO_TAO", {"agency": "BHXH", "signed_on": "20/9/2021"}),
}


@pytest.mark.parametrize("page", RECORDS)
def test_every_page_of_a_record_asks_which_version_was_seen(page: str, as_: As) -> None:
    who = make.staff()
    programme, body = RECORDS[page]
    desk = {"TAM_HOAN": who.officer, "HO_KD": who.commune}.get(programme, who.reviewer)
    given = {"answers": claims.STOPPED} if programme == "HO_KD" else {}
    case = claims.claim(programme, desk, received_on=dt.date(2021, 9, 27), **given)
    body = body or claims.child(full_name="Lê Minh An")
    address = f"/cases/{case.reference}/{page}/"
    assert as_(desk).get(address).context["form"]["version"].value() == case.version
    before = everything()
    answer = as_(desk).post(address, {**body, "version": case.version - 1})
    assert (answer.status_code, everything()) == (422, before)
    assert 'id="stale"' in answer.content.decode()


def test_a_note_makes_no_page_out_of_date(as_: As) -> None:
    who = make.staff()
    make.list_at_district(who)
    case = Case.objects.get()
    seen = case.version
    note_on_case(case, text="Đã gọi điện", actor=user(Role.DISTRICT_OFFICER))
    answer = as_(who.officer).post(f"/cases/{case.reference}/mark-eligible/", {"version": seen})
    assert answer.status_code == 302


def test_who_has_the_case_open_is_told_to_the_next_one(as_: As) -> None:
    who = make.staff()
    make.list_at_district(who)
    case = Case.objects.get()
    first = user(Role.DISTRICT_OFFICER, name="Lê Tấn Đạt")
    auditor = user(Role.AUDITOR, name="Thanh tra")
    address = f"/cases/{case.reference}/"
    assert "đang mở hồ sơ này" not in as_(first).get(address).content.decode()
    as_(auditor).get(address)
    shown = as_(who.officer).get(address).content.decode()
    assert re.search(r"Lê Tấn Đạt đang mở hồ sơ này \(\d\d:\d\d\)\.", shown)
    assert "Thanh tra đang mở" not in shown
    assert "đang mở hồ sơ này" not in as_(auditor).get(address).content.decode()
    as_(first).post(f"{address}mark-eligible/", {"version": case.version})
    assert "Lê Tấn Đạt đang mở" not in as_(who.officer).get(address).content.decode()
