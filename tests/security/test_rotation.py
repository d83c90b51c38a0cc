"""Keys are changed under a province that works: everything stays readable, everybody is found, the old key can go."""

import base64
import io
import json
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, connections, models, transaction

from beneficiaries.models import Employer, IdentityDocument, ImportRow, PayoutAccount
from core import crypto
from core.models import Event, StoredFile
from core.services import index_rotation, rotation
from core.services.files import read_file
from disbursements.models import PaymentInstruction
from support_programs.models import CaseChild, Entitlement
from support_programs.rules.children import identity_of
from support_programs.services.children import add_child
from support_programs.services.claim_refusals import ClaimRefused
from tests.factories import claims, payments
from tests.security.story import ACCOUNTS, NUMBERS, OLD_NUMBERS, Story, taken_instead, whole_story

OLD, NEW = (base64.b64encode(sign * 32).decode() for sign in (b"1", b"7"))
# bytes that are neither ciphertext nor a keyed index of a number, and why
OTHER_BYTES = {
    "facts_key": "a hash of what was compared of two people (DuplicateCandidate)",
    "digest": "a hash that tells equal rows of a statement apart (StatementLine)",
}


def command(name: str, *options: str) -> str:
    out = io.StringIO()
    call_command(name, *options, stdout=out)
    return out.getvalue()


