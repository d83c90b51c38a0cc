"""Stock papers, rounds of handing out, donations."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class StockKind(models.TextChoices):
    """What a paper does to goods in a store; the sign of each stands in the checks of `StockMovement`."""

    RECEIPT = "receipt", _("Nhập kho")
    SENDING = "sending", _("Xuất chuyển kho")
    ARRIVAL = "arrival", _("Nhận hàng chuyển kho")
    LOSS = "loss", _("Hao hụt, hư hỏng")
    ISSUE = "issue", _("Xuất cấp phát")
    LEFTOVER = "leftover", _("Nhập lại sau cấp phát")
    CORRECTION = "correction", _("Hủy ghi nhận sai")

    @classmethod
    def incoming(cls) -> tuple["StockKind", ...]:
        """Kinds that put goods into a store; an arrival may bring nothing, when all of it got lost on the way."""
        return (cls.RECEIPT, cls.LEFTOVER)

    @classmethod
    def outgoing(cls) -> tuple["StockKind", ...]:
        return (cls.SENDING, cls.LOSS, cls.ISSUE)


class HandoutStatus(models.TextChoices):
    PREPARING = "preparing", _("Đang lập")
    PREPARED = "prepared", _("Chờ duyệt")
    APPROVED = "approved", _("Đã duyệt")
    HANDING = "handing", _("Đang cấp phát")
    CLOSED = "closed", _("Đã khóa")
    CANCELLED = "cancelled", _("Đã hủy")


class HandoutLineStatus(models.TextChoices):
    WAITING = "waiting", _("Chờ nhận")
    RECEIVED = "received", _("Đã nhận")
    MISSED = "missed", _("Chưa nhận")
    CANCELLED = "cancelled", _("Đã hủy")

    @classmethod
    def live(cls) -> tuple["HandoutLineStatus", ...]:
        """States that forbid a second line for the same entitlement."""
        return (cls.WAITING, cls.RECEIVED)


class HandoutRow(models.TextChoices):
    """What the check of an uploaded hand-out list says of a row."""

    RECEIVED = "received", _("Đã nhận, sẽ ghi")
    MISSED = "missed", _("Chưa nhận, sẽ ghi")
    EMPTY = "empty", _("Chưa ghi kết quả")
    SAME = "same", _("Đã ghi từ trước")
    UNKNOWN_LINE = "unknown_line", _("Không có trong đợt")
    OTHER_QUANTITY = "other_quantity", _("Khác số lượng")
    REPEATED = "repeated", _("Trùng dòng")
    CONTRADICTION = "contradiction", _("Khác kết quả đã ghi")
    UNREADABLE = "unreadable", _("Chưa đọc được kết quả")

    @classmethod
    def to_record(cls) -> tuple["HandoutRow", ...]:
        """Rows that change something when the list is recorded."""
        return (cls.RECEIVED, cls.MISSED)

    @classmethod
    def refused(cls) -> tuple["HandoutRow", ...]:
        """Rows that a person has to look at."""
        return (cls.UNKNOWN_LINE, cls.OTHER_QUANTITY, cls.REPEATED, cls.CONTRADICTION, cls.UNREADABLE)


class MissedReason(models.TextChoices):
    """Why somebody did not get the goods."""

    ABSENT = "absent", _("Vắng mặt khi cấp phát")
    MOVED = "moved", _("Đã chuyển đi nơi khác")
    DECEASED = "deceased", _("Đã mất")
    DECLINED = "declined", _("Tự nguyện không nhận")
    OTHER = "other", _("Lý do khác")


class HandoutFileKind(models.TextChoices):
    LIST_XLSX = "list_xlsx", _("Danh sách cấp phát (Excel)")
    LIST_PDF = "list_pdf", _("Danh sách cấp phát (PDF)")


class DonationKind(models.TextChoices):
    CASH = "cash", _("Tiền")
    GOODS = "goods", _("Hiện vật")


class DonorKind(models.TextChoices):
    PERSON = "person", _("Cá nhân")
    ORGANISATION = "organisation", _("Tổ chức, doanh nghiệp")
    GROUP = "group", _("Nhóm thiện nguyện, tập thể")
