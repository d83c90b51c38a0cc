"""Opens every page and API answer of a story as somebody, and looks for numbers that should not be there."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.test import Client

from accounts.models import User
from beneficiaries.models import DataSubjectRequest, DuplicateCandidate, Household, Status
from core.models import Job
from tests.architecture.test_urls import Address, addresses
from tests.security.story import Story

_BETWEEN = re.compile(r"(?<=\d)[ .\u00a0\-](?=\d)")


@dataclass(frozen=True, slots=True)
class Answer:
    """What one address said to one person."""

    name: str
    path: str
    status: int
    text: str


def signed_in(someone: User) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(someone, backend="django.contrib.auth.backends.ModelBackend")
    return client


def references(story: Story) -> dict[str, list[str]]:
    """The story's records by the folder of the address that shows them."""
    cases = [*story.case_list.cases.values_list("reference", flat=True)[:2], story.child_case.reference]
    return {
        "imports": [story.list_import.reference],
        "lists": [story.case_list.reference],
        "cases": cases,
        "batches": [story.batch.reference],
        "employers": [story.employer.reference],
        "people": [person.reference for person in story.people[:2]],
        "data-requests": list(DataSubjectRequest.objects.values_list("reference", flat=True)),
        "registers": list(Status.objects.values_list("reference", flat=True)),
        "households": list(Household.objects.values_list("reference", flat=True)),
        "duplicates": list(DuplicateCandidate.objects.values_list("reference", flat=True)),
        "jobs": list(Job.objects.values_list("reference", flat=True))[:2],
    }


def paths(story: Story) -> Iterator[tuple[Address, str]]:
    """Every address with the story's records in it; those of other records with something that fits."""
    known = references(story)
    for address in addresses():
        if address.name == "accounts:sign_out":
            continue
        folders = [part for part in address.route.split("/") if known.get(part)]
        for reference in known[folders[0]] if folders else [""]:
            given = {"reference": reference} if reference else {}
            yield address, address.path(**given, number="6", code="social_protection")


def answers(story: Story, someone: User) -> Iterator[Answer]:
    """Whatever can be read as text."""
    client = signed_in(someone)
    for address, path in paths(story):
        response = client.get(path)
        kind = response.headers.get("Content-Type", "")
        if response.status_code < 400 and ("html" in kind or "json" in kind) and not response.streaming:
            yield Answer(address.name, path, response.status_code, response.content.decode())


def numbers_in(text: str, numbers: set[str]) -> set[str]:
    """Which of these numbers stand in a text, however their digits are grouped."""
    joined = _BETWEEN.sub("", text)
    return {number for number in numbers if number in text or number in joined}
