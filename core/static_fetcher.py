"""What a PDF may load: this project's static files and data URLs, nothing from the network or the disk.

Imports WeasyPrint, which needs Pango: import this module late (see core/documents.py).
"""

import mimetypes
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.utils._os import safe_join
from weasyprint.urls import URLFetcher, URLFetcherResponse

BASE_URL: Final = "https://static.invalid/"


class StaticFetcher(URLFetcher):
    """Answers addresses below BASE_URL from the static files; refuses all others, and stops the rendering then."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols={"data"}, allow_redirects=False, fail_on_errors=True)

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
        if not url.startswith(BASE_URL):
            return super().fetch(url, headers)
        path = _find(unquote(urlsplit(url).path))
        content_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        return URLFetcherResponse(url, body=path.read_bytes(), headers={"Content-Type": content_type})


def _find(url_path: str) -> Path:
    """The file of `pdf/official.css` or of what {% static %} makes of it; FileNotFoundError when there is none."""
    prefix = f"/{settings.STATIC_URL.strip('/')}/"
    name = url_path.removeprefix(prefix).lstrip("/")
    found = finders.find(name)
    collected = Path(safe_join(settings.STATIC_ROOT, name))
    if found is None and not collected.is_file():
        raise FileNotFoundError(f"no static file {name}")
    return Path(found) if found else collected
