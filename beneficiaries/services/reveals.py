"""One number of a person shown whole to one officer, once; its purpose is in the log, the number never."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from beneficiaries.models import IdentityDocument, PayoutAccount, Person
from beneficiaries.permissions import may_reveal_account, may_reveal_number
from beneficiaries.queries.person_page import entries_of
from core import clock, crypto
from core.audit import record_event
from core.models import Event
from core.text import clean_text, mask_number, without_numbers
from core.wording import Text
from core.workflow import Actor

ACTION: Final = "person.number_revealed"
MOST_PER_HOUR: Final = 30
MOST_NOTE: Final = 200
OTHER: Final = "other"
PURPOSES: Final[dict[str, Text]] = {
    "papers": lazy("Đối chiếu giấy tờ"),
    "appraisal": lazy("Thẩm định hồ sơ"),
    "payment": lazy("Chi trả, đối soát"),
    "citizen": lazy("Trả lời người dân"),
    OTHER: lazy("Việc khác"),
}
_LONG: Final = re.compile(r"\d{8,}")
_HOUR: Final = dt.timedelta(hours=1)
Kind = Literal["number", "account"]


class RevealRefused(Exception):
    """The number isn't shown; the sentence says why and what to do. `field` names where it belongs ("" for none)."""

    def __init__(self, sentence: str, field: str = "") -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True, slots=True)
class Revealable:
    """A number that this actor may ask for: what it is, masked; `code` is what the form sends."""

    code: str
    kind: Kind
    label: str
    masked: str


@dataclass(frozen=True, slots=True)
class Revealed:
    """The number, for one answer."""

    code: str
    label: str
    number: str


def revealables(person: Person, actor: Actor) -> list[Revealable]:
    """Papers (current first) and accounts of a person and of the entries joined to them that the actor's role may see whole.

    Empty for who only reads.
    """
    entries = {entry.pk: entry for entry in entries_of(person, actor)}
    found = []
    if may_reveal_number(actor):
        papers = IdentityDocument.objects.filter(person__in=entries).order_by("-is_current", "-pk")
        found += [
            _revealable("number", paper.pk, _paper_label(paper, entries, person), paper.number_last3)
            for paper in papers
        ]
    if may_reveal_account(actor):
        accounts = PayoutAccount.objects.filter(person__in=entries).order_by("-valid_from", "-pk")
        found += [
            _revealable(
                "account", account.pk, _account_label(account, entries, person), account.account_last3
            )
            for account in accounts
        ]
    return found


def _revealable(kind: Kind, key: int, label: str, last3: str) -> Revealable:
    code = f"paper-{key}" if kind == "number" else f"account-{key}"
    return Revealable(code, kind, label, mask_number(f"000{last3}"))


@transaction.atomic
def reveal_number(*, person: Person, code: str, purpose: str, note: str = "", actor: Actor) -> Revealed:
    """Show one number of a person whole, and record who saw which kind of number for what.

    RevealRefused without a purpose, for "việc khác" without a note, for a number that is not this person's, and after
    MOST_PER_HOUR numbers in an hour. PermissionDenied for a role that doesn't need it, or outside the actor's area.
    """
    is_inside = bool(actor.area_code) and person.area_code.startswith(actor.area_code)
    if not is_inside or not (may_reveal_number(actor) or may_reveal_account(actor)):
        raise PermissionDenied(_("Vai trò của bạn chỉ xem số đã che."))
    note = _LONG.sub("•••", without_numbers(clean_text(note)))[:MOST_NOTE]
    if purpose not in PURPOSES:
        raise RevealRefused(_("Mục đích: hãy chọn bạn xem số để làm gì."), "purpose")
    if purpose == OTHER and not note:
        raise RevealRefused(_("Ghi rõ việc: bạn ghi vài chữ xem số để làm gì."), "note")
    chosen = next((found for found in revealables(person, actor) if found.code == code), None)
    if chosen is None:
        raise RevealRefused(_("Hãy chọn số cần xem."), "code")
    _check_pace(actor)
    record_event(
        ACTION,
        person,
        actor=actor,
        reason=note,
        change={"what": chosen.label, "purpose": str(PURPOSES[purpose]), "kind": chosen.kind},
    )
    return Revealed(code, chosen.label, _number_of(code))


def _check_pace(actor: Actor) -> None:
    """Who leafs through numbers is stopped; counted one after the other, so that two windows don't double it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s), %s)", [ACTION, actor.pk % 2**31])
    since = timezone.now() - _HOUR
    seen = (
        Event.objects.filter(action=ACTION, actor_id=actor.pk, at__gt=since)
        .order_by("at")
        .values_list("at", flat=True)
    )
    if len(seen) >= MOST_PER_HOUR:
        again = timezone.localtime(seen[len(seen) - MOST_PER_HOUR] + _HOUR)
        raise RevealRefused(
            _("Bạn đã xem %(most)s số trong một giờ. Từ %(time)s bạn xem tiếp được.")
            % {"most": MOST_PER_HOUR, "time": f"{again:%H:%M}"}
        )


def _number_of(code: str) -> str:
    kind, _dash, key = code.partition("-")
    if kind == "paper":
        return crypto.decrypt("number", IdentityDocument.objects.get(pk=key).number_encrypted)
    return crypto.decrypt("account", PayoutAccount.objects.get(pk=key).account_encrypted)


def _paper_label(paper: IdentityDocument, entries: Mapping[int, Person], person: Person) -> str:
    if paper.person_id != person.pk:
        of_entry = entries[paper.person_id].reference
        return _("Số %(kind)s của mục %(ref)s") % {"kind": paper.get_kind_display(), "ref": of_entry}
    said = _("Số %(kind)s") if paper.is_current else _("Số %(kind)s trước đây")
    return said % {"kind": paper.get_kind_display()}


def _account_label(account: PayoutAccount, entries: Mapping[int, Person], person: Person) -> str:
    bank = without_numbers(account.bank_name)
    if account.person_id != person.pk:
        of_entry = entries[account.person_id].reference
        return _("Tài khoản %(bank)s của mục %(ref)s") % {"bank": bank, "ref": of_entry}
    is_over = account.valid_to is not None and account.valid_to < clock.today()
    said = _("Tài khoản %(bank)s trước đây") if is_over else _("Tài khoản %(bank)s")
    return said % {"bank": bank}
