"""The public pages over a filled commune: no identity number, telephone or account of anybody, in no page, answer or PDF."""

import datetime as dt
import io
from collections.abc import Iterator

import pypdfium2
import pytest
from django.test import Client

from beneficiaries.models import IdentityDocument, PayoutAccount, Person
from core import crypto
from support_programs.models import Case, CaseList, PublicApplication
from support_programs.queries.applications import Typed
from support_programs.services import posting
from support_programs.services.applications import send_application
from tests.architecture.test_urls import PUBLIC, addresses
from tests.factories import cases as made
from tests.factories.people import COMMUNE
from tests.security.story import Story, whole_story
from tests.security.walking import numbers_in

pytestmark = [pytest.mark.django_db, pytest.mark.tour]
AREAS = ("89", "89888", COMMUNE)
SENT = {"full_name": "Nguyễn Thị Lài", "dob": "5/9/1978", "id_number": "089178001234", "phone": "0987654321"}


@pytest.fixture
def story() -> Story:
    """A list that was paid, one that is posted whose people typed a telephone, and an application."""
    told = whole_story()
    hanging = made.confirmed_list(told.who, 2)
    posting.post_list(hanging, place="Trụ sở UBND", posting_from=dt.date(2021, 9, 27), actor=told.who.commune)
    hanging.cases.update(phone="0912000111", hamlet="Ấp Mỹ Lương, CCCD 089085000111")
    return told


def kept_numbers(story: Story) -> set[str]:
    """Every number that the database keeps, opened."""
    papers = IdentityDocument.objects.values_list("number_encrypted", flat=True)
    accounts = PayoutAccount.objects.values_list("account_encrypted", flat=True)
    phones = {*Person.objects.values_list("phone", flat=True), *Case.objects.values_list("phone", flat=True)}
    found = {crypto.decrypt("number", bytes(blob)) for blob in papers}
    found |= {crypto.decrypt("account", bytes(blob)) for blob in accounts}
    return {*found, *(phone for phone in phones if phone), *story.numbers, SENT["id_number"], SENT["phone"]}


def paths() -> Iterator[str]:
    """Every public address with each area, list and case that there is."""
    lists = list(CaseList.objects.values_list("reference", flat=True))
    known = [*lists, *Case.objects.values_list("reference", flat=True)]
    for address in addresses():
        if address.name not in PUBLIC or not address.route.startswith(("public/", "calculator/")):
            continue
        if not address.has_arguments:
            yield address.path()
            continue
        for area in AREAS:
            for reference in known if "<str:reference>" in address.route else [""]:
                yield address.path(area=area, **({"reference": reference} if reference else {}))
    yield from (f"/public/applications/new/?programme={code}" for code in ("LD_TU_DO", "F0_F1", "HO_KD"))


def pdf_text(content: bytes) -> str:
    pages = pypdfium2.PdfDocument(io.BytesIO(content))
    return "\n".join(page.get_textpage().get_text_range() for page in pages)


def test_no_public_page_says_a_number(client: Client, story: Story) -> None:
    sent = send_application(programme="LD_TU_DO", typed=Typed(SENT, {}, COMMUNE, 1978))
    numbers = kept_numbers(story)
    assert len(numbers) > 10
    said, seen, printed = [], set(), 0
    states: list[str] = []
    for path in paths():
        answer = client.get(path)
        if answer.status_code != 200:
            assert answer.status_code in (404, 405), path
            continue
        seen.add(path)
        is_pdf = answer["Content-Type"] == "application/pdf"
        printed += is_pdf
        text = pdf_text(answer.content) if is_pdf else answer.content.decode()
        if found := numbers_in(text, numbers):
            said.append((path, sorted(found)))
    for case in Case.objects.exclude(birth_year=None):
        page = client.post("/public/case/", {"reference": case.reference, "birth": str(case.birth_year)})
        assert page.status_code == 200
        states.append(str(page.context["shown"].state.label))
        text = page.content.decode()
        if numbers_in(text, numbers) or case.applicant_name in text:
            said.append((case.reference, []))
    follow = {"reference": sent.application.reference, "code": sent.code}
    page = client.post("/public/applications/", follow)
    assert page.status_code == 200
    assert not numbers_in(page.content.decode(), numbers)
    assert said == []
    assert printed >= 1
    # two of the three with an account were paid, one has none
    assert (states.count("Đã chi trả"), states.count("Đã phê duyệt, chờ chi trả")) == (2, 2)
    assert any(path.startswith(f"/public/lists/{COMMUNE}/DS-") for path in seen)
    # the story's and this one: opening pages sends nothing
    assert PublicApplication.objects.count() == 2


def test_the_walk_would_find_one(story: Story) -> None:
    numbers = kept_numbers(story)
    assert {"089085000111", "6700205111927", "0912000111", SENT["phone"]} <= numbers
    assert numbers_in("CCCD 089 085 000 111", numbers) == {"089085000111"}


def test_pages_are_small_and_need_no_script(client: Client, story: Story) -> None:
    """At most 12 KB as they travel, no script of htmx, none inline."""
    import gzip

    large = {}
    for path in (
        "/public/",
        "/public/lists/",
        f"/public/lists/{COMMUNE}/",
        "/public/applications/new/?programme=LD_TU_DO",
    ):
        page = client.get(path).content
        size = len(gzip.compress(page))
        if size > 12_000 or b"htmx" in page:
            large[path] = size
    assert large == {}
