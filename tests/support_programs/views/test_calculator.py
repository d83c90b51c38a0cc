"""«Tôi được hỗ trợ gì?»: who may open it, what it asks, what it answers, and that it keeps nothing."""

import html
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.enums import Role
from core.models import Event
from support_programs.models import Case, EligibilityDetermination
from support_programs.queries.who_asks import KINDS, choices_of_happenings, offers, offers_for, questions_for
from support_programs.rules.form import EARLIEST
from tests.factories.people import user

pytestmark = pytest.mark.django_db
PAGE = "/calculator/"
DAY = "27/09/2021"


class Asked:
    """Answers the page as somebody without an account would."""

    def __init__(
        self, client: Client, kind: str, *happened: str, received_on: str = DAY, birth: str = ""
    ) -> None:
        self.client = client
        self.who: dict[str, Any] = {
            "kind": kind,
            "happened": happened,
            "received_on": received_on,
            "birth": birth,
        }

    def questions(self) -> HttpResponse:
        return self.client.post(PAGE, self.who)

    def answer(self, **answers: str) -> HttpResponse:
        """Post the answers with what the page of questions holds; names are written with `__` for the hyphen."""
        page = self.questions()
        assert page.status_code == 200, text_of(page)
        named = {name.replace("__", "-"): value for name, value in answers.items()}
        asked = {field.name for field in page.context["form"]}  # type: ignore[attr-defined]
        assert set(named) <= asked, set(named) - asked
        return self.client.post(PAGE, {**self.who, "asked": marks_of(page), **named})  # type: ignore[attr-defined]


def marks_of(page: HttpResponse) -> str:
    """What the page of questions says it asked."""
    return " ".join(question.mark for question in page.context["asked"])  # type: ignore[attr-defined]


def text_of(page: HttpResponse) -> str:
    return html.unescape(page.content.decode())


def results_of(page: HttpResponse) -> dict[str, Any]:
    """What was answered of each programme."""
    assert page.status_code == 200, text_of(page)
    return {result.offer.code: result.said for result in page.context["results"]}  # type: ignore[attr-defined]


SUSPENDED = {
    "TAM_HOAN__employer_kind": "enterprise",
    "TAM_HOAN__cause": "employer_stopped",
    "TAM_HOAN__within_contract_term": "true",
    "TAM_HOAN__insured_month_before": "true",
    "TAM_HOAN__event_start": "19/7/2021",
    "TAM_HOAN__event_end": "25/08/2021",
}


class TestWho:
    def test_it_is_open_to_everybody_and_not_for_search_engines(self, client: Client) -> None:
        page = client.get(PAGE)
        assert page.status_code == 200
        assert "no-store" in page["Cache-Control"]
        assert page["X-Robots-Tag"] == "noindex"
        assert '<meta name="robots" content="noindex">' in text_of(page)
        assert "public/base.html" in [template.name for template in page.templates]

    @pytest.mark.parametrize("role", list(Role))
    def test_staff_find_it_in_their_own_frame(self, client: Client, role: Role) -> None:
        client.force_login(user(role, area="89"))
        page = client.get(PAGE)
        assert page.status_code == 200
        assert "public/base.html" not in [template.name for template in page.templates]
        assert Asked(client, "worker").questions().status_code == 200

    def test_sign_in_page_and_navigation_lead_there(self, client: Client) -> None:
        assert f'href="{PAGE}"' in text_of(client.get("/sign-in/"))
        client.force_login(user(Role.DISTRICT_OFFICER))
        assert f'href="{PAGE}"' in text_of(client.get("/"))

    def test_nothing_is_kept(self, client: Client) -> None:
        before = [model.objects.count() for model in (Session, Event, Case, EligibilityDetermination)]
        page = Asked(client, "worker", "TAM_HOAN", birth="05/09/1985").answer(**SUSPENDED)
        assert results_of(page)["TAM_HOAN"].result == "eligible"
        after = [model.objects.count() for model in (Session, Event, Case, EligibilityDetermination)]
        assert after == before
        assert set(client.cookies) <= {"csrftoken"}
        assert "no-store" in page["Cache-Control"]
        assert "19/7/2021" not in text_of(client.get(PAGE))

    def test_the_answer_costs_few_queries(self, client: Client) -> None:
        asked = Asked(client, "employer")
        asked.answer()
        with CaptureQueriesContext(connection) as seen:
            asked.answer()
        assert len(seen) <= 8


