"""States of batches and payment instructions, channels, kinds of files."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class BatchStatus(models.TextChoices):
    PREPARING = "preparing", _("Đang lập")
    PREPARED = "prepared", _("Chờ duyệt")
    APPROVED = "approved", _("Đã duyệt")
    RELEASED = "released", _("Đang chi")
    CLOSED = "closed", _("Đã khóa")
    CANCELLED = "cancelled", _("Đã hủy")

    @classmethod
    def ended(cls) -> tuple["BatchStatus", ...]:
        return (cls.CLOSED, cls.CANCELLED)


class InstructionStatus(models.TextChoices):
    QUEUED = "queued", _("Chờ chi")
    SENT = "sent", _("Đã gửi chi")
    PAID = "paid", _("Đã chi trả")
    FAILED = "failed", _("Không chi được")
    RETURNED = "returned", _("Chi chưa được, trả lại")
    UNKNOWN = "unknown", _("Chưa rõ kết quả")
    CANCELLED = "cancelled", _("Đã hủy")

    @classmethod
    def live(cls) -> tuple["InstructionStatus", ...]:
        """States that forbid a second instruction for the same entitlement."""
        return (cls.QUEUED, cls.SENT, cls.UNKNOWN, cls.PAID)

    @classmethod
    def pending(cls) -> tuple["InstructionStatus", ...]:
        """Sent, and no final answer yet."""
        return (cls.SENT, cls.UNKNOWN)

    @classmethod
    def final_without_payment(cls) -> tuple["InstructionStatus", ...]:
        """Final answers after which the money is owed again."""
        return (cls.FAILED, cls.RETURNED)


class PayoutChannel(models.TextChoices):
    CASH = "cash", _("Tiền mặt tại xã")
    BANK = "bank", _("Chuyển khoản")
    POST = "post", _("Bưu điện")
    EMPLOYER = "employer", _("Qua người sử dụng lao động")


class PaymentFileKind(models.TextChoices):
    LIST_XLSX = "list_xlsx", _("Danh sách chi trả (Excel)")
    LIST_PDF = "list_pdf", _("Danh sách chi trả (PDF)")
    BANK_XLSX = "bank_xlsx", _("Tệp chuyển khoản (Excel)")
    BANK_CSV = "bank_csv", _("Tệp chuyển khoản (CSV)")
    PAIN_001 = "pain_001", _("Lệnh chuyển tiền ISO 20022 (pain.001)")
    POST_XLSX = "post_xlsx", _("Danh sách chi qua bưu điện (Excel)")
    EMPLOYER_XLSX = "employer_xlsx", _("Danh sách chi qua người sử dụng lao động (Excel)")
    SCHEDULE_PDF = "schedule_pdf", _("Bảng kê chuyển tiền (PDF)")


class PainVersion(models.TextChoices):
    """Which ISO 20022 message a bank takes."""

    V03 = "03", _("pain.001.001.03")
    V09 = "09", _("pain.001.001.09")


class ProxyRelation(models.TextChoices):
    """Who received somebody's cash instead of them."""

    SPOUSE = "spouse", _("Vợ hoặc chồng")
    CHILD = "child", _("Con")
    PARENT = "parent", _("Cha hoặc mẹ")
    SIBLING = "sibling", _("Anh, chị, em")
    RELATIVE = "relative", _("Người thân khác")
    GUARDIAN = "guardian", _("Người giám hộ")
    OTHER = "other", _("Người được ủy quyền khác")
