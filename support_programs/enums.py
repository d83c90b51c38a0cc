"""States and kinds of cases, lists and what follows from them."""

from typing import Final

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
    # claims that BHXH or a bank decides: only what they decided is kept here
    DECIDED_ELSEWHERE = "decided_elsewhere", _("Cơ quan khác đã quyết định")

    @classmethod
    def ended(cls) -> tuple["CaseStatus", ...]:
        """States in which a case no longer stands in the way of a new one."""
        return (cls.INELIGIBLE, cls.WITHDRAWN)


class ListStatus(models.TextChoices):
    DRAFT = "draft", _("Xã đang lập")
    POSTING = "posting", _("Đang niêm yết")
    POSTED = "posted", _("Đã niêm yết")
    AT_AGENCY = "at_agency", _("Chờ cơ quan khác xác nhận")
    AT_DISTRICT = "at_district", _("Huyện đang thẩm định")
    DISTRICT_APPROVED = "district_approved", _("Huyện đã duyệt danh sách")
    AT_DEPARTMENT = "at_department", _("Sở đang thẩm định kinh phí")
    MONEY_APPRAISED = "money_appraised", _("Đã thẩm định kinh phí")
    AT_PROVINCE = "at_province", _("Chờ UBND tỉnh quyết định")
    MONEY_APPROVED = "money_approved", _("Tỉnh đã duyệt kinh phí")
    SENT_BACK = "sent_back", _("Bị trả lại")

    @classmethod
    def at_commune(cls) -> tuple["ListStatus", ...]:
        """States in which the list is with those who draw it up: the commune, or the level that took the dossier in."""
        return (cls.DRAFT, cls.POSTING, cls.POSTED, cls.SENT_BACK)

    @classmethod
    def after_district(cls) -> tuple["ListStatus", ...]:
        """States that a list whose chain has a district reaches only with the district's approval."""
        return (
            cls.DISTRICT_APPROVED,
            cls.AT_DEPARTMENT,
            cls.MONEY_APPRAISED,
            cls.AT_PROVINCE,
            cls.MONEY_APPROVED,
        )

    @classmethod
    def before_decision(cls) -> tuple["ListStatus", ...]:
        """States in which only the decision on the money is missing."""
        return (cls.MONEY_APPRAISED, cls.AT_PROVINCE)


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
    """Steps of a programme's way, each with its clock; the catalogue says which of them a version has."""

    COMMUNE_REVIEW = "commune_review", _("Xã rà soát, lập danh sách")
    POSTING = "posting", _("Niêm yết công khai")
    CONFIRMATION = "confirmation", _("Cơ quan BHXH xác nhận")
    TAX_REVIEW = "tax_review", _("Chi cục Thuế thẩm định")
    DISTRICT_APPRAISAL = "district_appraisal", _("Huyện thẩm định, duyệt danh sách")
    DEPARTMENT_APPRAISAL = "department_appraisal", _("Sở thẩm định")
    MONEY_APPRAISAL = "money_appraisal", _("Sở LĐ-TBXH, Sở Tài chính thẩm định kinh phí")
    MONEY_APPROVAL = "money_approval", _("UBND tỉnh duyệt kinh phí")
    PAYMENT = "payment", _("Chi trả")

    @classmethod
    def of_agencies(cls) -> tuple["Step", ...]:
        """Steps in which an agency outside confirms the list before it is appraised."""
        return (cls.CONFIRMATION, cls.TAX_REVIEW)


class Relation(models.TextChoices):
    """Who the claimant is to a child under a supplement (NQ 68, II.7)."""

    MOTHER = "mother", _("Mẹ")
    FATHER = "father", _("Cha")
    CARER = "carer", _("Người chăm sóc thay thế")


class ChildIdentity(models.TextChoices):
    """What names a child: its personal number, or its birth certificate where it has none yet."""

    PERSONAL_NUMBER = "personal_number", _("Số định danh cá nhân")
    BIRTH_CERTIFICATE = "birth_certificate", _("Giấy khai sinh")


# what is owed in whole đồng; anything else is owed in kind, by quantity
VND: Final = "VND"


class OutreachState(models.TextChoices):
    """What came of looking somebody up who may be entitled and has no case; a case that is opened since shows by itself."""

    WAITING = "waiting", _("Chờ xã rà soát")
    INVITED = "invited", _("Đã mời làm hồ sơ")
    DECLINED = "declined", _("Người dân không đề nghị")
    NOT_ENTITLED = "not_entitled", _("Rà soát: không thuộc diện")
    MOVED = "moved", _("Không còn ở địa phương")


class PaperForm(models.TextChoices):
    """How a paper of a dossier is held: seen on paper by an officer, or as a file."""

    ORIGINAL = "original", _("Bản giấy")
    SCAN = "scan", _("Bản chụp, bản quét")


class GrievanceKind(models.TextChoices):
    """What the citizen raises; a denunciation goes to the department, whoever receives it."""

    COMPLAINT = "complaint", _("Khiếu nại")
    FEEDBACK = "feedback", _("Phản ánh, kiến nghị")
    DENUNCIATION = "denunciation", _("Tố cáo")


