"""People who may be entitled and have no case: handed to their commune, which looks them up and says what came of it."""

from collections.abc import Collection
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from beneficiaries.models import Person
from core import clock
from core.audit import record_event, record_events
from core.text import clean_text, without_numbers
from core.transitions import StaleRecord, TransitionRefused
from core.workflow import Actor
from support_programs.enums import OutreachState
from support_programs.models import Outreach, Programme
from support_programs.permissions import NOT_COMMUNE, case_appraiser, commune
from support_programs.queries.left_behind import Sought, chosen_people
from support_programs.services.scope import check_area, check_role

MOST: Final = 20_000
LONGEST_NOTE: Final = 500
NOT_HANDING: Final = lazy("Việc này do chuyên viên cấp huyện hoặc Sở làm.")
# answers that need a word on why
_WITH_NOTE: Final = (OutreachState.DECLINED, OutreachState.NOT_ENTITLED, OutreachState.MOVED)


@transaction.atomic
def hand_over(sought: Sought, references: Collection[str], *, every: bool, actor: Actor) -> int:
    """Hand people who are left behind to their communes: the named ones, or every one that is sought. Gives how many are new.

    Who has a case by now, or was handed over before, is left alone, so that sending it twice changes nothing. PermissionDenied
    for everybody but the district's and the department's officers of the area; TransitionRefused for more than 20,000 at once,
    and where nobody was named.
    """
    check_area(actor, sought.area_code)
    check_role(actor, case_appraiser, NOT_HANDING)
    if not every and not references:
        raise TransitionRefused(_("Hãy chọn ít nhất một người."))
    today, programme = clock.today(), sought.definition.programme
    # one hand-over of a programme at a time: who comes second finds nobody left
    Programme.objects.select_for_update(no_key=True).get(pk=programme)
    people = chosen_people(sought, references, every=every, on=today)
    if len(people) > MOST:
        raise TransitionRefused(_("Nhiều hơn 20.000 người. Hãy chọn địa bàn nhỏ hơn rồi giao từng phần."))
    Outreach.objects.bulk_create(
        (
            Outreach(
                area_code=area_code,
                programme_id=programme,
                person_id=person_id,
                result=result,
                letters=letters,
                handed_by_id=actor.pk,
                handed_by_name=actor.full_name,
                handed_on=today,
            )
            for person_id, area_code, result, letters in people
        ),
        batch_size=2_000,
    )
    return record_events(
        "outreach.handed",
        Person.objects.filter(pk__in=[row[0] for row in people]),
        actor=actor,
        change={"programme": sought.definition.short_name},
    )


@transaction.atomic
def answer_outreach(
    outreach: Outreach, *, state: str, note: str, actor: Actor, expected_version: int | None = None
) -> Outreach:
    """The commune says what came of looking somebody up. An answer can be given anew; the log keeps the earlier one.

    PermissionDenied outside the commune; TransitionRefused for no answer, one that needs a note and has none, and a note that is
    too long; StaleRecord after somebody else's answer.
    """
    check_area(actor, outreach.area_code)
    check_role(actor, commune, NOT_COMMUNE)
    locked = Outreach.objects.select_for_update(of=("self",)).select_related("programme").get(pk=outreach.pk)
    if expected_version is not None and locked.version != expected_version:
        raise StaleRecord(
            _("%(name)s vừa trả lời về người này. Hãy xem lại.") % {"name": locked.answered_by_name}
        )
    words = without_numbers(clean_text(note))
    if state not in OutreachState.values or state == OutreachState.WAITING:
        raise TransitionRefused(_("Hãy chọn kết quả rà soát."))
    if len(words) > LONGEST_NOTE:
        raise TransitionRefused(_("Ghi chú không quá %(length)s ký tự.") % {"length": LONGEST_NOTE})
    if state in _WITH_NOTE and not words:
        raise TransitionRefused(_("Hãy ghi chú vì sao, để huyện và người dân biết."))
    locked.state, locked.note = state, words
    locked.answered_by_id, locked.answered_by_name = actor.pk, actor.full_name
    locked.answered_on, locked.version = clock.today(), locked.version + 1
    locked.save()
    record_event(
        "outreach.answered",
        Person.objects.get(pk=locked.person_id),
        actor=actor,
        reason=words,
        change={"programme": locked.programme.short_name, "answer": str(OutreachState(state).label)},
    )
    return locked


def may_hand_over(actor: Actor) -> bool:
    """Who hands people to communes: the officers of the district and of the department."""
    return actor.is_active and case_appraiser(actor)
