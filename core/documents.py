"""Official papers as PDF: a Django template, rendered by WeasyPrint with this project's static files only.

WeasyPrint needs Pango on the machine; without it the application runs and only these documents can't be made, which is said
in words. The same template and context give the same bytes: a date is in the file only when the template writes one. Style
sheets of documents have one font file per style (several files of one family and style garble the text).
"""

from collections.abc import Mapping
from functools import lru_cache
from importlib import import_module
from typing import Any, Final

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

# Tagged, with language and reading order, for people who read with a screen reader.
_ACCESSIBLE: Final = "pdf/ua-1"


class DocumentError(Exception):
    """A document could not be made."""


class RendererMissingError(DocumentError):
    """The system library Pango is not installed; the message is for the officer."""


@lru_cache(maxsize=1)
def is_renderer_installed() -> bool:
    """Can PDFs be made on this machine? Pages ask before they offer the button."""
    try:
        import_module("weasyprint")
    except OSError:
        return False
    return True


def render_html(html: str, *, is_tagged: bool = True) -> bytes:
    """Return the PDF of a whole HTML document; addresses in it are names of static files ("pdf/official.css").

    Untagged where it becomes a part of a joined document: joining drops the tags, and they are most of a long table's objects.

    RendererMissingError without Pango; DocumentError when the document asks for a file that is not among the static files,
    for the network or for the disk.
    """
    if not is_renderer_installed():
        raise RendererMissingError(
            _(
                "Máy chủ chưa có thư viện Pango nên chưa tạo được tệp PDF. "
                "Bạn hãy xuất Excel, hoặc báo quản trị viên cài gói libpango-1.0-0 và libpangoft2-1.0-0."
            )
        )
    from weasyprint import HTML
    from weasyprint.urls import FatalURLFetchingError

    from core.static_fetcher import BASE_URL, fetch_static

    try:
        content: bytes = HTML(string=html, base_url=BASE_URL, url_fetcher=fetch_static).write_pdf(
            pdf_variant=_ACCESSIBLE if is_tagged else None
        )
    except FatalURLFetchingError as error:
        raise DocumentError(str(error)) from error
    return content


def render_pdf(template: str, context: Mapping[str, Any]) -> bytes:
    """Return the PDF of a template, e.g. `pdf/payment_list.html`; errors as `render_html`."""
    return render_html(render_to_string(template, dict(context)))
