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


class RecordSource(models.TextChoices):
    """How a dated record came in."""

    TYPED = "typed", _("Cán bộ ghi")
    IMPORT = "import", _("Danh sách Excel")


class RegisterCode(models.TextChoices):
    """The registers of people; what each asks is in `beneficiaries/registers`."""

    FREE_WORKERS = "free_workers", _("Lao động tự do")
    POOR_HOUSEHOLDS = "poor_households", _("Hộ nghèo, hộ cận nghèo")
    SOCIAL_PROTECTION = "social_protection", _("Đối tượng bảo trợ xã hội")
    MERIT = "merit", _("Người có công với cách mạng")


class CareRelation(models.TextChoices):
    """What somebody is to the person they care for."""

    FATHER = "father", _("Cha")
    MOTHER = "mother", _("Mẹ")
    GRANDPARENT = "grandparent", _("Ông, bà")
    SIBLING = "sibling", _("Anh, chị, em")
    CHILD = "child", _("Con")
    SPOUSE = "spouse", _("Vợ, chồng")
    RELATIVE = "relative", _("Người thân khác")
    OTHER = "other", _("Người khác nhận chăm sóc, nuôi dưỡng")


class PairState(models.TextChoices):
    """What is known of two people who may be one: asked, being verified, one human, or two."""

    OPEN = "open", _("Chưa trả lời")
    VERIFYING = "verifying", _("Cần xác minh")
    SAME = "same", _("Cùng một người")
    DIFFERENT = "different", _("Hai người khác nhau")

    @classmethod
    def unanswered(cls) -> tuple["PairState", ...]:
        return (cls.OPEN, cls.VERIFYING)


class RequestKind(models.TextChoices):
    """What somebody asks about their own data (docs: invariants, "Keeping people out")."""

    ACCESS = "access", _("Xem dữ liệu của mình")
    CORRECTION = "correction", _("Sửa dữ liệu sai")
    RESTRICTION = "restriction", _("Hạn chế, phản đối việc dùng dữ liệu")
    ERASURE = "erasure", _("Xóa dữ liệu")
    OTHER = "other", _("Yêu cầu khác")


class RequestState(models.TextChoices):
    RECEIVED = "received", _("Đã nhận")
    ANSWERED = "answered", _("Đã trả lời")
    REFUSED = "refused", _("Từ chối")
