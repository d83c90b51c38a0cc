"""States and kinds of the sector's targets."""

from django.db import models
from django.utils.translation import gettext as _text
from django.utils.translation import gettext_lazy as _


class TargetGroup(models.TextChoices):
    """What part of the sector an indicator speaks of; the order of the pages and the report."""

    EMPLOYMENT = "employment", _("Việc làm, xuất khẩu lao động")
    TRAINING = "training", _("Giáo dục nghề nghiệp")
    LABOUR = "labour", _("Lao động, an toàn lao động")
    POVERTY = "poverty", _("Giảm nghèo")
    SUPPORT = "support", _("Chi trả chế độ, hỗ trợ")


class TargetDirection(models.TextChoices):
    """Whether more or less of it is better."""

    MORE = "more", _("Càng cao càng tốt")
    LESS = "less", _("Càng thấp càng tốt")


class TargetPeriod(models.TextChoices):
    """How often an indicator is reported."""

    MONTH = "month", _("Tháng")
    QUARTER = "quarter", _("Quý")
    HALF = "half", _("6 tháng")
    YEAR = "year", _("Năm")


class TargetAdding(models.TextChoices):
    """How the periods of a year make up its figure: added, or the last one counts."""

    SUM = "sum", _("Cộng các kỳ")
    LAST = "last", _("Lấy kỳ gần nhất")


class TargetSource(models.TextChoices):
    """Who gives the figure: units type it, or the system reads it and nobody types over it."""

    ENTERED = "entered", _("Đơn vị báo cáo")
    COMPUTED = "computed", _("Hệ thống tính")


class TargetLevel(models.TextChoices):
    """Whose figure it is; an indicator of districts alone is added up for the province."""

    DISTRICT = "district", _("Cấp huyện")
    PROVINCE = "province", _("Cấp tỉnh")


class TargetStatus(models.TextChoices):
    """Where a figure stands that a unit reports."""

    DRAFT = "draft", _("Đang nhập")
    SUBMITTED = "submitted", _("Chờ duyệt")
    SENT_BACK = "sent_back", _("Bị trả lại")
    APPROVED = "approved", _("Đã duyệt")
    REPLACED = "replaced", _("Đã thay bằng số đính chính")

    @classmethod
    def open_to_change(cls) -> tuple["TargetStatus", ...]:
        """Whoever reports it may still write it."""
        return (cls.DRAFT, cls.SENT_BACK)

    @classmethod
    def under_way(cls) -> tuple["TargetStatus", ...]:
        """Not decided yet; there is one at a time for a unit and period."""
        return (cls.DRAFT, cls.SUBMITTED, cls.SENT_BACK)

    @classmethod
    def reported(cls) -> tuple["TargetStatus", ...]:
        """The unit has done its part."""
        return (cls.SUBMITTED, cls.APPROVED)


class TargetStanding(models.TextChoices):
    """How a figure compares with its plan at this time of the year."""

    REACHED = "reached", _("Đạt kế hoạch")
    ON_TRACK = "on_track", _("Đúng tiến độ")
    CLOSE = "close", _("Chậm ít")
    BEHIND = "behind", _("Chậm")
    EXCEEDED = "exceeded", _("Vượt mức cho phép")
    NO_PLAN = "no_plan", _("Chưa giao kế hoạch")
    NO_FIGURE = "no_figure", _("Chưa có số liệu")


class TargetTextPart(models.TextChoices):
    """The parts of the half-year report that people write."""

    GENERAL = "general", _("Đánh giá chung")
    RESULTS = "results", _("Kết quả nổi bật")
    OBSTACLES = "obstacles", _("Khó khăn, vướng mắc và nguyên nhân")
    NEXT = "next", _("Nhiệm vụ, giải pháp thời gian tới")
    PROPOSALS = "proposals", _("Kiến nghị, đề xuất")


def period_label(kind: str, year: int, number: int) -> str:
    """«Tháng 8/2021», «Quý 3/2021», «6 tháng đầu năm 2021», «Năm 2021»."""
    if kind == TargetPeriod.MONTH:
        return _text("Tháng %(number)d/%(year)d") % {"number": number, "year": year}
    if kind == TargetPeriod.QUARTER:
        return _text("Quý %(number)d/%(year)d") % {"number": number, "year": year}
    if kind == TargetPeriod.HALF:
        words = _text("6 tháng đầu năm %(year)d") if number == 1 else _text("6 tháng cuối năm %(year)d")
        return words % {"year": year}
    return _text("Năm %(year)d") % {"year": year}


def short_period_label(kind: str, number: int) -> str:
    """«T8», «Q3», «6T đầu», «Năm»: below the columns of a chart."""
    if kind == TargetPeriod.MONTH:
        return f"T{number}"
    if kind == TargetPeriod.QUARTER:
        return f"Q{number}"
    if kind == TargetPeriod.HALF:
        return _text("6T đầu") if number == 1 else _text("6T cuối")
    return _text("Năm")
