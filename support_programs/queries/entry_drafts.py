"""Forms that somebody has begun and not yet handed in; each sees their own only."""

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core import clock, crypto
from core.workflow import Actor
from support_programs.models import Case, ClaimDraft
from support_programs.permissions import intake
from support_programs.queries.queues import Group, QueueRows


@dataclass(frozen=True, slots=True)
class DraftShown:
    """One begun form: whose dossier it is ("" while no name stands in it), of which programme, when it was last kept."""

    pk: int
    code: str
    programme: str
    name: str
    kept_at: dt.datetime


def own_drafts(actor: Actor) -> QuerySet[ClaimDraft]:
    """This person's drafts of the area where they work now; nobody else's, whatever their role."""
    return ClaimDraft.objects.filter(user_id=actor.pk, area_code=actor.area_code)


def drafts_of(actor: Actor) -> list[DraftShown]:
    """Their drafts, the last typed first; one query."""
    rows = own_drafts(actor).select_related("programme").order_by("-updated_at", "-pk")
    return [
        DraftShown(
            row.pk, row.programme_id, row.programme.short_name, _name_of(typed_in(row)), row.updated_at
        )
        for row in rows
    ]


def typed_in(draft: ClaimDraft) -> dict[str, str]:
    """What stands in a draft, by the names of the form's fields."""
    return {
        str(name): str(value)
        for name, value in json.loads(crypto.decrypt("row", draft.raw_encrypted)).items()
    }


def _name_of(typed: dict[str, str]) -> str:
    return typed.get("applicant-full_name", "").strip() or typed.get("employer-name", "").strip()


def queue_of_drafts(actor: Actor) -> Iterable[QueueRows]:
    """«Bản đang nhập» on the worklist of who takes dossiers in, while there are some."""
    if not intake(actor):
        return []
    url = f"{reverse('support_programs:claim_choose')}#drafts"
    return [QueueRows(_("Bản đang nhập"), url, own_drafts(actor), group=Group.MINE)]


def taken_in_today(actor: Actor) -> int:
    """How many dossiers this person has typed in themselves since midnight, for their own area."""
    midnight = timezone.localtime(clock.now()).replace(hour=0, minute=0, second=0, microsecond=0)
    own = Case.objects.filter(area_code=actor.area_code, entered_by_id=actor.pk, import_row__isnull=True)
    return own.filter(created_at__gte=midnight).count()
