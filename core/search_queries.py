"""What somebody typed into a search, read once: a reference, a number, a phone, or a name and what narrows it."""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Final

from core.references import Reference, parse_reference
from core.text import clean_text, search_key

SHORTEST_NAME: Final = 2
LONGEST: Final = 200
_NUMBER_LENGTHS: Final = (9, 12)
_PHONE_LENGTHS: Final = (10, 11)  # mobile, fixed line
_SEPARATORS: Final = " .-"

_BORN: Final = r"(?:(?:\bsinh ngày|\bsinh năm|\bnăm sinh|\bngày sinh|\bsinh|\bsn|\bns)\b[\s.:]*)?"
_DATE: Final = re.compile(
    _BORN + r"(?<!\d)(\d{1,2})\s?[/.\- ]\s?(\d{1,2})\s?[/.\- ]\s?((?:19|20)\d\d)(?!\d)", re.IGNORECASE
)
_YEAR: Final = re.compile(_BORN + r"(?<!\d)(19\d\d|20[0-2]\d)(?!\d)", re.IGNORECASE)
_LAST3: Final = re.compile(
    r"(?:(?:\bcccd|\bcmnd|\bcăn cước|\bsố cuối|\bđuôi)\b[\W_]*)?(?<!\d)(\d{3})(?!\d)", re.IGNORECASE
)
_EDGES: Final = re.compile(r"^[\W_]+|[\W_]+$")  # commas, brackets, masking dots around a word
_MOST_DIGITS: Final = 3  # of a hamlet; more may be a number in pieces
_DIGITS: Final = re.compile(r"\+?\d+(?:[ .\-]\d+)*")


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """What somebody typed, as each searcher wants it; parts that it can't be are empty.

    `numbers`: the identity numbers that it may stand for (a lost leading zero is put back). `phone`: from 0, digits only.
    `name`: search key of the words, of a name, a hamlet or a title; `written`: the same words as typed, with their marks.
    `last3`: last digits of a paper, `birth` and `birth_year`: what narrows a name; a birth date may also stand alone.
    """

    text: str
    reference: Reference | None = None
    numbers: tuple[str, ...] = ()
    phone: str = ""
    name: str = ""
    written: str = ""
    last3: str = ""
    birth: dt.date | None = None
    birth_year: int | None = None

    @property
    def is_empty(self) -> bool:
        return not (self.reference or self.numbers or self.phone or self.name or self.birth)

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(self.name.split())

    @property
    def beginnings(self) -> tuple[str, ...]:
        """What the last word may be the beginning of: "thuy" typed so far may become "thuyen", whose key keeps the y."""
        if not self.name:
            return ()
        last = self.words[-1]
        unfinished = search_key(f"{self.written}x").split()[-1][:-1]
        return (last,) if unfinished == last else (last, unfinished)

    @property
    def address_text(self) -> str:
        """What of it may stand in an address: words and what narrows them, never a number, a phone or a part of one."""
        if not self.name:
            return ""
        words = self.written.split()
        if sum(map(str.isdigit, self.written)) > _MOST_DIGITS:
            words = [word for word in words if not any(map(str.isdigit, word))]
        born = f"{self.birth:%d/%m/%Y}" if self.birth else str(self.birth_year or "")
        return " ".join(filter(None, (*words, self.last3, born)))


def read_query(typed: str) -> SearchQuery:
    """What the typed text can mean. Digits alone are a number, a phone or a birth date, never a name.

    Beside a name, a whole number or phone decides alone; three digits are the last of a paper, four a year of birth,
    dd/mm/yyyy a birth date; fewer digits are words ("ấp 3").
    """
    text = clean_text(typed)[:LONGEST]
    reference = parse_reference(text)
    if reference is not None:
        return SearchQuery(text, reference=reference)
    rest, birth = _take_date(text)
    if birth is not None and not rest:
        return SearchQuery(text, birth=birth, birth_year=birth.year)
    digits = _joined(text)
    if digits.isascii() and digits.isdigit():
        numbers = () if text.startswith("+") else _numbers(digits)
        return SearchQuery(text, numbers=numbers, phone=_phone(digits))
    return _number_within(text, rest) or _name_and_more(text, rest, birth)


def _number_within(text: str, rest: str) -> SearchQuery | None:
    """The whole number or phone that stands beside words, if one does."""
    for found in _DIGITS.finditer(rest):
        run, digits = found[0], _joined(found[0])
        is_whole = len(digits) in _NUMBER_LENGTHS or run.isdigit()
        numbers = _numbers(digits) if is_whole and not run.startswith("+") else ()
        phone = _phone(digits)
        if numbers or phone:
            return SearchQuery(text, numbers=numbers, phone=phone)
    return None


def _name_and_more(text: str, rest: str, birth: dt.date | None) -> SearchQuery:
    year = None if birth else _YEAR.search(rest)
    if year:
        rest = _without(rest, year)
    last3 = _LAST3.search(rest)
    if last3:
        rest = _without(rest, last3)
    name = search_key(rest)
    is_narrowed = bool(birth or year or last3)
    if not any(sign.isalpha() for sign in name) or (len(name) < SHORTEST_NAME and not is_narrowed):
        return SearchQuery(text, birth=birth, birth_year=birth.year if birth else None)
    return SearchQuery(
        text,
        name=name,
        written=" ".join(filter(None, (_EDGES.sub("", word) for word in rest.split()))),
        last3=last3[1] if last3 else "",
        birth=birth,
        birth_year=birth.year if birth else int(year[1]) if year else None,
    )


def _take_date(text: str) -> tuple[str, dt.date | None]:
    """The text without the first real date in it, and that date."""
    for found in _DATE.finditer(text):
        try:
            born = dt.date(int(found[3]), int(found[2]), int(found[1]))
        except ValueError:
            continue
        return _without(text, found), born
    return text, None


def _without(text: str, found: re.Match[str]) -> str:
    return clean_text(f"{text[: found.start()]} {text[found.end() :]}")


def _joined(text: str) -> str:
    return "".join(sign for sign in text.lstrip("+") if sign not in _SEPARATORS)


def _numbers(digits: str) -> tuple[str, ...]:
    return tuple(number for number in (digits, f"0{digits}") if len(number) in _NUMBER_LENGTHS)


def _phone(digits: str) -> str:
    if digits.startswith("84") and len(digits) == 11:
        digits = f"0{digits[2:]}"
    return digits if len(digits) in _PHONE_LENGTHS and digits.startswith("0") else ""
