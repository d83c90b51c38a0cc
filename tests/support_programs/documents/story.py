"""One list and its people, led from the commune to the decision, with every kind of official paper made on its way.

Each paper is rendered once as a draft and once as issued; all tests that look at papers share the bytes.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any, Final

from core.services.files import read_file
from disbursements.services.batches import approve_batch, close_batch, release_batch
from disbursements.services.results import record_all_paid_except
from support_programs.enums import CaseStatus, GrievanceChannel, GrievanceKind, GrievanceTopic
from support_programs.enums import DocumentKind as K
from support_programs.models import Case, CaseList, Grievance, OfficialDocument
from support_programs.services import approval, posting
from support_programs.services import documents as service
from support_programs.services.appraisal import exclude_case, verify_cases
from tests.factories import cases as make
from tests.factories import payments
from tests.factories.claims import claim
from tests.factories.people import OTHER_COMMUNE
from tests.support_programs.documents.story_emulation import add_papers

ABOUT: Final = ("case", "case_list", "grievance", "record", "area_code")
UNPAID: Final = ("Vắng mặt khi chi trả", "Vắng mặt khi chi trả", "Đã chuyển đi nơi khác")
LONG_NAME: Final = "Nguyễn Hoàng Ngọc Phượng Uyên Thùy Dương"
POSTED_FROM: Final = dt.date(2021, 9, 22)
HEADS: Final = {
    "commune": "TM. Ủy ban nhân dân\nKT. Chủ tịch\nPhó Chủ tịch",
    "district": "TM. Ủy ban nhân dân\nChủ tịch",
    "department": "Giám đốc",
    "province": "TM. Ủy ban nhân dân\nChủ tịch",
}


@dataclass(frozen=True, slots=True)
class Rendered:
    """One kind of paper: its draft and what was issued."""

    draft: bytes
    issued: bytes
    number: str
    reference: str


def make_papers() -> dict[str, Rendered]:
    """Every kind of paper by its code, and the list of 300 people under `long`."""
    who = make.staff()
    made: dict[str, Rendered] = {}
    case_list = make.confirmed_list(who, 3)
    cases = list(Case.objects.filter(case_list=case_list).order_by("position"))
    Case.objects.filter(pk=cases[0].pk).update(applicant_name=LONG_NAME)
    _of_desk(made, cases, who)
    posting.post_list(case_list, place="Trụ sở UBND thị trấn", posting_from=POSTED_FROM, actor=who.commune)
    case_list.refresh_from_db()
    made[K.POSTING_START] = _paper(
        K.POSTING_START, who.commune, "", hour="08 giờ 30 phút", case_list=case_list
    )
    _remark(case_list, who)
    posting.close_posting(case_list, actor=who.commune, remarks="Ông Ba hỏi vì sao chưa có tên.")
    case_list.refresh_from_db()
    made[K.POSTING_END] = _paper(
        K.POSTING_END, who.commune, "", present="Lê Văn Tám, Phó Chủ tịch", case_list=case_list
    )
    made[K.PROPOSAL] = _paper(K.PROPOSAL, who.commune, "", case_list=case_list)
    made[K.SUBMISSION] = _paper(K.SUBMISSION, who.commune, "12/TTr-UBND", case_list=case_list)
    posting.submit_list(
        case_list, letter_number="12/TTr-UBND", letter_date=dt.date(2021, 9, 27), actor=who.commune
    )
    _appraised(made, case_list, cases[2], who)
    made[K.REMINDER] = _reminder(case_list, who)
    made[K.GRIEVANCE_ANSWER] = _answer(case_list, who)
    _of_batch(made)
    add_papers(made, _paper)
    made["long"] = _paper(K.PROPOSAL, who.commune, "", is_short=False, case_list=make.draft_list(who, 300))
    return made


def _of_desk(made: dict[str, Rendered], cases: list[Case], who: make.Staff) -> None:
    first, late = cases[0], cases[1]
    Case.objects.filter(pk=late.pk).update(due_on=dt.date(2021, 9, 20))
    late.refresh_from_db()
    first.refresh_from_db()
    made[K.RECEIPT] = _paper(K.RECEIPT, who.commune, "15/TNHS", case=first, result_on="2021-10-12")
    made[K.SUPPLEMENT] = _paper(
        K.SUPPLEMENT,
        who.commune,
        "03/HDHS",
        case=first,
        reason="Bản chụp CCCD bị mờ mặt sau.\nĐơn thiếu chữ ký của người đề nghị.",
        answer_by="2021-10-05",
    )
    made[K.APOLOGY] = _paper(
        K.APOLOGY,
        who.commune,
        "02/PXL",
        case=late,
        reason="Cán bộ thụ lý cách ly y tế.",
        result_on="2021-10-04",
    )
    made[K.CONTROL] = _paper(K.CONTROL, who.commune, "", case=first)
    loose = claim("LD_TU_DO", who.commune)
    made[K.REFUSAL] = _paper(
        K.REFUSAL, who.commune, "01/PTC", case=loose, reason="Chính sách này do cơ quan BHXH tiếp nhận."
    )


def _appraised(made: dict[str, Rendered], case_list: CaseList, refused: Case, who: make.Staff) -> None:
    exclude_case(
        refused,
        to=CaseStatus.INELIGIBLE,
        reason="Có giao kết hợp đồng lao động (khoản 12 Mục II NQ 68)",
        actor=who.officer,
    )
    refused.refresh_from_db()
    made[K.NOT_ELIGIBLE] = _paper(
        K.NOT_ELIGIBLE,
        who.officer,
        "35/LĐTBXH",
        case=refused,
        reasons="Có giao kết hợp đồng lao động (khoản 12 Mục II NQ 68).",
    )
    verify_cases(Case.objects.filter(case_list=case_list), actor=who.officer)
    case_list.refresh_from_db()
    made[K.APPRAISAL] = _paper(K.APPRAISAL, who.officer, "", case_list=case_list)
    approval.approve_list(case_list, number="45/QĐ-UBND", date=dt.date(2021, 9, 27), actor=who.head)
    approval.forward_list(case_list, actor=who.officer)
    case_list.refresh_from_db()
    made["submission_district"] = _paper(K.SUBMISSION, who.officer, "61/TTr-UBND", case_list=case_list)
    approval.appraise_money(
        case_list, finance_number="1024/STC-HCSN", finance_date=dt.date(2021, 9, 27), actor=who.reviewer
    )
    case_list.refresh_from_db()
    made["submission_department"] = _paper(K.SUBMISSION, who.reviewer, "88/TTr-SLĐTBXH", case_list=case_list)
    made[K.DECISION] = _paper(K.DECISION, who.approver, "2208/QĐ-UBND", case_list=case_list)


def _reminder(case_list: CaseList, who: make.Staff) -> Rendered:
    row = {
        "reference": case_list.reference,
        "title": case_list.title,
        "area": "Thị trấn Phú Mỹ",
        "step": "Xã rà soát, lập danh sách",
        "due_on": "2021-09-20",
        "days_late": 5,
        "people": 40,
    }
    return _paper(
        K.REMINDER,
        who.reviewer,
        "97/SLĐTBXH-LĐVL",
        area_code=case_list.area_code[:5],
        recipient="Ủy ban nhân dân huyện Phú Tân",
        lists=[row],
        answer_by="2021-10-01",
    )


def _of_batch(made: dict[str, Rendered]) -> None:
    """The papers of a payout batch of 40 people in two communes: asked for, paid but for three, locked."""
    payable = payments.payable_list(36)
    staff = payable.staff
    payments.payable_list(4, staff=staff, area=OTHER_COMMUNE)
    batch = payments.prepared_batch(payable)
    made[K.PAYOUT_REQUEST] = _paper(
        K.PAYOUT_REQUEST,
        staff.accountant,
        "14/GĐN-LĐTBXH",
        record=batch,
        addressee="Sở Lao động - Thương binh và Xã hội tỉnh An Giang",
    )
    approve_batch(actor=staff.approver, batch=batch)
    batch = release_batch(actor=staff.accountant, batch=batch)
    record_all_paid_except(
        actor=staff.accountant,
        batch=batch,
        exceptions={
            line.reference: reason
            for line, reason in zip(batch.instructions.order_by("pk"), UNPAID, strict=False)
        },
    )
    close_batch(actor=staff.accountant, batch=batch)
    batch.refresh_from_db()
    made[K.RECONCILIATION] = _paper(
        K.RECONCILIATION,
        staff.accountant,
        "",
        record=batch,
        hour="14 giờ 00 phút",
        present="Lê Thị Hoa, kế toán Phòng LĐ-TBXH\nNguyễn Văn Bảy, thủ quỹ UBND thị trấn Phú Mỹ",
        payer="UBND thị trấn Phú Mỹ",
    )


def _remark(case_list: CaseList, who: make.Staff) -> Grievance:
    return Grievance.objects.create(
        reference="PA-2021-00000017",
        area_code=case_list.area_code,
        filed_area_code=case_list.area_code,
        status="received",
        kind=GrievanceKind.FEEDBACK,
        topic=GrievanceTopic.LEFT_OUT,
        channel=GrievanceChannel.POSTING,
        case_list=case_list,
        text="Chị Sáu bán vé số ở Ấp Mỹ Lương chưa có tên trong danh sách.",
        received_on=dt.date(2021, 9, 23),
        entered_by_id=who.commune.pk,
    )


def _answer(case_list: CaseList, who: make.Staff) -> Rendered:
    grievance = Grievance.objects.get(case_list=case_list)
    return _paper(
        K.GRIEVANCE_ANSWER,
        who.commune,
        "21/UBND",
        grievance=grievance,
        addressee="Người phản ánh tại nơi niêm yết",
        question=grievance.text,
        answer="Chị Sáu chưa nộp đơn. Xã đã hướng dẫn nộp đơn tại Bộ phận một cửa.",
        outcome="Đúng một phần",
    )


def _paper(kind: str, actor: Any, number: str, *, is_short: bool = True, **given: Any) -> Rendered:
    about = {key: given.pop(key) for key in ABOUT if key in given}
    document: OfficialDocument = service.draft_document(kind=kind, actor=actor, content=given, **about)
    draft = service.preview_document(document, actor=actor) if is_short else b""
    issuer = document.content["issuer"]
    issued = service.issue_document(
        document,
        number=number,
        dated=dt.date(2021, 9, 27),
        signer_office=HEADS.get(issuer, "Trưởng phòng"),
        signer_name="Trần Thị Mỹ Hạnh",
        actor=actor,
    )
    assert issued.file is not None
    return Rendered(draft, read_file(issued.file), number, issued.reference)
