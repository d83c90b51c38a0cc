"""What a PDF may load: this project's static files and data URLs, nothing from the network or the disk.

Imports WeasyPrint, which needs Pango: import this module late (see core/documents.py).
"""

import mimetypes
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.exceptions import SuspiciousFileOperation
from django.utils._os import safe_join
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

BASE_URL: Final = "https://static.invalid/"
_DATA_ONLY: Final = URLFetcher(allowed_protocols={"data"}, allow_redirects=False)


def fetch_static(url: str) -> Any:
    """WeasyPrint's fetcher: answers addresses below BASE_URL from the static files, reads data URLs, and refuses all others.

    A refusal stops the rendering (FatalURLFetchingError): a paper without its style or font must not come out.
    """
    try:
        if not url.startswith(BASE_URL):
            return _DATA_ONLY.fetch(url)
        path = _find(unquote(urlsplit(url).path))
        content_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        return URLFetcherResponse(url, body=path.read_bytes(), headers={"Content-Type": content_type})
    except (OSError, ValueError, SuspiciousFileOperation) as error:
        raise FatalURLFetchingError(f"{url}: {error}") from error


def _find(url_path: str) -> Path:
    """The file of `pdf/official.css` or of what {% static %} makes of it; FileNotFoundError when there is none."""
    prefix = f"/{settings.STATIC_URL.strip('/')}/"
    name = url_path.removeprefix(prefix).lstrip("/")
    found = finders.find(name)
    collected = Path(safe_join(settings.STATIC_ROOT, name))
    if found is None and not collected.is_file():
        raise FileNotFoundError(f"no static file {name}")
    return Path(found) if found else collected
