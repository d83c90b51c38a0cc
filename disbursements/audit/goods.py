"""Audit actions of stores and what is handed out of them; transitions take their words from the workflow tables."""

from django.utils.translation import gettext_lazy as _

from core.audit import AuditAction
from disbursements.workflow import HANDOUT_LINE_WORKFLOW, HANDOUT_WORKFLOW

ACTIONS: tuple[AuditAction, ...] = (
    *(
        AuditAction(t.action, t.label, _("{actor}: %(label)s {ref}") % {"label": t.label})
        for workflow in (HANDOUT_WORKFLOW, HANDOUT_LINE_WORKFLOW)
        for t in workflow.transitions
    ),
    AuditAction("store.added", _("Thêm kho"), _("{actor} thêm kho {ref}: {name}")),
    AuditAction("goods.added", _("Thêm loại hàng"), _("{actor} thêm loại hàng {name} ({unit})")),
    AuditAction(
        "stock.received",
        _("Nhập kho"),
        _("{actor} nhập kho {ref}: {quantity} {unit} {goods}, chứng từ {document}"),
    ),
    AuditAction(
        "stock.sent",
        _("Xuất chuyển kho"),
        _("{actor} xuất chuyển kho {ref}: {quantity} {unit} {goods} đến {store}, chứng từ {document}"),
    ),
    AuditAction(
        "stock.arrived",
        _("Nhận hàng chuyển kho"),
        _("{actor} nhận hàng {ref}: {quantity} {unit} {goods}, thiếu {missing}, chứng từ {document}"),
    ),
    AuditAction(
        "stock.lost",
        _("Ghi hao hụt, hư hỏng"),
        _("{actor} ghi hao hụt {ref}: {quantity} {unit} {goods}, chứng từ {document}"),
    ),
    AuditAction(
        "stock.issued",
        _("Xuất kho cấp phát"),
        _("{actor} xuất kho cấp phát {ref}: {quantity} {unit} {goods}, chứng từ {document}"),
    ),
    AuditAction(
        "stock.returned",
        _("Nhập lại kho sau cấp phát"),
        _("{actor} nhập lại kho {ref}: {quantity} {unit} {goods}, chứng từ {document}"),
    ),
    AuditAction(
        "stock.corrected", _("Hủy phiếu kho ghi sai"), _("{actor} hủy phiếu kho {paper} bằng phiếu {ref}")
    ),
    AuditAction("handout.created", _("Lập đợt cấp phát"), _("{actor} lập đợt cấp phát {ref}")),
    AuditAction(
        "handout.file_made", _("Lập tệp cấp phát"), _("{actor} lập {name} của đợt {ref}"), weight="aside"
    ),
    AuditAction(
        "handout.results_recorded",
        _("Ghi kết quả cấp phát"),
        _("{actor} ghi kết quả cấp phát của đợt {ref}: {received} đã nhận, {missed} chưa nhận"),
    ),
    AuditAction(
        "donation.recorded", _("Ghi khoản ủng hộ"), _("{actor} ghi khoản ủng hộ {ref}, phiếu thu {receipt}")
    ),
    AuditAction("donation.corrected", _("Hủy ghi khoản ủng hộ"), _("{actor} hủy ghi khoản ủng hộ {ref}")),
    AuditAction(
        "donation.exported",
        _("Xuất sổ ủng hộ"),
        _("{actor} xuất sổ ủng hộ: {rows} dòng"),
        weight="aside",
    ),
)
