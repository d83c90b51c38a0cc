"""No page and no API answer says a number whole; the few that must, to the desk that types it, stand in a list here."""

import pytest

from accounts.enums import Role
from tests.factories import registers
from tests.factories.pairs import pair
from tests.factories.people import user
from tests.security.story import whole_story
from tests.security.test_data_requests import received
from tests.security.walking import answers, numbers_in, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.tour]

# the desk that brings a list in corrects what stands in its cells
OF_THE_DESK = {
    "beneficiaries:import_rows": "cells of a list are corrected in place",
    "beneficiaries:import_columns": "three cells of each column show what it holds",
}
ROLES = (Role.COMMUNE_OFFICER, Role.DISTRICT_OFFICER, Role.PROVINCIAL_REVIEWER, Role.ACCOUNTANT, Role.AUDITOR)
DESKS = (Role.COMMUNE_OFFICER, Role.DISTRICT_OFFICER)


def test_no_page_and_no_answer_says_a_number() -> None:
    story = whole_story()
    first, second, third = story.people[:3]
    officer = story.who.officer
    registers.entry_of(first, officer)
    registers.household_of(first, officer)
    pair(first, second)
    received(officer, third)
    said, seen = [], set()
    for role in ROLES:
        for answer in answers(story, user(role)):
            seen.add(answer.name)
            found = numbers_in(answer.text, story.numbers)
            if found and not (role in DESKS and answer.name in OF_THE_DESK):
                said.append((role, answer.name, answer.path, sorted(found)))
    assert said == []
    assert {"beneficiaries:person_page", "support_programs:case_page", "disbursements:batch_page"} <= seen
    assert {
        "beneficiaries:duplicate_page",
        "beneficiaries:entry_page",
        "beneficiaries:household_page",
    } <= seen
    assert {"beneficiaries:data_request_page", "beneficiaries:person_reveal"} <= seen
    assert len([name for name in seen if "_api:" in name]) >= 8
    assert set(OF_THE_DESK) <= seen


def test_the_walk_would_find_one() -> None:
    """A number that is revealed is on the page, grouped as people read it."""
    story = whole_story()
    person = story.people[0]
    client = signed_in(user(Role.COMMUNE_OFFICER))
    paper = person.identity_documents.get(is_current=True)
    page = client.post(
        f"/people/{person.reference}/reveal/", {"code": f"paper-{paper.pk}", "purpose": "papers"}
    )
    assert numbers_in(page.content.decode(), story.numbers) == {"089085000111"}
