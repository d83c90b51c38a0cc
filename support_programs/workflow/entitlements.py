"""The way of what is owed: proposed, approved, in a batch, paid."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from core.workflow import Workflow
from support_programs.enums import EntitlementStatus as E
from support_programs.workflow import actors as done

ENTITLEMENT_WORKFLOW: Final = Workflow(
    table="support_programs_entitlement",
    initial=frozenset({E.PROPOSED}),
    state_labels={state.value: state.label for state in E},
    transitions=(
        done.by_approver("entitlement.approve", _("Phê duyệt"), frozenset({E.PROPOSED}), E.APPROVED),
        done.by_accountant("entitlement.commit", _("Đưa vào đợt chi"), frozenset({E.APPROVED}), E.COMMITTED),
        done.by_payer("entitlement.release", _("Trả về chờ chi"), frozenset({E.COMMITTED}), E.APPROVED),
        done.by_accountant("entitlement.pay", _("Ghi đã chi"), frozenset({E.COMMITTED}), E.PAID),
        done.by_canceller(
            "entitlement.cancel",
            _("Hủy mức hưởng"),
            frozenset({E.PROPOSED, E.APPROVED}),
            E.CANCELLED,
            needs_reason=True,
        ),
    ),
)
