"""The ways of a batch and of a payment instruction."""

from typing import Final

from django.apps import apps
from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from accounts import permissions as may
from core.workflow import Actor, Guard, Transition, Workflow
from disbursements.enums import BatchStatus as B
from disbursements.enums import InstructionStatus as I
from disbursements.enums import StatementRow, StatementState
from disbursements.workflow.shared import (
    NOT_ACCOUNTANT,
    NOT_APPROVER,
    builder_or_approver,
    is_mine,
    suspected_in,
)


def _instruction_in_batch(**lookup: object) -> Exists:
    model = apps.get_model("disbursements", "PaymentInstruction")
    return Exists(model._default_manager.filter(batch=OuterRef("pk"), **lookup))


def _money_approved_by_me(actor: Actor) -> Q:
    return Q(_instruction_in_batch(money_approved_by_id=actor.pk))


def _worked_on_by_me(actor: Actor) -> Q:
    return (
        Q(_instruction_in_batch(entered_by_id=actor.pk))
        | Q(_instruction_in_batch(list_approved_by_id=actor.pk))
        | Q(_instruction_in_batch(entitlement__appraised_by_id=actor.pk))
        | Q(_instruction_in_batch(entitlement__money_appraised_by_id=actor.pk))
    )


def _signed_by_me(actor: Actor) -> Q:
    signatures = apps.get_model("disbursements", "BatchSignature")._default_manager
    # once the last name is there, approving is the system's own step in that person's name
    given = (
        signatures.filter(batch=OuterRef("pk")).order_by().values("batch").annotate(n=Count("pk")).values("n")
    )
    return Q(Exists(signatures.filter(batch=OuterRef("pk"), signer_id=actor.pk))) & Q(
        signatures_needed__gt=Coalesce(Subquery(given), 0)
    )


def _has_suspected(actor: Actor) -> Q:
    return suspected_in("PaymentInstruction", "batch")


def _has_pending(actor: Actor) -> Q:
    return Q(_instruction_in_batch(status__in=[I.QUEUED, *I.pending()]))


def in_a_telling_file() -> Q:
    """Rows of a recorded file; of one that records nothing, those that speak against what was recorded.

    Money that came back after it was recorded as paid, or left a second time, often comes in a file that has nothing to record.
    """
    against = Q(outcome=StatementRow.CONTRADICTION) | Q(
        outcome=StatementRow.REPEATED, twin__recorded_at__isnull=False
    )
    return Q(statement__state=StatementState.RECORDED) | Q(against, statement__state=StatementState.CHECKED)


def _has_open_rows(actor: Actor) -> Q:
    """A row that nobody has settled (queries/statements.py, rows_in_the_way; sql/late_contradictions.sql)."""
    mismatch = Q(outcome__in=StatementRow.mismatches()) & (
        Q(instruction__isnull=True) | ~Q(instruction__status__in=[I.PAID, *I.final_without_payment()])
    )
    rows = apps.get_model("disbursements", "StatementLine")._default_manager.filter(
        Q(outcome__in=StatementRow.never_settled_alone()) | mismatch,
        in_a_telling_file(),
        statement__batch=OuterRef("pk"),
        resolved_by_id__isnull=True,
    )
    return Q(Exists(rows))


MADE_BY_ME: Final = Guard(_("Bạn đã lập đợt chi này nên không được duyệt."), is_mine)
MONEY_APPROVED_BY_ME: Final = Guard(
    _("Bạn đã phê duyệt kinh phí của danh sách trong đợt này nên không được duyệt đợt chi."),
    _money_approved_by_me,
)
# I7: who entered, verified, approved and released differ, also after somebody has moved to another desk
WORKED_ON_BY_ME: Final = Guard(
    _("Bạn đã nhập, thẩm định hoặc duyệt hồ sơ của người trong đợt này nên không được duyệt đợt chi."),
    _worked_on_by_me,
)
SIGNED_BY_ME: Final = Guard(
    _("Bạn đã ký duyệt đợt chi này. Đợt chi cần chữ ký của người khác nữa."), _signed_by_me
)
TOUCHED_BY_ME: Final = Guard(
    _("Bạn đã nhập hồ sơ hoặc duyệt danh sách người trong đợt này nên không được làm việc của kế toán."),
    lambda actor: (
        Q(_instruction_in_batch(entered_by_id=actor.pk))
        | Q(_instruction_in_batch(list_approved_by_id=actor.pk))
    ),
)
SIGNED_THE_RELEASE: Final = Guard(
    _("Bạn đã ký duyệt đợt chi này nên không được bắt đầu chi. Hãy nhờ kế toán khác."),
    lambda actor: (
        Q(approved_by_id=actor.pk)
        | Q(
            Exists(
                apps.get_model("disbursements", "BatchSignature")._default_manager.filter(
                    batch=OuterRef("pk"), signer_id=actor.pk
                )
            )
        )
    ),
)
SUSPECTED: Final = Guard(
    _(
        "Trong đợt có người nghi trùng chưa có câu trả lời. Hãy trả lời hoặc cho chi các cặp đó trước, hoặc hủy đợt chi."
    ),
    _has_suspected,
)
ROWS_OPEN: Final = Guard(
    _("Còn dòng của sao kê, danh sách nộp lại chưa được xử lý nên chưa khóa được."), _has_open_rows
)
STILL_PENDING: Final = Guard(_("Còn lệnh chi chưa có kết quả nên chưa khóa được."), _has_pending)

