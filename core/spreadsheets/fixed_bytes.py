"""Make an Office file's bytes depend on its content only: the writers stamp the present moment into them."""

import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable
from typing import Final

from core.spreadsheets.tables import FIXED_MOMENT

_ZIP_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_MOMENT: Final = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(</dcterms:)")
_CORE_PROPERTIES: Final = "docProps/core.xml"
_COMPRESSION: Final = 6

Edit = Callable[[bytes], bytes]


def with_fixed_bytes(
    content: bytes, *, created: dt.datetime = FIXED_MOMENT, edits: dict[str, Edit] | None = None
) -> bytes:
    """Return the same file with a fixed moment of creation in its properties and in its zip entries.

    `edits` changes single parts on the way (name of the part to a function of its bytes). The order of parts stays.
    """
    moment = created.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as fixed,
    ):
        for name in source.namelist():
            part = source.read(name)
            if name == _CORE_PROPERTIES:
                part = _MOMENT.sub(rb"\g<1>" + moment + rb"\g<2>", part)
            if edits and name in edits:
                part = edits[name](part)
            entry = zipfile.ZipInfo(name, date_time=_ZIP_EPOCH)
            entry.external_attr = 0o600 << 16
            fixed.writestr(entry, part, compress_type=zipfile.ZIP_DEFLATED, compresslevel=_COMPRESSION)
    return target.getvalue()
