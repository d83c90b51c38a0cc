"""Where a person lives inside the commune: ấp, khóm, and the communes of the province that an address may name.

An address that names another commune is not this list's: WRONG_COMMUNE. Names are compared with their marks (Phú Thạnh
and Phú Thành are two communes of one district), in one tone style; only an address without any mark is compared without.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from beneficiaries.rules.encodings import read_text
from beneficiaries.rules.findings import NONE, Finding, Findings
from beneficiaries.rules.names import one_tone_style
from core.text import clean_spaces, search_key

FIELD: Final = "address"

_HAMLET: Final = re.compile(
    r"^(?:(ấp|ap|a)(?:\s*\.\s*|\s+)|(khóm|khom|kh|k)(?:\s*\.\s*|\s+))(?=\w)", re.IGNORECASE
)
_SPLIT: Final = re.compile(
    r"\s*[,;\n]\s*|\s+-\s+|(?<!thị)(?<!thi)\s+(?=(?:xã|phường|thị trấn|huyện|thị xã|thành phố|tỉnh)\s)",
    re.IGNORECASE,
)
_COMMUNE: Final = re.compile(
    r"^(xã|xa|x\s*\.|phường|phuong|p\s*\.|thị trấn|thi tran|t\s*\.?\s*t\s*\.?)\s*(?=\w)(.+)$", re.IGNORECASE
)
_HIGHER: Final = re.compile(
    r"^(?:huyện|huyen|h\s*\.|thị xã|thi xa|tx\s*\.?|thành phố|thanh pho|tp\s*\.?|tỉnh|tinh|t\s*\.)\s*\w",
    re.IGNORECASE,
)
_HIGHER_KIND: Final = re.compile(
    r"^(?:quận|huyện|huyen|h\s*\.|thị xã|thi xa|tx\s*\.?|thành phố|thanh pho|tp\s*\.?|tỉnh|tinh|t\s*\.)\s*(?=[^\W\d])",
    re.IGNORECASE,
)
_ROADS: Final = ("lộ ", "lo ", "đội ", "đoàn ", "ủy ")
_HIGHER_OFFICE: Final = re.compile(
    r"(?:ủy ban nhân dân|uỷ ban nhân dân|ubnd)\s+((?:huyện|thị xã|thành phố|tỉnh)\s+[^,()\d\n]+)",
    re.IGNORECASE,
)
_NAMED: Final = re.compile(r"\b(?:xã|phường|thị trấn)\b\s*:?\s+", re.IGNORECASE)
_LONGEST_COMMUNE: Final = 5  # words
_OFFICE: Final = re.compile(
    r"(?:ủy ban nhân dân|uỷ ban nhân dân|ubnd)\s+((?:xã|phường|thị trấn)\s+[^,()\d\n]+)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune of the province; `name` is the full one ("Xã Phú An"), `short_name` without its kind."""

    code: str
    district: str
    name: str
    short_name: str


_DITTO: Final = frozenset({"nt", "n t", "nhu tren", '"', "''", "”", "“", "..", "-"})


def is_ditto(cell: object) -> bool:
    """True for a cell that only points at the one above: "nt", "-nt-", a quotation mark."""
    if not isinstance(cell, str) or len(cell) > 12:
        return False
    bare = cell.strip(" -\t")
    return bool(cell.strip()) and (bare in _DITTO or search_key(bare) in _DITTO)


def place_key(text: str) -> str:
    """Lower case, one tone style, marks kept."""
    return one_tone_style(clean_spaces(text).lower())


