"""Sources, movements of allotted money, accounts and entries of the ledger."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class FundingKind(models.TextChoices):
    CENTRAL = "central", _("Ngân sách trung ương")
    PROVINCE = "province", _("Ngân sách tỉnh")
    DISTRICT = "district", _("Ngân sách huyện, thị xã, thành phố")
    UNEMPLOYMENT = "unemployment", _("Quỹ Bảo hiểm thất nghiệp")
    LOTTERY = "lottery", _("Công ty xổ số kiến thiết")
    DONOR = "donor", _("Nhà tài trợ")
    OTHER = "other", _("Nguồn khác")


class MovementKind(models.TextChoices):
    """What a paper does to allotted money."""

    TRANSFER = "transfer", _("Điều chuyển sang dòng khác")
    RETURN = "return", _("Hoàn trả ngân sách")
    UNCLAIMED = "unclaimed", _("Hoàn trả tiền không có người nhận")
    CORRECTION = "correction", _("Hủy ghi nhận sai")

    @classmethod
    def to_source(cls) -> tuple["MovementKind", ...]:
        """Kinds that take money off a line and give it back to where it came from."""
        return (cls.RETURN, cls.UNCLAIMED, cls.CORRECTION)


class LedgerAccount(models.TextChoices):
    """Where a đồng is. Of one budget line: given by its source, available, in a batch, sent, in doubt, paid."""

    SOURCE = "source", _("Nguồn cấp")
    AVAILABLE = "available", _("Kinh phí còn lại")
    COMMITTED = "committed", _("Trong đợt chi")
    SENT = "sent", _("Đã gửi chi, chờ kết quả")
    UNKNOWN = "unknown", _("Chưa rõ kết quả")
    PAID = "paid", _("Đã chi")
    RECOVERY = "recovery", _("Chi sai phải thu hồi")
    RECEIVABLE = "receivable", _("Còn phải thu hồi")
    RECOVERED = "recovered", _("Đã thu hồi, chưa nộp ngân sách")
    HANDED_BACK = "handed_back", _("Đã thu hồi, đã nộp ngân sách")


class LedgerKind(models.TextChoices):
    """What happened; of payment instructions the state that they reached."""

    ALLOCATION = "allocation", _("Phân bổ kinh phí")
    TRANSFER = "transfer", _("Điều chuyển kinh phí")
    BUDGET_RETURN = "budget_return", _("Hoàn trả ngân sách")
    UNCLAIMED = "unclaimed", _("Hoàn trả tiền không có người nhận")
    CORRECTION = "correction", _("Hủy ghi nhận sai")
    COMMITMENT = "commitment", _("Đưa vào đợt chi")
    SENDING = "sending", _("Gửi chi")
    DOUBT = "doubt", _("Chưa rõ kết quả")
    PAYMENT = "payment", _("Đã chi")
    FAILURE = "failure", _("Không chi được")
    RETURN = "return", _("Chi chưa được, trả lại")
    CANCELLATION = "cancellation", _("Hủy lệnh chi")
    RECOVERY = "recovery", _("Mở thu hồi")
    RECEIPT = "receipt", _("Thu hồi được")
    WAIVER = "waiver", _("Thôi thu hồi")
    HANDING_BACK = "handing_back", _("Nộp tiền thu hồi vào ngân sách")
