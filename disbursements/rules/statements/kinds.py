"""Which kind of file it is, told from its content: its name is not trusted."""

import re
from typing import Final

_MT940: Final = re.compile(rb"(?:^|[\r\n])\s*:(?:20|25|28C?|60[FM]):")
_CAMT: Final = re.compile(rb"camt\.05[234]\.001\.[0-9]{2}")
_XML: Final = re.compile(rb"^(?:\xef\xbb\xbf)?\s*<(?:\?xml|[A-Za-z:]*Document)")
_ZIP: Final = b"PK"


def kind_of_file(content: bytes) -> str:
    """ "mt940", "camt053", "xml" (some other XML) or "sheet" (what the spreadsheet reader is to look at)."""
    head = content[:65_536]
    if head.startswith(_ZIP):
        return "sheet"
    plain = head.replace(b"\0", b"")
    if plain.startswith((b"\xff\xfe", b"\xfe\xff")):
        plain = plain[2:]
    if _XML.match(plain):
        if _CAMT.search(plain) or b"BkToCstmrStmt" in plain:
            return "camt053"
        # workbooks of Excel 2003 and HTML tables have sentences of their own
        lowered = plain.lower()
        return (
            "sheet"
            if b"<table" in lowered or b"<html" in lowered or b"office:spreadsheet" in lowered
            else "xml"
        )
    return "mt940" if len(_MT940.findall(plain)) >= 2 else "sheet"
