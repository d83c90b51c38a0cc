"""Kinds and states of people, papers and imports."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Sex(models.TextChoices):
    MALE = "M", _("Nam")
    FEMALE = "F", _("Nữ")
    UNKNOWN = "", _("Chưa rõ")


class IdentityKind(models.TextChoices):
    CCCD = "CCCD", _("CCCD")
    CMND = "CMND", _("CMND")


class EmployerKind(models.TextChoices):
    """What an employer is; a household business ("hộ kinh doanh") is one too."""

    ENTERPRISE = "enterprise", _("Doanh nghiệp")
    COOPERATIVE = "cooperative", _("Hợp tác xã")
    SELF_FINANCED_UNIT = "self_financed_unit", _("Đơn vị sự nghiệp công lập tự bảo đảm chi")
    PRIVATE_SCHOOL = "private_school", _("Cơ sở giáo dục ngoài công lập")
    HOUSEHOLD_BUSINESS = "household_business", _("Hộ kinh doanh")
    ARTS_UNIT = "arts_unit", _("Đơn vị nghệ thuật công lập")
    STATE_BODY = "state_body", _("Cơ quan nhà nước")
    OTHER = "other", _("Loại khác")


class ImportState(models.TextChoices):
    UPLOADED = "uploaded", _("Đã tải lên")
    CHECKING = "checking", _("Đang kiểm tra")
    CHECKED = "checked", _("Đã kiểm tra")
    COMMITTING = "committing", _("Đang nhập")
    COMMITTED = "committed", _("Đã nhập")
    REFUSED = "refused", _("Không đọc được")
    CANCELLED = "cancelled", _("Đã hủy")


class Outcome(models.TextChoices):
    """What a check says of a row; the worst of its findings."""

    OK = "ok", _("Đạt")
    FIX = "fix", _("Đã tự chỉnh")
    WARN = "warn", _("Cảnh báo")
    ERROR = "error", _("Lỗi")


class RowState(models.TextChoices):
    """Where a staged row stands: still here, gone in, or set aside by the officer."""

    STAGED = "staged", _("Chờ nhập")
    COMMITTED = "committed", _("Đã nhập")
    SET_ASIDE = "set_aside", _("Bỏ qua")