class GrievanceTopic(models.TextChoices):
    """What it is about."""

    NOT_PAID = "not_paid", _("Chưa nhận được tiền")
    AMOUNT = "amount", _("Số tiền nhận không đúng")
    REFUSED = "refused", _("Bị kết luận không đủ điều kiện")
    LEFT_OUT = "left_out", _("Đủ điều kiện nhưng không có tên trong danh sách")
    WRONG_PERSON = "wrong_person", _("Người có tên trong danh sách không đúng đối tượng")
    WRONG_DATA = "wrong_data", _("Thông tin trong danh sách bị sai")
    SLOW = "slow", _("Giải quyết chậm")
    CONDUCT = "conduct", _("Thái độ, hành vi của cán bộ")
    OTHER = "other", _("Nội dung khác")


class GrievanceStatus(models.TextChoices):
    RECEIVED = "received", _("Mới nhận")
    ACCEPTED = "accepted", _("Đang giải quyết")
    ANSWERED = "answered", _("Đã trả lời")
    DECLINED = "declined", _("Không thụ lý")
    WITHDRAWN = "withdrawn", _("Người gửi rút")

    @classmethod
    def open(cls) -> tuple["GrievanceStatus", ...]:
        """Somebody still owes an answer."""
        return (cls.RECEIVED, cls.ACCEPTED)


class GrievanceOutcome(models.TextChoices):
    """What was found of it."""

    UPHELD = "upheld", _("Đúng")
    PARTLY = "partly", _("Đúng một phần")
    NOT_UPHELD = "not_upheld", _("Không đúng")
    EXPLAINED = "explained", _("Đã giải thích, hướng dẫn")


class GrievanceChannel(models.TextChoices):
    """The way on which it came."""

    PUBLIC = "public", _("Trang công khai")
    DESK = "desk", _("Trực tiếp tại trụ sở")
    PHONE = "phone", _("Điện thoại")
    POSTING = "posting", _("Nơi niêm yết")
    LETTER = "letter", _("Đơn thư")


class ApplicationStatus(models.TextChoices):
    """Of an application that a citizen sent in on the public page."""

    NEW = "new", _("Chờ xã tiếp nhận")
    TAKEN_IN = "taken_in", _("Đã tiếp nhận thành hồ sơ")
    DECLINED = "declined", _("Không tiếp nhận")


class DocumentKind(models.TextChoices):
    """Official papers that the system prints; each has a layout of its own."""

    RECEIPT = "receipt", _("Giấy tiếp nhận hồ sơ và hẹn trả kết quả")
    SUPPLEMENT = "supplement", _("Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ")
    REFUSAL = "refusal", _("Phiếu từ chối tiếp nhận hồ sơ")
    APOLOGY = "apology", _("Phiếu xin lỗi và hẹn lại ngày trả kết quả")
    CONTROL = "control", _("Phiếu kiểm soát quá trình giải quyết hồ sơ")
    NOT_ELIGIBLE = "not_eligible", _("Công văn trả lời không đủ điều kiện")
    SUBMISSION = "submission", _("Tờ trình")
    PROPOSAL = "proposal", _("Danh sách đề nghị")
    APPRAISAL = "appraisal", _("Danh sách thẩm định")
    DECISION = "decision", _("Quyết định phê duyệt danh sách và kinh phí")
    POSTING_START = "posting_start", _("Biên bản niêm yết")
    POSTING_END = "posting_end", _("Biên bản kết thúc niêm yết")
    REMINDER = "reminder", _("Công văn đôn đốc")
    GRIEVANCE_ANSWER = "grievance_answer", _("Văn bản trả lời khiếu nại, phản ánh")
    PAYOUT_REQUEST = "payout_request", _("Giấy đề nghị chi")
    RECONCILIATION = "reconciliation", _("Biên bản đối chiếu kết quả chi trả")
    AWARD_SUBMISSION = "award_submission", _("Tờ trình khen thưởng")
    ACHIEVEMENT_REPORT = "achievement_report", _("Báo cáo thành tích")
    COUNCIL_MINUTES = "council_minutes", _("Biên bản họp hội đồng thi đua, khen thưởng")
    AWARD_DECISION = "award_decision", _("Quyết định khen thưởng")
    AWARD_CERTIFICATE = "award_certificate", _("Giấy khen, bằng khen")


class Issuer(models.TextChoices):
    """Which body signs an official paper."""

    COMMUNE = "commune", _("UBND cấp xã")
    DISTRICT_OFFICE = "district_office", _("Phòng LĐ-TBXH")
    DISTRICT = "district", _("UBND cấp huyện")
    DEPARTMENT = "department", _("Sở LĐ-TBXH")
    PROVINCE = "province", _("UBND tỉnh")


class DocumentStatus(models.TextChoices):
    DRAFT = "draft", _("Dự thảo")
    ISSUED = "issued", _("Đã phát hành")
    REVOKED = "revoked", _("Đã thu hồi")
    DISCARDED = "discarded", _("Đã bỏ")
