"""How many signatures an amount asks for, and who has given theirs."""

from disbursements.models import SignatureRule


def signatures_for(amount: int) -> int:
    """Signatures of different people that a batch of this many đồng needs; the database refuses fewer at the freeze."""
    rule = SignatureRule.objects.filter(from_amount__lte=amount).order_by("-signatures").first()
    return rule.signatures if rule else 1