class TestQuestions:
    def test_every_kind_has_programmes_and_questions(self) -> None:
        known = offers()
        for kind in KINDS:
            chosen = offers_for(known, kind, ())
            assert chosen, kind
            assert questions_for(chosen, EARLIEST), kind

    def test_every_programme_with_something_to_file_is_for_somebody(self) -> None:
        known = offers()
        reached = {offer.code for kind in KINDS for offer in offers_for(known, kind, ())}
        assert reached == set(known)
        assert {
            "TAM_HOAN",
            "NGUNG_VIEC",
            "CHAM_DUT",
            "F0_F1",
            "NGHE_THUAT",
            "HDV_DL",
            "HO_KD",
            "LD_TU_DO",
        } <= reached
        assert {"DAO_TAO", "HTTT", "TNLD_BNN", "VAY_VON"} <= reached
        assert "BO_SUNG" not in reached

    @pytest.mark.parametrize(
        ("kind", "happened", "expected"),
        [
            ("worker", (), {"TAM_HOAN", "NGUNG_VIEC", "CHAM_DUT"}),
            ("worker", ("CHAM_DUT",), {"CHAM_DUT"}),
            ("worker", ("CHAM_DUT", "F0_F1"), {"CHAM_DUT", "F0_F1"}),
            ("worker", ("F0_F1",), {"F0_F1"}),
            ("worker", ("DAO_TAO",), {"TAM_HOAN", "NGUNG_VIEC", "CHAM_DUT"}),
            ("guide", (), {"HDV_DL"}),
            ("artist", ("F0_F1",), {"NGHE_THUAT", "F0_F1"}),
            ("free_worker", ("HO_KD",), {"LD_TU_DO", "HO_KD"}),
            ("household", ("VAY_VON",), {"HO_KD", "VAY_VON"}),
            ("sick", (), {"F0_F1"}),
        ],
    )
    def test_what_is_looked_at(self, kind: str, happened: tuple[str, ...], expected: set[str]) -> None:
        assert {offer.code for offer in offers_for(offers(), kind, happened)} == expected

    def test_a_kind_may_tick_beside_only_what_is_looked_at_for_it(self) -> None:
        ticks = {
            str(title): {code for code, _label in boxes} for title, boxes in choices_of_happenings(offers())
        }
        assert ticks[str(KINDS["household"])] == {"VAY_VON"}
        assert ticks[str(KINDS["free_worker"])] == {"HO_KD"}
        assert ticks["Thêm vào đó"] == {"F0_F1"}

    def test_the_same_question_stands_once_and_others_by_programme(self, client: Client) -> None:
        page = Asked(client, "worker", "TAM_HOAN", "NGUNG_VIEC").questions()
        names = [field.name for field in page.context["form"]]  # type: ignore[attr-defined]
        assert names.count("all-is_pregnant") == 1
        assert {"TAM_HOAN-event_start", "NGUNG_VIEC-event_start"} <= set(names)
        assert not any(name.endswith(("-insurance_number", "-department")) for name in names)
        assert len(names) == len(set(names))

    def test_it_says_so_once_that_all_is_optional(self, client: Client) -> None:
        page = text_of(Asked(client, "worker", "TAM_HOAN").questions())
        form = page[page.index("Tạm hoãn, nghỉ không lương</h2>") :]
        assert "không bắt buộc" not in form
        assert "Chưa rõ" in form

    def test_another_choice_of_who_asks_the_new_questions_first(self, client: Client) -> None:
        asked = Asked(client, "worker", "TAM_HOAN")
        old = marks_of(asked.questions())
        page = client.post(PAGE, {**asked.who, "kind": "household", "asked": old})
        assert page.status_code == 200
        assert page.context["step"] == 2
        assert "Câu hỏi đã đổi" in text_of(page)

    def test_answers_stay_when_more_is_asked(self, client: Client) -> None:
        asked = Asked(client, "worker", "TAM_HOAN")
        old = marks_of(asked.questions())
        answers = {"TAM_HOAN-event_start": "19/7/2021", "TAM_HOAN-is_pregnant": "true"}
        more = {**asked.who, "happened": ["TAM_HOAN", "NGUNG_VIEC"]}
        page = client.post(PAGE, {**more, "asked": old, **answers})
        form = page.context["form"]
        assert (page.status_code, page.context["step"]) == (200, 2)
        assert form["TAM_HOAN-event_start"].value() == "19/7/2021"
        assert form["all-is_pregnant"].value() == "true"
        assert form.errors == {}

    def test_a_question_in_other_words_is_asked_again(self, client: Client) -> None:
        asked = Asked(client, "employer", "HTTT")
        old = marks_of(asked.questions())
        later = {**asked.who, "received_on": "08/10/2021", "asked": old, "HTTT-headcount_base": "100"}
        page = client.post(PAGE, later)
        assert page.context["step"] == 2
        assert "Số lao động tham gia BHXH tháng 01/2021" in text_of(page)
        assert page.context["form"]["HTTT-headcount_base"].value() == "100"

    def test_fewer_questions_are_answered_at_once(self, client: Client) -> None:
        asked = Asked(client, "worker", "TAM_HOAN", "NGUNG_VIEC")
        old = marks_of(Asked(client, "worker", "TAM_HOAN").questions()) + " " + marks_of(asked.questions())
        page = client.post(PAGE, {**asked.who, "happened": ["TAM_HOAN"], "asked": old})
        assert list(results_of(page)) == ["TAM_HOAN"]


