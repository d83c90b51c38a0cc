"""The movement's pages in a browser without script: from registration to the certificate, and what others don't see."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.enums import Role
from core.models import Event
from reports.models import (
    Achievement,
    AwardDecision,
    AwardProposal,
    CouncilMeeting,
    Movement,
    Participant,
    ScoringRound,
)
from support_programs.models import OfficialDocument
from tests.factories import emulation as make
from tests.factories.people import OUTSIDE_DISTRICT, user

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff() -> make.Staff:
    return make.Staff()


def browser(person: object) -> Client:
    client = Client()
    client.force_login(person)
    return client


def scan() -> SimpleUploadedFile:
    return SimpleUploadedFile("minh-chung.pdf", b"%PDF-1.4 minh chung", content_type="application/pdf")


def words(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, address
    return answer.content.decode()


def test_a_commendation_from_registration_to_the_certificate(staff: make.Staff) -> None:
    movement = make.movement()
    home, district, keeper, decider = (
        f"/emulation/movements/{movement.reference}/",
        browser(staff.district),
        browser(staff.keeper),
        browser(staff.decider),
    )
    assert district.get("/emulation/").headers["Location"] == home
    page = words(keeper, home)
    assert "523/KH-UBND" in page
    assert "Chưa chắc chắn" in page
    assert "đề xuất của hệ thống" in page
    keeper.post(f"/emulation/acts/{movement.reference}/start/")
    # a person of the district registers and has an achievement
    typed = {
        "group": "individual",
        "area": staff.district.area_code,
        "name": "Nguyễn Thị Hiền",
        "office": "Chuyên viên",
        "employed_at": "Phòng LĐ-TBXH huyện Phú Tân",
        "registered_on": "20/9/2021",
    }
    refused = district.post(f"{home}participants/new/", {**typed, "name": ""})
    assert refused.status_code == 422
    assert "Hãy ghi tên phòng, đơn vị hoặc họ tên cá nhân." in refused.content.decode()
    district.post(f"{home}participants/new/", typed)
    who = Participant.objects.get()
    own = f"/emulation/participants/{who.reference}/"
    criterion = make.entered_criterion(movement, "individual")
    district.post(
        f"{own}achievements/new/",
        {
            "criterion": criterion.pk,
            "title": "Trực 45 ngày tại khu cách ly",
            "achieved_on": "20/9/2021",
            "asked_points": "80,5",
            "proof": scan(),
        },
    )
    one = Achievement.objects.get()
    assert "Bạn đã ghi" not in words(district, f"/emulation/achievements/{one.reference}/")
    assert keeper.get(f"/emulation/files/{one.reference}/").content == b"%PDF-1.4 minh chung"
    form = words(keeper, f"/emulation/acts/{one.reference}/confirm/")
    assert 'value="80,5"' in form
    keeper.post(f"/emulation/acts/{one.reference}/confirm/", {"points": "75"})
    # scoring and the ranking
    keeper.post(f"{home}rounds/new/", {"title": "Tháng 9", "first": "1/9/2021", "last": "27/9/2021"})
    opened = ScoringRound.objects.get()
    ranking = f"/emulation/rounds/{opened.reference}/"
    keeper.post(f"{ranking}compute/")
    assert "75,00" in words(district, ranking)
    how = words(district, f"{ranking}how/{who.reference}/")
    assert "Trực 45 ngày tại khu cách ly" in how
    assert "Tính lại từ số liệu đã lưu cho đúng các điểm trên." in how
    assert keeper.get(f"{ranking}?export=xlsx").content[:2] == b"PK"
    keeper.post(f"/emulation/acts/{opened.reference}/close/")
    # proposal, council, decision
    grounds = words(district, f"{own}proposals/new/")
    assert one.reference in grounds
    assert opened.reference in grounds
    said = {
        "award": "giay_khen_so",
        "procedure": "simplified",
        "ground": one.reference,
        "merit": "Trực 45 ngày.",
    }
    district.post(f"{own}proposals/new/", said)
    proposal = AwardProposal.objects.get()
    again = district.post(f"{own}proposals/new/", said)
    assert again.status_code == 422
    page = words(district, f"/emulation/proposals/{proposal.reference}/")
    assert "447.000 đồng (0,3 × 1.490.000)" in page
    assert f"/documents/new/award_submission/{proposal.reference}/" in page
    district.post(f"/emulation/acts/{proposal.reference}/submit/")
    for name, role in (("Châu Văn Chủ", "chair"), ("Lý Thị Thư", "secretary")):
        keeper.post(f"{home}council/", {"name": name, "office": "Sở LĐ-TBXH", "role": role})
    members = list(movement.council.values_list("pk", flat=True))
    keeper.post(f"{home}meetings/new/", {"held_on": "25/9/2021", "place": "Phòng họp", "present": members})
    meeting = CouncilMeeting.objects.get()
    vote = f"/emulation/meetings/{meeting.reference}/votes/{proposal.reference}/"
    key = proposal.reference
    too_many = keeper.post(
        vote, {f"{key}-votes_for": 3, f"{key}-votes_against": 0, f"{key}-is_recommended": "1"}
    )
    assert too_many.status_code == 422
    assert "nhiều hơn số người có mặt" in too_many.content.decode()
    keeper.post(vote, {f"{key}-votes_for": 2, f"{key}-votes_against": 0, f"{key}-is_recommended": "1"})
    keeper.post(f"/emulation/acts/{meeting.reference}/close/")
    assert f"/documents/new/council_minutes/{meeting.reference}/" in words(
        keeper, f"/emulation/meetings/{meeting.reference}/"
    )
    decider.post(
        f"{home}decisions/new/",
        {
            "award": "giay_khen_so",
            "proposals": [key],
            "number": "88/QĐ-SLĐTBXH",
            "signed_on": "26/9/2021",
            "issuer": "Giám đốc Sở",
            "scan": scan(),
        },
    )
    decided = AwardDecision.objects.get()
    assert "447.000" in words(district, f"/emulation/decisions/{decided.reference}/")
    assert "88/QĐ-SLĐTBXH" in words(decider, f"{home}proposals/")
    # the certificate is a paper
    keeper.post(f"/documents/new/award_certificate/{key}/", {"merit": "có thành tích xuất sắc."})
    paper = OfficialDocument.objects.get()
    assert (paper.kind, paper.about_refs, paper.content["issuer"]) == (
        "award_certificate",
        [key],
        "department",
    )
    keeper.post(f"/emulation/acts/{movement.reference}/close/")
    assert Movement.objects.get().status == "closed"


def test_others_see_neither_persons_nor_the_council(staff: make.Staff) -> None:
    movement = make.running(staff)
    who = make.person(movement, staff)
    proposal = make.submitted(who, staff)
    meeting = make.met(movement, staff, proposal)
    achievement = Achievement.objects.get()
    outsider, home = browser(staff.outsider), f"/emulation/movements/{movement.reference}/"
    for address in (
        f"/emulation/participants/{who.reference}/",
        f"/emulation/participants/{who.reference}/proposals/new/",
        f"/emulation/achievements/{achievement.reference}/",
        f"/emulation/proposals/{proposal.reference}/",
        f"/emulation/meetings/{meeting.reference}/",
        f"/emulation/files/{achievement.reference}/",
        f"/emulation/acts/{achievement.reference}/confirm/",
        f"{home}council/",
    ):
        assert outsider.get(address).status_code == 404, address
    for address in (home, f"{home}participants/", f"{home}achievements/", f"{home}proposals/"):
        assert "Nguyễn Thị Hiền" not in words(outsider, address)
    assert browser(user(Role.ADMINISTRATOR)).get(home).status_code == 403


def test_nothing_changes_for_who_may_not(staff: make.Staff) -> None:
    movement = make.running(staff)
    who = make.person(movement, staff)
    one = make.achievement(who, staff)
    opened = make.computed(movement, staff)
    home = f"/emulation/movements/{movement.reference}/"
    before = Event.objects.latest("pk").pk
    refused = browser(staff.district).post(f"/emulation/acts/{one.reference}/confirm/", {"points": "8"})
    assert refused.status_code == 422
    assert "Việc này do chuyên viên Sở làm." in refused.content.decode()
    assert browser(staff.district).post(f"/emulation/rounds/{opened.reference}/compute/").status_code == 403
    assert browser(staff.keeper).get(f"{home}decisions/new/").status_code == 403
    reader = browser(user(Role.AUDITOR))
    assert reader.get(home).status_code == 200
    assert reader.post(f"{home}participants/new/", {}).status_code == 403
    opened.refresh_from_db(), one.refresh_from_db()
    assert (opened.run, one.status) == (1, "entered")
    # the log has gained nothing but the refusals
    since = set(Event.objects.filter(pk__gt=before).values_list("action", flat=True))
    assert {action.split(".")[0] for action in since} <= {"access", "auth", "session"}, since


def test_criteria_are_written_on_their_page(staff: make.Staff) -> None:
    movement = make.movement()
    client, address = browser(staff.keeper), f"/emulation/movements/{movement.reference}/criteria/TC1/"
    form = words(client, address)
    assert 'value="25"' in form
    typed = {
        "code": "TC1",
        "title": "Chi trong 10 ngày",
        "most_points": "22,5",
        "groups": ["district"],
        "figure": "paid_in_time",
        "within_days": "",
        "zero_at": "40",
        "full_at": "100",
        "is_active": "on",
    }
    refused = client.post(address, typed)
    assert refused.status_code == 422
    assert "Hãy ghi số ngày quy định." in refused.content.decode()
    client.post(address, {**typed, "within_days": "10"})
    one = movement.criteria.get(code="TC1")
    assert (one.title, str(one.most_points), one.within_days, one.is_own) == (
        "Chi trong 10 ngày",
        "22.50",
        10,
        False,
    )


def test_lists_ask_as_much_for_many_as_for_few(staff: make.Staff) -> None:
    movement = make.running(staff)
    client, home = browser(staff.keeper), f"/emulation/movements/{movement.reference}/"
    make.submitted(make.person(movement, staff), staff)
    counts = {}
    for round_no in range(2):
        opened = make.computed(movement, staff)
        for address in (
            home,
            f"{home}participants/",
            f"{home}achievements/",
            f"{home}proposals/",
            f"/emulation/rounds/{opened.reference}/",
        ):
            name = address.replace(opened.reference, "")
            with CaptureQueriesContext(connection) as asked:
                words(client, address)
            assert counts.setdefault(name, len(asked)) >= len(asked), name
        if round_no == 0:
            for number in range(6):
                make.submitted(make.person(movement, staff, f"Người thứ {number}"), staff)
            make.unit(movement, staff), make.unit(movement, staff, OUTSIDE_DISTRICT)


def test_the_day_of_the_plan_is_shown(staff: make.Staff) -> None:
    movement = make.movement()
    page = words(browser(staff.district), f"/emulation/movements/{movement.reference}/")
    assert movement.dated == dt.date(2021, 8, 19)
    assert "19/08/2021" in page


def test_what_waits_stands_on_the_worklist_with_a_link_to_its_rows(staff: make.Staff) -> None:
    movement = make.running(staff)
    who = make.person(movement, staff)
    one = make.achievement(who, staff)
    keeper, home = browser(staff.keeper), f"/emulation/movements/{movement.reference}/"
    page = words(keeper, "/")
    assert "Thành tích chờ xác nhận" in page
    link = f"{home}achievements/?status=entered"
    assert link in page
    assert one.title in words(keeper, link)
    proposal = make.submitted(who, staff)
    assert f"{home}proposals/?status=submitted" in words(keeper, "/")
    make.met(movement, staff, proposal)
    assert f"{home}proposals/?status=recommended" in words(browser(staff.decider), "/")
    assert "Đề nghị khen thưởng" not in words(browser(staff.district), "/")
