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

    @classmethod
    def final_without_payment(cls) -> tuple["InstructionStatus", ...]:
        """Final answers after which the money is owed again."""
        return (cls.FAILED, cls.RETURNED)


class PayoutChannel(models.TextChoices):
    CASH = "cash", _("Tiền mặt tại xã")
    BANK = "bank", _("Chuyển khoản")
    POST = "post", _("Bưu điện")


class PaymentFileKind(models.TextChoices):
    LIST_XLSX = "list_xlsx", _("Danh sách chi trả (Excel)")
    LIST_PDF = "list_pdf", _("Danh sách chi trả (PDF)")


class StatementRow(models.TextChoices):
    """What the check of an uploaded payment list says of a row."""

    PAID = "paid", _("Đã nhận, sẽ ghi")
    RETURNED = "returned", _("Chưa nhận, sẽ ghi")
    EMPTY = "empty", _("Chưa ghi kết quả")
    SAME = "same", _("Đã ghi từ trước")
    UNKNOWN_LINE = "unknown_line", _("Không có trong đợt")
    OTHER_AMOUNT = "other_amount", _("Khác số tiền")
    REPEATED = "repeated", _("Trùng dòng")
    CONTRADICTION = "contradiction", _("Khác kết quả đã ghi")
    UNREADABLE = "unreadable", _("Chưa đọc được kết quả")

    @classmethod
    def to_record(cls) -> tuple["StatementRow", ...]:
        """Rows that change something when the list is recorded."""
        return (cls.PAID, cls.RETURNED)

    @classmethod
    def refused(cls) -> tuple["StatementRow", ...]:
        """Rows that a person has to look at."""
        return (cls.UNKNOWN_LINE, cls.OTHER_AMOUNT, cls.REPEATED, cls.CONTRADICTION, cls.UNREADABLE)


class ReturnReason(models.TextChoices):
    """Why somebody was not paid: the usual ones; the list's own words are kept where they say more."""

    ABSENT = "absent", _("Vắng mặt khi chi trả")
    MOVED = "moved", _("Đã chuyển đi nơi khác")
    DECEASED = "deceased", _("Đã mất")
    DECLINED = "declined", _("Tự nguyện không nhận")
    WRONG_PERSON = "wrong_person", _("Thông tin người nhận chưa khớp giấy tờ")
    WRONG_ACCOUNT = "wrong_account", _("Sai số tài khoản")
    OTHER = "other", _("Lý do khác")


class RecoveryState(models.TextChoices):
    """Money to come back: asked for, back, or no longer asked for."""

    OPEN = "open", _("Đang thu hồi")
    RECOVERED = "recovered", _("Đã thu hồi")
    CANCELLED = "cancelled", _("Thôi thu hồi")
