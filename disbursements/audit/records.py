"""Audit actions of payouts; the transitions' codes take their words from the workflow tables."""

from django.utils.translation import gettext_lazy as _

from core.audit import AuditAction, register_actions
from disbursements.workflow import BATCH_WORKFLOW, INSTRUCTION_WORKFLOW


def register() -> None:
    for workflow in (BATCH_WORKFLOW, INSTRUCTION_WORKFLOW):
        register_actions(
            *(
                AuditAction(t.action, t.label, _("{actor}: %(label)s {ref}") % {"label": t.label})
                for t in workflow.transitions
            )
        )
    register_actions(
        AuditAction("batch.created", _("Lập đợt chi"), _("{actor} lập đợt chi {ref}")),
        AuditAction(
            "batch.signed",
            _("Ký duyệt đợt chi"),
            _("{actor} ký duyệt đợt chi {ref} (chữ ký {given}/{needed})"),
        ),
        AuditAction("batch.file_made", _("Lập tệp chi"), _("{actor} lập {name} của đợt {ref}")),
        AuditAction(
            "batch.results_recorded",
            _("Ghi kết quả chi"),
            _("{actor} ghi kết quả chi của đợt {ref}: {paid} đã chi, {returned} trả lại"),
        ),
        AuditAction(
            "allocation.recorded", _("Ghi phân bổ kinh phí"), _("{actor} ghi phân bổ kinh phí {ref}")
        ),
        AuditAction(
            "recovery.opened",
            _("Mở thu hồi"),
            _("{actor} mở thu hồi {ref}: chi trùng hồ sơ {case}, {amount} đồng"),
        ),
        AuditAction("recovery.cancelled", _("Thôi thu hồi"), _("{actor} thôi thu hồi {ref}")),
    )
