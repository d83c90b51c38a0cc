"""Roles, and which of them read, decide or pay (docs: README, "Who may do what")."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    COMMUNE_OFFICER = "commune_officer", _("Cán bộ cấp xã")
    DISTRICT_OFFICER = "district_officer", _("Chuyên viên Phòng LĐ-TBXH")
    DISTRICT_HEAD = "district_head", _("Lãnh đạo UBND cấp huyện")
    PROVINCIAL_REVIEWER = "provincial_reviewer", _("Chuyên viên Sở LĐ-TBXH")
    PROVINCIAL_APPROVER = "provincial_approver", _("Người phê duyệt cấp tỉnh")
    ACCOUNTANT = "accountant", _("Kế toán")
    AUDITOR = "auditor", _("Thanh tra, kiểm toán")
    LEADER = "leader", _("Lãnh đạo (xem số liệu)")
    ADMINISTRATOR = "administrator", _("Quản trị")

    @classmethod
    def readers_of_records(cls) -> tuple["Role", ...]:
        """Roles that see people, cases, lists and batches of their area; the administrator sees none."""
        return tuple(role for role in cls if role is not cls.ADMINISTRATOR)

    @classmethod
    def readers_of_figures(cls) -> tuple["Role", ...]:
        """Roles that open the overview and the reports."""
        return tuple(role for role in cls if role not in (cls.ADMINISTRATOR, cls.COMMUNE_OFFICER))


class AreaLevel(models.IntegerChoices):
    PROVINCE = 1, _("cấp tỉnh")
    DISTRICT = 2, _("cấp huyện")
    COMMUNE = 3, _("cấp xã")
