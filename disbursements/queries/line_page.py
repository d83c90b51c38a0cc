"""One payment instruction as its page shows it: what it pays, its attempts, who received, what happened to it."""

from dataclasses import dataclass
from typing import Any

from accounts.queries import area_name
from beneficiaries.models import Person
from beneficiaries.permissions import may_reveal_account, may_reveal_number
from core.workflow import Actor
from disbursements.models import CashProxy, PaymentInstruction
from disbursements.rules.banks import Bank, bank_by_bin
from support_programs.queries.case_page import history_of


@dataclass(frozen=True, slots=True)
class Attempt:
    """One line of the same entitlement; `url` is empty outside the reader's area."""

    line: PaymentInstruction
    is_this: bool


@dataclass(frozen=True, slots=True)
class LinePage:
    """Everything about a line that a reader may see; numbers stay masked."""

    line: PaymentInstruction
    area: str
    bank: Bank | None
    attempts: tuple[Attempt, ...]
    proxies: tuple[CashProxy, ...]
    person_reference: str
    may_reveal: bool
    events: list[Any]


def line_page(line: PaymentInstruction, actor: Actor) -> LinePage:
    """Five statements, whatever the line has been through."""
    attempts = PaymentInstruction.objects.visible_to(actor).filter(entitlement=line.entitlement_id)
    claimant = line.entitlement.claimant_id
    person = Person.objects.visible_to(actor).filter(pk=claimant).first() if claimant else None
    return LinePage(
        line=line,
        area=area_name(line.area_code),
        bank=bank_by_bin(line.bank_bin),
        attempts=tuple(Attempt(found, found.pk == line.pk) for found in attempts.order_by("-attempt")),
        proxies=tuple(line.proxies.order_by("-ordinal")),
        person_reference=person.reference if person else "",
        may_reveal=person is not None and (may_reveal_number(actor) or may_reveal_account(actor)),
        events=history_of("disbursements.paymentinstruction", line.pk),
    )
