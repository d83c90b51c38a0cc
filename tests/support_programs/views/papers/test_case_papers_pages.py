"""Papers on the pages: added from a phone, looked at page by page, downloaded for ten minutes, taken out; by nobody else."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image

from accounts.enums import Role
from accounts.models import User
from core.models import Event, StoredFile
from support_programs.models import Case, CasePaper
from support_programs.queries.case_papers import download_token
from support_programs.services.facts import confirm_facts
from support_programs.services.papers import Sent, add_files
from tests.factories import cases as make
from tests.factories import claims, uploads
from tests.factories.people import OUTSIDE_COMMUNE, OUTSIDE_DISTRICT, user

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
    return claims.claim("LD_TU_DO", who.commune, has_papers=False)


def file(name: str, content: bytes, said: str = "image/jpeg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type=said)


def scanned(case: Case, who: make.Staff, content: bytes = b"") -> CasePaper:
    sent = [Sent("don.pdf", content or uploads.pdf(3))]
    return add_files(case, code="request", files=sent, actor=who.commune).papers[0]


def test_papers_come_from_a_phone_and_the_case_page_shows_what_is_missing(
    case: Case, who: make.Staff, as_: As
) -> None:
    commune, address = as_(who.commune), f"/cases/{case.reference}/papers/"
    assert "Thiếu 2 giấy tờ bắt buộc" in commune.get(f"/cases/{case.reference}/").content.decode()
    form = commune.get(f"{address}?code=identity_paper").content.decode()
    assert 'enctype="multipart/form-data"' in form
    assert "multiple" in form
    assert '<option value="identity_paper" selected>' in form
    photos = [file("truoc.jpg", uploads.photo()), file("sau.jpg", uploads.photo(shade=120))]
    answer = commune.post(address, {"code": "identity_paper", "scans": photos})
    assert (answer.status_code, answer.url) == (302, f"/cases/{case.reference}/#papers")
    page = commune.get(f"/cases/{case.reference}/").content.decode()
    assert "Thiếu 1 giấy tờ bắt buộc" in page
    assert page.count("<figure>") == 2
    answer = commune.post(f"{address}seen/", {"codes": ["request"]}, follow=True)
    assert "Đủ giấy tờ bắt buộc" in answer.content.decode()
    assert Case.objects.get(pk=case.pk).papers_missing == 0


def test_a_refused_file_keeps_the_page_and_names_itself(case: Case, who: make.Staff, as_: As) -> None:
    """Whatever a browser says of a file, and whatever its name: only its content counts."""
    commune, address = as_(who.commune), f"/cases/{case.reference}/papers/"
    bad = file("anh.jpg", b"<script>alert(1)</script>")
    answer = commune.post(address, {"code": "request", "scans": [bad], "note": "bản công chứng"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "anh.jpg: Không phải tệp PDF, JPG hoặc PNG." in page
    assert 'value="bản công chứng"' in page
    assert commune.post(address, {"code": "request"}).status_code == 422
    assert commune.post(address, {"scans": [file("a.pdf", uploads.pdf())]}).status_code == 422
    unnamed = commune.post(address, {"code": "+", "scans": [file("a.pdf", uploads.pdf())]})
    assert (unnamed.status_code, "Hãy ghi tên giấy tờ." in unnamed.content.decode()) == (422, True)
    empty = commune.post(address, {"code": "request", "scans": [file("rong.pdf", b"")]})
    assert (empty.status_code, "rong.pdf: Tệp trống." in empty.content.decode()) == (422, True)
    assert commune.post(address, {"code": "bang_lai", "scans": [bad]}).status_code == 422
    assert (StoredFile.objects.filter(kind="scan").count(), CasePaper.objects.count()) == (0, 0)


def test_good_files_of_a_go_are_kept_and_the_bad_one_is_told(case: Case, who: make.Staff, as_: As) -> None:
    sent = [file("don.pdf", uploads.pdf()), file("khoa.pdf", uploads.pdf(1, password="x"))]
    answer = as_(who.commune).post(
        f"/cases/{case.reference}/papers/", {"code": "request", "scans": sent}, follow=True
    )
    page = answer.content.decode()
    assert "Đã thêm 1 tệp vào hồ sơ." in page
    assert "khoa.pdf: Tệp PDF có mật khẩu" in page


def test_a_page_is_looked_at_small_and_large(case: Case, who: make.Staff, as_: As) -> None:
    paper, officer = scanned(case, who), as_(who.officer)
    address = f"/cases/{case.reference}/papers/{paper.pk}/"
    page = officer.get(f"{address}?page=2").content.decode()
    assert "Trang 2 trong 3" in page
    assert f"{address}pages/2/?size=large" in page
    assert "Trang 1 trong 3" in officer.get(f"{address}?page=khong").content.decode()
    sizes = []
    for query in ("", "?size=large"):
        picture = officer.get(f"{address}pages/3/{query}")
        assert (picture.status_code, picture["Content-Type"]) == (200, "image/jpeg")
        assert "no-store" in picture["Cache-Control"]
        sizes.append(Image.open(io.BytesIO(picture.content)).size)
    assert sizes == [(180, 240), (1200, 1600)]
    assert officer.get(f"{address}pages/4/").status_code == 404
    assert officer.get(f"{address}pages/0/").status_code == 404


class TestDownloads:
    def test_an_attachment_that_the_log_knows(self, case: Case, who: make.Staff, as_: As) -> None:
        sent = uploads.pdf(2)
        paper = scanned(case, who, sent)
        answer = as_(who.officer).get(f"/papers/{download_token(paper, who.officer)}/")
        assert (answer.status_code, answer.content) == (200, sent)
        assert answer["Content-Disposition"].startswith("attachment;")
        assert answer["X-Content-Type-Options"] == "nosniff"
        event = Event.objects.get(action="file.downloaded")
        assert (event.actor_id, event.change["name"]) == (who.officer.pk, "don.pdf")

    def test_ten_minutes_for_one_person(
        self, case: Case, who: make.Staff, as_: As, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        paper = scanned(case, who)
        token, now = download_token(paper, who.officer), signing.time.time()
        assert as_(who.head).get(f"/papers/{token}/").status_code == 404
        officer = as_(who.officer)
        assert officer.get(f"/papers/{token[:-2]}xx/").status_code == 404
        assert officer.get("/papers/khong/").status_code == 404
        monkeypatch.setattr(signing.time, "time", lambda: now + 601)
        late = officer.get(f"/papers/{token}/")
        assert (late.status_code, "10 phút" in late.content.decode()) == (410, True)
        assert Event.objects.filter(action="file.downloaded").count() == 0

    def test_who_moved_to_another_area_gets_nothing(self, case: Case, who: make.Staff, as_: As) -> None:
        paper = scanned(case, who)
        token = download_token(paper, who.officer)
        User.objects.filter(pk=who.officer.pk).update(area_code=OUTSIDE_DISTRICT)
        assert as_(User.objects.get(pk=who.officer.pk)).get(f"/papers/{token}/").status_code == 404


def test_a_paper_is_taken_out_with_a_reason_and_stays_to_be_seen(
    case: Case, who: make.Staff, as_: As
) -> None:
    paper, commune = scanned(case, who), as_(who.commune)
    address = f"/cases/{case.reference}/papers/{paper.pk}/"
    assert commune.get(f"{address}remove/").status_code == 200
    assert commune.post(f"{address}remove/", {"reason": ""}).status_code == 422
    answer = commune.post(f"{address}remove/", {"reason": "Chụp nhầm người"}, follow=True)
    page = answer.content.decode()
    assert "Đã bỏ «Đơn đề nghị hỗ trợ» khỏi hồ sơ." in page
    assert "1 giấy tờ đã bỏ ra" in page
    assert "Chụp nhầm người" in commune.get(address).content.decode()


@pytest.mark.parametrize("role", [Role.COMMUNE_OFFICER, Role.DISTRICT_OFFICER, Role.ADMINISTRATOR])
def test_the_outsider_gets_404_and_nothing_changes(case: Case, who: make.Staff, as_: As, role: Role) -> None:
    paper = scanned(case, who)
    area = {Role.COMMUNE_OFFICER: OUTSIDE_COMMUNE, Role.DISTRICT_OFFICER: OUTSIDE_DISTRICT}.get(role, "89")
    outsider = as_(user(role, area=area))
    base = f"/cases/{case.reference}/papers/"
    for address in (base, f"{base}{paper.pk}/", f"{base}{paper.pk}/pages/1/", f"{base}{paper.pk}/remove/"):
        assert outsider.get(address).status_code == 404, address
    posts: tuple[tuple[str, dict[str, Any]], ...] = (
        (base, {"code": "request", "scans": [file("a.pdf", uploads.pdf())]}),
        (f"{base}seen/", {"codes": ["request"]}),
        (f"{base}{paper.pk}/remove/", {"reason": "Nhầm"}),
    )
    for address, sent in posts:
        assert outsider.post(address, sent).status_code == 404, address
    assert list(CasePaper.objects.values_list("pk", "removed_on")) == [(paper.pk, None)]


def test_who_appraises_sees_papers_and_changes_none(case: Case, who: make.Staff, as_: As) -> None:
    paper, officer = scanned(case, who), as_(who.officer)
    page = officer.get(f"/cases/{case.reference}/").content.decode()
    assert "Thêm tệp" not in page
    assert "Tải về" in page
    base = f"/cases/{case.reference}/papers/"
    assert officer.post(base, {"code": "request", "scans": [file("a.pdf", uploads.pdf())]}).status_code == 403
    assert officer.post(f"{base}{paper.pk}/remove/", {"reason": "Nhầm"}).status_code == 403
    assert officer.post(f"{base}seen/", {"codes": ["request"]}).status_code == 403
    assert CasePaper.objects.count() == 1


def test_a_paper_of_another_case_is_not_shown_under_this_one(case: Case, who: make.Staff, as_: As) -> None:
    other = scanned(claims.claim("LD_TU_DO", who.commune, has_papers=False), who)
    assert as_(who.officer).get(f"/cases/{case.reference}/papers/{other.pk}/").status_code == 404


def test_the_page_asks_the_same_for_one_file_and_for_many(case: Case, who: make.Staff, as_: As) -> None:
    signed_in, counts = as_(who.commune), []
    signed_in.get(f"/cases/{case.reference}/papers/")
    for pages in (1, 2, 3, 4):
        scanned(case, who, uploads.pdf(pages))
        with CaptureQueriesContext(connection) as queries:
            assert signed_in.get(f"/cases/{case.reference}/papers/").status_code == 200
        counts.append(len(queries))
    assert len(set(counts)) == 1, counts
    assert counts[0] <= 11, counts


class TestListPages:
    def test_the_form_of_a_list_ticks_papers_and_excepts_rows(self, who: make.Staff, as_: As) -> None:
        case_list = make.draft_list(who, 3)
        commune, address = as_(who.commune), f"/lists/{case_list.reference}/"
        assert "3 hồ sơ trong danh sách còn thiếu giấy tờ" in commune.get(address).content.decode()
        page = commune.get(f"{address}facts/").content.decode()
        assert "Thiếu ở 3 trong 3 hồ sơ cần giấy này" in page
        answer = commune.post(f"{address}facts/", {**make.TICKS, "paper-request_except": "2"}, follow=True)
        page = answer.content.decode()
        assert "1 hồ sơ còn thiếu giấy tờ." in page
        assert "Thiếu ở 1 trong 3 hồ sơ cần giấy này" in page
        answer = commune.post(f"{address}facts/", {"paper-request": "on"}, follow=True)
        assert "Mọi hồ sơ trong danh sách đã đủ giấy tờ bắt buộc." in answer.content.decode()
        assert "còn thiếu giấy tờ" not in commune.get(address).content.decode()
        wrong = commune.post(f"{address}facts/", {"paper-request": "on", "paper-request_except": "9"})
        assert (wrong.status_code, "không có dòng số 9" in wrong.content.decode()) == (422, True)
        assert commune.post(f"{address}facts/", {"sent": "1"}).status_code == 422

    def test_who_appraises_is_told_and_sent_to_the_cases(self, who: make.Staff, as_: As) -> None:
        case_list = make.draft_list(who)
        confirm_facts(case_list, codes=make.CONFIRMED, excepted={}, actor=who.commune)
        make.submit(who, case_list)
        page = as_(who.officer).get(f"/lists/{case_list.reference}/").content.decode()
        assert "1 hồ sơ trong danh sách còn thiếu giấy tờ bắt buộc." in page
        assert "Hãy yêu cầu bổ sung ở từng hồ sơ." in page
        # the commune, whose list is away, can ask nobody for anything
        page = as_(who.commune).get(f"/lists/{case_list.reference}/").content.decode()
        assert "Chưa kết luận đủ điều kiện được cho các hồ sơ này." in page
        assert "Hãy yêu cầu bổ sung" not in page
