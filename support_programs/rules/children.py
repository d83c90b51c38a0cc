"""A child under a supplement, as it is typed: name, birth date, relation, the paper that names it. Pure (NQ 68, II.7)."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from beneficiaries.rules.identity import birth_year_of, read_number
from core.date_texts import find_day, format_date
from core.text import clean_text, search_key

FIELDS: Final = ("full_name", "birth_date", "relation", "identity_kind", "number", "place", "proof")
PERSONAL_NUMBER: Final = "personal_number"
BIRTH_CERTIFICATE: Final = "birth_certificate"
MOST: Final = 20
_PARTS: Final = re.compile(r"[0-9]+|[^\W0-9]+")
_LENGTHS: Final = {"full_name": 150, "number": 60, "place": 120, "proof": 250}
_NO_NUMBER: Final = "Số định danh cá nhân có 12 chữ số. Nếu trẻ chưa có số, hãy chọn Giấy khai sinh."


@dataclass(frozen=True, slots=True)
class ChildRead:
    """What was typed of a child. `identity` is what names it once in the province: the personal number, or number and
    place of the birth certificate, whose numbers start anew in every commune.
    """

    full_name: str
    birth_date: dt.date
    relation: str
    identity_kind: str
    number: str
    place: str
    proof: str

    @property
    def identity(self) -> str:
        return identity_of(self.identity_kind, self.number, self.place)

    @property
    def shown_number(self) -> str:
        """The number as it is kept: with its place where that belongs to it."""
        return f"{self.number}, {self.place}" if self.place else self.number


def identity_of(kind: str, number: str, place: str) -> str:
    """What names a child once in the province; the index of a child (I17) is made of it."""
    return number if kind == PERSONAL_NUMBER else f"GKS {_certificate(number)} {search_key(place)}"


def identity_of_kept(shown_number: str, kind: str, last3: str) -> str:
    """The same from what is kept: `shown_number`, taken apart where the number ends with its last three signs."""
    parts = shown_number.split(", ")
    cuts = ((", ".join(parts[:n]), ", ".join(parts[n:])) for n in range(1, len(parts) + 1))
    number, place = next((cut for cut in cuts if cut[0].endswith(last3)), (shown_number, ""))
    return identity_of(kind, number, place)


def _certificate(number: str) -> str:
    """The number however it is written: «Số 045/2018» and «45-2018» name the same certificate."""
    parts = (part.lstrip("0") or part for part in _PARTS.findall(search_key(number)))
    return " ".join(part for part in parts if part != "so")


def is_blank(typed: Mapping[str, str]) -> bool:
    """A row of a form that nobody filled; the choices in it don't count."""
    return not any(typed.get(field, "").strip() for field in ("full_name", "birth_date", "number", "proof"))


def read_child(
    typed: Mapping[str, str], *, on: dt.date, relations: Mapping[str, str], kinds: Mapping[str, str]
) -> tuple[ChildRead | None, dict[str, str]]:
    """The child, or None with a sentence for each field (`FIELDS`) that can't be taken. `on` is the business date."""
    cells = {field: clean_text(str(typed.get(field) or "")) for field in FIELDS}
    problems = {
        field: f"Không quá {length} ký tự."
        for field, length in _LENGTHS.items()
        if len(cells[field]) > length
    }
    if not cells["full_name"]:
        problems["full_name"] = "Hãy ghi họ và tên trẻ em."
    born = _birth(cells["birth_date"], on, problems)
    for field, known, words in (
        ("relation", relations, "Hãy chọn quan hệ với trẻ em"),
        ("identity_kind", kinds, "Hãy chọn loại giấy tờ của trẻ em"),
    ):
        if cells[field] not in known:
            problems[field] = f"{words}: {'; '.join(known.values())}."
    if cells["identity_kind"] == PERSONAL_NUMBER:
        cells["place"] = ""
        cells["number"] = _personal_number(cells["number"], born, problems)
    elif cells["identity_kind"] == BIRTH_CERTIFICATE:
        if not search_key(cells["number"]):
            problems.setdefault("number", "Hãy ghi số giấy khai sinh.")
        if not search_key(cells["place"]):
            problems.setdefault("place", "Hãy ghi nơi cấp giấy khai sinh, ví dụ UBND xã Mỹ Đức.")
    if problems or born is None:
        return None, problems
    return ChildRead(
        birth_date=born, **{field: cells[field] for field in FIELDS if field != "birth_date"}
    ), {}


def _birth(typed: str, on: dt.date, problems: dict[str, str]) -> dt.date | None:
    if not typed:
        problems["birth_date"] = "Hãy ghi ngày sinh của trẻ em."
        return None
    born = find_day(typed, dt.date(2099, 12, 31))
    if born is None:
        problems["birth_date"] = f"Không đọc được ngày «{typed}». Hãy ghi ngày/tháng/năm, ví dụ 05/09/2019."
        return None
    if born > on:
        problems["birth_date"] = (
            f"Ngày sinh {format_date(born)} sau ngày hôm nay {format_date(on)}; trẻ chưa sinh không được tính."
        )
        return None
    return born


def _personal_number(typed: str, born: dt.date | None, problems: dict[str, str]) -> str:
    number, findings = read_number(typed)
    wrong = {"ID_MISSING", "ID_NOT_DIGITS", "ID_BAD_LENGTH", "ID_BAD_PROVINCE", "ID_SEVERAL"}
    if len(number) != 12 or wrong.intersection(finding.code for finding in findings):
        problems.setdefault("number", _NO_NUMBER)
    elif born is not None and birth_year_of(number) != born.year:
        problems.setdefault(
            "number",
            f"Số định danh cho biết năm sinh {birth_year_of(number)}, ngày sinh ghi năm {born.year}. "
            "Hãy đối chiếu giấy khai sinh.",
        )
    return number
