"""axe-core over the pages of the emulation movement, on an officer's screen and on a phone."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page

from reports.models import Achievement, AwardProposal, CouncilMeeting, Movement
from reports.services.emulation_awards import SignedDecision, record_decision
from reports.services.emulation_council import open_meeting
from tests.browser.test_register_accessibility import _faults
from tests.factories import emulation as make
from tests.factories.people import OUTSIDE_DISTRICT

pytestmark = [pytest.mark.browser, pytest.mark.tour]
WHO = ("keeper", "district", "decider")


@pytest.fixture
def staff(committed_db: None) -> make.Staff:
    """Proposals in every state, a closed ranking and one that is open, a decision."""
    staff = make.Staff()
    movement = make.running(staff)
    unit = make.unit(movement, staff)
    make.unit(movement, staff, OUTSIDE_DISTRICT)
    awarded = make.submitted(make.person(movement, staff), staff)
    recommended = make.submitted(make.person(movement, staff, "Lê Thị Bé Tư"), staff)
    make.met(movement, staff, awarded, recommended, against=1)
    said = SignedDecision("giay_khen_so", "88/QĐ-SLĐTBXH", make.DAY, "Giám đốc Sở")
    record_decision(movement, said, [awarded], actor=staff.decider)
    make.submitted(make.person(movement, staff, "Trần Văn Chín"), staff)
    make.confirmed(unit, staff, "7.5")
    make.closed(movement, staff)
    make.computed(movement, staff)
    make.achievement(unit, staff, title="Lập 12 chốt hỗ trợ người về quê")
    open_meeting(
        movement,
        held_on=make.DAY,
        place="Phòng họp số 2, Sở LĐ-TBXH",
        present=list(movement.council.all())[:1],
        actor=staff.keeper,
    )
    return staff


@pytest.fixture(params=[1366, 390], ids=["laptop", "phone"])
def desk(
    request: pytest.FixtureRequest, staff: make.Staff, site: str, browser: Browser
) -> Iterator[tuple[Any, int]]:
    """Gives a page of each person's own browser, and the width of the screen."""
    width, contexts = int(request.param), dict[str, BrowserContext]()

    def page_of(who: str) -> Page:
        if who not in contexts:
            client = Client()
            client.force_login(getattr(staff, who), backend="django.contrib.auth.backends.ModelBackend")
            size = {"width": width, "height": 844 if width < 500 else 768}
            contexts[who] = browser.new_context(viewport=size, bypass_csp=True)
            cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}
            contexts[who].add_cookies([cookie])
        return contexts[who].new_page()

    yield page_of, width
    for context in contexts.values():
        context.close()


def addresses() -> Iterator[tuple[str, str]]:
    """Every page of the movement with somebody who works on it."""
    movement = Movement.objects.get(code="kh523")
    home = f"/emulation/movements/{movement.reference}/"
    for part in ("", "participants/", "participants/new/", "achievements/", "proposals/", "council/"):
        yield "keeper", f"{home}{part}"
    yield "keeper", f"{home}meetings/new/"
    yield "keeper", f"{home}rounds/new/"
    yield "decider", f"{home}decisions/new/"
    waiting = Achievement.objects.get(status="entered")
    yield "keeper", f"/emulation/achievements/{waiting.reference}/"
    yield "keeper", f"/emulation/acts/{waiting.reference}/confirm/"
    unit = waiting.participant
    yield "district", f"/emulation/participants/{unit.reference}/"
    yield "district", f"/emulation/participants/{unit.reference}/achievements/new/"
    yield "district", f"/emulation/participants/{unit.reference}/proposals/new/"
    closed = movement.rounds.get(status="closed")
    yield "district", f"/emulation/rounds/{closed.reference}/"
    yield "district", f"/emulation/rounds/{closed.reference}/how/{unit.reference}/"
    yield "keeper", f"/emulation/rounds/{movement.rounds.get(status='open').reference}/"
    for status in ("awarded", "recommended", "submitted"):
        yield "district", f"/emulation/proposals/{AwardProposal.objects.get(status=status).reference}/"
    for meeting in CouncilMeeting.objects.all():
        yield "keeper", f"/emulation/meetings/{meeting.reference}/"
    yield "district", f"/emulation/decisions/{movement.award_decisions.get().reference}/"


def test_pages_have_no_fault(desk: tuple[Any, int], site: str) -> None:
    page_of, width = desk
    faults: dict[str, list[str]] = {}
    for number, (who, address) in enumerate(addresses()):
        page = page_of(who)
        answer = page.goto(f"{site}{address}")
        assert answer is not None
        assert answer.ok, address
        faults[address] = _faults(page, width)
        if folder := os.environ.get("TOUR_SHOTS"):
            page.screenshot(path=Path(folder) / f"{number:02d}-{width}.png", full_page=True)
        page.close()
    assert {address: found for address, found in faults.items() if found} == {}