class Communes:
    """The communes that an address can name, seen from one of them, or from a district or the province (`desk`, its name).

    A list of a district or of the department is of the place where people work: they may live anywhere.
    """

    def __init__(
        self, communes: Iterable[Commune], own: str, higher_names: Iterable[str] = (), desk: str = ""
    ) -> None:
        self._own = own
        self._is_of_commune = not desk
        self._by_name: dict[str, list[Commune]] = {}
        self._by_plain_name: dict[str, list[Commune]] = {}
        self._higher = {place_key(name) for name in higher_names} | {
            search_key(name) for name in higher_names
        }
        self._district = ""
        self.own_name = desk
        self._read: dict[tuple[str, str], tuple[str, Findings]] = {}
        for commune in communes:
            if commune.code == own:
                self._district, self.own_name = commune.district, commune.name
            self._by_name.setdefault(place_key(commune.short_name), []).append(commune)
            self._by_plain_name.setdefault(search_key(commune.short_name), []).append(commune)

    @property
    def is_urban(self) -> bool | None:
        """Whether the own commune is a ward or a township; None seen from a district or the province."""
        if not self._is_of_commune or not self.own_name:
            return None
        return self.own_name.startswith(("Phường ", "Thị trấn "))

    def read(self, cell: object, hint: str = "") -> tuple[str, Findings]:
        """The address with its ấp or khóm written in full, and WRONG_COMMUNE when it names another commune."""
        raw = "" if cell is None else str(cell)
        if not raw:
            return "", NONE
        known = self._read.get((raw, hint))
        if known is None:
            if len(self._read) > 20_000:
                self._read.clear()
            known = self._read[raw, hint] = self._read_text(raw, hint)
        return known

    def _read_text(self, raw: str, hint: str) -> tuple[str, Findings]:
        text, encoding = read_text(raw, hint)
        parts = [part for part in _SPLIT.split(clean_spaces(text)) if part]
        findings: list[Finding] = []
        written = []
        for number, part in enumerate(parts):
            full = _in_full(part)
            if full != part:
                findings.append(Finding("ADDRESS_ABBREVIATED", FIELD, part, full))
            written.append(full)
            stranger = self._other_commune(full, is_first=number == 0) if self._is_of_commune else None
            if stranger:
                findings.append(Finding("WRONG_COMMUNE", FIELD, raw, stranger.name))
        can_be_elsewhere = self._is_of_commune and bool(self._higher)
        elsewhere = next((part for part in written if self._elsewhere(part)), "") if can_be_elsewhere else ""
        if elsewhere and not any(finding.code == "WRONG_COMMUNE" for finding in findings):
            findings.append(Finding("ADDRESS_ELSEWHERE", FIELD, raw, elsewhere))
        if encoding:
            findings.append(Finding("TEXT_DECODED", FIELD, raw, encoding))
        return ", ".join(written), tuple(dict.fromkeys(findings)) if findings else NONE

    def stranger_in(self, titles: Iterable[str]) -> Commune | None:
        """The commune that the office names at the head of a list give, when it is another one than this."""
        stranger: Commune | None = None
        titles = list(titles)
        if not self._is_of_commune:
            # the communes that it names are where an employer is
            return self._other_office([clean_spaces(title) for title in titles])
        for title in titles:
            for office in _OFFICE.findall(title):
                name = _COMMUNE.match(clean_spaces(office).strip(" ,.()"))
                found = self._by_name.get(place_key(name.group(2)), []) if name else []
                if any(commune.code == self._own for commune in found):
                    return None
                near = [commune for commune in found if commune.district == self._district]
                if found and stranger is None:
                    stranger = (near or found)[0]
        return stranger or self._named_elsewhere([clean_spaces(title) for title in titles])

    def _named_elsewhere(self, titles: list[str]) -> Commune | None:
        """The other commune that titles name without its office; else the other district or province whose office heads them."""
        named = [
            found
            for title in titles
            for match in _NAMED.finditer(title)
            if (found := self._at(title[match.end() :]))
        ]
        if any(commune.code == self._own for found in named for commune in found):
            return None
        if named:
            return next((commune for commune in named[0] if commune.district == self._district), named[0][0])
        return self._other_office(titles)

    def _other_office(self, titles: list[str]) -> Commune | None:
        """The other district or province whose office heads the list."""
        for title in titles:
            for office in _HIGHER_OFFICE.findall(title):
                name = office.split(" - ")[0].strip(" .")
                if not self._is_higher(name):
                    return Commune("", "", name, name)
        return None

    def _at(self, text: str) -> list[Commune]:
        """The communes whose name this text begins with, the longest name first."""
        words = re.split(r"[\s,.;:()\-]+", text)[:_LONGEST_COMMUNE]
        for length in range(len(words), 0, -1):
            found = self._by_name.get(place_key(" ".join(words[:length])))
            if found:
                return found
        return []

    def _is_higher(self, name: str) -> bool:
        """True for the own district and province, with or without their kind."""
        bare = _HIGHER_KIND.sub("", name).strip()
        return any(
            key in self._higher for text in (name, bare) for key in (place_key(text), search_key(text))
        )

    def _elsewhere(self, part: str) -> bool:
        """True when the part names a district or province by its kind, and it is not the own one."""
        kind = _HIGHER_KIND.match(part)
        if not kind or _COMMUNE.match(part):
            return False
        return not part[kind.end() :].lower().startswith(_ROADS) and not self._is_higher(part)

    def _other_commune(self, part: str, *, is_first: bool) -> Commune | None:
        """The commune that this part names, unless it can be the own one."""
        if (_HIGHER.match(part) and not _COMMUNE.match(part)) or place_key(part) in self._higher:
            return None
        with_kind = _COMMUNE.match(part)
        if not with_kind and (is_first or _HAMLET.match(part)):
            return None
        name = with_kind.group(2) if with_kind else part
        found = self._by_name.get(place_key(name), [])
        if not found and name.isascii():
            found = self._by_plain_name.get(search_key(name), [])
        if not found or any(commune.code == self._own for commune in found):
            return None
        near = [commune for commune in found if commune.district == self._district]
        if near or with_kind:
            return (near or found)[0]
        return None


def _in_full(part: str) -> str:
    hamlet = _HAMLET.match(part)
    if not hamlet:
        return part
    kind = "Ấp" if hamlet.group(1) else "Khóm"
    rest = part[hamlet.end() :]
    if hamlet.group(1) and hamlet.group(1).lower() == "a" and "." not in hamlet.group(0):
        return part  # "A Lý" may be a name of its own
    if (
        hamlet.group(2)
        and hamlet.group(2).lower() == "k"
        and "." not in hamlet.group(0)
        and not rest[:1].isdigit()
    ):
        return part
    return f"{kind} {rest}"
