"""States of batches and instructions, channels, kinds of files."""

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


class PayoutChannel(models.TextChoices):
    CASH = "cash", _("Tiền mặt tại xã")
    BANK = "bank", _("Chuyển khoản")
    POST = "post", _("Bưu điện")


class PaymentFileKind(models.TextChoices):
    LIST_XLSX = "list_xlsx", _("Danh sách chi trả (Excel)")
    LIST_PDF = "list_pdf", _("Danh sách chi trả (PDF)")
