"""What keeps somebody whose money is approved out of a batch, as codes with sentences; one definition for preview and build."""

from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Case, CharField, Exists, OuterRef, Q, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _

from beneficiaries.queries.duplicates import may_be_somebody_else
from core.wording import Text
from disbursements.enums import PayoutChannel, ReturnReason
from disbursements.models import PaymentInstruction
from disbursements.queries.lines import SEVERAL, budget_line_of
from disbursements.queries.means import Means, account_value
from disbursements.queries.unclaimed import money_went_back
from support_programs.models import Entitlement

DOUBLED: Final = "doubled"
SUSPECTED: Final = "suspected"
NOT_ALLOCATED: Final = "not_allocated"
SEVERAL_SOURCES: Final = "several_sources"
TOUCHED: Final = "touched"
GONE_BACK: Final = "gone_back"
NOT_BY_EMPLOYER: Final = "not_by_employer"
NO_ACCOUNT: Final = "no_account"
UNKNOWN_BANK: Final = "unknown_bank"
SAME_WRONG_ACCOUNT: Final = "same_wrong_account"
NOT_APPROVED: Final = "not_approved"
IN_BATCH: Final = "in_batch"
PAID: Final = "paid"

REASONS: Final[dict[str, Text]] = {
    DOUBLED: _("Hưởng trùng: cùng một người, đã có mức hưởng khác"),
    SUSPECTED: _("Nghi trùng với người khác, chưa có câu trả lời"),
    NOT_ALLOCATED: _("Kinh phí của quyết định chưa được phân bổ về huyện"),
    SEVERAL_SOURCES: _("Quyết định có nhiều nguồn kinh phí: hãy chọn một nguồn"),
    TOUCHED: _("Bạn đã nhập hồ sơ hoặc duyệt danh sách của những người này"),
    GONE_BACK: _("Tiền đã hoàn trả ngân sách, cần mở lại và phân bổ lại"),
    NOT_BY_EMPLOYER: _("Không thuộc danh sách của người sử dụng lao động: hãy chọn hình thức khác"),
    NO_ACCOUNT: _("Chưa có số tài khoản nhận tiền: hãy ghi tài khoản, hoặc chi tiền mặt"),
    UNKNOWN_BANK: _("Chưa rõ tài khoản của ngân hàng nào: hãy sửa tên ngân hàng, hoặc chi tiền mặt"),
    SAME_WRONG_ACCOUNT: _("Lần chi trước sai tài khoản, tài khoản chưa sửa: hãy sửa, hoặc chi tiền mặt"),
    NOT_APPROVED: _("Tỉnh chưa duyệt kinh phí"),
    IN_BATCH: _("Đã ở trong một đợt chi khác"),
    PAID: _("Đã chi trả"),
}


@dataclass(frozen=True, slots=True)
class Exclusion:
    """A group of people whom the batch leaves out, with the reason."""

    code: str
    people: int
    amount: int

    @property
    def reason(self) -> Text:
        return REASONS[self.code]

    @property
    def is_suspected(self) -> bool:
        """Each of these people has a pair to be answered."""
        return self.code == SUSPECTED


def with_obstacle(rows: QuerySet[Entitlement], *, maker_id: int, channel: str, means: Means) -> QuerySet[Any]:
    """The rows with their `paying_line` and the code of the first thing in the way of each; "" where nothing is."""
    obstacles = [
        When(doubles__isnull=False, then=Value(DOUBLED)),
        When(may_be_somebody_else("claimant"), then=Value(SUSPECTED)),
        When(money_went_back(), then=Value(GONE_BACK)),
        When(paying_line__isnull=True, then=Value(NOT_ALLOCATED)),
        When(paying_line=SEVERAL, then=Value(SEVERAL_SOURCES)),
        When(Q(entered_by_id=maker_id) | Q(list_approved_by_id=maker_id), then=Value(TOUCHED)),
    ]
    found: QuerySet[Any] = rows.annotate(paying_line=budget_line_of(means.lines))
    if channel == PayoutChannel.EMPLOYER:
        obstacles.append(When(case_list__employer__isnull=True, then=Value(NOT_BY_EMPLOYER)))
    if channel == PayoutChannel.BANK:
        found = found.annotate(
            paid_bank=account_value("bank_name"), paid_index=account_value("account_index")
        )
        obstacles += [
            When(paid_bank__isnull=True, then=Value(NO_ACCOUNT)),
            When(~Q(paid_bank__in=means.known_banks), then=Value(UNKNOWN_BANK)),
            When(Exists(_failed_into_the_same_account()), then=Value(SAME_WRONG_ACCOUNT)),
        ]
    named: QuerySet[Any] = found.annotate(
        obstacle=Case(*obstacles, default=Value(""), output_field=CharField())
    )
    return named


def _failed_into_the_same_account() -> QuerySet[PaymentInstruction]:
    """An earlier attempt that the account itself stopped, and whose account is still the one that would be paid into."""
    found: QuerySet[PaymentInstruction] = PaymentInstruction.objects.filter(
        entitlement=OuterRef("pk"),
        result_code__in=ReturnReason.of_account(),
        account_index=OuterRef("paid_index"),
    )
    return found
