"""Official papers: drafted, issued with the number and day that the records office gave, revoked or thrown away."""

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from core import clock
from core.audit import record_event
from core.enums import FileKind
from core.money import format_dong
from core.queries.references import next_reference
from core.services.files import store_file
from core.transitions import TransitionRefused, check_version, perform
from core.workflow import Actor
from support_programs.enums import DocumentKind, DocumentStatus
from support_programs.models import ApprovalDecision, Case, CaseList, Grievance, OfficialDocument
from support_programs.permissions import takes_whole_numbers
from support_programs.permissions.documents import MAKING, NO_WHOLE_NUMBERS, NOT_ISSUER
from support_programs.queries.documents.beside import check_beside
from support_programs.queries.documents.offers import bodies_for, not_now
from support_programs.queries.documents.records import PaperRecord, record_of
from support_programs.queries.documents.sheet import WITHOUT_NUMBER, Signing
from support_programs.services.documents.rendering import render_document
from support_programs.services.scope import check_area, check_no_number, check_past
from support_programs.workflow import DOCUMENT_WORKFLOW

_TOKEN_BYTES: Final = 16
# a paper of so many rows is laid out within half a minute
MOST_ROWS: Final = 3_000
# signed when the record has gone on already
_OF_WHAT_HAPPENED: Final = (DocumentKind.APOLOGY, DocumentKind.POSTING_START, DocumentKind.POSTING_END)
_WITH_ROWS: Final = (DocumentKind.PROPOSAL, DocumentKind.APPRAISAL, DocumentKind.DECISION)
Content = Mapping[str, Any]


@transaction.atomic
def draft_document(
    *,
    kind: str,
    actor: Actor,
    content: Content | None = None,
    case: Case | None = None,
    case_list: CaseList | None = None,
    decision: ApprovalDecision | None = None,
    grievance: Grievance | None = None,
    record: PaperRecord | None = None,
    area_code: str = "",
) -> OfficialDocument:
    """A new draft of a paper about a case, a list, a grievance, a `record` of an upper app, or the offices of an area.

    `content` is what the paper says beyond the record; texts and days as ISO dates. With `issuer` in it that body signs, else
    the usual one for which the actor works. PermissionDenied when the actor works for none that may sign it, or the record lies
    outside their area; TransitionRefused in a state of the record in which such a paper has no sense.
    """
    about = case or case_list or grievance or record
    area = about.area_code if about else area_code
    check_area(actor, area)
    said = {key: value for key, value in (content or {}).items() if value not in (None, "", [])}
    bodies = bodies_for(kind, area, actor, about)
    issuer = said.get("issuer") or (bodies[0].value if bodies else "")
    if issuer not in bodies:
        raise PermissionDenied(str(NOT_ISSUER))
    _check_numbers(kind, actor)
    _check_texts(kind, said)
    beside = check_beside(said.get("beside", ()), case_list, actor)
    _check_length(kind, case_list, beside)
    refusal = not_now(kind, about, issuer)
    if refusal:
        raise TransitionRefused(str(refusal))
    document = OfficialDocument.objects.create(
        reference=next_reference("VB"),
        area_code=area,
        status=DocumentStatus.DRAFT,
        kind=kind,
        case=case,
        case_list=case_list,
        decision=decision or (case_list.decision if case_list else None),
        grievance=grievance,
        about_refs=[record.reference] if record else [other.reference for other in beside],
        content={**said, "issuer": issuer},
        token=secrets.token_urlsafe(_TOKEN_BYTES),
        made_by_id=actor.pk,
        made_by_name=actor.full_name,
    )
    record_event(
        "document.drafted",
        document,
        actor=actor,
        change={"kind": str(DocumentKind(kind).label), **_about(document)},
    )
    return document


@transaction.atomic
def change_draft(
    document: OfficialDocument, *, content: Content, actor: Actor, expected_version: int | None = None
) -> OfficialDocument:
    """Write what a draft says anew; the body that signs stays. Refused for everybody who doesn't work for that body
    (PermissionDenied), when it is no draft any more (TransitionRefused), and after somebody else's change (StaleRecord).
    """
    check_maker(document, actor)
    said = {key: value for key, value in content.items() if value not in (None, "", [])}
    kept = {"issuer": document.content["issuer"]}
    _check_texts(document.kind, said)
    beside = check_beside(said.get("beside", ()), document.case_list, actor)
    _check_length(document.kind, document.case_list, beside)
    refs = [other.reference for other in beside] if document.case_list else document.about_refs
    version = document.version if expected_version is None else expected_version
    check_version(document, version, actor)
    changed = OfficialDocument.objects.filter(
        pk=document.pk, status=DocumentStatus.DRAFT, version=version
    ).update(content={**said, **kept}, about_refs=refs, version=F("version") + 1)
    document.refresh_from_db()
    if document.status != DocumentStatus.DRAFT:
        raise TransitionRefused(_("Văn bản không còn là dự thảo nên không sửa được nữa."))
    if not changed:
        check_version(document, version, actor)
    record_event("document.changed", document, actor=actor)
    return document


