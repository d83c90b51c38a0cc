"""What somebody should look at before money goes out: it stops nothing, the maker takes note of it, the approver sees the same.

One definition for the preview and for the batch that was built from it. Where the line lies (twice the usual amount, ten days) is
the system's own choice; no article names it, and the pages say so.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection
from django.db.models import Case, Exists, F, Func, IntegerField, OuterRef, Q, QuerySet, Sum, TextField, When
from django.utils.translation import gettext_lazy as _

from beneficiaries.enums import PairState
from beneficiaries.models import DuplicateCandidate, PayoutAccount, Person
from core.wording import Text
from disbursements.enums import PayoutChannel
from disbursements.models import Batch
from disbursements.queries.account_alerts import fresh_accounts, is_paid_into
from disbursements.queries.means import Means, account_value
from disbursements.queries.payable import BatchScope, payable
from support_programs.enums import VND, EntitlementStatus, GrievanceStatus
from support_programs.models import Entitlement, Grievance

SHARED_ACCOUNT: Final = "shared_account"
NAME_DIFFERS: Final = "name_differs"
ACCOUNT_CHANGED: Final = "account_changed"
SHARED_PHONE: Final = "shared_phone"
UNUSUAL_AMOUNT: Final = "unusual_amount"
COMPLAINT: Final = "complaint"
PASSED_PAIR: Final = "passed_pair"
# an amount is unusual above twice and below half of the middle one of all that the programme has approved
TIMES: Final = 2

LABELS: Final[dict[str, Text]] = {
    SHARED_ACCOUNT: _("Số tài khoản cũng là của người khác"),
    NAME_DIFFERS: _("Tên chủ tài khoản khác tên người nhận"),
    ACCOUNT_CHANGED: _("Vừa đổi tài khoản nhận tiền"),
    SHARED_PHONE: _("Số điện thoại cũng là của người khác cùng hưởng chính sách này"),
    UNUSUAL_AMOUNT: _("Số tiền khác xa mức thường gặp của chính sách"),
    COMPLAINT: _("Hồ sơ hoặc danh sách có khiếu nại, phản ánh chưa trả lời"),
    PASSED_PAIR: _("Nghi trùng chưa có câu trả lời, đã được cho chi"),
}
HINTS: Final[dict[str, Text]] = {
    SHARED_ACCOUNT: _("Đối chiếu với người nhận: cha mẹ nhận thay con, hay ghi nhầm số."),
    NAME_DIFFERS: _("So tên không dấu, không phân biệt chữ hoa; thứ tự các chữ phải giống nhau."),
    ACCOUNT_CHANGED: _("Gọi hoặc gặp người nhận để đối chiếu trước khi chuyển tiền."),
    SHARED_PHONE: _("Có thể là người cùng nhà; xem có ai nhận thay nhiều người không."),
    UNUSUAL_AMOUNT: _(
        "Hơn 2 lần hoặc chưa đến một nửa mức đứng giữa của các mức đã duyệt. Mốc do hệ thống đặt, chưa có văn bản quy định."
    ),
    COMPLAINT: _("Xem khiếu nại trước khi chi; khiếu nại về danh sách tính cho mọi người trong danh sách."),
    PASSED_PAIR: _("Người cho chi và lý do có ở trang cặp nghi trùng."),
}


@dataclass(frozen=True, slots=True)
class WarningGroup:
    """One warning and how many people of the payout it is about; `seen` is the number that the maker took note of."""

    code: str
    people: int
    seen: int | None = None
    names: tuple[str, ...] = ()

    @property
    def label(self) -> Text:
        return LABELS[self.code]

    @property
    def hint(self) -> Text:
        return HINTS[self.code]

    @property
    def has_changed(self) -> bool:
        """The register says something else now than when the batch was asked for."""
        return self.seen is not None and self.seen != self.people

    @property
    def more(self) -> int:
        """People behind the names shown."""
        return self.people - len(self.names)


class PlainName(Func):
    """A name as two banks would write it alike: no marks, small letters, single spaces, i for y; order of the words kept."""

    template = (
        "btrim(regexp_replace(translate(lower(translate(regexp_replace(normalize(%(expressions)s, NFD), "
        "U&'[\\0300-\\036F]', '', 'g'), 'Đđ', 'dd')), 'y', 'i'), '[^a-z0-9]+', ' ', 'g'))"
    )
    output_field = TextField()


def preview_warnings(scope: BatchScope, means: Means, on: dt.date) -> tuple[WarningGroup, ...]:
    """What a batch of this scope would be warned of; two queries."""
    return _counted(payable(scope, means), scope.programme, scope.channel, on)


def batch_warnings(batch: Batch, on: dt.date, shown: int = 5) -> tuple[WarningGroup, ...]:
    """What there is to look at in a batch now, beside what its maker took note of; the first names of each."""
    found = {
        group.code: group.people
        for group in _counted(_of_batch(batch), batch.programme_id, batch.channel, on)
    }
    return tuple(
        WarningGroup(
            code,
            found.get(code, 0),
            batch.warnings.get(code, 0),
            tuple(warned_of_batch(batch, code, on).values_list("payee_name", flat=True)[:shown])
            if code in found
            else (),
        )
        for code in LABELS
        if code in found or code in batch.warnings
    )


def warned_of_scope(scope: BatchScope, means: Means, code: str, on: dt.date) -> QuerySet[Entitlement]:
    """The people of a preview behind one warning, by commune and name; nobody for a code that is none."""
    return _warned(payable(scope, means), scope.programme, scope.channel, code, on)


def warned_of_batch(batch: Batch, code: str, on: dt.date) -> QuerySet[Entitlement]:
    """The people of a batch behind one warning as the register is now."""
    return _warned(_of_batch(batch), batch.programme_id, batch.channel, code, on)


def _of_batch(batch: Batch) -> QuerySet[Entitlement]:
    found: QuerySet[Entitlement] = Entitlement.objects.filter(instructions__batch=batch)
    return found


def _counted(
    rows: QuerySet[Entitlement], programme: str, channel: str, on: dt.date
) -> tuple[WarningGroup, ...]:
    conditions = _conditions(programme, channel, on)
    flags = {
        f"is_{code}": Case(When(condition, then=1), default=0, output_field=IntegerField())
        for code, condition in conditions.items()
    }
    flagged = _with_account(rows, channel).annotate(**flags)
    counted = flagged.aggregate(**{code: Sum(f"is_{code}", default=0) for code in conditions})
    return tuple(WarningGroup(code, counted[code]) for code in conditions if counted[code])


def _warned(
    rows: QuerySet[Entitlement], programme: str, channel: str, code: str, on: dt.date
) -> QuerySet[Entitlement]:
    condition = _conditions(programme, channel, on).get(code)
    if condition is None:
        return rows.none()
    found = _with_account(rows, channel).filter(condition)
    return found.select_related("case").order_by("area_code", "case__name_sort", "pk")


def _with_account(rows: QuerySet[Entitlement], channel: str) -> QuerySet[Any]:
    if channel != PayoutChannel.BANK:
        return rows
    return rows.annotate(
        warned_index=account_value("account_index"),
        warned_holder=PlainName(account_value("holder_name")),
        warned_name=PlainName(F("payee_name")),
    )


def _conditions(programme: str, channel: str, on: dt.date) -> dict[str, Q]:
    """Each warning as a condition over entitlements, in the order shown; those of accounts only where money goes into them."""
    found = {}
    if channel == PayoutChannel.BANK:
        found = {
            SHARED_ACCOUNT: Q(Exists(_other_owners())),
            NAME_DIFFERS: Q(warned_holder__isnull=False) & ~Q(warned_holder=F("warned_name")),
            ACCOUNT_CHANGED: is_paid_into(fresh_accounts(on).filter(valid_to__isnull=True), "claimant"),
        }
    middle = middle_amount(programme)
    return found | {
        SHARED_PHONE: Q(claimant__phone__gt="") & Q(Exists(_others_with_the_phone(programme))),
        UNUSUAL_AMOUNT: Q(amount__gt=middle * TIMES) | Q(amount__lt=middle / TIMES),
        COMPLAINT: Q(Exists(_open_complaints(case=OuterRef("case"))))
        | Q(Exists(_open_complaints(case_list=OuterRef("case_list")))),
        PASSED_PAIR: _was_let_pass(),
    }


def middle_amount(programme: str) -> int:
    """The middle one (median) of all amounts that a programme has approved, đồng; 0 where there is none. One query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY amount) FROM support_programs_entitlement"
            " WHERE programme_id = %s AND unit = %s AND status = ANY(%s)",
            [programme, VND, [status.value for status in EntitlementStatus.after_decision()]],
        )
        return cursor.fetchone()[0] or 0


