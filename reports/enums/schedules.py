"""Words of schedules."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Every(TextChoices):
    """How often a report comes by itself."""

    DAY = "day", _("Hằng ngày")
    WEEK = "week", _("Hằng tuần")
    MONTH = "month", _("Hằng tháng")


class Halt(TextChoices):
    """Why a schedule has stopped by itself."""

    ACCOUNT = "account", _("tài khoản của người giữ lịch đã khóa")
    ROLE = "role", _("người giữ lịch không còn quyền lập báo cáo này")
    AREA = "area", _("địa bàn của lịch không còn thuộc đơn vị của người giữ lịch")
    DEFINITION = "definition", _("mẫu báo cáo không còn dùng, hoặc không nhận các chính sách của lịch")


# Monday is 1, as calendars of offices have it
WEEKDAYS = (
    (1, _("Thứ Hai")),
    (2, _("Thứ Ba")),
    (3, _("Thứ Tư")),
    (4, _("Thứ Năm")),
    (5, _("Thứ Sáu")),
    (6, _("Thứ Bảy")),
    (7, _("Chủ nhật")),
)