def stored() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of the tables that hold ciphertexts, as the owner sees them, without their sealed values."""
    rows = {}
    for table in rotation.sealed_tables():
        hidden = {value.column for value in table.values if not value.path}
        with connections["owner"].cursor() as cursor:
            cursor.execute(f'SELECT * FROM "{table.name}" ORDER BY 1')
            names = [column.name for column in cursor.description]
            rows[table.name] = [
                tuple(_plain(value) for name, value in zip(names, row, strict=True) if name not in hidden)
                for row in cursor.fetchall()
            ]
    return rows


def _plain(value: Any) -> Any:
    if isinstance(value, memoryview):
        return bytes(value)
    if isinstance(value, str) and '"sealed"' in value:
        values = json.loads(value)
        return {**values, "old": {**values["old"], "sealed": ""}}
    return value


def clear() -> dict[str, list[Any]]:
    """What every sealed value of every table says."""
    said: dict[str, list[Any]] = {}
    for table in rotation.sealed_tables():
        for value in table.values:
            with connections["owner"].cursor() as cursor:
                cursor.execute(f'SELECT {value.reading} FROM "{table.name}" t ORDER BY t."{table.key}"')
                blobs = [row[0] for row in cursor.fetchall()]
            said[f"{table.name}.{value.column}{value.path}"] = crypto.decrypt_many(value.kind, blobs)
    return said


@pytest.fixture
def story(committed_db: None) -> Story:
    return whole_story()


def test_every_encrypted_column_is_found_by_its_name() -> None:
    """A new column of bytes is named so that rotation finds it, or is told about here."""
    unknown = []
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, models.BinaryField) and field.column not in OTHER_BYTES:
                try:
                    if field.column.endswith("_encrypted"):
                        rotation.kind_of(field.column)
                    else:
                        index_rotation.indexed_tables()
                        assert field.column in index_rotation._SOURCES
                except (LookupError, AssertionError):
                    unknown.append(f"{model._meta.label}.{field.column}")
    assert unknown == []
    assert {table.name for table in rotation.sealed_tables()} >= {
        "beneficiaries_identitydocument",
        "beneficiaries_payoutaccount",
        "beneficiaries_employer",
        "beneficiaries_importrow",
        "support_programs_entitlement",
        "support_programs_casechild",
        "disbursements_paymentinstruction",
    }
    with pytest.raises(LookupError, match="note_encrypted"):
        rotation.kind_of("note_encrypted")


def _texts(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _texts(inner, (*path, name))
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner, path)
    elif isinstance(value, str):
        yield path, value


def _is_sealed(text: str) -> bool:
    if len(text) < 58 or not set(text) <= set("0123456789abcdef") or len(text) % 2:
        return False
    for kind in ("number", "account", "row", "file"):
        with suppress(crypto.CryptoError):
            crypto.decrypt_bytes(kind, bytes.fromhex(text))
            return True
    return False


def test_no_json_holds_a_ciphertext_that_rotation_does_not_know(story: Story) -> None:
    found = set()
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, models.JSONField):
                for value in model._default_manager.values_list(field.name, flat=True):
                    places = (path for path, text in _texts(value) if _is_sealed(text))
                    found |= {(model._meta.db_table, field.column, path) for path in places}
    known = {(t.name, v.column, v.path) for t in rotation.sealed_tables() for v in t.values if v.path}
    assert found == known == {("beneficiaries_importrow", "values", ("old", "sealed"))}


def test_the_old_key_can_go(story: Story, settings: Any) -> None:
    taken_instead()
    before, said = stored(), clear()
    files = {file.pk: read_file(file) for file in StoredFile.objects.all()}
    assert len(files) >= 4
    assert all(any(values) for values in said.values()), "the story fills every sealed column"
    settings.FIELD_KEYS = f"2:{NEW},1:{OLD}"
    told = command("rotate_keys", "--chunk", "3")
    # numbers of lines, and the accounts of those that are paid by transfer
    assert "disbursements_paymentinstruction: key 2: 9" in told
    assert f"stored files: key 2: {len(files)}" in told
    assert "key 1" not in told
    settings.FIELD_KEYS = f"2:{NEW}"
    assert clear() == said
    assert stored() == before
    assert {file.pk: read_file(file) for file in StoredFile.objects.all()} == files
    event = Event.objects.get(action="keys.rotated")
    assert event.change["files"] == len(files)
    again = command("rotate_keys")
    assert "0 rows and 0 files encrypted anew" in again


def test_a_rotation_that_was_stopped_goes_on(story: Story, settings: Any, monkeypatch: Any) -> None:
    said = clear()
    settings.FIELD_KEYS = f"2:{NEW},1:{OLD}"
    write, left = rotation.write_copied, [4]

    def dying(*given: Any) -> int:
        left[0] -= 1
        if left[0] < 0:
            raise KeyboardInterrupt
        return write(*given)

    monkeypatch.setattr(rotation, "write_copied", dying)
    with pytest.raises(KeyboardInterrupt):
        command("rotate_keys", "--chunk", "2")
    monkeypatch.setattr(rotation, "write_copied", write)
    counts = [by_key for table, by_key in rotation.keys_in_use().items() if table != "stored files"]
    assert sum(by_key.get(2, 0) for by_key in counts) > 0
    assert sum(by_key.get(1, 0) for by_key in counts) > 0
    assert clear() == said, "both keys read while it stands half-way"
    command("rotate_keys")
    settings.FIELD_KEYS = f"2:{NEW}"
    assert clear() == said


def test_what_no_key_opens_is_named_and_left(story: Story, settings: Any) -> None:
    lost = PayoutAccount.objects.order_by("pk")[0]
    settings.FIELD_KEYS = f"9:{base64.b64encode(b'9' * 32).decode()}"
    PayoutAccount.objects.filter(pk=lost.pk).update(account_encrypted=crypto.encrypt("account", ACCOUNTS[0]))
    settings.FIELD_KEYS = f"2:{NEW},1:{OLD}"
    with pytest.raises(CommandError, match=f"beneficiaries_payoutaccount {lost.pk}: no key with id 9"):
        command("rotate_keys")
    assert rotation.keys_in_use()["beneficiaries_payoutaccount"] == {2: 2, 9: 1}


def test_a_number_changed_meanwhile_is_not_overwritten(story: Story, settings: Any) -> None:
    table = next(t for t in rotation.sealed_tables() if t.name == "beneficiaries_payoutaccount")
    settings.FIELD_KEYS = f"2:{NEW},1:{OLD}"
    rows = rotation._old_rows(table, 0, 10)
    settings.FIELD_KEYS = f"1:{OLD},2:{NEW}"
    PayoutAccount.objects.filter(pk=rows[0][0]).update(
        account_encrypted=crypto.encrypt("account", "0000001111")
    )
    settings.FIELD_KEYS = f"2:{NEW},1:{OLD}"
    assert rotation._reseal(table, rows, []) == len(rows) - 1
    command("rotate_keys")
    sealed = PayoutAccount.objects.get(pk=rows[0][0]).account_encrypted
    assert (crypto.decrypt("account", sealed), bytes(sealed)[0]) == ("0000001111", 2)


def test_another_index_key_finds_everybody(story: Story, settings: Any) -> None:
    before = stored()
    settings.BLIND_INDEX_KEY = base64.b64encode(b"8" * 32).decode()
    index = crypto.blind_index("number", NUMBERS[0])
    assert not IdentityDocument.objects.filter(number_index=index).exists()
    with pytest.raises(CommandError, match="would not be found"):
        command("rotate_blind_index", "--check")
    command("rotate_blind_index", "--chunk", "3")
    command("rotate_blind_index", "--check")
    first = story.people[0]
    assert IdentityDocument.objects.get(number_index=index).person == first
    old = IdentityDocument.objects.get(number_index=crypto.blind_index("number", OLD_NUMBERS[0]))
    assert (old.person, bytes(old.tail_index)) == (first, crypto.tail_index(OLD_NUMBERS[0]))
    account = crypto.blind_index("account", ACCOUNTS[0])
    assert PayoutAccount.objects.get(account_index=account).person == first
    row = ImportRow.objects.get(number_index=index)
    assert bytes(row.account_index) == account
    assert row.values["old"]["index"] == crypto.blind_index("number", OLD_NUMBERS[0]).hex()
    assert row.values["old"]["tail"] == crypto.tail_index(OLD_NUMBERS[0]).hex()
    employer = Employer.objects.get(pk=story.employer.pk)
    assert bytes(employer.account_index) == crypto.blind_index("account", "0151000123456")
    child = CaseChild.objects.get(case=story.child_case)
    number = crypto.decrypt("number", child.number_encrypted)
    assert bytes(child.number_index) == crypto.blind_index("number", number)
    settings.BLIND_INDEX_KEY = base64.b64encode(b"2" * 32).decode()
    command("rotate_blind_index")
    assert stored() == before, "and back again, byte by byte"


def test_a_birth_certificate_still_names_its_child_under_another_index_key(
    story: Story, settings: Any
) -> None:
    """Its index is made of number and place; of the kept text alone the child could be paid for a second time (I17)."""
    paper = {
        "identity_kind": "birth_certificate",
        "number": "Số 045, quyển 02",
        "place": "UBND xã Mỹ Đức, Châu Phú",
    }
    typed = claims.child(**paper)
    child = add_child(story.child_case, typed=typed, actor=story.who.officer, keeps_warnings=True)
    assert "casechild: 0 rows under another key" in command("rotate_blind_index", "--check")
    settings.BLIND_INDEX_KEY = base64.b64encode(b"8" * 32).decode()
    command("rotate_blind_index")
    child.refresh_from_db()
    named = identity_of("birth_certificate", "45 quyển 2", paper["place"])
    assert bytes(child.number_index) == crypto.blind_index("number", named)
    again = {**typed, "number": "45 quyển 2"}
    with pytest.raises(ClaimRefused):
        add_child(story.child_case, typed=again, actor=story.who.officer, keeps_warnings=True)


def test_an_index_rotation_that_fails_changes_nothing(story: Story, settings: Any) -> None:
    before = stored()
    settings.FIELD_KEYS = f"2:{NEW}"
    settings.BLIND_INDEX_KEY = base64.b64encode(b"8" * 32).decode()
    with pytest.raises(CommandError, match="no key with id 1; nothing was changed"):
        command("rotate_blind_index")
    assert stored() == before


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("model", "column"),
    [
        (Entitlement, "payee_number_encrypted"),
        (PaymentInstruction, "payee_number_encrypted"),
        (PaymentInstruction, "account_encrypted"),
    ],
)
def test_the_application_cannot_swap_the_number_of_a_snapshot(model: Any, column: str) -> None:
    made = payments.payable_list(2, with_accounts=2)
    payments.prepared_batch(made, channel="bank")
    row, other = model.objects.order_by("pk")[:2]
    table = model._meta.db_table
    foreign = crypto.encrypt("account" if column.startswith("account") else "number", "089099999999")
    with pytest.raises(DatabaseError, match="by its owner only"), transaction.atomic():
        model.objects.filter(pk=row.pk).update(**{column: foreign})
    with (
        pytest.raises(DatabaseError, match="by its owner only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            f"UPDATE {table} SET {column} = (SELECT {column} FROM {table} WHERE id = {other.pk}) WHERE id = {row.pk}"
        )


@pytest.mark.django_db
def test_the_application_cannot_rotate_by_itself() -> None:
    """Nor stop the triggers: it owns no table."""
    with (
        pytest.raises(DatabaseError, match="must be owner"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("ALTER TABLE support_programs_casechild DISABLE TRIGGER USER")
