"""What keeps somebody whose money is approved out of a batch, as codes with sentences; one definition for preview and build."""

from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Case, CharField, Exists, OuterRef, Q, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _

from beneficiaries.models import PayoutAccount
from beneficiaries.queries.duplicates import may_be_somebody_else
from core.wording import Text
from disbursements.enums import PayoutChannel
from disbursements.queries.lines import SEVERAL, PayingLine, budget_line_of
from support_programs.models import Entitlement

DOUBLED: Final = "doubled"
SUSPECTED: Final = "suspected"
NOT_ALLOCATED: Final = "not_allocated"
SEVERAL_SOURCES: Final = "several_sources"
TOUCHED: Final = "touched"
NO_ACCOUNT: Final = "no_account"
NOT_APPROVED: Final = "not_approved"
IN_BATCH: Final = "in_batch"
PAID: Final = "paid"

REASONS: Final[dict[str, Text]] = {
    DOUBLED: _("Hưởng trùng: cùng một người, đã có mức hưởng khác"),
    SUSPECTED: _("Nghi trùng với người khác, chưa có câu trả lời"),
    NOT_ALLOCATED: _("Kinh phí của quyết định chưa được phân bổ về huyện"),
    SEVERAL_SOURCES: _("Quyết định có nhiều nguồn kinh phí: hãy chọn một nguồn"),
    TOUCHED: _("Bạn đã nhập hồ sơ hoặc duyệt danh sách của những người này"),
    NO_ACCOUNT: _("Chưa có số tài khoản nhận tiền"),
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


def with_obstacle(
    rows: QuerySet[Entitlement], *, maker_id: int, channel: str, lines: list[PayingLine]
) -> QuerySet[Any]:
    """The rows with their `paying_line` and the code of the first thing in the way of each; "" where nothing is."""
    obstacles = [
        When(doubles__isnull=False, then=Value(DOUBLED)),
        When(may_be_somebody_else("claimant"), then=Value(SUSPECTED)),
        When(paying_line__isnull=True, then=Value(NOT_ALLOCATED)),
        When(paying_line=SEVERAL, then=Value(SEVERAL_SOURCES)),
        When(Q(entered_by_id=maker_id) | Q(list_approved_by_id=maker_id), then=Value(TOUCHED)),
    ]
    if channel == PayoutChannel.BANK:
        # an account of any entry of the human: the build takes the root's own first
        accounts = PayoutAccount.objects.filter(valid_to__isnull=True)
        has_account = Exists(accounts.filter(person=OuterRef("claimant"))) | Exists(
            accounts.filter(person__joined_to=OuterRef("claimant"))
        )
        obstacles.append(When(~Q(has_account), then=Value(NO_ACCOUNT)))
    found: QuerySet[Any] = rows.annotate(paying_line=budget_line_of(lines)).annotate(
        obstacle=Case(*obstacles, default=Value(""), output_field=CharField())
    )
    return found
