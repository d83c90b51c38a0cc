"""A donor's wish not to be named on the public pages, and its end."""

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from core import clock
from core.audit import record_event
from core.transitions import TransitionRefused
from core.workflow import Actor
from disbursements.models import Donation
from reports.models import UnnamedDonor
from reports.permissions import keeps_reports
from support_programs.services.scope import check_area, check_no_number


@transaction.atomic
def hide_donor(donation: Donation, *, note: str, actor: Actor) -> UnnamedDonor:
    """From now on the public pages show the donation without the donor's name. Refused: no note, or it is so already."""
    words = _checked(donation, note, actor)
    try:
        with transaction.atomic():
            made = UnnamedDonor.objects.create(
                area_code=donation.area_code,
                donation=donation,
                note=words,
                asked_on=clock.today(),
                recorded_by_id=actor.pk,
                recorded_by_name=actor.full_name,
            )
    except IntegrityError as error:
        raise TransitionRefused(_("Khoản ủng hộ này đã không nêu tên.")) from error
    record_event("donor.unnamed", donation, actor=actor, reason=words)
    return made


@transaction.atomic
def name_donor(donation: Donation, *, note: str, actor: Actor) -> UnnamedDonor:
    """The name stands on the public pages again. Refused: no note, or it stands there already."""
    words = _checked(donation, note, actor)
    rows = UnnamedDonor.objects.select_for_update(of=("self",))
    wish = rows.filter(donation=donation, ended_on__isnull=True).first()
    if wish is None:
        raise TransitionRefused(_("Khoản ủng hộ này đang nêu tên."))
    wish.ended_on, wish.ended_note = clock.today(), words
    wish.ended_by_id, wish.ended_by_name = actor.pk, actor.full_name
    wish.save(update_fields=["ended_on", "ended_note", "ended_by_id", "ended_by_name"])
    record_event("donor.named_again", donation, actor=actor, reason=words)
    return wish


def _checked(donation: Donation, note: str, actor: Actor) -> str:
    check_area(actor, donation.area_code)
    if not actor.is_active or not keeps_reports(actor):
        raise PermissionDenied(_("Việc này do chuyên viên Sở LĐ-TBXH làm."))
    words = note.strip()[:300]
    if not words:
        raise TransitionRefused(_("Hãy ghi chú: nhà tài trợ đề nghị thế nào."))
    check_no_number(words)
    return words