BATCH_WORKFLOW: Final = Workflow(
    table="disbursements_batch",
    initial=frozenset({B.PREPARING}),
    state_labels={state.value: state.label for state in B},
    transitions=(
        Transition(
            "batch.prepare",
            _("Lập xong đợt chi"),
            frozenset({B.PREPARING}),
            B.PREPARED,
            may.is_accountant,
            NOT_ACCOUNTANT,
        ),
        Transition(
            "batch.approve",
            _("Duyệt đợt chi"),
            frozenset({B.PREPARED}),
            B.APPROVED,
            may.is_provincial_approver,
            NOT_APPROVER,
            guards=(MADE_BY_ME, SIGNED_BY_ME, MONEY_APPROVED_BY_ME, WORKED_ON_BY_ME),
        ),
        Transition(
            "batch.release",
            _("Bắt đầu chi"),
            frozenset({B.APPROVED}),
            B.RELEASED,
            may.is_accountant,
            NOT_ACCOUNTANT,
            guards=(TOUCHED_BY_ME, SIGNED_THE_RELEASE, SUSPECTED),
        ),
        Transition(
            "batch.close",
            _("Khóa đợt chi"),
            frozenset({B.RELEASED}),
            B.CLOSED,
            may.is_accountant,
            NOT_ACCOUNTANT,
            guards=(TOUCHED_BY_ME, STILL_PENDING, ROWS_OPEN),
        ),
        Transition(
            "batch.cancel",
            _("Hủy đợt chi"),
            frozenset({B.PREPARING, B.PREPARED, B.APPROVED}),
            B.CANCELLED,
            builder_or_approver,
            NOT_ACCOUNTANT,
            needs_reason=True,
        ),
    ),
)

PAYEE_TOUCHED_BY_ME: Final = Guard(
    _("Bạn đã nhập hồ sơ hoặc duyệt danh sách của người này nên không được ghi kết quả chi."),
    lambda actor: Q(entered_by_id=actor.pk) | Q(list_approved_by_id=actor.pk),
)
NOT_RELEASED: Final = Guard(
    _("Đợt chi chưa bắt đầu chi hoặc đã khóa."), lambda actor: ~Q(batch__status=B.RELEASED)
)
_RESULT_GUARDS: Final = (PAYEE_TOUCHED_BY_ME, NOT_RELEASED)

INSTRUCTION_WORKFLOW: Final = Workflow(
    table="disbursements_paymentinstruction",
    initial=frozenset({I.QUEUED}),
    state_labels={state.value: state.label for state in I},
    transitions=(
        Transition(
            "instruction.send",
            _("Gửi chi"),
            frozenset({I.QUEUED}),
            I.SENT,
            may.is_accountant,
            NOT_ACCOUNTANT,
            guards=(NOT_RELEASED,),
        ),
        Transition(
            "instruction.pay",
            _("Ghi đã chi"),
            frozenset({I.SENT, I.UNKNOWN}),
            I.PAID,
            may.is_accountant,
            NOT_ACCOUNTANT,
            guards=_RESULT_GUARDS,
        ),
        Transition(
            "instruction.return",
            _("Ghi chi chưa được"),
            frozenset({I.SENT, I.UNKNOWN}),
            I.RETURNED,
            may.is_accountant,
            NOT_ACCOUNTANT,
            guards=_RESULT_GUARDS,
            needs_reason=True,
        ),
        Transition(
            "instruction.fail",
            _("Ghi không chi được"),
            frozenset({I.SENT, I.UNKNOWN}),
            I.FAILED,
            may.is_accountant,
            NOT_ACCOUNTANT,
            guards=_RESULT_GUARDS,
            needs_reason=True,
        ),
        Transition(
            "instruction.doubt",
            _("Ghi chưa rõ kết quả"),
            frozenset({I.SENT}),
            I.UNKNOWN,
            may.is_accountant,
            NOT_ACCOUNTANT,
            guards=_RESULT_GUARDS,
        ),
        Transition(
            "instruction.cancel",
            _("Hủy lệnh chi"),
            frozenset({I.QUEUED}),
            I.CANCELLED,
            builder_or_approver,
            NOT_ACCOUNTANT,
        ),
    ),
)
