"""Papers through the API: the same desk, the same refusals, the same count."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from support_programs.models import Case, CasePaper
from tests.factories import cases as make
from tests.factories import claims, uploads
from tests.factories.api import Caller
from tests.factories.people import OUTSIDE_COMMUNE, user

pytestmark = pytest.mark.django_db


@pytest.fixture
def who() -> make.Staff:
    return make.staff()


@pytest.fixture
def case(who: make.Staff) -> Case:
    return claims.claim("LD_TU_DO", who.commune, has_papers=False)


def sent(caller: Caller, path: str, body: dict[str, Any], expect: int = 200) -> Any:
    answer = caller.client.post(f"/api/v1/{path}", body, format="multipart")
    assert answer.status_code == expect, answer.content.decode()
    return answer.json()


def test_papers_are_read_seen_added_and_taken_out(case: Case, who: make.Staff) -> None:
    caller, path = Caller(who.commune), f"cases/{case.reference}/papers/"
    shown = caller.get(path)
    assert (shown["missing"], [row["state"] for row in shown["papers"]]) == (
        2,
        ["missing", "missing", "open"],
    )
    assert caller.post(f"{path}seen/", {"codes": ["request"]})["missing"] == 1
    files = [
        SimpleUploadedFile("a.jpg", uploads.photo(), "image/jpeg"),
        SimpleUploadedFile("b.jpg", b"MZ", "image/jpeg"),
    ]
    added = sent(caller, path, {"code": "identity_paper", "files": files})
    assert added["missing"] == 0
    assert added["refused"] == [
        "b.jpg: Không phải tệp PDF, JPG hoặc PNG. Hãy chọn bản chụp hoặc bản quét khác."
    ]
    (scan,) = added["papers"][1]["held"]
    assert (scan["form"], scan["content_type"], len(scan["sha256"])) == ("scan", "image/jpeg", 64)
    assert caller.post(f"{path}{scan['id']}/remove/", {"reason": "Nhầm"})["missing"] == 1
    assert caller.post(f"{path}{scan['id']}/remove/", {"reason": "Nhầm"}, expect=409)
    assert caller.post(f"{path}seen/", {"codes": ["bang_lai"]}, expect=409)
    assert sent(caller, path, {"code": "request"}, expect=400)["files"]


def test_the_outsider_hears_404_and_who_appraises_403(case: Case, who: make.Staff) -> None:
    stranger = Caller(user("commune_officer", area=OUTSIDE_COMMUNE))
    path = f"cases/{case.reference}/papers/"
    stranger.get(path, expect=404)
    stranger.post(f"{path}seen/", {"codes": ["request"]}, expect=404)
    stranger.post(f"{path}seen/", {}, expect=404)
    stranger.post(f"{path}1/remove/", {}, expect=404)
    officer = Caller(who.officer)
    assert officer.get(path)["missing"] == 2
    officer.post(f"{path}seen/", {"codes": ["request"]}, expect=403)
    files = [SimpleUploadedFile("a.pdf", uploads.pdf(), "application/pdf")]
    sent(officer, path, {"code": "request", "files": files}, expect=403)
    assert CasePaper.objects.count() == 0


def test_a_whole_lists_papers(who: make.Staff) -> None:
    case_list = make.draft_list(who, 2)
    first = Case.objects.get(case_list=case_list, position=1)
    path, caller = f"lists/{case_list.reference}/confirm-facts/", Caller(who.commune)
    body = {
        "papers": list(make.PAPERS),
        "papers_excepted": [{"paper": "request", "cases": [first.reference]}],
    }
    answer = caller.post(path, body)
    assert answer == {"eligible": 0, "not_eligible": 0, "undetermined": 2, "papers_missing": 1}
    caller.post(path, {**body, "papers": ["identity_paper"]}, expect=400)
    caller.post(path, {"criteria": [], "papers": []}, expect=400)
    caller.post(path, {"papers": ["bang_lai"]}, expect=409)
    Caller(who.officer).post(path, body, expect=403)
