"""Papers of single cases: recorded by the desk that takes in, files told by their content, taken out with a reason."""

import io
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.enums import Role
from core.models import Event, StoredFile
from core.services.files import read_file
from core.transitions import StaleRecord, TransitionRefused
from support_programs.models import Case, CasePaper
from support_programs.services.appraisal import mark_eligible
from support_programs.services.papers import (
    Sent,
    add_files,
    record_seen,
    take_out,
)
from tests.factories import cases as make
from tests.factories import claims, uploads
from tests.factories.people import OUTSIDE_COMMUNE, user

pytestmark = pytest.mark.django_db


class Opened(io.BytesIO):
    """A file that remembers whether something was locked when it was read."""

    def __init__(self, content: bytes, queries: CaptureQueriesContext) -> None:
        super().__init__(content)
        self.queries = queries
        self.locked: bool | None = None

    def read(self, size: int | None = -1, /) -> bytes:
        self.locked = any(" FOR " in query["sql"] for query in self.queries.captured_queries)
        return super().read(size)


@pytest.fixture
def who() -> make.Staff:
    return make.staff()


class TestOneCase:
    def test_seen_papers_are_counted_once(self, who: make.Staff) -> None:
        case = claims.claim("LD_TU_DO", who.commune, has_papers=False)
        assert case.papers_missing == 2
        for _turn in range(2):
            case = record_seen(case, codes=["request"], actor=who.commune)
        assert (case.papers_missing, CasePaper.objects.count()) == (1, 1)
        assert Event.objects.filter(action="case.papers_seen").count() == 1
        with pytest.raises(TransitionRefused):
            record_seen(case, codes=["bang_lai"], actor=who.commune)

    def test_good_files_are_kept_and_bad_ones_named(self, who: make.Staff) -> None:
        case = claims.claim("LD_TU_DO", who.commune, has_papers=False)
        sent = [
            Sent("mặt trước 089085000111.HEIC.jpg", uploads.photo()),
            Sent("../../etc/passwd", b"root:x:0:0"),
            Sent("lại.jpg", uploads.photo()),
            Sent("don.pdf", uploads.pdf(2)),
        ]
        added = add_files(case, code="identity_paper", files=sent, actor=who.commune)
        case.refresh_from_db()
        assert ([paper.file.name for paper in added.papers if paper.file], case.papers_missing) == (
            ["mặt trước •••.HEIC.jpg", "don.pdf"],
            1,
        )
        assert added.refused == (
            "passwd: Không phải tệp PDF, JPG hoặc PNG. Hãy chọn bản chụp hoặc bản quét khác.",
            "lại.jpg: Tệp này đã có trong hồ sơ, ở «Bản sao CCCD hoặc CMND».",
        )
        stored = StoredFile.objects.get(name="don.pdf")
        assert read_file(stored) == sent[3].content
        assert (stored.area_code, stored.kind, stored.content_type) == (
            case.area_code,
            "scan",
            "application/pdf",
        )
        event = Event.objects.get(action="case.paper_added")
        assert (event.change["files"], len(event.change["sha256"])) == (2, 2)

    def test_a_paper_beyond_the_rules_has_a_name_of_its_own(self, who: make.Staff) -> None:
        case = claims.claim("LD_TU_DO", who.commune)
        with pytest.raises(TransitionRefused, match="tên giấy tờ"):
            add_files(case, code="", files=[Sent("a.pdf", uploads.pdf())], actor=who.commune)
        added = add_files(
            case,
            code="",
            label="Sổ tạm trú 089085000111",
            files=[Sent("a.pdf", uploads.pdf())],
            actor=who.commune,
        )
        assert [paper.label for paper in added.papers] == ["Sổ tạm trú •••"]

    def test_taken_out_with_a_reason_it_is_missing_again(self, who: make.Staff) -> None:
        case = claims.claim("LD_TU_DO", who.commune)
        paper = CasePaper.objects.get(case=case, code="request")
        with pytest.raises(TransitionRefused, match="lý do"):
            take_out(paper, reason="  ", actor=who.commune)
        before = case.version
        after = take_out(paper, reason="Chụp nhầm", actor=who.commune)
        assert (after.papers_missing, after.version) == (1, before + 1)
        with pytest.raises(TransitionRefused, match="đã được bỏ"):
            take_out(paper, reason="Chụp nhầm", actor=who.commune)
        record_seen(case, codes=["request"], actor=who.commune)
        assert Case.objects.get(pk=case.pk).papers_missing == 0

    @pytest.mark.parametrize(
        "change",
        ["removed_on = NULL, removed_by_id = NULL, removed_reason = ''", "removed_reason = 'khác'"],
    )
    def test_the_database_keeps_why_it_was_taken_out(self, who: make.Staff, change: str) -> None:
        case = claims.claim("LD_TU_DO", who.commune)
        paper = CasePaper.objects.get(case=case, code="request")
        take_out(paper, reason="Chụp nhầm", actor=who.commune)
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE support_programs_casepaper SET {change} WHERE id = %s", [paper.pk])

    def test_who_looks_at_a_paper_that_went_away_decides_nothing(self, who: make.Staff) -> None:
        case_list = make.list_at_district(who)
        case = Case.objects.get(case_list=case_list)
        shown = case.version
        take_out(CasePaper.objects.get(case=case, code="request"), reason="Nhầm", actor=who.commune)
        record_seen(case, codes=["request"], actor=who.commune)
        with pytest.raises(StaleRecord):
            mark_eligible(case, actor=who.officer, expected_version=shown)

    def test_only_the_desk_that_takes_in_and_only_while_it_is_open(self, who: make.Staff) -> None:
        case = Case.objects.get(case_list=make.list_at_district(who))
        paper = CasePaper.objects.get(case=case, code="request")
        strangers = (who.officer, who.head, who.reviewer, user(Role.COMMUNE_OFFICER, area=OUTSIDE_COMMUNE))
        for actor in strangers:
            for act in (
                lambda by: record_seen(case, codes=["request"], actor=by),
                lambda by: add_files(case, code="request", files=[Sent("a.pdf", uploads.pdf())], actor=by),
                lambda by: take_out(paper, reason="Nhầm", actor=by),
            ):
                with pytest.raises(PermissionDenied):
                    act(actor)
        mark_eligible(case, actor=who.officer)
        with pytest.raises(TransitionRefused, match="Đủ điều kiện"):
            take_out(paper, reason="Nhầm", actor=who.commune)
        assert CasePaper.objects.filter(removed_on__isnull=False).count() == 0

    def test_files_are_looked_into_before_anything_is_locked(self, who: make.Staff) -> None:
        """Twenty large photographs take a while, and the list of the case is everybody's."""
        case = claims.claim("LD_TU_DO", who.commune, has_papers=False)
        with CaptureQueriesContext(connection) as queries:
            opened = Opened(uploads.photo(), queries)
            add_files(case, code="request", files=[Sent("a.jpg", opened)], actor=who.commune)
        assert opened.locked is False
        assert any("FOR UPDATE" in query["sql"] for query in queries)

    def test_of_a_file_that_is_too_large_no_more_is_read_than_shows_it(
        self, who: make.Staff, settings: Any
    ) -> None:
        settings.PAPER_LIMIT_MB = 1
        opened = io.BytesIO(bytes(5 * 1024 * 1024))
        case = claims.claim("LD_TU_DO", who.commune)
        added = add_files(case, code="request", files=[Sent("a.jpg", opened)], actor=who.commune)
        assert (added.refused[0][:22], opened.tell()) == ("a.jpg: Tệp lớn hơn 1 M", 1024 * 1024 + 1)

    def test_words_about_a_paper_hold_no_number(self, who: make.Staff) -> None:
        case = claims.claim("LD_TU_DO", who.commune, has_papers=False)
        record_seen(case, codes=["request"], actor=who.commune, note="của 089085000111")
        assert CasePaper.objects.get(case=case).note == "của •••"

    def test_too_many_files_at_once(self, who: make.Staff, settings: Any) -> None:
        settings.PAPER_LIMIT_FILES = 1
        case = claims.claim("LD_TU_DO", who.commune)
        sent = [Sent("a.pdf", uploads.pdf(1)), Sent("b.pdf", uploads.pdf(2))]
        with pytest.raises(TransitionRefused, match="nhiều nhất 1 tệp"):
            add_files(case, code="request", files=sent, actor=who.commune)
