"""Applications that citizens send in on the public page: kept encrypted until the desk of the area takes them in or not."""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.db import connection, transaction
from django.utils.translation import gettext as _

from core import clock, crypto
from core.audit import record_event
from core.dates import format_date
from core.queries.references import next_reference
from core.search import register_reference_page
from core.services.retention import RowRemover, register_remover
from core.text import search_key
from core.tracking import code_hash, new_code
from core.transitions import TransitionRefused, perform
from core.workflow import Actor
from support_programs.enums import ApplicationStatus
from support_programs.models import Case, PublicApplication
from support_programs.queries.applications import Typed, can_be_sent, rules_for, typed_of
from support_programs.rules.definition import Definition
from support_programs.services.scope import check_area, check_no_number
from support_programs.workflow import APPLICATION_WORKFLOW

# what the desk has not answered within these days may be sent again
_SAME_DAYS: Final = 60
_LOCK: Final = "SELECT pg_advisory_xact_lock(%s)"


def register() -> None:
    """Applications that never became a case go as the retention schedule says; a typed reference leads to their page."""
    register_reference_page("DK", "support_programs:application_page")
    register_remover(
        "public_applications",
        RowRemover(lambda: PublicApplication.objects.filter(case__isnull=True), "created_at"),
    )


class ApplicationRefused(Exception):
    """An application that is not taken; `str()` is the sentence for the citizen."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What the citizen is told once: the reference and the code to follow it by."""

    application: PublicApplication
    code: str


@transaction.atomic
def send_application(*, programme: str, typed: Typed, code: str = "") -> Sent:
    """Keep what a citizen typed for the desk that takes such dossiers in: the commune, else its district, else the department.

    `code` is the form's (core.tracking): sent again with it, because the answer was lost on the way, it is the application that
    was sent then. Refused (ApplicationRefused) when the same person, by number and name, sent the same a short while ago and
    waits for the answer, and for a programme that takes no application of a person.
    """
    definition = rules_for(programme)
    if definition is None or not can_be_sent(definition):
        raise ApplicationRefused(_("Chính sách này không nhận đơn của cá nhân trên trang công khai."))
    _hold(typed)
    known = PublicApplication.objects.filter(tracking_hash=code_hash(code)).first() if code else None
    if known is not None:
        if known.programme_id == programme and typed_of(known).stored() == typed.stored():
            return Sent(known, code)
        code = ""  # the page was gone back to, and filled in for somebody else
    if earlier := _earlier(programme, typed):
        raise ApplicationRefused(
            _(
                "Ông/bà đã gửi đơn của chính sách này ngày %(day)s và đơn đang chờ tiếp nhận. Ông/bà theo dõi bằng mã đã "
                "được cấp; mất mã thì liên hệ nơi tiếp nhận."
            )
            % {"day": format_date(earlier.sent_on)}
        )
    code = code or new_code()
    application = PublicApplication.objects.create(
        reference=next_reference("DK"),
        area_code=desk_area(definition, typed.commune),
        status=ApplicationStatus.NEW,
        programme_id=programme,
        applicant_name=typed.applicant["full_name"][:150],
        birth_year=typed.birth_year,
        raw_encrypted=crypto.encrypt("row", json.dumps(typed.stored(), ensure_ascii=False)),
        tracking_hash=code_hash(code),
        sent_on=clock.today(),
    )
    record_event("application.sent", application, actor=None)
    return Sent(application, code)


def desk_area(definition: Definition, commune: str) -> str:
    """The area whose desk takes such a dossier of somebody of this commune in: the nearest level that the programme names."""
    if "commune" in definition.receives:
        return commune
    return commune[:5] if "district" in definition.receives else commune[:2]


def _hold(typed: Typed) -> None:
    """Two sendings of one number go one after the other, so that the second one sees the first."""
    digest = hashlib.sha256(crypto.blind_index("number", typed.applicant["id_number"])).digest()
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [int.from_bytes(digest[:8], "big", signed=True)])


def _earlier(programme: str, typed: Typed) -> PublicApplication | None:
    """The same person's application that still waits. Number and name must agree: who knows a stranger's number alone is told
    nothing.
    """
    since = clock.today() - dt.timedelta(days=_SAME_DAYS)
    rows = PublicApplication.objects.filter(
        programme=programme, status=ApplicationStatus.NEW, birth_year=typed.birth_year, sent_on__gte=since
    )
    return next((row for row in rows if _is_same(typed_of(row), typed)), None)


def _is_same(one: Typed, other: Typed) -> bool:
    numbers = [crypto.normalise_number(typed.applicant.get("id_number", "")) for typed in (one, other)]
    names = [search_key(typed.applicant.get("full_name", "")) for typed in (one, other)]
    return numbers[0] == numbers[1] and names[0] == names[1]


@transaction.atomic
def take_in(*, reference: str, case: Case, actor: Actor) -> PublicApplication:
    """The application has become this case, which was just made in the same transaction.

    Refused: PermissionDenied for another area or desk, TransitionRefused when it was handled meanwhile or asks for another
    programme.
    """
    application = _found(reference, actor)
    if application.programme_id != case.programme_id:
        raise TransitionRefused(_("Đơn đăng ký %(ref)s thuộc chính sách khác.") % {"ref": reference})
    return perform(
        APPLICATION_WORKFLOW,
        application,
        "application.take_in",
        actor=actor,
        changes={"case": case, **_handled(actor)},
        event={"case": case.reference},
    )


@transaction.atomic
def decline_application(
    *, reference: str, reason: str, actor: Actor, expected_version: int | None = None
) -> PublicApplication:
    """The desk doesn't take it in; the citizen reads the reason on the page where they follow it. Errors as `take_in`, a
    missing reason, and one with an identity number in it.
    """
    check_no_number(reason)
    return perform(
        APPLICATION_WORKFLOW,
        _found(reference, actor),
        "application.decline",
        actor=actor,
        reason=reason,
        changes={"decline_reason": reason.strip(), **_handled(actor)},
        expected_version=expected_version,
    )


def _found(reference: str, actor: Actor) -> PublicApplication:
    application = PublicApplication.objects.filter(reference=reference).first()
    if application is None:
        raise TransitionRefused(_("Không có đơn đăng ký %(ref)s.") % {"ref": reference})
    check_area(actor, application.area_code)
    return application


def _handled(actor: Actor) -> Mapping[str, object]:
    return {
        "handled_by_id": actor.pk,
        "handled_by_name": actor.full_name,
        "handled_on": clock.today(),
    }
