"""Which papers may be made about a record, by whom, and why not now."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core import clock
from core.wording import Text
from core.workflow import Actor
from support_programs.enums import DocumentKind, Issuer, ListStatus, Step
from support_programs.models import Case, CaseList
from support_programs.permissions import takes_whole_numbers
from support_programs.permissions.documents import MAKING, issuers_for
from support_programs.queries.documents.records import Record, about_of, registered_kind
from support_programs.queries.list_steps import is_decided_by_department
from support_programs.queries.programmes import definition_of

_OF_POSTING = (DocumentKind.POSTING_START, DocumentKind.POSTING_END)
_TOO_EARLY = _("Thời gian niêm yết chưa hết.")
_NOT_LATE = _("Hồ sơ chưa quá hạn.")
_NOT_APPROVED = _("Chỉ trình khi danh sách đã được duyệt ở cấp này.")
# from which states on a level may submit a list that it appraised
_SUBMITS: Final[Mapping[str, tuple[ListStatus, ...]]] = {
    Issuer.DISTRICT: ListStatus.after_district(),
    Issuer.DEPARTMENT: (ListStatus.MONEY_APPRAISED, ListStatus.AT_PROVINCE, ListStatus.MONEY_APPROVED),
}
_NO_POSTING = _("Chính sách này không niêm yết danh sách.")


@dataclass(frozen=True, slots=True)
class Offer:
    """A kind of paper that this person may make about a record; `refusal` says why not now ("" = it can be made)."""

    kind: str
    label: Text
    url: str
    refusal: Text
    why: Text


def bodies_for(kind: str, area_code: str, actor: Actor, record: Record | None) -> list[Issuer]:
    """The bodies for which this person may make such a paper about the record, the usual one first; see `issuers_for`."""
    has_step = True
    if isinstance(record, Case | CaseList):
        has_step = definition_of(record.version_used_id).has_step(Step.DISTRICT_APPRAISAL)
    found = issuers_for(kind, area_code, actor, has_district_step=has_step)
    registered = registered_kind(kind)
    signers = registered.issuers(kind, record) if registered and record is not None else None
    if signers is not None:
        return [issuer for issuer in found if issuer in signers]
    if kind == DocumentKind.DECISION and isinstance(record, CaseList):
        decider = Issuer.DEPARTMENT if is_decided_by_department(record) else Issuer.PROVINCE
        return [issuer for issuer in found if issuer == decider]
    return found


def not_now(kind: str, record: Record | None, issuer: str) -> Text:
    """Why the record's state has no room for such a paper of this body; "" where it has."""
    making = MAKING[kind]
    if record is None:
        return ""
    registered = registered_kind(kind)
    if registered is not None:
        return registered.refusal(kind, record)
    if making.states and record.status not in making.states:
        return making.not_now
    if kind == DocumentKind.SUBMISSION and record.status not in _SUBMITS.get(issuer, (record.status,)):
        return _NOT_APPROVED
    today = clock.today()
    if kind == DocumentKind.APOLOGY and isinstance(record, Case):
        return "" if record.due_on is not None and record.due_on < today else _NOT_LATE
    if kind in _OF_POSTING and isinstance(record, CaseList):
        if not definition_of(record.version_used_id).has_step(Step.POSTING):
            return _NO_POSTING
        until = record.posting_until
        is_running = record.status == ListStatus.POSTING and until is not None and until > today
        return _TOO_EARLY if kind == DocumentKind.POSTING_END and is_running else ""
    return ""


def offers_for(record: Record, actor: Actor) -> list[Offer]:
    """The papers that this person may make about a record, in the order of the work; no query of its own."""
    return list(_offers(record, actor))


def _offers(record: Record, actor: Actor) -> Iterator[Offer]:
    for kind, making in MAKING.items():
        is_about = making.about == about_of(record)
        bodies = bodies_for(kind, record.area_code, actor, record) if is_about else []
        if not bodies:
            continue
        if making.has_whole_numbers and not takes_whole_numbers(actor):
            continue
        if kind in _OF_POSTING and not _has_posting(record):
            continue
        url = reverse("support_programs:document_new", args=[kind, record.reference])
        yield Offer(kind, DocumentKind(kind).label, url, not_now(kind, record, bodies[0]), making.why)


def _has_posting(record: Record) -> bool:
    return isinstance(record, CaseList) and definition_of(record.version_used_id).has_step(Step.POSTING)