def _other_owners() -> QuerySet[PayoutAccount]:
    """Current accounts with the payee's number that belong to another human."""
    accounts = PayoutAccount.objects.filter(valid_to__isnull=True, account_index=OuterRef("warned_index"))
    return accounts.filter(_somebody_else("person_id", "person__joined_to_id"))


def _others_with_the_phone(programme: str) -> QuerySet[Person]:
    owed = Entitlement.objects.filter(programme=programme).exclude(status=EntitlementStatus.CANCELLED)
    people = Person.objects.filter(phone=OuterRef("claimant__phone"), phone__gt="")
    others = people.filter(_somebody_else("pk", "joined_to_id"))
    return others.filter(Exists(owed.filter(claimant=OuterRef("pk"))))


def _somebody_else(person: str, joined_to: str) -> Q:
    """Not the payee, nor an entry that counts as the payee."""
    is_other = ~Q(**{person: OuterRef("claimant_id")})
    return is_other & (Q(**{f"{joined_to}__isnull": True}) | ~Q(**{joined_to: OuterRef("claimant_id")}))


def _open_complaints(**about: OuterRef) -> QuerySet[Grievance]:
    found: QuerySet[Grievance] = Grievance.objects.filter(status__in=GrievanceStatus.open(), **about)
    return found


def _was_let_pass() -> Q:
    """In a pair that nobody answered and somebody let pass, themselves or an entry that counts as them."""
    pairs = DuplicateCandidate.objects.filter(state__in=PairState.unanswered(), passed_by_id__isnull=False)
    found = Q()
    for side in ("first", "second", "first__joined_to", "second__joined_to"):
        found |= Q(Exists(pairs.filter(**{side: OuterRef("claimant")})))
    return found
