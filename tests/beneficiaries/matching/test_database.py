"""The functions that see past the fence, and what the database keeps of pairs and joins, tried with plain SQL as role `app`."""

import dataclasses

import pytest
from django.db import DatabaseError, connection, transaction

from beneficiaries.models import Person
from beneficiaries.queries.matching import candidate_pairs, facts_of
from tests.beneficiaries.matching.entered import TAM, entered
from tests.beneficiaries.matching.registering import register_entries
from tests.factories import registered
from tests.factories.pairs import pair

pytestmark = pytest.mark.django_db

FUNCTIONS = ("match_people", "match_facts", "match_identities")


def run(sql: str, *params: object) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_a_temporary_table_of_the_caller_is_not_read_with_the_owners_rights() -> None:
    person = entered()
    known = facts_of([person.pk])
    for name in ("person", "identitydocument", "payoutaccount", "importrow"):
        run(f"CREATE TEMPORARY TABLE beneficiaries_{name} (LIKE public.beneficiaries_{name}) ON COMMIT DROP")
    assert facts_of([person.pk]) == known
    assert list(known) == [person.pk]


def test_every_function_of_the_owner_names_the_temporary_schema_last() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT proname, proconfig, has_function_privilege('public', oid, 'EXECUTE') FROM pg_proc"
            " WHERE prosecdef AND pronamespace = 'public'::regnamespace"
        )
        found = {name: (settings, is_public) for name, settings, is_public in cursor.fetchall()}
    assert set(FUNCTIONS) <= found.keys()
    for name, (settings, is_public) in found.items():
        assert any(one.startswith("search_path=") and one.endswith(", pg_temp") for one in settings), name
        assert not is_public, name


def test_a_plan_kept_from_a_small_register_does_not_meet_a_long_list() -> None:
    """The same connection asks about one person again and again, then about a list that went in since."""
    asked = facts_of([entered().pk])
    for _turn in range(7):
        assert candidate_pairs(asked.values()) == []
    names = [
        f"{one} Văn {two}" for one in ("Huỳnh", "Trần", "Lê", "Võ") for two in ("Tâm", "Bính", "An", "Cường")
    ]
    register_entries(
        [
            dataclasses.replace(
                TAM, name=names[n % 16], number=f"{89078100000 + n:012d}", birth_year=1950 + n % 50, birth_date=None,
                hamlet=f"Ấp {n % 40}", phone="", account="",
            )
            for n in range(4_000)
        ]
    )  # fmt: skip
    people = facts_of(list(Person.objects.values_list("pk", flat=True)))
    with connection.cursor() as cursor:
        # half a second; with the old plan a minute
        cursor.execute("SET LOCAL statement_timeout = '15s'")
    assert len(candidate_pairs(people.values())) > 4_000


@pytest.mark.parametrize("change", ["first_id = second_id - 1000", "second_id = 0", "found_by = 'entry'"])
def test_a_pair_names_the_same_two_people_for_good(change: str) -> None:
    pair(registered.person("Trần Văn Bính"), registered.person("Trần Văn Bình"))
    with pytest.raises(DatabaseError, match="names the same two people for good"):
        run(f"UPDATE beneficiaries_duplicatecandidate SET {change}")


def test_nobody_counts_as_somebody_who_is_joined() -> None:
    root, middle = registered.person("Trần Văn Bính"), registered.person("Trần Văn Bình")
    registered.person("Trần Văn Binh", joined_to=middle)
    with pytest.raises(DatabaseError, match="counts as person"):
        run("UPDATE beneficiaries_person SET joined_to_id = %s WHERE id = %s", root.pk, middle.pk)
    run(
        "UPDATE beneficiaries_person SET joined_to_id = %s WHERE joined_to_id = %s OR id = %s",
        root.pk,
        middle.pk,
        middle.pk,
    )
