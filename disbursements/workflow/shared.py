"""What the ways of money and of goods share."""

from typing import Final

from django.apps import apps
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts import permissions as may
from accounts.enums import Role
from beneficiaries.enums import PairState
from core.workflow import Actor

NOT_ACCOUNTANT: Final = _("Việc này do kế toán làm.")
NOT_APPROVER: Final = _("Việc này do người phê duyệt cấp tỉnh làm.")
builder_or_approver: Final = may.has_any(Role.ACCOUNTANT, Role.PROVINCIAL_APPROVER)


def is_mine(actor: Actor) -> Q:
    return Q(created_by_id=actor.pk)


def suspected_in(line: str, parent: str) -> Q:
    """A line of somebody who may be another human; nobody answered or let it pass yet."""
    lines = apps.get_model("disbursements", line)._default_manager
    pairs = apps.get_model("beneficiaries", "DuplicateCandidate")._default_manager.filter(
        state__in=PairState.unanswered(), passed_by_id__isnull=True
    )
    found = Q()
    for side in ("first", "second", "first__joined_to", "second__joined_to"):
        found |= Q(Exists(pairs.filter(**{side: OuterRef("entitlement__claimant")})))
    return Q(Exists(lines.filter(found, **{parent: OuterRef("pk")})))
