"""Stored files: encrypted on disk, read back only by who may see their area."""

import hashlib
import mimetypes
import os
import uuid
from pathlib import Path, PurePath

from django.conf import settings

from core import crypto
from core.enums import FileKind
from core.models import StoredFile


def store_file(
    content: bytes,
    *,
    name: str,
    kind: FileKind,
    area_code: str,
    created_by_id: int | None,
    content_type: str = "",
) -> StoredFile:
    """Encrypt and keep a file; gives its record.

    The bytes are on disk, synced, before the record exists: a crash leaves at most bytes without a record, never the reverse.
    The name is a label only; folders in it are dropped.
    """
    path = _write(crypto.encrypt_bytes("file", content))
    label = PurePath(name.replace("\\", "/")).name[-200:] or "tep"
    return StoredFile.objects.create(
        area_code=area_code,
        kind=kind,
        name=label,
        content_type=content_type or mimetypes.guess_type(label)[0] or "application/octet-stream",
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        path=path,
        created_by_id=created_by_id,
    )


def read_file(stored: StoredFile) -> bytes:
    """The plain content. ValueError when it is no longer what was stored."""
    content = crypto.decrypt_bytes("file", (settings.STORAGE_DIR / stored.path).read_bytes())
    if hashlib.sha256(content).hexdigest() != stored.sha256:
        raise ValueError(f"stored file {stored.pk} has changed on disk")
    return content


def _write(blob: bytes) -> str:
    key = uuid.uuid4().hex
    relative = f"{key[:2]}/{key}"
    target = settings.STORAGE_DIR / relative
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    _put(target, blob)
    return relative


def _put(target: Path, blob: bytes) -> None:
    partial = target.with_suffix(".part")
    try:
        with open(partial, "wb", opener=lambda p, flags: os.open(p, flags, 0o600)) as handle:
            handle.write(blob)
            handle.flush()
            os.fsync(handle.fileno())
    except OSError:  # a full disk is not made fuller by what could not be written whole
        partial.unlink(missing_ok=True)
        raise
    os.replace(partial, target)


def key_of_file(path: str) -> int | None:
    """The id of the key that encrypted a stored file; None when it is not on the disk."""
    try:
        with open(settings.STORAGE_DIR / path, "rb") as handle:
            head = handle.read(1)
    except FileNotFoundError:
        return None
    return head[0] if head else None


def reseal_file(path: str) -> bool:
    """Encrypt a stored file anew under the current key, in its place; False when it is already. FileNotFoundError if it is gone.

    Whoever reads it meanwhile gets the old bytes or the new ones, never a part.
    """
    target = settings.STORAGE_DIR / path
    with open(target, "rb") as handle:
        if not crypto.needs_new_key(handle.read(1)):
            return False
    _put(target, crypto.encrypt_bytes("file", crypto.decrypt_bytes("file", target.read_bytes())))
    return True