@transaction.atomic
def issue_document(
    document: OfficialDocument,
    *,
    number: str,
    dated: Any,
    signer_office: str,
    signer_name: str,
    actor: Actor,
    expected_version: int | None = None,
) -> OfficialDocument:
    """The paper as it is signed: rendered once with the number, the day and the signer that were typed, and kept with its sha256.

    Refused: somebody who doesn't work for the body that signs (PermissionDenied); a missing number (where its kind has one), day
    or signer, a day to come, a paper that is no draft, a record of which the paper would no longer be true (TransitionRefused);
    a draft changed meanwhile (StaleRecord).
    """
    check_maker(document, actor)
    signing = _signing(document, number, dated, signer_office, signer_name)
    if document.status != DocumentStatus.DRAFT:
        raise TransitionRefused(_("Chỉ phát hành được văn bản đang là dự thảo."))
    version = document.version if expected_version is None else expected_version
    check_version(document, version, actor)
    _check_still_true(document)
    content = render_document(document, signing)
    sha256 = hashlib.sha256(content).hexdigest()
    stored = store_file(
        content,
        name=f"{DocumentKind(document.kind).label} {document.reference}.pdf",
        kind=FileKind.DOCUMENT,
        area_code=document.area_code,
        created_by_id=actor.pk,
        content_type="application/pdf",
    )
    # the record may have changed while the paper was laid out
    _check_still_true(document)
    return perform(
        DOCUMENT_WORKFLOW,
        document,
        "document.issue",
        actor=actor,
        changes={
            "number": signing.number,
            "dated": signing.dated,
            "signer_office": signing.office,
            "signer_name": signing.name,
            "file": stored,
            "sha256": sha256,
            "issued_by_id": actor.pk,
            "issued_by_name": actor.full_name,
            "issued_on": clock.today(),
        },
        event={"number": signing.number, "date": signing.dated, "sha256": sha256, **_about(document)},
        expected_version=version,
    )


@transaction.atomic
def revoke_document(
    document: OfficialDocument, *, reason: str, actor: Actor, expected_version: int | None = None
) -> OfficialDocument:
    """An issued paper is called back with a reason; its public page says so from now on. The file stays."""
    check_maker(document, actor)
    check_no_number(reason)
    return perform(
        DOCUMENT_WORKFLOW,
        document,
        "document.revoke",
        actor=actor,
        reason=reason.strip(),
        changes={"revoked_reason": reason.strip()[:300]},
        event=_about(document),
        expected_version=expected_version,
    )


@transaction.atomic
def discard_document(
    document: OfficialDocument, *, actor: Actor, expected_version: int | None = None
) -> OfficialDocument:
    """A draft that is not needed is put away; nothing of it was valid."""
    check_maker(document, actor)
    return perform(
        DOCUMENT_WORKFLOW,
        document,
        "document.discard",
        actor=actor,
        event=_about(document),
        expected_version=expected_version,
    )


def preview_document(document: OfficialDocument, *, actor: Actor) -> bytes:
    """The draft as a PDF that says DỰ THẢO; the log says who took it. TransitionRefused when it is no draft any more."""
    check_maker(document, actor)
    if document.status != DocumentStatus.DRAFT:
        raise TransitionRefused(_("Văn bản không còn là dự thảo."))
    content = render_document(document, Signing())
    record_event("document.previewed", document, actor=actor, change=_about(document))
    return content


def check_maker(document: OfficialDocument, actor: Actor) -> None:
    """PermissionDenied for everybody who doesn't work for the body that signs the paper."""
    check_area(actor, document.area_code)
    record = record_of(document)
    if document.content.get("issuer") not in bodies_for(document.kind, document.area_code, actor, record):
        raise PermissionDenied(str(NOT_ISSUER))
    _check_numbers(document.kind, actor)


def _check_still_true(document: OfficialDocument) -> None:
    """TransitionRefused where the record has left the state in which such a paper has sense: nobody is told that they are not
    entitled once their case was taken up again. Papers about what happened stay true.
    """
    record = record_of(document)
    if record is None or document.kind in _OF_WHAT_HAPPENED:
        return
    record.refresh_from_db(fields=["status"])
    if document.case_list:
        document.case_list.refresh_from_db(fields=["decision"])
        check_beside(document.content.get("beside", ()), document.case_list, None)
    refusal = not_now(document.kind, record, document.content["issuer"])
    if refusal:
        raise TransitionRefused(str(refusal))


def _check_numbers(kind: str, actor: Actor) -> None:
    if MAKING[kind].has_whole_numbers and not takes_whole_numbers(actor):
        raise PermissionDenied(str(NO_WHOLE_NUMBERS))


def _check_texts(kind: str, said: Content) -> None:
    """What is handed to a citizen shows three digits of a number. Papers about a list may speak of sums that look like one."""
    if MAKING[kind].about == "case":
        check_no_number(*(text for text in said.values() if isinstance(text, str)))


def _check_length(kind: str, case_list: CaseList | None, beside: Sequence[CaseList]) -> None:
    if case_list is None or kind not in _WITH_ROWS:
        return
    people = Case.objects.filter(case_list__in=[case_list, *beside]).count()
    if people > MOST_ROWS:
        raise TransitionRefused(
            _("Danh sách có %(people)s người, quá dài để in thành một văn bản (nhiều nhất %(most)s).")
            % {"people": format_dong(people), "most": format_dong(MOST_ROWS)}
        )


def _signing(document: OfficialDocument, number: str, dated: Any, office: str, name: str) -> Signing:
    if not number.strip() and document.kind not in WITHOUT_NUMBER:
        raise TransitionRefused(_("Hãy ghi số, ký hiệu do văn thư cấp. Hệ thống không tự đặt số."))
    if dated is None:
        raise TransitionRefused(_("Hãy ghi ngày văn bản."))
    check_past(dated, _("Ngày văn bản"))
    if not office.strip() or not name.strip():
        raise TransitionRefused(_("Hãy ghi chức vụ và họ tên người ký."))
    return Signing(number.strip(), dated, office.strip(), name.strip())


def _about(document: OfficialDocument) -> dict[str, str]:
    """The record that the paper is about, for the log."""
    record = record_of(document)
    return {"about": record.reference} if record else {}
