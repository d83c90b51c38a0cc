"""Papers of whole lists: who confirms them, what is counted, and that no decision is made without them."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.enums import Role
from core import clock
from core.models import Event
from core.transitions import TransitionRefused
from support_programs.models import Case, CaseList, CasePaper
from support_programs.services.appraisal import exclude_case, mark_eligible, verify_cases
from support_programs.services.determinations import determine_cases
from support_programs.services.facts import confirm_facts
from support_programs.services.papers import (
    confirm_list_papers,
    confirm_whole_list,
    record_seen,
    recount_papers,
    take_out,
)
from tests.factories import cases as make
from tests.factories import chains, claims
from tests.factories.people import OUTSIDE_COMMUNE, promoted, user

pytestmark = pytest.mark.django_db
MISSING = "Hồ sơ còn thiếu giấy tờ bắt buộc"


@pytest.fixture
def who() -> make.Staff:
    return make.staff()


def judged_list(who: make.Staff, rows: int = 1) -> CaseList:
    """Confirmed, without a paper."""
    case_list = make.draft_list(who, rows)
    confirm_facts(case_list, codes=make.CONFIRMED, excepted={}, actor=who.commune)
    return case_list


def missing(case_list: CaseList) -> list[int]:
    return list(
        Case.objects.filter(case_list=case_list).order_by("position").values_list("papers_missing", flat=True)
    )


class TestWholeLists:
    def test_a_fresh_list_misses_what_every_row_needs(self, who: make.Staff) -> None:
        assert missing(make.draft_list(who, 2)) == [2, 2]

    def test_papers_are_confirmed_for_all_but_single_rows(self, who: make.Staff) -> None:
        case_list = judged_list(who, 3)
        third = Case.objects.get(case_list=case_list, position=3)
        left = confirm_list_papers(
            case_list, codes=make.PAPERS, excepted={"request": [third.pk]}, actor=who.commune
        )
        assert (left, missing(case_list)) == (1, [0, 0, 1])
        paper = CasePaper.objects.filter(case=third).get()
        assert (paper.code, paper.form, paper.case_list_id, paper.file_id) == (
            "identity_paper",
            "original",
            case_list.pk,
            None,
        )
        assert (paper.received_by_id, paper.received_on) == (who.commune.pk, clock.today())
        event = Event.objects.get(action="list.papers_confirmed")
        assert event.change["papers"] == "Bản sao CCCD hoặc CMND; Đơn đề nghị hỗ trợ"

    def test_said_again_it_changes_nothing_and_an_exception_takes_back(self, who: make.Staff) -> None:
        case_list = judged_list(who, 2)
        for _turn in range(2):
            confirm_list_papers(case_list, codes=make.PAPERS, excepted={}, actor=who.commune)
        assert CasePaper.objects.count() == 4
        first = Case.objects.get(case_list=case_list, position=1)
        confirm_list_papers(case_list, codes=["request"], excepted={"request": [first.pk]}, actor=who.commune)
        assert missing(case_list) == [1, 0]
        gone = CasePaper.objects.get(case=first, code="request")
        assert gone.removed_on == clock.today()
        assert gone.removed_reason == "Được trừ ra khi xác nhận giấy tờ của cả danh sách."

    def test_a_paper_that_only_some_need_comes_to_those(self, who: make.Staff) -> None:
        """Of two F0 and F1 rows of one list each has the list and the paper of its kind only."""
        at = chains.desks("F0_F1")
        kinds = [
            claims.TREATED,
            {**claims.TREATED, "variant": "F1"},
        ]
        made = [claims.claim("F0_F1", at.intake, has_papers=False, answers=one) for one in kinds]
        chains.list_cases(Case.objects.filter(pk__in=[case.pk for case in made]), actor=at.intake)
        case_list = CaseList.objects.get()
        codes = ["list_8a", "list_8b", "discharge_paper", "isolation_decision", "identity_paper"]
        assert confirm_list_papers(case_list, codes=codes, excepted={}, actor=at.intake) == 0
        held = [sorted(CasePaper.objects.filter(case=case).values_list("code", flat=True)) for case in made]
        assert held == [
            ["discharge_paper", "identity_paper", "list_8a"],
            ["identity_paper", "isolation_decision", "list_8b"],
        ]

    def test_facts_and_papers_come_together_or_not_at_all(self, who: make.Staff) -> None:
        case_list = make.draft_list(who, 2)
        ticks = dict.fromkeys(make.CONFIRMED, ())
        with pytest.raises(TransitionRefused, match="giấy tờ mà chính sách yêu cầu"):
            confirm_whole_list(case_list, facts=ticks, papers={"bang_lai": ()}, actor=who.commune)
        assert Case.objects.filter(result="eligible").count() == 0
        done = confirm_whole_list(
            case_list, facts=ticks, papers=dict.fromkeys(make.PAPERS, ()), actor=who.commune
        )
        assert (done.counts.eligible, done.is_judged, done.missing) == (2, True, 0)
        only = confirm_whole_list(case_list, facts={}, papers={"request": ()}, actor=who.commune)
        assert (only.counts.eligible, only.is_judged, only.missing) == (2, False, 0)
        with pytest.raises(TransitionRefused, match="ít nhất một điều kiện hoặc giấy tờ"):
            confirm_whole_list(case_list, facts={}, papers={}, actor=who.commune)

    def test_not_by_others_and_not_after_the_list_went_up(self, who: make.Staff) -> None:
        case_list = judged_list(who)
        for actor in (who.officer, who.reviewer, user(Role.COMMUNE_OFFICER, area=OUTSIDE_COMMUNE)):
            with pytest.raises(PermissionDenied):
                confirm_list_papers(case_list, codes=make.PAPERS, excepted={}, actor=actor)
        sent = make.submit(who, case_list)
        with pytest.raises(TransitionRefused, match="đã trình lên"):
            confirm_list_papers(sent, codes=make.PAPERS, excepted={}, actor=who.commune)
        assert CasePaper.objects.count() == 0

    def test_the_statements_do_not_grow_with_the_rows(self, who: make.Staff) -> None:
        counts = []
        for rows in (1, 1, 4):
            case_list = judged_list(who, rows)
            with CaptureQueriesContext(connection) as queries:
                confirm_list_papers(case_list, codes=make.PAPERS, excepted={}, actor=who.commune)
            counts.append(len(queries))
        assert counts[1] == counts[2] <= 20, counts


class TestNoDecisionWithoutPapers:
    def test_the_button_and_the_bulk_name_what_is_missing(self, who: make.Staff) -> None:
        case_list = make.submit(who, judged_list(who, 2))
        first, second = Case.objects.filter(case_list=case_list).order_by("position")
        record_seen(first, codes=make.PAPERS, actor=who.commune)
        record_seen(second, codes=["request"], actor=who.commune)
        with pytest.raises(TransitionRefused, match=MISSING):
            mark_eligible(second, actor=who.officer)
        report = verify_cases(Case.objects.filter(case_list=case_list), actor=who.officer)
        assert report.done == 1
        (eyes,) = report.needs_eyes
        assert eyes.reference == second.reference
        assert "Thiếu giấy tờ: Bản sao CCCD hoặc CMND." in eyes.reason
        second.refresh_from_db()
        assert second.status == "appraising"

    def test_what_the_rules_refuse_is_refused_without_papers(self, who: make.Staff) -> None:
        """A person who isn't entitled is not sent for a paper first."""
        case_list = make.submit(who, judged_list(who))
        case = Case.objects.get(case_list=case_list)
        done = exclude_case(case, to="ineligible", reason="Có hợp đồng lao động", actor=who.officer)
        assert done.status == "ineligible"

    def test_a_count_that_somebody_wrote_over_is_made_right_before_the_finding(self, who: make.Staff) -> None:
        case_list = make.submit(who, judged_list(who))
        Case.objects.filter(case_list=case_list).update(papers_missing=0)
        case = Case.objects.get(case_list=case_list)
        with pytest.raises(TransitionRefused, match=MISSING):
            mark_eligible(case, actor=who.officer)
        assert verify_cases(Case.objects.filter(pk=case.pk), actor=who.officer).done == 0

    def test_who_took_papers_in_appraises_nothing(self, who: make.Staff) -> None:
        case_list = judged_list(who)
        second = user(Role.COMMUNE_OFFICER)
        confirm_list_papers(case_list, codes=make.PAPERS, excepted={}, actor=second)
        case_list = make.submit(who, case_list)
        later = promoted(second, Role.DISTRICT_OFFICER, area=who.officer.area_code)
        case = Case.objects.get(case_list=case_list)
        with pytest.raises(TransitionRefused, match="đã nhập hồ sơ này"):
            mark_eligible(case, actor=later)
        assert mark_eligible(case, actor=who.officer).status == "eligible"

    def test_the_database_keeps_who_took_papers_in_apart(self, who: make.Staff) -> None:
        """The role is moved on by an administrator, and the guards are gone around."""
        second = user(Role.COMMUNE_OFFICER)
        case_list = judged_list(who)
        confirm_list_papers(case_list, codes=make.PAPERS, excepted={}, actor=second)
        case = Case.objects.get(case_list=make.submit(who, case_list))
        changes = (
            ("UPDATE support_programs_case SET appraised_by_id = %s WHERE id = %s", case.pk),
            ("UPDATE support_programs_caselist SET list_approved_by_id = %s WHERE id = %s", case_list.pk),
        )
        for statement, pk in changes:
            with (
                pytest.raises(IntegrityError, match="took papers"),
                transaction.atomic(),
                connection.cursor() as cursor,
            ):
                cursor.execute(statement, [second.pk, pk])

    def test_the_database_holds_it_too(self, who: make.Staff) -> None:
        case = Case.objects.get(case_list=make.verified_list(who))
        statements = (
            ("UPDATE support_programs_case SET papers_missing = 1 WHERE id = %s", "eligible_case_has_papers"),
            (
                """UPDATE support_programs_casepaper SET removed_on = now(), removed_by_id = 1, removed_reason = 'x'
                   WHERE case_id = %s""",
                "a paper stays",
            ),
            ("UPDATE support_programs_casepaper SET code = 'khac' WHERE case_id = %s", "casepaper"),
            ("DELETE FROM support_programs_casepaper WHERE case_id = %s", "casepaper"),
        )
        for statement, said in statements:
            with pytest.raises(Exception, match=said), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement, [case.pk])
        copied = CasePaper.objects.get(case=case, code="request")
        copied.pk = None
        with pytest.raises(IntegrityError, match="paper_seen_once"), transaction.atomic():
            copied.save(force_insert=True)


