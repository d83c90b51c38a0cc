"""What a batch is paid from and into: the budget lines of its area, and the banks that the payees' accounts name."""

from dataclasses import dataclass, field

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from beneficiaries.models import PayoutAccount
from disbursements.enums import PayoutChannel
from disbursements.queries.lines import PayingLine, paying_lines
from disbursements.rules.banks import bank_of
from support_programs.models import Entitlement


@dataclass(frozen=True, slots=True)
class Means:
    """Lines that may pay, and by each bank's name as it was typed its BIN ("" where no bank is recognised); read once."""

    lines: list[PayingLine]
    banks: dict[str, str] = field(default_factory=dict)

    @property
    def known_banks(self) -> list[str]:
        """The typed names that mean a bank."""
        return sorted(name for name, number in self.banks.items() if number)


def means_of(
    programme: str, district: str, source: str, channel: str, people: QuerySet[Entitlement]
) -> Means:
    """One query for the lines, by bank transfer one more for the banks' names."""
    lines = paying_lines(programme, district, source)
    if channel != PayoutChannel.BANK:
        return Means(lines)
    payees = people.order_by().values("claimant")
    accounts = PayoutAccount.objects.filter(
        Q(person__in=payees) | Q(person__joined_to__in=payees), valid_to__isnull=True
    )
    names = accounts.order_by("bank_name").values_list("bank_name", flat=True).distinct()
    found = {name: bank_of(name) for name in names}
    return Means(lines, {name: bank.bin if bank else "" for name, bank in found.items()})


def account_value(column: str, claimant: str = "claimant") -> Coalesce:
    """One column of the account that a payee is paid into: the root's own, else the newest of a joined entry, else NULL."""
    current = PayoutAccount.objects.filter(valid_to__isnull=True)
    own = current.filter(person=OuterRef(claimant)).values(column)
    of_joined = current.filter(person__joined_to=OuterRef(claimant)).order_by("-valid_from", "-pk")
    return Coalesce(Subquery(own), Subquery(of_joined.values(column)[:1]))
