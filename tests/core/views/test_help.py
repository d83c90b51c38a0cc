"""The help: every page leads to its topic, every topic has its text in both languages, and words are found without marks."""

from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from accounts.enums import Role
from config.help import TOPICS
from core.navigation import topic_of
from tests.factories.people import user

pytestmark = pytest.mark.django_db
CODES = [topic.code for topic in TOPICS]


@pytest.fixture
def officer(client: Client) -> Client:
    client.force_login(user(Role.COMMUNE_OFFICER))
    return client


@pytest.mark.parametrize("code", CODES)
def test_every_topic_is_a_page_of_its_own(code: str, officer: Client) -> None:
    page = officer.get(f"/help/{code}/")
    assert page.status_code == 200
    assert page.content.decode().count('<section class="card" id="') >= 1
    english = (Path(settings.BASE_DIR) / f"templates/help/en/{code}.html").read_text(encoding="utf-8")
    vietnamese = (Path(settings.BASE_DIR) / f"templates/help/vi/{code}.html").read_text(encoding="utf-8")
    assert english.count("<section") == vietnamese.count("<section")


def test_there_are_no_texts_without_a_topic() -> None:
    for language in ("vi", "en"):
        written = {path.stem for path in (Path(settings.BASE_DIR) / f"templates/help/{language}").iterdir()}
        assert written == set(CODES)


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/", "worklist"),
        ("/cases/", "worklist"),
        ("/cases/new/LD_TU_DO/", "entry"),
        ("/cases/HS-2021-00000012/", "case"),
        ("/cases/HS-2021-00000012/refuse/", "case"),
        ("/cases/HS-2021-00000012/papers/", "papers"),
        ("/lists/DS-2021-00000012/", "lists"),
        ("/lists/DS-2021-00000012/post/", "posting"),
        ("/imports/", "import"),
        ("/reminders/", "deadlines"),
        ("/documents/", "documents"),
        ("/grievances/", "grievances"),
        ("/applications/", "applications"),
        ("/batches/", "payments"),
        ("/reports/overview/", "overview"),
        ("/reports/plan/", "overview"),
        ("/reports/schedules/LB-2021-00000012/", "schedule"),
        ("/reports/nq68-result/", "reports"),
        ("/emulation/rounds/XH-2021-00000012/", "emulation"),
        ("/targets/figures/new/", "targets"),
        ("/decisions/", "publicity"),
        ("/people/", "start"),
    ],
)
def test_a_page_leads_to_its_topic(path: str, code: str) -> None:
    topic = topic_of(path, TOPICS)
    assert topic is not None
    assert topic.code == code


def test_the_menu_of_a_page_opens_its_help(officer: Client) -> None:
    assert (
        f'href="{reverse("help_page", args=["worklist"])}" data-help'
        in officer.get("/cases/").content.decode()
    )


def test_words_are_found_without_marks_in_the_language_of_the_page(officer: Client) -> None:
    found = officer.get("/help/", {"q": "hoan tac"}).context["found"]
    assert [(row.url, row.title) for row in found] == [
        ("/help/case/#quyet-dinh", "Xác nhận, trả bổ sung, từ chối")
    ]
    nothing = officer.get("/help/", {"q": "khong co tu nay"})
    assert "Không có mục nào như vậy" in nothing.content.decode()
    officer.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    assert [row.url for row in officer.get("/help/", {"q": "undo"}).context["found"]] == [
        "/help/case/#decide"
    ]


def test_a_topic_that_there_is_not_answers_404_and_strangers_sign_in(officer: Client) -> None:
    assert officer.get("/help/nothing/").status_code == 404
    officer.logout()
    assert officer.get("/help/case/").status_code == 302
