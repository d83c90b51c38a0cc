"""The search among many people: each stage is answered by the index that it was made for, and common names stay few."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.enums import Role
from accounts.models import User
from benchmarks.people import register_people
from beneficiaries.models import IdentityDocument, Person
from beneficiaries.queries.people_search import search_neighbours, search_people
from beneficiaries.queries.people_search_stages import MOST
from core import crypto
from core.search import read_query
from tests.factories import people

pytestmark = pytest.mark.scale
PEOPLE = 40_000

WORDS, AREA, NAME = "person_words", "person_area_name", "person_name_year"


def plans(typed: str, officer: User) -> str:
    """How the database answers everything that one search asks."""
    with CaptureQueriesContext(connection) as asked:
        if not search_people(read_query(typed), officer):
            search_neighbours(read_query(typed), officer)
    with connection.cursor() as cursor:
        told = []
        for query in asked.captured_queries:
            cursor.execute(f"EXPLAIN {query['sql']}")
            told += [row[0] for row in cursor.fetchall()]
    return "\n".join(told)


def holder_of(area: str) -> Person:
    return (
        Person.objects.in_area(area).filter(identity_documents__isnull=False, phone__gt="").order_by("pk")[0]
    )


@pytest.mark.usefixtures("committed_db")
def test_the_search_walks_its_indexes_and_reads_no_common_name_whole() -> None:
    register_people(PEOPLE)
    each_kind_of_question_has_its_index()
    a_common_name_is_not_read_whole()


def each_kind_of_question_has_its_index() -> None:
    commune = people.user(Role.COMMUNE_OFFICER)
    district = people.user(Role.DISTRICT_OFFICER)
    province = people.user(Role.PROVINCIAL_REVIEWER)
    holder = holder_of(people.COMMUNE)
    number = crypto.decrypt("number", IdentityDocument.objects.get(person=holder).number_encrypted)
    expected = [
        (commune, "Trần Thị Lan", {AREA}),
        (district, "Trần Thị Lan", {NAME, WORDS}),
        (province, "Lan Thị Trần", {NAME, WORDS}),
        (province, "Trần Thị Xoàn Lụa", {WORDS}),
        (province, f"Lan {number[-3:]}", {"identity_last3"}),
        (province, "Lan 12/05/1980", {"person_birth_area"}),
        (province, "12/05/1980", {"person_birth_area"}),
        (province, number, {"beneficiaries_identitydocument_number_index"}),
        (province, holder.phone, {"person_phone"}),
    ]
    for officer, typed, indexes in expected:
        told = plans(typed, officer)
        assert "Seq Scan on beneficiaries_person" not in told, (typed, told)
        missing = {index for index in indexes if index not in told}
        assert not missing, (typed, missing, told)
    assert [each.person_id for each in search_people(read_query(number), province)] == [holder.pk]


def a_common_name_is_not_read_whole() -> None:
    """Of thousands who fit, a stage takes its share; the exact name still comes first."""
    officer = people.user(Role.PROVINCIAL_REVIEWER)
    assert Person.objects.filter(name_key__contains="nguyen").count() > 10 * MOST
    with CaptureQueriesContext(connection) as asked:
        hits = search_people(read_query("Nguyễn Văn"), officer, limit=20)
    assert len(hits) == 20
    assert all(f"LIMIT {MOST}" in query["sql"] for query in asked.captured_queries if "@@" in query["sql"])
    assert all(each.full_name.startswith("Nguyễn Văn ") for each in hits)
