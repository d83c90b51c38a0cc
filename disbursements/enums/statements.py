"""What came back: formats, what a row says, how it was matched, why somebody was not paid."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class StatementFormat(models.TextChoices):
    """What kind of file came back."""

    LIST = "list", _("Danh sách chi trả đã ghi kết quả")
    TABLE = "table", _("Tệp kết quả của ngân hàng (Excel, CSV)")
    MT940 = "mt940", _("Sao kê MT940")
    CAMT053 = "camt053", _("Sao kê ISO 20022 (camt.053)")

    @classmethod
    def of_account(cls) -> tuple["StatementFormat", ...]:
        """Formats that tell of the movements of an account."""
        return (cls.MT940, cls.CAMT053)


class StatementState(models.TextChoices):
    READING = "reading", _("Đang đọc")
    CHECKED = "checked", _("Đã kiểm tra, chưa ghi")
    RECORDED = "recorded", _("Đã ghi")
    REFUSED = "refused", _("Không nhận")


class MoneyDirection(models.TextChoices):
    """Which way money went over the account that pays."""

    DEBIT = "debit", _("Tiền ra")
    CREDIT = "credit", _("Tiền vào")


class MatchMethod(models.TextChoices):
    """How a row found its payment instruction."""

    REFERENCE = "reference", _("Theo mã lệnh chi")
    ACCOUNT = "account_amount", _("Theo số tài khoản và số tiền")
    HAND = "hand", _("Đối soát tay")


class LineSaid(models.TextChoices):
    """What a row says of the payment; the same values as `rules.statements.Said`."""

    PAID = "paid", _("Đã chi")
    UNPAID = "unpaid", _("Chưa chi được, trả lại")
    FAILED = "failed", _("Không chi được")
    PENDING = "pending", _("Đang xử lý")
    NOTHING = "nothing", _("Chưa ghi kết quả")
    UNREADABLE = "unreadable", _("Chưa hiểu kết quả")


class StatementRow(models.TextChoices):
    """What the check of a file that came back says of a row."""

    PAID = "paid", _("Đã nhận, sẽ ghi")
    RETURNED = "returned", _("Chưa nhận, sẽ ghi")
    FAILED = "failed", _("Không chi được, sẽ ghi")
    IN_DOUBT = "in_doubt", _("Chưa rõ kết quả, sẽ ghi")
    EMPTY = "empty", _("Chưa ghi kết quả")
    SAME = "same", _("Đã ghi từ trước")
    REVERSED = "reversed", _("Tiền ra rồi được trả lại")
    OTHER_BATCH = "other_batch", _("Thuộc đợt chi khác")
    SET_ASIDE = "set_aside", _("Đã để ngoài đợt chi")
    UNKNOWN_LINE = "unknown_line", _("Không có trong đợt")
    AMBIGUOUS = "ambiguous", _("Khớp nhiều lệnh chi")
    OTHER_AMOUNT = "other_amount", _("Khác số tiền")
    OTHER_ACCOUNT = "other_account", _("Khác số tài khoản")
    OTHER_NAME = "other_name", _("Khác tên người nhận")
    REPEATED = "repeated", _("Trùng dòng")
    CONTRADICTION = "contradiction", _("Khác kết quả đã ghi")
    UNREADABLE = "unreadable", _("Chưa đọc được kết quả")

    @classmethod
    def to_record(cls) -> tuple["StatementRow", ...]:
        """Rows that change something when the file is recorded."""
        return (cls.PAID, cls.RETURNED, cls.FAILED, cls.IN_DOUBT)

    @classmethod
    def mismatches(cls) -> tuple["StatementRow", ...]:
        """Rows about a line that says something else: settled when that line gets its result from another row."""
        return (cls.OTHER_AMOUNT, cls.OTHER_ACCOUNT, cls.OTHER_NAME, cls.UNREADABLE)

    @classmethod
    def never_settled_alone(cls) -> tuple["StatementRow", ...]:
        """Rows that wait for a person, whatever else is recorded."""
        return (cls.UNKNOWN_LINE, cls.AMBIGUOUS, cls.REPEATED, cls.CONTRADICTION)

    @classmethod
    def refused(cls) -> tuple["StatementRow", ...]:
        """Rows that a person has to look at."""
        return (cls.UNKNOWN_LINE, cls.AMBIGUOUS, *cls.mismatches(), cls.REPEATED, cls.CONTRADICTION)


class ReturnReason(models.TextChoices):
    """Why somebody was not paid: the usual ones; the words of the list or bank are kept where they say more."""

    ABSENT = "absent", _("Vắng mặt khi chi trả")
    MOVED = "moved", _("Đã chuyển đi nơi khác")
    DECEASED = "deceased", _("Đã mất")
    DECLINED = "declined", _("Tự nguyện không nhận")
    WRONG_PERSON = "wrong_person", _("Thông tin người nhận chưa khớp giấy tờ")
    WRONG_ACCOUNT = "wrong_account", _("Sai số tài khoản")
    CLOSED_ACCOUNT = "closed_account", _("Tài khoản đã đóng hoặc bị khóa")
    OTHER_NAME = "other_name", _("Tên chủ tài khoản chưa khớp")
    BANK = "bank", _("Ngân hàng không thực hiện được")
    OTHER = "other", _("Lý do khác")

    @classmethod
    def of_account(cls) -> tuple["ReturnReason", ...]:
        """Reasons for which the same account would fail again."""
        return (cls.WRONG_ACCOUNT, cls.CLOSED_ACCOUNT, cls.OTHER_NAME)
