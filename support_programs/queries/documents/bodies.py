"""The bodies that sign official papers, as the head of the paper names them (NĐ 30/2020/NĐ-CP, Phụ lục I, boxes 2 to 4)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from accounts.enums import DISTRICT_DIGITS
from accounts.queries import area_name, parent_name
from core.text import inside_sentence
from support_programs.enums import DocumentKind, Issuer
from support_programs.permissions import DEPARTMENT_DIGITS
from support_programs.permissions.documents import DIGITS

_KINDS_OF_UNITS: Final = ("Thị trấn ", "Thành phố ", "Thị xã ", "Phường ", "Huyện ", "Tỉnh ", "Xã ")
# kinds of papers whose sign the decree lays down; that of a letter names the department that drafted it, and is typed
_SIGNS: Final[Mapping[str, str]] = {
    DocumentKind.SUBMISSION: "TTr",
    DocumentKind.DECISION: "QĐ",
    DocumentKind.POSTING_START: "BB",
    DocumentKind.POSTING_END: "BB",
    DocumentKind.RECONCILIATION: "BB",
    DocumentKind.AWARD_SUBMISSION: "TTr",
    DocumentKind.COUNCIL_MINUTES: "BB",
    DocumentKind.AWARD_DECISION: "QĐ",
}
_COMMITTEES: Final = (Issuer.COMMUNE, Issuer.DISTRICT, Issuer.PROVINCE)
_OFFICES: Final[Mapping[str, str]] = {
    DocumentKind.RECEIPT: "Người tiếp nhận hồ sơ",
    DocumentKind.SUPPLEMENT: "Người hướng dẫn",
    DocumentKind.CONTROL: "Người lập phiếu",
}
_DESK: Final = "Bộ phận tiếp nhận và trả kết quả"


@dataclass(frozen=True, slots=True)
class Body:
    """One body: who stands above it, its name in the lines of the head, the place in its date line, who signs by default
    (one line each). `unit` is the district or province whose office it is, where its own name doesn't say so.
    """

    parent: str
    head: tuple[str, ...]
    place: str
    office: str
    unit: str = ""

    @property
    def full_name(self) -> str:
        """Its name with the district or province whose office it is, where nothing above it says so."""
        return f"{self.name} {self.unit}".strip()

    @property
    def name(self) -> str:
        """Its full name; a body's name keeps its capital inside a sentence."""
        return " ".join(self.head)

    @property
    def desk(self) -> str:
        """Where it takes dossiers in."""
        return f"{_DESK} của {self.name}"


def body_of(issuer: str, area_code: str) -> Body:
    """The body that signs a paper about a record of this area. The one above it is written short, as the decree allows."""
    code = area_code[: DIGITS[issuer]]
    unit, place = inside_sentence(area_name(code)), place_of(code)
    if issuer == Issuer.DISTRICT_OFFICE:
        return Body(
            f"UBND {unit}", ("Phòng Lao động -", "Thương binh và Xã hội"), place, "Trưởng phòng", unit
        )
    if issuer == Issuer.DEPARTMENT:
        return Body(f"UBND {unit}", ("Sở Lao động -", "Thương binh và Xã hội"), place, "Giám đốc", unit)
    above = {Issuer.COMMUNE: code[:DISTRICT_DIGITS], Issuer.DISTRICT: code[:DEPARTMENT_DIGITS]}.get(
        Issuer(issuer)
    )
    parent = f"UBND {inside_sentence(area_name(above))}" if above else ""
    return Body(parent, ("Ủy ban nhân dân", unit), place, "TM. Ủy ban nhân dân\nChủ tịch")


def office_of(kind: str, body: Body) -> str:
    """Who usually signs a paper of this kind, one line each: the officer at the desk for what is handed out there."""
    return _OFFICES.get(kind, body.office)


def area_in_sentence(area_code: str) -> str:
    """A unit with the one above it, after other words: "thị trấn Phú Mỹ, huyện Phú Tân"."""
    name = inside_sentence(area_name(area_code))
    return (
        name if len(area_code) == DEPARTMENT_DIGITS else f"{name}, {inside_sentence(parent_name(area_code))}"
    )


def place_of(area_code: str) -> str:
    """The place before the date: the own name of the unit; the whole name where that is a number (NĐ 30, Phụ lục I)."""
    name = area_name(area_code)
    own = next((name.removeprefix(kind) for kind in _KINDS_OF_UNITS if name.startswith(kind)), name)
    return name if own[:1].isdigit() else own


def sign_of(kind: str, issuer: str) -> str:
    """What follows the number while it is open: "/QĐ-UBND"; "" where only the records office knows it."""
    sign = _SIGNS.get(kind, "")
    return f"/{sign}-UBND" if sign and issuer in _COMMITTEES else ""
