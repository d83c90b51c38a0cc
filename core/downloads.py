"""Stored files as downloads: always an attachment, always recorded."""

from urllib.parse import quote

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from core.audit import record_event
from core.models import StoredFile
from core.services.files import read_file
from core.workflow import Actor


def download(stored: StoredFile, *, actor: Actor) -> HttpResponse:
    """The plain content of a stored file that the caller has found visible to this person; the audit log says who took it.

    Http404 when its bytes were taken away (core/data/retention.toml).
    """
    try:
        content = read_file(stored)
    except FileNotFoundError as gone:
        raise Http404(_("Tệp này đã được xóa khi hết hạn lưu.")) from gone
    record_event(
        "file.downloaded", stored, actor=actor, change={"name": stored.name, "sha256": stored.sha256}
    )
    return attachment(content, name=stored.name, content_type=stored.content_type)


def attachment(content: bytes, *, name: str, content_type: str) -> HttpResponse:
    """Bytes as a file to save, under a name that may hold Vietnamese letters."""
    response = HttpResponse(content, content_type=content_type)
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