class TestCounting:
    def test_a_fact_that_asks_for_a_paper_makes_it_missing(self, who: make.Staff) -> None:
        """Whether she is pregnant is unknown at first: the proof is not asked for yet."""
        at = chains.desks("TAM_HOAN")
        case = claims.claim("TAM_HOAN", at.intake)
        assert case.papers_missing == 0
        woman = claims.claim("TAM_HOAN", at.intake, answers={**claims.SUSPENDED, "is_pregnant": True})
        assert woman.papers_missing == 0
        paper = CasePaper.objects.get(case=woman, code="pregnancy_proof")
        assert take_out(paper, reason="Nhầm người", actor=at.intake).papers_missing == 1
        determine_cases(Case.objects.filter(pk=woman.pk), actor=at.intake)
        assert Case.objects.get(pk=woman.pk).papers_missing == 1

    def test_a_case_that_was_found_eligible_keeps_its_count(self, who: make.Staff) -> None:
        case = Case.objects.get(case_list=make.verified_list(who))
        version = case.version_used
        recount_papers([case.pk])
        determine_cases(Case.objects.filter(pk=case.pk), actor=who.officer)
        case.refresh_from_db()
        assert (case.status, case.papers_missing, case.version_used) == ("eligible", 0, version)

    def test_a_recount_asks_the_same_for_one_and_for_many(self, who: make.Staff) -> None:
        counts = []
        for rows in (1, 4):
            ids = list(Case.objects.filter(case_list=judged_list(who, rows)).values_list("pk", flat=True))
            Case.objects.filter(pk__in=ids).update(papers_missing=9, received_on=dt.date(2021, 9, 1))
            with CaptureQueriesContext(connection) as queries:
                recount_papers(ids)
            counts.append(len(queries))
            assert set(Case.objects.filter(pk__in=ids).values_list("papers_missing", flat=True)) == {2}
        assert counts[0] == counts[1] <= 8, counts
