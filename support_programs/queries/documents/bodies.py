"""The bodies that sign official papers, as the head of the paper names them (NĐ 30/2020/NĐ-CP, Phụ lục I, boxes 2 to 4)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from accounts.queries import area_name
from core.text import inside_sentence
from support_programs.enums import DocumentKind, Issuer
from support_programs.permissions.documents import DIGITS

_KINDS_OF_UNITS: Final = ("Thị trấn ", "Thành phố ", "Thị xã ", "Phường ", "Huyện ", "Tỉnh ", "Xã ")
# kinds of papers whose sign the decree lays down; that of a letter names the department that drafted it, and is typed
_SIGNS: Final[Mapping[str, str]] = {
    DocumentKind.SUBMISSION: "TTr",
    DocumentKind.DECISION: "QĐ",
    DocumentKind.POSTING_START: "BB",
    DocumentKind.POSTING_END: "BB",
}
_COMMITTEES: Final = (Issuer.COMMUNE, Issuer.DISTRICT, Issuer.PROVINCE)
_DESK: Final = "Bộ phận tiếp nhận và trả kết quả"


@dataclass(frozen=True, slots=True)
class Body:
    """One body: who stands above it, its full name, the place in its date line, who signs by default (one line each)."""

    parent: str
    name: str
    place: str
    office: str

    @property
    def in_sentence(self) -> str:
        """Its name after other words."""
        return inside_sentence(self.name)

    @property
    def desk(self) -> str:
        """Where it takes dossiers in."""
        return f"{_DESK} của {self.in_sentence}"


def body_of(issuer: str, area_code: str) -> Body:
    """The body that signs a paper about a record of this area."""
    code = area_code[: DIGITS[issuer]]
    committee, place = f"Ủy ban nhân dân {inside_sentence(area_name(code))}", place_of(code)
    if issuer == Issuer.DISTRICT_OFFICE:
        return Body(committee, "Phòng Lao động - Thương binh và Xã hội", place, "Trưởng phòng")
    if issuer == Issuer.DEPARTMENT:
        return Body(committee, "Sở Lao động - Thương binh và Xã hội", place, "Giám đốc")
    above = {Issuer.COMMUNE: code[:5], Issuer.DISTRICT: code[:2]}.get(Issuer(issuer), "")
    parent = f"Ủy ban nhân dân {inside_sentence(area_name(above))}" if above else ""
    return Body(parent, committee, place, "TM. Ủy ban nhân dân\nChủ tịch")


def place_of(area_code: str) -> str:
    """The place before the date: the own name of the unit; the whole name where that is a number (NĐ 30, Phụ lục I)."""
    name = area_name(area_code)
    own = next((name.removeprefix(kind) for kind in _KINDS_OF_UNITS if name.startswith(kind)), name)
    return name if own[:1].isdigit() else own


def sign_of(kind: str, issuer: str) -> str:
    """What follows the number while it is open: "/QĐ-UBND"; "" where only the records office knows it."""
    sign = _SIGNS.get(kind, "")
    return f"/{sign}-UBND" if sign and issuer in _COMMITTEES else ""
