"""Every address of the project: strangers are sent to sign in, no role finds a broken page, nobody who only reads writes.

Addresses are read from the URL table, so that a new page is under these tests from its first day.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from accounts.enums import Role
from accounts.models import User
from beneficiaries.models import Person
from core.models import Event
from support_programs.models import CaseList
from tests.factories import cases as made
from tests.factories import people

pytestmark = pytest.mark.django_db

# what somebody who has not signed in may open, and why
PUBLIC: Final = {
    "accounts:sign_in": "where strangers are sent",
    "set_language": "the sign-in page has the choice too",
    "styleguide": "components with made-up data, and only where DEBUG or the demo is on",
    "health": "asked by the load balancer; tells no data",
    "api_token": "how programs sign in",
    "support_programs:public_grievance_new": "a citizen complains or reports something, throttled",
    "support_programs:public_grievance_follow": "and follows it by the code that was given, throttled",
    "support_programs:calculator": "what support there is for whom: law, no records, and no answer is kept",
    "support_programs:public_document": "confirms an official paper by the code on it; says nothing of a person",
    "support_programs:public_home": "the first page for citizens",
    "support_programs:public_case": "one's own case by reference and birth, throttled: its state and next date",
    "support_programs:public_lists": "posted lists are made public by law, masked",
    "support_programs:public_area": "the same of one district or commune",
    "support_programs:public_list": "the masked rows of one posted list",
    "support_programs:public_list_pdf": "the posting as it hangs out at the commune",
    "support_programs:public_decisions": "decisions on money: number, day, sums; of patients no sums",
    "support_programs:public_decision_scan": "a scan that the department checked and published, throttled",
    "support_programs:public_programmes": "law and the catalogue, no records",
    "support_programs:public_programme": "the same of one programme",
    "reports:public_figures": "totals without small cells",
    "reports:public_lookup": "masked rows of public lists by name and district, throttled, twenty at most",
    "reports:public_donations": "who gave what, but for who asked not to be named",
    "reports:open_data": "what the open data are",
    "reports:open_data_json": "aggregates without small cells",
    "reports:open_data_csv": "the same as CSV",
    "reports:open_data_schema": "their fields",
    "support_programs:public_application_new": "citizens register themselves, throttled",
    "support_programs:public_application_follow": "what was sent in, by its reference and code",
}
# what a reader may post: nothing of it changes a record
READERS_POST: Final = {
    "accounts:sign_out",
    "accounts:password_change",
    "search",
    "beneficiaries:person_list",
    "reports:report_page",
    "reports_api:run_index",
    "support_programs_api:preview",
    # filters that somebody keeps for themselves
    "support_programs:saved_view_new",
    "support_programs:saved_view_rename",
    "support_programs:saved_view_delete",
    "support_programs:digest_read",
}
_ARGUMENT: Final = re.compile(r"<(?:(?P<kind>\w+):)?(?P<name>\w+)>")
_SAMPLES: Final = {"int": "1", "slug": "approve", "str": "khong-co", "uuid": "0" * 32, "path": "khong-co"}
_UNKNOWN: Final = "HS-2021-00001236"


@dataclass(frozen=True, slots=True)
class Address:
    """One pattern of the URL table: its name with namespaces, its route, its view."""

    name: str
    route: str
    view: Any

    @property
    def has_arguments(self) -> bool:
        return bool(_ARGUMENT.search(self.route))

    def path(self, **known: str) -> str:
        """The address with its arguments filled from `known`, else with something that fits their kind."""

        def fill(match: re.Match[str]) -> str:
            name, kind = match["name"], match["kind"] or "str"
            return known.get(name) or (_UNKNOWN if name == "reference" else _SAMPLES[kind])

        return "/" + _ARGUMENT.sub(fill, self.route)


def _walk(patterns: list[Any], before: str, names: tuple[str, ...]) -> Iterator[Address]:
    for entry in patterns:
        route = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from _walk(entry.url_patterns, route, (*names, *filter(None, [entry.namespace])))
        elif isinstance(entry, URLPattern):
            yield Address(":".join([*names, entry.name or ""]), route, entry.callback)


@cache
def addresses() -> tuple[Address, ...]:
    """All but Django's own pages for technical support, which tests/accounts/views/test_admin_site.py walks."""
    found = _walk(get_resolver().url_patterns, "", ())
    return tuple(address for address in found if not address.route.startswith("admin/"))


def signed_in(user: User) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_the_table_is_read() -> None:
    names = {address.name for address in addresses()}
    assert {"home", "accounts:user_page", "support_programs:list_page", "search", "job"} <= names
    assert set(PUBLIC) <= names, "an entry of the public list is no address any more"
    assert set(READERS_POST) <= names


