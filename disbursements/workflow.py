"""The ways of a batch and of a payment instruction."""

from functools import partial
from typing import Final

from django.apps import apps
from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from accounts import permissions as may
from accounts.enums import Role
from beneficiaries.enums import PairState
from core.workflow import Actor, Guard, Transition, Workflow
from disbursements.enums import BatchStatus as B
from disbursements.enums import HandoutLineStatus as L
from disbursements.enums import HandoutStatus as H
from disbursements.enums import InstructionStatus as I
from disbursements.enums import StatementRow, StatementState

_NOT_ACCOUNTANT: Final = _("Việc này do kế toán làm.")
_NOT_APPROVER: Final = _("Việc này do người phê duyệt cấp tỉnh làm.")
_builder_or_approver: Final = may.has_any(Role.ACCOUNTANT, Role.PROVINCIAL_APPROVER)


def _instruction_in_batch(**lookup: object) -> Exists:
    model = apps.get_model("disbursements", "PaymentInstruction")
    return Exists(model._default_manager.filter(batch=OuterRef("pk"), **lookup))


def _is_mine(actor: Actor) -> Q:
    return Q(created_by_id=actor.pk)


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


def _suspected_in(line: str, parent: str) -> Q:
    """A line of somebody who may be another human; nobody answered or let it pass yet."""
    lines = apps.get_model("disbursements", line)._default_manager
    pairs = apps.get_model("beneficiaries", "DuplicateCandidate")._default_manager.filter(
        state__in=PairState.unanswered(), passed_by_id__isnull=True
    )
    found = Q()
    for side in ("first", "second", "first__joined_to", "second__joined_to"):
        found |= Q(Exists(pairs.filter(**{side: OuterRef("entitlement__claimant")})))
    return Q(Exists(lines.filter(found, **{parent: OuterRef("pk")})))


def _has_suspected(actor: Actor) -> Q:
    return _suspected_in("PaymentInstruction", "batch")


def _has_pending(actor: Actor) -> Q:
    return Q(_instruction_in_batch(status__in=[I.QUEUED, *I.pending()]))


def _has_open_rows(actor: Actor) -> Q:
    """A row of a recorded statement that nobody has settled (queries/statements.py, rows_in_the_way; sql/statements.sql)."""
    mismatch = Q(outcome__in=StatementRow.mismatches()) & (
        Q(instruction__isnull=True) | ~Q(instruction__status__in=[I.PAID, *I.final_without_payment()])
    )
    rows = apps.get_model("disbursements", "StatementLine")._default_manager.filter(
        Q(outcome__in=StatementRow.never_settled_alone()) | mismatch,
        statement__batch=OuterRef("pk"),
        statement__state=StatementState.RECORDED,
        resolved_by_id__isnull=True,
    )
    return Q(Exists(rows))


MADE_BY_ME: Final = Guard(_("Bạn đã lập đợt chi này nên không được duyệt."), _is_mine)
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
            _NOT_ACCOUNTANT,
        ),
        Transition(
            "batch.approve",
            _("Duyệt đợt chi"),
            frozenset({B.PREPARED}),
            B.APPROVED,
            may.is_provincial_approver,
            _NOT_APPROVER,
            guards=(MADE_BY_ME, SIGNED_BY_ME, MONEY_APPROVED_BY_ME, WORKED_ON_BY_ME),
        ),
        Transition(
            "batch.release",
            _("Bắt đầu chi"),
            frozenset({B.APPROVED}),
            B.RELEASED,
            may.is_accountant,
            _NOT_ACCOUNTANT,
            guards=(TOUCHED_BY_ME, SIGNED_THE_RELEASE, SUSPECTED),
        ),
        Transition(
            "batch.close",
            _("Khóa đợt chi"),
            frozenset({B.RELEASED}),
            B.CLOSED,
            may.is_accountant,
            _NOT_ACCOUNTANT,
            guards=(TOUCHED_BY_ME, STILL_PENDING, ROWS_OPEN),
        ),
        Transition(
            "batch.cancel",
            _("Hủy đợt chi"),
            frozenset({B.PREPARING, B.PREPARED, B.APPROVED}),
            B.CANCELLED,
            _builder_or_approver,
            _NOT_ACCOUNTANT,
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
            _NOT_ACCOUNTANT,
            guards=(NOT_RELEASED,),
        ),
        Transition(
            "instruction.pay",
            _("Ghi đã chi"),
            frozenset({I.SENT, I.UNKNOWN}),
            I.PAID,
            may.is_accountant,
            _NOT_ACCOUNTANT,
            guards=_RESULT_GUARDS,
        ),
        Transition(
            "instruction.return",
            _("Ghi chi chưa được"),
            frozenset({I.SENT, I.UNKNOWN}),
            I.RETURNED,
            may.is_accountant,
            _NOT_ACCOUNTANT,
            guards=_RESULT_GUARDS,
            needs_reason=True,
        ),
        Transition(
            "instruction.fail",
            _("Ghi không chi được"),
            frozenset({I.SENT, I.UNKNOWN}),
            I.FAILED,
            may.is_accountant,
            _NOT_ACCOUNTANT,
            guards=_RESULT_GUARDS,
            needs_reason=True,
        ),
        Transition(
            "instruction.doubt",
            _("Ghi chưa rõ kết quả"),
            frozenset({I.SENT}),
            I.UNKNOWN,
            may.is_accountant,
            _NOT_ACCOUNTANT,
            guards=_RESULT_GUARDS,
        ),
        Transition(
            "instruction.cancel",
            _("Hủy lệnh chi"),
            frozenset({I.QUEUED}),
            I.CANCELLED,
            _builder_or_approver,
            _NOT_ACCOUNTANT,
        ),
    ),
)