class TestAnswers:
    def test_how_much_which_papers_where_and_by_when(self, client: Client) -> None:
        asked = Asked(client, "worker", "TAM_HOAN", birth="1985")
        page = asked.answer(
            **SUSPENDED, TAM_HOAN__is_pregnant="true", TAM_HOAN__children="5/9/2018\n1/1/2010\n"
        )
        said = results_of(page)["TAM_HOAN"]
        assert (said.result, said.amount) == ("eligible", 5_710_000)
        shown = text_of(page)
        for words in (
            "5.710.000 đ",
            "Đủ điều kiện",
            "Điều 14",
            "con thứ 2 đã đủ 6 tuổi",
            "Giấy tờ chứng minh đang mang thai",
            "UBND cấp huyện nơi đơn vị đặt trụ sở",
            "07/02/2022",
            "ngày làm việc tiếp theo",
            "Chưa chắc chắn",
            "Cơ quan BHXH xác nhận",
        ):
            assert words in shown, words
        assert all(doubt in shown for doubt in said.version.rules.doubts)

    def test_a_refusal_names_criterion_article_and_what_would_change_it(self, client: Client) -> None:
        asked = Asked(client, "worker", "TAM_HOAN", received_on="07/10/2021")
        page = asked.answer(
            **{**SUSPENDED, "TAM_HOAN__cause": "directive_16"}, TAM_HOAN__has_labour_contract="true"
        )
        said = results_of(page)["TAM_HOAN"]
        assert said.result == "not_eligible"
        shown = text_of(page)
        refusal = said.refusals[0].rule
        assert refusal.statement in shown
        assert refusal.article in shown
        assert "hồ sơ nộp từ ngày 08/10/2021 thì đủ điều kiện" in shown

    def test_what_is_open_is_asked_again_and_never_refuses(self, client: Client) -> None:
        page = Asked(client, "household").answer(HO_KD__household_kind="registered")
        said = results_of(page)["HO_KD"]
        assert said.result == "undetermined"
        assert "Lý do dừng kinh doanh" in said.missing
        assert all(question in text_of(page) for question in said.missing)

    @pytest.mark.parametrize("kind", KINDS)
    @pytest.mark.parametrize("received_on", ["06/07/2021", DAY, "06/11/2021"])
    def test_no_answer_at_all_refuses_nobody(self, client: Client, kind: str, received_on: str) -> None:
        results = results_of(Asked(client, kind, received_on=received_on).answer())
        assert results
        assert {said.result for said in results.values()} == {"undetermined"}

    def test_what_fits_comes_first(self, client: Client) -> None:
        asked = Asked(client, "worker", "TAM_HOAN", "NGUNG_VIEC", "F0_F1", birth="1/1/1980")
        page = asked.answer(**SUSPENDED, NGUNG_VIEC__stopped_under_art_99_3="false", F0_F1__variant="F0")
        order = [said.result for said in results_of(page).values()]
        assert order == ["eligible", "undetermined", "not_eligible"]

    def test_regimes_that_exclude_each_other_are_said_to(self, client: Client) -> None:
        asked = Asked(client, "worker", "TAM_HOAN", "NGUNG_VIEC", birth="1/1/1980")
        page = asked.answer(
            **SUSPENDED,
            NGUNG_VIEC__stopped_under_art_99_3="true",
            NGUNG_VIEC__cause="locked_area",
            NGUNG_VIEC__event_start="01/06/2021",
            NGUNG_VIEC__event_end="20/06/2021",
            NGUNG_VIEC__insured_month_before="true",
        )
        assert {said.result for said in results_of(page).values()} == {"eligible"}
        assert "Chỉ được hưởng một trong các chính sách này" in text_of(page)
        assert "(Mục I NQ 68)" in text_of(page)

    def test_a_day_without_rules(self, client: Client) -> None:
        page = Asked(client, "employer", "DAO_TAO", received_on="06/07/2021").answer()
        assert results_of(page)["DAO_TAO"].result == "undetermined"
        assert "Chưa có quy định có hiệu lực ngày 06/07/2021." in text_of(page)

    def test_a_free_worker_picks_trade_and_town(self, client: Client) -> None:
        page = Asked(client, "free_worker", birth="1970").answer(
            LD_TU_DO__has_labour_contract="false",
            LD_TU_DO__residence="permanent",
            LD_TU_DO__claims_elsewhere="false",
            LD_TU_DO__lost_income_on="15/07/2021",
            LD_TU_DO__monthly_income="1.800.000",
            LD_TU_DO__occupation_group="ban_ve_so_luu_dong",
            LD_TU_DO__is_urban="true",
        )
        said = results_of(page)["LD_TU_DO"]
        assert (said.result, said.amount) == ("eligible", 1_500_000)

    def test_after_the_deadline_it_is_late(self, client: Client) -> None:
        answers = {name: value for name, value in SUSPENDED.items() if name != "TAM_HOAN__employer_kind"}
        page = Asked(client, "worker", "TAM_HOAN", received_on="08/02/2022").answer(
            **answers, TAM_HOAN__has_labour_contract="true"
        )
        assert "Ngày 08/02/2022 đã quá hạn nộp." in text_of(page)


