"""Who may make which official paper: a table by kind. Who signs follows the level of the record and the desk of the person."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_lazy as _

from accounts.enums import DISTRICT_DIGITS, Role
from accounts.permissions import has_any
from core.wording import Text
from core.workflow import Actor
from support_programs.enums import CaseStatus, DocumentKind, Issuer, ListStatus
from support_programs.permissions import (
    COMMUNE_DIGITS,
    DEPARTMENT_DIGITS,
    accountant,
    commune,
    district,
    reviewer,
)

# the decision is drafted by the department and signed by the province
_province: Final = has_any(Role.PROVINCIAL_REVIEWER, Role.PROVINCIAL_APPROVER)

# who works for the body that signs, and how many digits of an area name that body
WORKS_FOR: Final[Mapping[str, Callable[[Actor], bool]]] = {
    Issuer.COMMUNE: commune,
    Issuer.DISTRICT_OFFICE: district,
    Issuer.DISTRICT: district,
    Issuer.DEPARTMENT: reviewer,
    Issuer.PROVINCE: _province,
}
DIGITS: Final[Mapping[str, int]] = {
    Issuer.COMMUNE: COMMUNE_DIGITS,
    Issuer.DISTRICT_OFFICE: DISTRICT_DIGITS,
    Issuer.DISTRICT: DISTRICT_DIGITS,
    Issuer.DEPARTMENT: DEPARTMENT_DIGITS,
    Issuer.PROVINCE: DEPARTMENT_DIGITS,
}
INTAKE_BODY: Final[Mapping[int, Issuer]] = {
    COMMUNE_DIGITS: Issuer.COMMUNE,
    DISTRICT_DIGITS: Issuer.DISTRICT_OFFICE,
    DEPARTMENT_DIGITS: Issuer.DEPARTMENT,
}
_PAYERS: Final = (Issuer.DISTRICT_OFFICE, Issuer.DEPARTMENT)
_NO_FORM_OF_MONEY: Final = _(
    "chưa tìm được mẫu chính thức của giấy đề nghị chi và biên bản đối chiếu cho khoản hỗ trợ này. Bố cục theo Nghị định "
    "30/2020/NĐ-CP; hãy so với mẫu kế toán đang dùng tại nơi bạn làm việc."
)
_NO_FORM_OF_AWARDS: Final = _(
    "chưa đối chiếu được với mẫu của Nghị định 91/2017/NĐ-CP và Nghị định 85/2014/NĐ-CP. Hãy so với mẫu bộ phận thi đua, khen "
    "thưởng đang dùng."
)
_PROPOSERS: Final = (Issuer.COMMUNE, Issuer.DISTRICT, Issuer.DISTRICT_OFFICE, Issuer.DEPARTMENT)
_ANY_DESK: Final = (Issuer.COMMUNE, Issuer.DISTRICT_OFFICE, Issuer.DEPARTMENT)


@dataclass(frozen=True, slots=True)
class Making:
    """One kind: what it is about, which bodies may sign it (the usual one first), in which states of the record, and why so.

    `works_for` says who makes it where that is not who works for the body otherwise; `is_of_intake` leaves only the body that
    takes the dossiers in; `is_of_appraisal` only the one that appraises them.
    `has_whole_numbers` says that whole identity numbers stand in it; `unsure` what nobody could compare with a source.
    """

    about: str
    issuers: tuple[Issuer, ...]
    why: Text
    states: frozenset[str] = frozenset()
    not_now: Text = ""
    is_of_intake: bool = False
    is_of_appraisal: bool = False
    has_whole_numbers: bool = False
    is_unsure: bool = False
    unsure: Text = ""
    works_for: Callable[[Actor], bool] | None = None


MAKING: Final[Mapping[str, Making]] = {
    DocumentKind.RECEIPT: Making(
        "case", _ANY_DESK, _("Nơi tiếp nhận hồ sơ giao cho người nộp."), is_of_intake=True, is_unsure=True
    ),
    DocumentKind.SUPPLEMENT: Making(
        "case",
        _ANY_DESK,
        _("Nơi tiếp nhận hoặc nơi thẩm định hướng dẫn người dân bổ sung một lần, đầy đủ."),
        frozenset({CaseStatus.DRAFT, CaseStatus.LISTED, CaseStatus.APPRAISING, CaseStatus.NEEDS_SUPPLEMENT}),
        _("Hồ sơ đã có kết quả nên không còn yêu cầu bổ sung."),
        is_unsure=True,
    ),
    DocumentKind.REFUSAL: Making(
        "case",
        _ANY_DESK,
        _("Nơi tiếp nhận từ chối hồ sơ không thuộc thẩm quyền hoặc không đúng đối tượng, nêu rõ lý do."),
        frozenset({CaseStatus.DRAFT, CaseStatus.NEEDS_SUPPLEMENT, CaseStatus.WITHDRAWN}),
        _("Hồ sơ đã được nhận vào danh sách; khi không đủ điều kiện thì dùng công văn trả lời."),
        is_of_intake=True,
        is_unsure=True,
    ),
    DocumentKind.APOLOGY: Making(
        "case",
        _ANY_DESK,
        _("Nơi đang giữ hồ sơ quá hạn xin lỗi và hẹn lại ngày trả kết quả."),
        is_unsure=True,
    ),
    DocumentKind.CONTROL: Making(
        "case", _ANY_DESK, _("Theo dõi hồ sơ qua từng nơi: nhận lúc nào, giao lúc nào."), is_unsure=True
    ),
    DocumentKind.NOT_ELIGIBLE: Making(
        "case",
        (Issuer.DISTRICT_OFFICE, Issuer.DISTRICT, Issuer.DEPARTMENT),
        _("Nơi thẩm định trả lời bằng văn bản, nêu rõ lý do và điều khoản."),
        frozenset({CaseStatus.INELIGIBLE}),
        _("Chỉ soạn khi hồ sơ đã có kết luận không đủ điều kiện."),
        is_of_appraisal=True,
    ),
    DocumentKind.SUBMISSION: Making(
        "case_list",
        (Issuer.COMMUNE, Issuer.DISTRICT, Issuer.DEPARTMENT),
        _("Mỗi cấp trình cấp trên danh sách đã lập hoặc đã thẩm định."),
    ),
    DocumentKind.PROPOSAL: Making(
        "case_list",
        _ANY_DESK,
        _("Nơi lập danh sách ký danh sách đề nghị, có đủ số giấy tờ để đối chiếu."),
        is_of_intake=True,
        has_whole_numbers=True,
    ),
    DocumentKind.APPRAISAL: Making(
        "case_list",
        (Issuer.DISTRICT_OFFICE, Issuer.DISTRICT, Issuer.DEPARTMENT),
        _("Nơi thẩm định ký danh sách đã thẩm định."),
        frozenset(
            {
                ListStatus.AT_DISTRICT,
                ListStatus.DISTRICT_APPROVED,
                ListStatus.AT_DEPARTMENT,
                ListStatus.MONEY_APPRAISED,
                ListStatus.AT_PROVINCE,
            }
        ),
        _("Chỉ soạn khi danh sách đang hoặc đã được thẩm định."),
        is_of_appraisal=True,
        has_whole_numbers=True,
    ),
    DocumentKind.DECISION: Making(
        "case_list",
        (Issuer.PROVINCE, Issuer.DEPARTMENT),
        _("Sở soạn dự thảo, UBND tỉnh ký; số giấy tờ trong danh sách kèm theo được che."),
        frozenset({ListStatus.MONEY_APPRAISED, ListStatus.AT_PROVINCE, ListStatus.MONEY_APPROVED}),
        _("Chỉ soạn khi danh sách đã thẩm định xong, đang chờ quyết định."),
    ),
    DocumentKind.POSTING_START: Making(
        "case_list",
        _ANY_DESK,
        _("Nơi niêm yết lập biên bản khi dán danh sách."),
        frozenset({ListStatus.POSTING, ListStatus.POSTED}),
        _("Chỉ lập khi danh sách đang được niêm yết."),
        is_of_intake=True,
    ),
    DocumentKind.POSTING_END: Making(
        "case_list",
        _ANY_DESK,
        _("Nơi niêm yết lập biên bản khi hết thời gian niêm yết, ghi ý kiến nhận được."),
        frozenset({ListStatus.POSTING, ListStatus.POSTED}),
        _("Chỉ lập khi danh sách đã được niêm yết."),
        is_of_intake=True,
    ),
    DocumentKind.REMINDER: Making(
        "area",
        (Issuer.DEPARTMENT, Issuer.DISTRICT),
        _("Sở đôn đốc huyện, xã; huyện đôn đốc xã."),
    ),
    DocumentKind.GRIEVANCE_ANSWER: Making(
        "grievance",
        (Issuer.COMMUNE, Issuer.DISTRICT, Issuer.DISTRICT_OFFICE, Issuer.DEPARTMENT),
        _("Nơi giải quyết trả lời người gửi."),
    ),
    DocumentKind.PAYOUT_REQUEST: Making(
        "batch",
        _PAYERS,
        _("Kế toán của nơi lập đợt chi trình người có thẩm quyền duyệt chi."),
        is_unsure=True,
        unsure=_NO_FORM_OF_MONEY,
        works_for=accountant,
    ),
    DocumentKind.RECONCILIATION: Making(
        "batch",
        _PAYERS,
        _("Kế toán và nơi chi trả cùng ký khi đợt chi đã khóa; số liệu lấy từ sổ cái."),
        is_unsure=True,
        unsure=_NO_FORM_OF_MONEY,
        works_for=accountant,
    ),
    DocumentKind.AWARD_SUBMISSION: Making(
        "award_proposal",
        _PROPOSERS,
        _("Đơn vị đề nghị trình cấp có thẩm quyền khen thưởng."),
        is_unsure=True,
        unsure=_NO_FORM_OF_AWARDS,
    ),
    DocumentKind.ACHIEVEMENT_REPORT: Making(
        "award_proposal",
        _PROPOSERS,
        _("Báo cáo tóm tắt thành tích của tập thể, cá nhân được đề nghị."),
        is_unsure=True,
        unsure=_NO_FORM_OF_AWARDS,
    ),
    DocumentKind.COUNCIL_MINUTES: Making(
        "council_meeting",
        (Issuer.DEPARTMENT,),
        _("Hội đồng thi đua, khen thưởng ghi thành viên có mặt và số phiếu cho từng đề nghị."),
        is_unsure=True,
        unsure=_NO_FORM_OF_AWARDS,
    ),
    DocumentKind.AWARD_DECISION: Making(
        "council_meeting",
        (Issuer.DEPARTMENT, Issuer.PROVINCE),
        _("Sở soạn dự thảo; Giám đốc Sở ký giấy khen, UBND tỉnh ký bằng khen."),
        is_unsure=True,
        unsure=_NO_FORM_OF_AWARDS,
    ),
    DocumentKind.AWARD_CERTIFICATE: Making(
        "award_proposal",
        (Issuer.DEPARTMENT, Issuer.PROVINCE),
        _("In theo quyết định khen thưởng đã ghi."),
        is_unsure=True,
        unsure=_NO_FORM_OF_AWARDS,
    ),
}
NOT_ISSUER: Final = _("Văn bản này do cơ quan khác soạn.")
NO_WHOLE_NUMBERS: Final = _("Bạn không có quyền tải danh sách có đủ số CCCD, CMND.")


def issuers_for(kind: str, area_code: str, actor: Actor, *, has_district_step: bool = True) -> list[Issuer]:
    """The bodies for which this person may make a paper of this kind about a record of this area, the usual one first.

    A body can only speak of what lies in its own area; the person must work for it. `has_district_step` says of a record of a
    programme whether the district appraises it.
    """
    making = MAKING[kind]
    found = list(making.issuers)
    if making.is_of_intake:
        found = [INTAKE_BODY[len(area_code)]]
    if making.is_of_appraisal:
        is_districts = has_district_step and len(area_code) > DEPARTMENT_DIGITS
        found = [issuer for issuer in found if (DIGITS[issuer] == DISTRICT_DIGITS) == is_districts]
    return [
        issuer
        for issuer in found
        if DIGITS[issuer] <= len(area_code)
        and (making.works_for or WORKS_FOR[issuer])(actor)
        and len(actor.area_code) == DIGITS[issuer]
        and area_code.startswith(actor.area_code)
    ]
