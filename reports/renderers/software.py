"""What writes the files of a report, in a word: another word means that the same report may come out in other bytes."""

import hashlib
import zlib
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Final

from django.conf import settings

_PACKAGES: Final = ("weasyprint", "xlsxwriter", "rustpy-xlsxwriter")
_SOURCES: Final = (
    "reports/renderers",
    "core/spreadsheets",
    "core/charts.py",
    "core/money.py",
    "core/date_texts.py",
    "core/documents.py",
    "templates/reports/pdf",
    "templates/pdf/base.html",
    "templates/pdf/includes",
    "static/pdf",
)
_SUFFIXES: Final = frozenset({".py", ".html", ".css", ".ttf"})


@lru_cache(maxsize=1)
def software_mark() -> str:
    """Versions of the writers and a hash of this project's own part of them."""
    written = "; ".join(f"{name} {version(name)}" for name in _PACKAGES)
    return f"{written}; zlib {zlib.ZLIB_RUNTIME_VERSION}; {_own_hash()}"


def _own_hash() -> str:
    total = hashlib.sha256()
    for path in sorted(_files()):
        total.update(path.relative_to(settings.BASE_DIR).as_posix().encode())
        total.update(path.read_bytes())
    return total.hexdigest()[:12]


def _files() -> set[Path]:
    found: set[Path] = set()
    for name in _SOURCES:
        place = Path(settings.BASE_DIR, name)
        found |= (
            {path for path in place.rglob("*") if path.suffix in _SUFFIXES} if place.is_dir() else {place}
        )
    return found
