"""States and kinds of an emulation movement: who takes part, what counts, what is proposed and decided."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MovementStatus(models.TextChoices):
    PREPARING = "preparing", _("Đang chuẩn bị")
    RUNNING = "running", _("Đang phát động")
    CLOSED = "closed", _("Đã tổng kết")


class ParticipantGroup(models.TextChoices):
    """Whom somebody is compared with: ranks are given inside a group."""

    DISTRICT = "district", _("Huyện, thị xã, thành phố")
    COMMUNE = "commune", _("Xã, phường, thị trấn")
    OFFICE = "office", _("Phòng, đơn vị thuộc Sở")
    INDIVIDUAL = "individual", _("Cá nhân")

    @classmethod
    def of_units(cls) -> tuple["ParticipantGroup", ...]:
        """Groups whose members are administrative units, so that figures of their area can be read."""
        return (cls.DISTRICT, cls.COMMUNE)


class ParticipantStatus(models.TextChoices):
    REGISTERED = "registered", _("Đã đăng ký")
    WITHDRAWN = "withdrawn", _("Đã rút")


class CriterionSource(models.TextChoices):
    """Where the points come from: a figure that the system reads, or achievements that were entered and confirmed."""

    FIGURE = "figure", _("Số liệu của hệ thống")
    ENTERED = "entered", _("Thành tích được xác nhận")


class FigureCode(models.TextChoices):
    """Figures that a criterion can be scored by; `queries/emulation_figures.py` says how each is read."""

    PAID_SHARE = "paid_share", _("Tỷ lệ đã chi trên đã phê duyệt, lũy kế")
    PAID_IN_TIME = "paid_in_time", _("Tỷ lệ chi trong số ngày quy định kể từ ngày nhận hồ sơ")
    COVERAGE = "coverage", _("Độ bao phủ: người trong sổ đã được phê duyệt")
    LATE_LISTS = "late_lists", _("Tỷ lệ danh sách quá hạn")
    POSTED = "posted", _("Tỷ lệ danh sách đã niêm yết công khai")
    COMPLAINTS_IN_TIME = "complaints_in_time", _("Tỷ lệ khiếu nại, phản ánh trả lời đúng hạn")


class AchievementStatus(models.TextChoices):
    ENTERED = "entered", _("Chờ xác nhận")
    CONFIRMED = "confirmed", _("Đã xác nhận")
    REFUSED = "refused", _("Không xác nhận")
    WITHDRAWN = "withdrawn", _("Đã rút")


class RoundStatus(models.TextChoices):
    OPEN = "open", _("Đang chấm")
    CLOSED = "closed", _("Đã khóa")


class AwardProcedure(models.TextChoices):
    USUAL = "usual", _("Thủ tục thông thường")
    SIMPLIFIED = "simplified", _("Thủ tục đơn giản")


class ProposalStatus(models.TextChoices):
    DRAFT = "draft", _("Bản nháp")
    SUBMITTED = "submitted", _("Chờ hội đồng")
    RECOMMENDED = "recommended", _("Hội đồng đề nghị khen")
    AWARDED = "awarded", _("Đã có quyết định")
    REFUSED = "refused", _("Không khen")
    WITHDRAWN = "withdrawn", _("Đã rút")

    @classmethod
    def ended(cls) -> tuple["ProposalStatus", ...]:
        """Nothing comes of it: the same achievement may be proposed again."""
        return (cls.REFUSED, cls.WITHDRAWN)


class CouncilRole(models.TextChoices):
    CHAIR = "chair", _("Chủ tịch hội đồng")
    DEPUTY = "deputy", _("Phó Chủ tịch hội đồng")
    SECRETARY = "secretary", _("Thư ký")
    MEMBER = "member", _("Ủy viên")


class MeetingStatus(models.TextChoices):
    OPEN = "open", _("Đang ghi")
    CLOSED = "closed", _("Đã lập biên bản")