def _handout_line(**lookup: object) -> Exists:
    model = apps.get_model("disbursements", "HandoutLine")
    return Exists(model._default_manager.filter(handout=OuterRef("pk"), **lookup))


def _any_line_by(actor: Actor, *columns: str) -> Q:
    found = Q()
    for column in columns:
        found |= Q(_handout_line(**{column: actor.pk}))
    return found


HANDOUT_MADE_BY_ME: Final = Guard(_("Bạn đã lập đợt cấp phát này nên không được duyệt."), _is_mine)
HANDOUT_WORKED_ON_BY_ME: Final = Guard(
    _("Bạn đã nhập, thẩm định hoặc duyệt hồ sơ của người trong đợt này nên không được duyệt đợt cấp phát."),
    lambda actor: _any_line_by(
        actor,
        "entered_by_id",
        "list_approved_by_id",
        "money_approved_by_id",
        "entitlement__appraised_by_id",
        "entitlement__money_appraised_by_id",
        "case_list__concluded_by_id",
    ),
)
HANDOUT_TOUCHED_BY_ME: Final = Guard(
    _("Bạn đã nhập hồ sơ hoặc duyệt danh sách người trong đợt này nên không được làm việc của kế toán."),
    lambda actor: _any_line_by(actor, "entered_by_id", "list_approved_by_id"),
)
HANDOUT_SUSPECTED: Final = Guard(
    _(
        "Trong đợt có người nghi trùng chưa có câu trả lời. Hãy trả lời các cặp đó trước, hoặc hủy đợt cấp phát."
    ),
    lambda actor: _suspected_in("HandoutLine", "handout"),
)
HANDOUT_WAITING: Final = Guard(
    _("Còn người chưa có kết quả nhận hàng nên chưa khóa được."),
    lambda actor: Q(_handout_line(status=L.WAITING)),
)

_by_accountant: Final = partial(Transition, permission=may.is_accountant, denied=_NOT_ACCOUNTANT)

HANDOUT_WORKFLOW: Final = Workflow(
    table="disbursements_handout",
    initial=frozenset({H.PREPARING}),
    state_labels={state.value: state.label for state in H},
    transitions=(
        _by_accountant("handout.prepare", _("Lập xong đợt cấp phát"), frozenset({H.PREPARING}), H.PREPARED),
        Transition(
            "handout.approve",
            _("Duyệt đợt cấp phát"),
            frozenset({H.PREPARED}),
            H.APPROVED,
            may.is_provincial_approver,
            _NOT_APPROVER,
            guards=(HANDOUT_MADE_BY_ME, HANDOUT_WORKED_ON_BY_ME),
        ),
        _by_accountant(
            "handout.start",
            _("Xuất kho, bắt đầu cấp phát"),
            frozenset({H.APPROVED}),
            H.HANDING,
            guards=(HANDOUT_TOUCHED_BY_ME, HANDOUT_SUSPECTED),
        ),
        _by_accountant(
            "handout.close",
            _("Khóa đợt cấp phát"),
            frozenset({H.HANDING}),
            H.CLOSED,
            guards=(HANDOUT_TOUCHED_BY_ME, HANDOUT_WAITING),
        ),
        Transition(
            "handout.cancel",
            _("Hủy đợt cấp phát"),
            frozenset({H.PREPARING, H.PREPARED, H.APPROVED}),
            H.CANCELLED,
            _builder_or_approver,
            _NOT_ACCOUNTANT,
            needs_reason=True,
        ),
    ),
)

RECEIVER_TOUCHED_BY_ME: Final = Guard(
    _("Bạn đã nhập hồ sơ hoặc duyệt danh sách của người này nên không được ghi kết quả cấp phát."),
    lambda actor: Q(entered_by_id=actor.pk) | Q(list_approved_by_id=actor.pk),
)
NOT_HANDING: Final = Guard(
    _("Đợt cấp phát chưa bắt đầu hoặc đã khóa."), lambda actor: ~Q(handout__status=H.HANDING)
)

HANDOUT_LINE_WORKFLOW: Final = Workflow(
    table="disbursements_handoutline",
    initial=frozenset({L.WAITING}),
    state_labels={state.value: state.label for state in L},
    transitions=(
        _by_accountant(
            "handout_line.receive",
            _("Ghi đã nhận hàng"),
            frozenset({L.WAITING}),
            L.RECEIVED,
            guards=(NOT_HANDING, RECEIVER_TOUCHED_BY_ME),
        ),
        _by_accountant(
            "handout_line.miss",
            _("Ghi chưa nhận hàng"),
            frozenset({L.WAITING}),
            L.MISSED,
            guards=(NOT_HANDING, RECEIVER_TOUCHED_BY_ME),
            needs_reason=True,
        ),
        Transition(
            "handout_line.cancel",
            _("Hủy dòng cấp phát"),
            frozenset({L.WAITING}),
            L.CANCELLED,
            _builder_or_approver,
            _NOT_ACCOUNTANT,
        ),
    ),
)