class TestBadInput:
    @pytest.mark.parametrize(
        ("who", "words"),
        [
            ({"kind": ""}, "Hãy chọn ông/bà là ai."),
            ({"kind": "king"}, "king"),
            ({"received_on": ""}, "Hãy ghi ngày nộp hồ sơ."),
            ({"received_on": "31/02/2021"}, "31/02/2021"),
            ({"received_on": "01/01/2031"}, "Ngày nộp hồ sơ phải từ"),
            ({"birth": "28/09/2021"}, "sau ngày"),
            ({"birth": "bé"}, "Không đọc được ngày"),
            ({"happened": "HET_TIEN"}, "HET_TIEN"),
        ],
    )
    def test_who_asks(self, client: Client, who: dict[str, str], words: str) -> None:
        page = client.post(PAGE, {"kind": "worker", "received_on": DAY, **who})
        assert page.status_code == 422
        assert words in text_of(page)
        assert "<title>Lỗi:" in text_of(page)

    @pytest.mark.parametrize(
        ("answers", "field", "words"),
        [
            ({"TAM_HOAN__event_end": "10/07/2021"}, "TAM_HOAN-event_end", "trước ngày bắt đầu"),
            ({"TAM_HOAN__event_end": "23/08/2022"}, "TAM_HOAN-event_end", "401 ngày"),
            ({"TAM_HOAN__event_start": "hè"}, "TAM_HOAN-event_start", "Không đọc được ngày «hè»"),
            ({"TAM_HOAN__event_start": "04/09/1985"}, "TAM_HOAN-event_start", "nằm ngoài khoảng"),
            ({"TAM_HOAN__children": "1/1/2018\n01/10/2021"}, "TAM_HOAN-children", "Con thứ 2"),
            ({"TAM_HOAN__children": "năm ngoái"}, "TAM_HOAN-children", "Không đọc được ngày"),
            ({"TAM_HOAN__is_pregnant": "maybe"}, "TAM_HOAN-is_pregnant", "maybe"),
        ],
    )
    def test_the_problem_stands_at_the_field_and_what_was_typed_stays(
        self, client: Client, answers: dict[str, str], field: str, words: str
    ) -> None:
        page = Asked(client, "worker", "TAM_HOAN", birth="05/09/1985").answer(**{**SUSPENDED, **answers})
        assert page.status_code == 422
        form = page.context["form"]  # type: ignore[attr-defined]
        assert list(form.errors) == [field]
        assert words in form.errors[field][0]
        assert "19/7/2021" in text_of(page) or "TAM_HOAN__event_start" in answers

    def test_a_child_born_after_the_treatment_began(self, client: Client) -> None:
        page = Asked(client, "sick", birth="02/08/2021").answer(F0_F1__event_start="01/08/2021")
        assert page.status_code == 422
        assert "Ngày sinh 02/08/2021 sau ngày bắt đầu sự việc 01/08/2021." in text_of(page)

    def test_nothing_typed_runs_in_the_page(self, client: Client) -> None:
        page = Asked(client, "worker", "TAM_HOAN").answer(TAM_HOAN__event_start="<script>alert(1)</script>")
        assert page.status_code == 422
        assert "<script>alert" not in page.content.decode()