def test_each_address_has_a_name_of_its_own() -> None:
    names = [address.name for address in addresses()]
    assert [name for name in names if not name or name.endswith(":")] == []
    assert sorted({name for name in names if names.count(name) > 1}) == []


def test_what_is_open_without_signing_in_is_in_the_list_and_nothing_else() -> None:
    """By the mark that LoginRequiredMiddleware reads; views of the API carry it and refuse by themselves (next test)."""
    is_open = {address.name for address in addresses() if not getattr(address.view, "login_required", True)}
    by_themselves = {address.name for address in addresses() if hasattr(address.view, "cls")}
    assert is_open - by_themselves <= set(PUBLIC)


@pytest.mark.parametrize("method", ["get", "post"])
def test_strangers_are_sent_to_sign_in(client: Client, method: str) -> None:
    let_in = []
    for address in addresses():
        if address.name in PUBLIC:
            continue
        answer = getattr(client, method)(address.path())
        if address.path().startswith("/api/"):
            is_kept_out = answer.status_code in (401, 403) or answer.headers.get("Location", "").startswith(
                "/sign-in/"
            )
        else:
            is_kept_out = answer.status_code == 302 and answer["Location"].startswith("/sign-in/")
        if not is_kept_out:
            let_in.append((address.name, answer.status_code))
    assert not let_in, "\n".join(map(str, let_in))


@pytest.mark.parametrize("role", [*Role, None], ids=lambda role: role.value if role else "no role")
def test_no_role_finds_a_broken_page(role: Role | None) -> None:
    client = signed_in(people.user(*filter(None, [role])))
    broken = []
    for address in addresses():
        if address.has_arguments:
            continue
        status = client.get(address.path()).status_code
        if status not in (200, 302, 400, 403, 404, 405, 422):
            broken.append((address.name, status))
    assert not broken, "\n".join(map(str, broken))


@pytest.mark.parametrize("role", Role)
def test_a_record_that_is_not_there_is_not_found(role: Role) -> None:
    client = signed_in(people.user(role))
    odd = []
    for address in addresses():
        if not address.has_arguments:
            continue
        status = client.get(address.path()).status_code
        if status not in (302, 403, 404, 405):
            odd.append((address.name, status))
    assert odd == []


@pytest.fixture
def submitted() -> CaseList:
    """A list with one case at the district, whose addresses are real."""
    return made.list_at_district(made.staff())


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.LEADER])
def test_who_only_reads_writes_nothing(role: Role, submitted: CaseList) -> None:
    case = submitted.cases.get()
    assert submitted.list_import
    real = {
        "cases": case.reference,
        "lists": submitted.reference,
        "imports": submitted.list_import.reference,
        "people": Person.objects.get(cases=case).reference,
    }
    client = signed_in(people.user(role, area=people.PROVINCE))
    last = Event.objects.latest("pk").pk
    let_in = []
    for address in addresses():
        if address.name in READERS_POST or address.name in PUBLIC:
            continue
        folders = [part for part in address.route.split("/") if part in real]
        path = address.path(reference=real[folders[0]]) if folders else address.path()
        status = client.post(path, {"reason": "thử", "programme": "LD_TU_DO"}).status_code
        if status not in (403, 404, 405):
            let_in.append((address.name, status))
    assert not let_in, "\n".join(map(str, let_in))
    assert set(Event.objects.filter(pk__gt=last).values_list("action", flat=True)) == {"access.denied"}
    submitted.refresh_from_db()
    assert submitted.status == "at_district"


def test_an_outsider_finds_none_of_the_pages_of_a_list(submitted: CaseList) -> None:
    outsider = signed_in(people.user(Role.DISTRICT_OFFICER, Role.ACCOUNTANT, area=people.OUTSIDE_DISTRICT))
    insider = signed_in(people.user(Role.DISTRICT_OFFICER))
    case = submitted.cases.get()
    real = {
        "cases": case.reference,
        "lists": submitted.reference,
        "people": Person.objects.get(cases=case).reference,
    }
    found, missed = [], []
    for address in addresses():
        folders = [part for part in address.route.split("/") if part in real]
        if not folders or "<str:reference>" not in address.route:
            continue
        path = address.path(reference=real[folders[0]])
        for method in ("get", "post"):
            status = getattr(outsider, method)(path).status_code
            if status not in (404, 405):
                found.append((address.name, method, status))
        missed.append(insider.get(path).status_code == 404 and "<slug:act>" not in address.route)
    assert found == []
    assert not all(missed), "the addresses are real ones: an insider opens them"
