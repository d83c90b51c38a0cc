"""Audit actions of cases, lists, entitlements and decisions; the transitions' codes take their words from the workflow tables."""

from django.utils.translation import gettext_lazy as _

from core.audit import AuditAction, register_actions
from support_programs.workflow import WORKFLOWS


def register() -> None:
    """The actions of the workflow tables, and those that change no state."""
    for workflow in WORKFLOWS:
        register_actions(
            *(
                AuditAction(t.action, t.label, _("{actor}: %(label)s {ref}") % {"label": t.label})
                for t in workflow.transitions
            )
        )
    register_actions(
        AuditAction("case.created", _("Lập hồ sơ"), _("{actor} lập hồ sơ {ref}")),
        AuditAction(
            "case.determined",
            _("Kiểm tra điều kiện"),
            _("{actor} kiểm tra điều kiện của {ref}: {result}"),
            "follows",
        ),
        AuditAction("case.excluded", _("Loại khỏi danh sách"), _("{actor} loại {ref} khỏi danh sách")),
        AuditAction("case.facts_set", _("Ghi thông tin"), _("{actor} ghi thông tin của {ref}")),
        AuditAction("case.marked", _("Đánh dấu dòng trả lại"), _("{actor} đánh dấu trả lại {ref}")),
        AuditAction(
            "case.mark_resolved", _("Xử lý dòng bị trả"), _("{actor} đã xử lý dòng bị trả của {ref}")
        ),
        AuditAction(
            "case.corrected",
            _("Sửa thông tin người đề nghị"),
            _("{actor} sửa thông tin người đề nghị của {ref}: {fields}"),
        ),
        AuditAction("case.child_added", _("Thêm trẻ em"), _("{actor} thêm trẻ em {child} vào {ref}")),
        AuditAction("case.child_removed", _("Bỏ trẻ em"), _("{actor} bỏ trẻ em {child} khỏi {ref}")),
        AuditAction(
            "case.month_recorded", _("Ghi số liệu tháng"), _("{actor} ghi số liệu tháng {month} của {ref}")
        ),
        AuditAction(
            "case.month_corrected", _("Sửa số liệu tháng"), _("{actor} sửa số liệu tháng {month} của {ref}")
        ),
        AuditAction(
            "case.judged_anew",
            _("Xét lại theo ngày nộp lại"),
            _("{actor} ghi {ref} được nộp lại, xét theo phiên bản {after} (trước đó {before})"),
        ),
        AuditAction(
            "case.doubled",
            _("Phát hiện hưởng trùng"),
            _("{actor} gộp người: mức hưởng của {ref} trùng với hồ sơ {other}"),
        ),
        AuditAction(
            "case.undoubled",
            _("Gỡ hưởng trùng"),
            _("{actor} gỡ gộp người: mức hưởng của {ref} không còn trùng với hồ sơ {other}"),
        ),
        AuditAction(
            "case.put_on_register",
            _("Ghi vào sổ từ hồ sơ"),
            _("{actor} ghi người của {ref} vào sổ {register}: {entry}"),
            "aside",
        ),
        AuditAction(
            "outreach.handed",
            _("Giao xã rà soát"),
            _("{actor} giao xã rà soát {ref}: chưa có hồ sơ {programme}"),
        ),
        AuditAction(
            "outreach.answered",
            _("Trả lời rà soát"),
            _("{actor} trả lời rà soát {ref} về {programme}: {answer}"),
        ),
        AuditAction(
            "outreach.exported",
            _("Xuất danh sách rà soát"),
            _("{actor} xuất {rows} dòng, {title}, {area}"),
        ),
        AuditAction("case.noted", _("Ghi chú nội bộ"), _("{actor} ghi chú vào {ref}"), "aside"),
        AuditAction("list.rows_excluded", _("Loại dòng"), _("{actor} loại {cases} khỏi danh sách {ref}")),
        AuditAction("list.printed", _("In danh sách"), _("{actor} tải {paper} của {ref}"), "aside"),
        AuditAction("list.created", _("Lập danh sách"), _("{actor} lập danh sách {ref}")),
        AuditAction(
            "list.facts_confirmed",
            _("Xác nhận thông tin"),
            _("{actor} xác nhận thông tin của danh sách {ref}"),
        ),
        AuditAction("list.allocated", _("Ghi phân bổ kinh phí"), _("{actor} ghi phân bổ kinh phí cho {ref}")),
        AuditAction("decision.recorded", _("Ghi quyết định"), _("{actor} ghi quyết định {ref}")),
        AuditAction("entitlement.proposed", _("Tính mức hưởng"), _("{actor} tính mức hưởng {ref}")),
    )
