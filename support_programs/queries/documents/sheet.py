"""An official paper as its template prints it: the parts that every kind has, and the details of its own kind."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import segno
from django.conf import settings
from django.urls import reverse

from core.dates import format_long_date
from support_programs.enums import DocumentKind, DocumentStatus
from support_programs.models import OfficialDocument
from support_programs.queries.documents.bodies import Body, body_of, office_of, sign_of

# papers that may be signed without a number of their own
WITHOUT_NUMBER: Final = frozenset(
    {
        DocumentKind.PROPOSAL,
        DocumentKind.APPRAISAL,
        DocumentKind.CONTROL,
        DocumentKind.POSTING_START,
        DocumentKind.POSTING_END,
        DocumentKind.PAYOUT_REQUEST,
        DocumentKind.RECONCILIATION,
        DocumentKind.ACHIEVEMENT_REPORT,
        DocumentKind.COUNCIL_MINUTES,
        DocumentKind.AWARD_CERTIFICATE,
    }
)
_OPEN_DAY: Final = "ngày …… tháng …… năm ……"


@dataclass(frozen=True, slots=True)
class Signing:
    """What the records office enters when a paper is issued; empty on a draft."""

    number: str = ""
    dated: dt.date | None = None
    office: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Signer:
    """One who signs: the lines of the office, how, and the name without title."""

    office: tuple[str, ...]
    name: str = ""
    how: str = ""


@dataclass(frozen=True, slots=True)
class Details:
    """What one kind of paper says: its title in capitals or none (a letter), its subject, whom it goes to, who signs beside the
    body, and the values of its template.
    """

    title: str
    subject: str
    addressees: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    beside: tuple[Signer, ...] = ()
    values: Mapping[str, Any] = field(default_factory=dict)
    is_landscape: bool = False
    enclosed_with: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything that the template of a paper prints."""

    reference: str
    kind: str
    body: Body
    details: Details
    number: str
    sign: str
    has_number: bool
    place_date: str
    day_words: str
    is_draft: bool
    signer: Signer
    check_url: str
    qr: str

    @property
    def template(self) -> str:
        return f"pdf/documents/{self.kind}.html"

    @property
    def is_letter(self) -> bool:
        """Whether it has no title of its own: the subject stands under the number then (box 5b)."""
        return not self.details.title


Maker = Callable[[OfficialDocument, Body], Details]


def sheet_of(document: OfficialDocument, signing: Signing, details: Details) -> Sheet:
    """The paper with its head and foot; on a draft number, day and name are left open."""
    issuer = document.content["issuer"]
    body = body_of(issuer, document.area_code)
    day = format_long_date(signing.dated) if signing.dated else _OPEN_DAY
    url = check_url_of(document)
    return Sheet(
        reference=document.reference,
        kind=document.kind,
        body=body,
        details=details,
        number=signing.number,
        sign=sign_of(document.kind, issuer),
        has_number=bool(signing.number) or document.kind not in WITHOUT_NUMBER,
        place_date=f"{body.place}, {day}",
        day_words=day,
        is_draft=document.status == DocumentStatus.DRAFT and signing.dated is None,
        signer=Signer(tuple((signing.office or office_of(document.kind, body)).splitlines()), signing.name),
        check_url=url,
        qr=segno.make(url, error="m").svg_data_uri(border=0, omitsize=True),
    )


def check_url_of(document: OfficialDocument) -> str:
    """The address of the public page that confirms the paper; in its QR code."""
    path = reverse("support_programs:public_document", args=[document.token])
    return f"{settings.PUBLIC_URL}{path}"


def lines(text: str) -> tuple[str, ...]:
    """The lines of a typed text, without empty ones, without the dash and the full stop or semicolon that printing adds."""
    return tuple(line.strip(" -;.") for line in text.splitlines() if line.strip(" -;."))


def paragraphs(text: str) -> tuple[str, ...]:
    """The paragraphs of a typed text as they are."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())
