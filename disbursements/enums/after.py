"""Recoveries and calls to payees."""

from django.db import models
from django.utils.translation import gettext_lazy as _


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
