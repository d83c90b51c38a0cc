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


class RecoveryState(models.TextChoices):
    """Money to come back: asked for, back, no longer asked for (nothing was paid wrongly), or let go by a decision."""

    OPEN = "open", _("Đang thu hồi")
    RECOVERED = "recovered", _("Đã thu hồi")
    CANCELLED = "cancelled", _("Thôi thu hồi")
    WAIVED = "waived", _("Miễn thu hồi")


class RecoveryKind(models.TextChoices):
    """Why paid money is to come back."""

    DOUBLE = "double", _("Chi trùng cho một người")
    NOT_ENTITLED = "not_entitled", _("Không đủ điều kiện hưởng")
    WRONG_AMOUNT = "wrong_amount", _("Chi vượt mức được hưởng")
    WRONG_PERSON = "wrong_person", _("Chi nhầm người")
    FALSE_PAPERS = "false_papers", _("Khai hoặc giấy tờ không đúng sự thật")
    OTHER = "other", _("Lý do khác")

    @classmethod
    def by_hand(cls) -> tuple["RecoveryKind", ...]:
        """Kinds that an officer opens; what was paid twice is opened by joining two people."""
        return tuple(kind for kind in cls if kind is not cls.DOUBLE)


class CallOutcome(models.TextChoices):
    """What a payee said when the department called back."""

    FULL = "full", _("Nhận đủ tiền")
    LESS = "less", _("Nhận thiếu tiền")
    NOT_RECEIVED = "not_received", _("Không nhận được tiền")
    NEVER_APPLIED = "never_applied", _("Nói chưa từng đề nghị hỗ trợ")
    UNREACHABLE = "unreachable", _("Không liên lạc được")
    WRONG_NUMBER = "wrong_number", _("Số máy không phải của người nhận")

    @classmethod
    def alarming(cls) -> tuple["CallOutcome", ...]:
        """Answers after which somebody has to look into the payment."""
        return (cls.LESS, cls.NOT_RECEIVED, cls.NEVER_APPLIED)


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
