"""States and kinds of cases, lists and what follows from them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CaseStatus(models.TextChoices):
    DRAFT = "draft", _("Bản nháp")
    LISTED = "listed", _("Đã lập danh sách")
    APPRAISING = "appraising", _("Đang thẩm định")
    NEEDS_SUPPLEMENT = "needs_supplement", _("Cần bổ sung")
    ELIGIBLE = "eligible", _("Đủ điều kiện")
    INELIGIBLE = "ineligible", _("Không đủ điều kiện")
    APPROVED = "approved", _("Đã phê duyệt")
    WITHDRAWN = "withdrawn", _("Người dân rút hồ sơ")

    @classmethod
    def ended(cls) -> tuple["CaseStatus", ...]:
        """States in which a case no longer stands in the way of a new one."""
        return (cls.INELIGIBLE, cls.WITHDRAWN)


class ListStatus(models.TextChoices):
    DRAFT = "draft", _("Xã đang lập")
    POSTING = "posting", _("Đang niêm yết")
    POSTED = "posted", _("Đã niêm yết")
    AT_DISTRICT = "at_district", _("Huyện đang thẩm định")
    DISTRICT_APPROVED = "district_approved", _("Huyện đã duyệt danh sách")
    AT_DEPARTMENT = "at_department", _("Sở đang thẩm định kinh phí")
    MONEY_APPRAISED = "money_appraised", _("Đã thẩm định kinh phí")
    MONEY_APPROVED = "money_approved", _("Tỉnh đã duyệt kinh phí")
    SENT_BACK = "sent_back", _("Bị trả lại")

    @classmethod
    def at_commune(cls) -> tuple["ListStatus", ...]:
        """States in which the commune works on the list."""
        return (cls.DRAFT, cls.POSTING, cls.POSTED, cls.SENT_BACK)

    @classmethod
    def after_district(cls) -> tuple["ListStatus", ...]:
        """States that a list reaches only with the district's approval."""
        return (cls.DISTRICT_APPROVED, cls.AT_DEPARTMENT, cls.MONEY_APPRAISED, cls.MONEY_APPROVED)


class EntitlementStatus(models.TextChoices):
    PROPOSED = "proposed", _("Đề nghị")
    APPROVED = "approved", _("Đã phê duyệt")
    COMMITTED = "committed", _("Trong đợt chi")
    PAID = "paid", _("Đã chi trả")
    CANCELLED = "cancelled", _("Đã hủy")

    @classmethod
    def after_decision(cls) -> tuple["EntitlementStatus", ...]:
        """States that an entitlement reaches only with a decision on its money."""
        return (cls.APPROVED, cls.COMMITTED, cls.PAID)


class Result(models.TextChoices):
    """What a determination says."""

    ELIGIBLE = "eligible", _("Đủ điều kiện")
    NOT_ELIGIBLE = "not_eligible", _("Không đủ điều kiện")
    UNDETERMINED = "undetermined", _("Chưa xác định")


class Step(models.TextChoices):
    """Steps of QĐ 1856's way, each with its clock."""

    COMMUNE_REVIEW = "commune_review", _("Xã rà soát, lập danh sách")
    POSTING = "posting", _("Niêm yết công khai")
    DISTRICT_APPRAISAL = "district_appraisal", _("Huyện thẩm định, duyệt danh sách")
    MONEY_APPRAISAL = "money_appraisal", _("Sở LĐ-TBXH, Sở Tài chính thẩm định kinh phí")
    MONEY_APPROVAL = "money_approval", _("UBND tỉnh duyệt kinh phí")
    PAYMENT = "payment", _("Chi trả")
