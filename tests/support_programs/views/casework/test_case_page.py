"""The page of a case: what it says to whom, where a decision leads, what the person would read."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.enums import Role
from accounts.models import User
from core.models import Event
from support_programs.models import Case
from support_programs.services.appraisal import exclude_case
from support_programs.services.lists import list_cases
from support_programs.services.posting import submit_list
from tests.factories import cases as make
from tests.factories import chains, claims
from tests.factories.people import OUTSIDE_DISTRICT, user

pytestmark = pytest.mark.django_db
As = Callable[[User], Client]


@pytest.fixture
def as_(client: Client) -> As:
    def sign_in(person: User) -> Client:
        client.force_login(person)
        return client

    return sign_in


def told(page: object) -> dict[str, tuple[str, ...]]:
    return {str(row.label): row.reasons for row in page.context["why"]}  # type: ignore[attr-defined]


class TestWordsForTheLog:
    def test_an_identity_number_is_refused_and_what_was_typed_stays(self, as_: As) -> None:
        who = make.staff()
        make.list_at_district(who)
        case = Case.objects.get()
        officer, page = as_(who.officer), f"/cases/{case.reference}/"
        for address, sent in (
            ("note/", {"text": "Xem CCCD 089085000111"}),
            ("refuse/", {"reason": "Xem CCCD 089085000111", "version": case.version}),
        ):
            refused = officer.post(page + address, sent)
            assert refused.status_code == 422
            assert "Đừng ghi số CCCD" in refused.content.decode()
            assert "Xem CCCD 089085000111" in refused.content.decode()
        assert not Event.objects.filter(reason__contains="089085000111").exists()
        assert officer.post(f"{page}note/", {"text": "Doanh thu 150.000.000 đồng"}).status_code == 302


class TestWhyNot:
    def test_the_district_hears_what_it_can_not_do_and_why(self, as_: As) -> None:
        who = make.staff()
        make.list_at_district(who)
        case = Case.objects.get()
        page = as_(who.officer).get(f"/cases/{case.reference}/")
        reasons = told(page)
        assert "Xác nhận đủ điều kiện" not in reasons
        assert reasons["Người dân rút hồ sơ"] == ("Hồ sơ này do cấp khác tiếp nhận.",)
        assert reasons["Trả về xã cùng danh sách"][0].startswith("Hồ sơ đi cùng danh sách")
        assert reasons["Thẩm định lại"] == ("Không làm được khi đang ở trạng thái «Đang thẩm định».",)
        assert reasons["Sửa thông tin người đề nghị"] == ("Việc này do cán bộ cấp xã làm.",)
        assert "Vì sao tôi không …?" in page.content.decode()

    def test_what_goes_with_the_list_says_so_to_those_who_could(self, as_: As) -> None:
        who = make.staff()
        make.confirmed_list(who)
        case = Case.objects.get()
        reasons = told(as_(who.commune).get(f"/cases/{case.reference}/"))
        assert reasons["Tiếp nhận để thẩm định"][0].startswith("Hồ sơ đi cùng danh sách")
        assert reasons["Đã bổ sung"] == ("Không làm được khi đang ở trạng thái «Đã lập danh sách».",)

    def test_who_only_looks_hears_whose_desk_it_is(self, as_: As) -> None:
        who = make.staff()
        make.list_at_district(who)
        case = Case.objects.get()
        reasons = told(as_(who.commune).get(f"/cases/{case.reference}/"))
        desk = "Việc này do người thẩm định cấp huyện hoặc Sở làm."
        assert reasons["Xác nhận đủ điều kiện"] == reasons["Không đủ điều kiện"] == (desk,)

    def test_a_blocked_button_has_its_reason_and_the_way_out_beside_it(self, as_: As) -> None:
        who = make.staff()
        make.list_at_district(who)
        case = Case.objects.get()
        Case.objects.filter(pk=case.pk).update(result="undetermined")
        html = as_(who.officer).get(f"/cases/{case.reference}/").content.decode()
        assert "Hồ sơ chưa đủ dữ liệu hoặc không đạt, chưa kết luận đủ điều kiện được." in html
        assert "ghi thêm thông tin còn thiếu, trả bổ sung" in html
        assert 'aria-describedby="why-not"' in html


class TestTheWay:
    def test_a_decision_leads_to_the_next_row_of_the_table_that_one_came_from(self, as_: As) -> None:
        who = make.staff()
        make.list_at_district(who, rows=3)
        first, second, third = Case.objects.order_by("-name_sort", "-pk")
        way = "?from=queue%3Dto_appraise%26sort%3D-name"
        page = as_(who.officer).get(f"/cases/{first.reference}/{way}")
        assert (page.context["neighbours"].position, page.context["neighbours"].total) == (1, 3)
        answer = as_(who.officer).post(
            f"/cases/{first.reference}/mark-eligible/{way}", {"version": first.version}
        )
        assert answer.url == f"/cases/{second.reference}/{way}"
        page = as_(who.officer).get(answer.url)
        assert (page.context["neighbours"].position, page.context["neighbours"].total) == (1, 2)
        assert f'href="/cases/{first.reference}/reconsider/">Hoàn tác</a>' in page.content.decode()
        reason = {"reason": "Có hợp đồng lao động", "version": second.version}
        answer = as_(who.officer).post(f"/cases/{second.reference}/refuse/{way}", reason)
        assert answer.url == f"/cases/{third.reference}/{way}"

    def test_what_is_no_table_leads_along_the_list(self, as_: As) -> None:
        who = make.staff()
        make.list_at_district(who, rows=2)
        first, second = Case.objects.order_by("position")
        answer = as_(who.officer).post(f"/cases/{first.reference}/mark-eligible/", {"version": first.version})
        assert answer.url == f"/cases/{second.reference}/"

    def test_the_outsider_gets_404_with_and_without_a_way(self, as_: As) -> None:
        who = make.staff()
        make.list_at_district(who)
        case = Case.objects.get()
        outsider = user(Role.DISTRICT_OFFICER, area=OUTSIDE_DISTRICT)
        before = Case.objects.values().get()
        for path in ("", "?from=queue%3Dto_appraise", "refuse/", "mark-eligible/"):
            address = f"/cases/{case.reference}/{path}"
            answer = (
                as_(outsider).post(address, {"reason": "x"})
                if path.endswith("/")
                else as_(outsider).get(address)
            )
            assert answer.status_code == 404
        assert Case.objects.values().get() == before


class TestDecisions:
    def test_every_unmet_condition_is_ticked_and_the_words_are_shown_before(self, as_: As) -> None:
        who = make.staff()
        case = claims.claim("F0_F1", who.commune, answers={**claims.TREATED, "has_competent_decision": False})
        list_cases(Case.objects.filter(pk=case.pk), actor=who.commune)
        case.refresh_from_db()
        submit_list(case.case_list, letter_number="1", letter_date=claims.on(2021, 9, 27), actor=who.commune)
        address = f"/cases/{case.reference}/refuse/"
        page = as_(who.officer).get(address)
        ticked = page.context["form"].initial["preset"]
        assert ticked
        assert all("(" in sentence for sentence in ticked)  # each with its article
        assert ticked[0] in " ".join(page.context["words"])
        version = page.context["form"].initial["version"]
        sent = {"preset": ticked, "reason": "Đã gọi điện", "version": version, "preview": "1"}
        preview = as_(who.officer).post(address, sent)
        assert preview.status_code == 200
        assert preview.context["words"][2].endswith("Đã gọi điện")
        case.refresh_from_db()
        assert case.status == "appraising"
        del sent["preview"]
        assert as_(who.officer).post(address, sent).status_code == 302
        case.refresh_from_db()
        assert case.status == "ineligible"

    def test_reopening_shows_what_the_newer_version_finds_otherwise(self, as_: As, settings: object) -> None:
        at = chains.desks("HO_KD")
        case = chains.in_appraisal("HO_KD", at).cases.get()
        exclude_case(case, to="ineligible", reason="Sai", actor=at.appraiser)
        settings.BUSINESS_DATE = claims.on(2021, 10, 8)  # type: ignore[attr-defined]
        before = Case.objects.values().get()
        page = as_(at.appraiser).get(f"/cases/{case.reference}/reopen/")
        difference = page.context["difference"]
        assert (difference.before.version, difference.after.version) == ("v1", "v2")
        assert difference.changed
        assert 'id="difference"' in page.content.decode()
        assert Case.objects.values().get() == before


def test_a_case_reopened_for_a_new_list_waits_for_nobody(as_: As, settings: object) -> None:
    """It needs a new list, no request is open: the page says that the clock stands, and not since when."""
    at = chains.desks("HO_KD")
    case = chains.in_appraisal("HO_KD", at).cases.get()
    exclude_case(case, to="ineligible", reason="Sai", actor=at.appraiser)
    settings.BUSINESS_DATE = claims.on(2021, 10, 8)  # type: ignore[attr-defined]
    address = f"/cases/{case.reference}/"
    assert as_(at.appraiser).post(f"{address}reopen/", {"reason": "Quy định mới"}).status_code == 302
    case.refresh_from_db()
    assert case.status == "needs_supplement"
    assert "Chờ bổ sung" in as_(at.appraiser).get(address).content.decode()
