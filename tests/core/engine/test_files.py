"""Stored files: encrypted on disk, the same bytes back, a changed one noticed."""

from pathlib import Path

import pytest
from django.conf import settings

from core.enums import FileKind
from core.models import StoredFile
from core.services.files import read_file, store_file

pytestmark = pytest.mark.django_db
CONTENT = "Nguyễn Văn Phước 089078012345".encode()


def _store(name: str = "danh sách.xlsx") -> StoredFile:
    return store_file(CONTENT, name=name, kind=FileKind.UPLOAD, area_code="89", created_by_id=None)


def test_gives_back_what_was_stored() -> None:
    stored = _store()
    assert read_file(stored) == CONTENT
    assert stored.size == len(CONTENT)


def test_holds_nothing_in_clear() -> None:
    blob = (settings.STORAGE_DIR / _store().path).read_bytes()
    assert b"089078012345" not in blob


def test_notices_a_file_changed_on_disk() -> None:
    first, second = (
        _store(),
        store_file(b"x", name="x", kind=FileKind.UPLOAD, area_code="89", created_by_id=None),
    )
    Path(settings.STORAGE_DIR / first.path).write_bytes((settings.STORAGE_DIR / second.path).read_bytes())
    with pytest.raises(ValueError, match="changed on disk"):
        read_file(first)


@pytest.mark.parametrize(
    ("given", "kept"), [("../../etc/passwd", "passwd"), ("C:\\Users\\a\\ds.xls", "ds.xls"), ("", "tep")]
)
def test_drops_folders_from_the_name(given: str, kept: str) -> None:
    assert _store(given).name == kept
