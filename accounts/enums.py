"""Roles, and which of them read, decide or pay (docs: README, "Who may do what")."""

from collections.abc import Mapping
from typing import Final

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
    def writers(cls) -> tuple["Role", ...]:
        """Roles that change something; auditors and leaders write nothing."""
        return tuple(role for role in cls if role not in (cls.AUDITOR, cls.LEADER))

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

    @classmethod
    def of(cls, area_code: str) -> "AreaLevel":
        """The level of a code: two digits name a province, five a district, ten a commune."""
        return {2: cls.PROVINCE, 5: cls.DISTRICT}.get(len(area_code), cls.COMMUNE)


# where somebody with a role can work; administrators keep the accounts and the calendar of the whole province
ROLE_LEVELS: Final[Mapping[Role, tuple[AreaLevel, ...]]] = {
    Role.COMMUNE_OFFICER: (AreaLevel.COMMUNE,),
    Role.DISTRICT_OFFICER: (AreaLevel.DISTRICT,),
    Role.DISTRICT_HEAD: (AreaLevel.DISTRICT,),
    Role.PROVINCIAL_REVIEWER: (AreaLevel.PROVINCE,),
    Role.PROVINCIAL_APPROVER: (AreaLevel.PROVINCE,),
    Role.ACCOUNTANT: (AreaLevel.DISTRICT, AreaLevel.PROVINCE),
    Role.AUDITOR: tuple(AreaLevel),
    Role.LEADER: tuple(AreaLevel),
    Role.ADMINISTRATOR: (AreaLevel.PROVINCE,),
}


# how long the area code of a district is; a shorter one is the province's, a longer one a commune's
DISTRICT_DIGITS: Final = 5
