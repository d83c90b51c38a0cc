"""The ways of a round of handing out and of its lines."""

from functools import partial
from typing import Final

from django.apps import apps
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts import permissions as may
from core.workflow import Actor, Guard, Transition, Workflow
from disbursements.enums import HandoutLineStatus as L
from disbursements.enums import HandoutStatus as H
from disbursements.workflow.shared import (
    NOT_ACCOUNTANT,
    NOT_APPROVER,
    builder_or_approver,
    is_mine,
    suspected_in,
)


def _handout_line(**lookup: object) -> Exists:
    model = apps.get_model("disbursements", "HandoutLine")
    return Exists(model._default_manager.filter(handout=OuterRef("pk"), **lookup))


def _any_line_by(actor: Actor, *columns: str) -> Q:
    found = Q()
    for column in columns:
        found |= Q(_handout_line(**{column: actor.pk}))
    return found


HANDOUT_MADE_BY_ME: Final = Guard(_("Bạn đã lập đợt cấp phát này nên không được duyệt."), is_mine)
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
HANDOUT_APPROVED_BY_ME: Final = Guard(
    _("Bạn đã duyệt đợt cấp phát này nên không được bắt đầu cấp phát. Hãy nhờ kế toán khác."),
    lambda actor: Q(approved_by_id=actor.pk),
)
HANDOUT_TOUCHED_BY_ME: Final = Guard(
    _("Bạn đã nhập hồ sơ hoặc duyệt danh sách người trong đợt này nên không được làm việc của kế toán."),
    lambda actor: _any_line_by(actor, "entered_by_id", "list_approved_by_id"),
)
HANDOUT_SUSPECTED: Final = Guard(
    _(
        "Trong đợt có người nghi trùng chưa có câu trả lời. Hãy trả lời các cặp đó trước, hoặc hủy đợt cấp phát."
    ),
    lambda actor: suspected_in("HandoutLine", "handout"),
)
HANDOUT_WAITING: Final = Guard(
    _("Còn người chưa có kết quả nhận hàng nên chưa khóa được."),
    lambda actor: Q(_handout_line(status=L.WAITING)),
)

_by_accountant: Final = partial(Transition, permission=may.is_accountant, denied=NOT_ACCOUNTANT)

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
            NOT_APPROVER,
            guards=(HANDOUT_MADE_BY_ME, HANDOUT_WORKED_ON_BY_ME),
        ),
        _by_accountant(
            "handout.start",
            _("Xuất kho, bắt đầu cấp phát"),
            frozenset({H.APPROVED}),
            H.HANDING,
            guards=(HANDOUT_APPROVED_BY_ME, HANDOUT_TOUCHED_BY_ME, HANDOUT_SUSPECTED),
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
            builder_or_approver,
            NOT_ACCOUNTANT,
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
            builder_or_approver,
            NOT_ACCOUNTANT,
        ),
    ),
)
