"""PDF papers: opened before they are kept, refused when they are locked or would do something by themselves."""

import io
from collections.abc import Iterator
from typing import Any, Final

import pypdfium2
from django.conf import settings
from django.utils.translation import gettext as _
from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from core.transitions import TransitionRefused
from support_programs.queries.paper_pages import PDFIUM

# keys of a dictionary, and actions, that run something, open something else, or carry another file
_ACTIVE_KEYS: Final = frozenset({"/JS", "/JavaScript", "/EmbeddedFiles", "/EF", "/RichMedia", "/XFA"})
_ACTIVE_ACTIONS: Final = frozenset(
    {"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/RichMediaExecute"}
)
_MOST_OBJECTS: Final = 100_000


def check_pdf(content: bytes) -> None:
    """TransitionRefused for a PDF that can't be opened, has no or too many pages, is locked, or is active."""
    pages = _pages_of(content)
    if pages > settings.PAPER_LIMIT_PAGES:
        raise TransitionRefused(
            _("Tệp PDF có %(n)d trang, nhiều hơn %(limit)d. Hãy tách thành nhiều tệp.")
            % {"n": pages, "limit": settings.PAPER_LIMIT_PAGES}
        )
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted:
            raise _locked()
        if any(_is_active(each) for each in _dictionaries(reader)):
            raise TransitionRefused(
                _(
                    "Tệp PDF có mã lệnh hoặc tệp đính kèm bên trong nên không nhận. Hãy in ra rồi quét lại, hoặc lưu lại thành "
                    "PDF thường."
                )
            )
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError, OSError) as broken:
        raise _broken() from broken


def _pages_of(content: bytes) -> int:
    with PDFIUM:
        try:
            document = pypdfium2.PdfDocument(content)
        except pypdfium2.PdfiumError as error:
            raise (_locked() if "password" in str(error).lower() else _broken()) from error
        try:
            pages = len(document)
            if not pages:
                raise _broken()
            # each, so that none turns out to be broken when somebody wants to see it
            for number in range(min(pages, settings.PAPER_LIMIT_PAGES)):
                document[number].close()
        except pypdfium2.PdfiumError as error:
            raise _broken() from error
        finally:
            document.close()
    return pages


def _dictionaries(reader: PdfReader) -> Iterator[DictionaryObject]:
    """Every dictionary that the document reaches from its trailer, each once."""
    waiting: list[Any] = [reader.trailer]
    seen: set[int] = set()
    known: set[tuple[int, int]] = set()
    while waiting:
        current = waiting.pop()
        if isinstance(current, IndirectObject):
            place = (current.idnum, current.generation)
            if place in known:
                continue
            known.add(place)
            current = current.get_object()
        if not isinstance(current, DictionaryObject | ArrayObject) or id(current) in seen:
            continue
        seen.add(id(current))
        if len(seen) > _MOST_OBJECTS:
            raise _broken()
        if isinstance(current, DictionaryObject):
            yield current
            waiting.extend(dict.values(current))
        else:
            waiting.extend(list.__iter__(current))


def _is_active(found: DictionaryObject) -> bool:
    action = dict.get(found, "/S")
    if isinstance(action, IndirectObject):
        action = action.get_object()
    return bool(_ACTIVE_KEYS & set(found)) or action in _ACTIVE_ACTIONS


def _locked() -> TransitionRefused:
    return TransitionRefused(_("Tệp PDF có mật khẩu hoặc bị khóa. Hãy bỏ khóa, hoặc in ra rồi quét lại."))


def _broken() -> TransitionRefused:
    return TransitionRefused(_("Tệp PDF bị hỏng, không mở được. Hãy quét lại."))
