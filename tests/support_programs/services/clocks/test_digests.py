"""Each morning everybody with work is told once what waits; heads also who is late; mail where it is set up."""

import datetime as dt
from io import StringIO
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client

from accounts.enums import Role
from accounts.models import User
from core import clock
from support_programs.models import Digest
from support_programs.services.digests import DigestReport, mail_text, send_digests
from support_programs.tasks import send_digests as task
from tests.factories import cases as make
from tests.factories.people import DISTRICT, OUTSIDE_COMMUNE, user

pytestmark = pytest.mark.django_db
WEDNESDAY = dt.date(2021, 10, 6)


@pytest.fixture
def who(settings: Any) -> make.Staff:
    """On Wednesday 06/10/2021: two cases at the district, late since 29/09; a list of three at the commune, late since 30/09."""
    staff = make.staff()
    make.list_at_district(staff, rows=2)
    make.draft_list(staff, rows=3)
    settings.BUSINESS_DATE = WEDNESDAY
    return staff


def lines_of(person: User) -> list[tuple[str, str, int]]:
    lines = Digest.objects.get(user=person).lines
    return [(str(line["place"]), str(line["label"]), int(str(line["count"]))) for line in lines]


def test_everybody_with_work_is_told_once_and_nobody_else(who: make.Staff) -> None:
    # districts owe figures of targets, a commune without lists owes nothing
    idle = user(Role.COMMUNE_OFFICER, area=OUTSIDE_COMMUNE)
    closed = user(Role.DISTRICT_OFFICER)
    User.objects.filter(pk=closed.pk).update(is_active=False)
    administrator = user(Role.ADMINISTRATOR)
    first = send_digests()
    assert first.failed == 0
    told = set(Digest.objects.values_list("user_id", flat=True))
    assert {who.commune.pk, who.officer.pk, who.head.pk, who.reviewer.pk} <= told
    assert told.isdisjoint({idle.pk, closed.pk, administrator.pk})
    assert first.made == len(told)
    assert send_digests() == DigestReport()
    assert task() == 0


def test_pressing_lines_come_first_and_lead_to_their_rows(who: make.Staff) -> None:
    send_digests()
    digest = Digest.objects.get(user=who.officer)
    assert ("", "Quá hạn", 2) in lines_of(who.officer)
    hot = [bool(line["is_hot"]) for line in digest.lines if not line["place"]]
    assert hot == sorted(hot, reverse=True)
    late = next(line for line in digest.lines if (line["group"], line["label"]) == ("Hồ sơ", "Quá hạn"))
    assert late["url"] == "/?queue=overdue"
    client = Client()
    client.force_login(who.officer)
    page = client.get(late["url"])
    assert page.status_code == 200
    assert page.context["page"].paginator.count == 2


def test_heads_learn_which_office_below_is_late(who: make.Staff) -> None:
    send_digests()
    assert ("Huyện Phú Tân", "Danh sách quá hạn", 2) in lines_of(who.reviewer)
    assert ("Thị trấn Phú Mỹ", "Danh sách quá hạn", 1) in lines_of(who.head)
    assert not any(place for place, _label, _count in lines_of(who.commune))


def test_on_a_day_off_nobody_is_told(who: make.Staff, settings: Any) -> None:
    for day_off in (dt.date(2021, 10, 9), dt.date(2022, 2, 1)):
        settings.BUSINESS_DATE = day_off
        assert send_digests() == DigestReport()
    assert Digest.objects.count() == 0


def test_it_is_mailed_where_mail_is_set_up_and_holds_counts_only(who: make.Staff, settings: Any) -> None:
    User.objects.filter(pk=who.officer.pk).update(email="canbo@example.vn")
    assert send_digests().mailed == 0
    assert mail.outbox == []
    settings.EMAIL_HOST, settings.PUBLIC_URL = "mail.example.vn", "https://hotro.example.vn"
    assert send_digests() == DigestReport(made=0, mailed=1)
    (sent,) = mail.outbox
    assert (sent.to, sent.subject) == (["canbo@example.vn"], "Việc trong ngày 06/10/2021")
    assert "- Hồ sơ: Quá hạn: 2 https://hotro.example.vn/?queue=overdue" in sent.body
    assert "Nguyễn Văn Người" not in sent.body
    assert "HS-" not in sent.body
    assert send_digests() == DigestReport()
    assert len(mail.outbox) == 1


def test_a_mail_that_fails_leaves_the_digest_and_is_tried_again(who: make.Staff, settings: Any) -> None:
    User.objects.filter(pk=who.officer.pk).update(email="canbo@example.vn")
    usual = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # nobody listens there
    report = send_digests()
    assert (report.mailed, report.failed) == (0, 1)
    assert Digest.objects.get(user=who.officer).mailed_at is None
    settings.EMAIL_BACKEND = usual
    assert send_digests() == DigestReport(made=0, mailed=1)


def test_the_command_says_what_it_did(who: make.Staff) -> None:
    said = StringIO()
    call_command("send_digests", stdout=said)
    assert said.getvalue() == f"{Digest.objects.count()} bản tin, 0 thư, 0 lỗi\n"


def test_the_band_stands_on_the_home_page_until_it_is_put_away(who: make.Staff, settings: Any) -> None:
    send_digests()
    digest = Digest.objects.get(user=who.officer)
    client = Client()
    client.force_login(who.officer)
    assert "Sáng nay" in client.get("/").content.decode()
    settings.BUSINESS_DATE = WEDNESDAY + dt.timedelta(days=1)
    assert "Sáng nay" not in client.get("/").content.decode()
    settings.BUSINESS_DATE = WEDNESDAY
    other = Client()
    other.force_login(who.head)
    assert other.post(f"/digest/{digest.pk}/read/").status_code == 404
    digest.refresh_from_db()
    assert digest.read_at is None
    assert client.post(f"/digest/{digest.pk}/read/").status_code == 302
    digest.refresh_from_db()
    assert digest.read_at is not None
    assert digest.read_at <= clock.now()
    assert "Sáng nay" not in client.get("/").content.decode()


def test_a_leader_who_only_reads_may_put_it_away(who: make.Staff) -> None:
    leader = user(Role.LEADER, area=DISTRICT)
    send_digests()
    digest = Digest.objects.get(user=leader)
    assert "- Thị trấn Phú Mỹ: Danh sách quá hạn: 1" in mail_text(digest)
    client = Client()
    client.force_login(leader)
    assert client.post(f"/digest/{digest.pk}/read/").status_code == 302
