"""From which amount a batch needs how many signatures: written by the administrator, for batches prepared from then on."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.permissions import is_administrator
from core.audit import PROVINCE, record_event
from core.money import format_dong
from core.transitions import TransitionRefused
from core.workflow import Actor
from disbursements.models import SignatureRule

MOST_SIGNATURES = 5


@transaction.atomic
def set_signature_rule(*, actor: Actor, from_amount: int, signatures: int, note: str) -> SignatureRule:
    """Have batches of `from_amount` đồng or more need this many signatures; a threshold that exists gets the new number.

    Batches that are prepared keep their number. Refused: who is no administrator (PermissionDenied), a number outside 1 to 5,
    less than a smaller amount needs or more than a larger one does, and a threshold without the paper it is based on (`note`;
    no text of the law is known).
    """
    if not actor.is_active or not is_administrator(actor):
        raise PermissionDenied(_("Việc này do người quản trị làm."))
    if not 1 <= signatures <= MOST_SIGNATURES:
        raise TransitionRefused(_("Số chữ ký phải từ 1 đến %(most)s.") % {"most": MOST_SIGNATURES})
    if not note.strip():
        raise TransitionRefused(_("Hãy ghi căn cứ: văn bản nào giao số chữ ký này."))
    rules = list(SignatureRule.objects.select_for_update().order_by("from_amount"))
    _check_order(rules, from_amount, signatures)
    before = next((rule.signatures for rule in rules if rule.from_amount == from_amount), 0)
    rule, _made = SignatureRule.objects.update_or_create(
        from_amount=from_amount, defaults={"signatures": signatures, "note": note.strip()}
    )
    record_event(
        "signature_rule.changed",
        rule,
        actor=actor,
        reason=note.strip(),
        change={"from_amount": format_dong(from_amount), "signatures": signatures, "before": before},
        area_code=PROVINCE,
    )
    return rule


def _check_order(rules: list[SignatureRule], from_amount: int, signatures: int) -> None:
    for rule in rules:
        is_below = rule.from_amount < from_amount and rule.signatures > signatures
        is_above = rule.from_amount > from_amount and rule.signatures < signatures
        if is_below or is_above:
            raise TransitionRefused(
                _("Từ %(amount)s đồng đang cần %(n)s chữ ký: số tiền lớn hơn không thể cần ít chữ ký hơn.")
                % {"amount": format_dong(rule.from_amount), "n": rule.signatures}
            )
