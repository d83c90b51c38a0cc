"""A whole story with every kind of number in it: a list, what is typed by hand, children, employers, a bank batch, its answer.

Everything is made through the services, so that each table holds what the system itself writes.
"""

import io
from dataclasses import dataclass, field

import openpyxl

from beneficiaries.imports.profile import profile_of
from beneficiaries.models import Employer, ListImport, Person
from beneficiaries.services.employers import register_employer
from beneficiaries.services.imports.commits import start_commit
from beneficiaries.services.imports.corrections import accept_warnings, correct_row
from beneficiaries.services.imports.marked import marked_workbook
from beneficiaries.services.imports.uploads import upload_list
from core import clock
from core.services.files import read_file
from core.services.jobs import run_job
from disbursements.enums import ProxyRelation
from disbursements.models import Batch, PaymentFile
from disbursements.services.goods_results import Proxy
from disbursements.services.goods_results import record_proxy as record_goods_proxy
from disbursements.services.proxies import ProxyEntry
from disbursements.services.proxies import record_proxy as record_cash_proxy
from disbursements.services.rendering import start_rendering
from disbursements.services.statements import check_statement, record_statement
from support_programs.enums import GrievanceChannel
from support_programs.models import Case, CaseList
from support_programs.queries.applications import Typed, rules_for
from support_programs.services import approval
from support_programs.services.applications import send_application
from support_programs.services.appraisal import verify_cases
from support_programs.services.children import add_child
from support_programs.services.entry_drafts import keep_draft
from support_programs.services.facts import confirm_facts
from support_programs.services.grievances import Report, file_grievance
from tests.factories import cases as make
from tests.factories import claims, goods, payments
from tests.factories.papers import hand_in_all
from tests.factories.people import COMMUNE, DISTRICT

HEADER = [
    *("STT", "Họ và tên", "Ngày sinh", "Giới tính", "Số CMND cũ", "Số CCCD", "Địa chỉ", "Công việc"),
    *("Số tài khoản", "Ngân hàng", "Số tiền", "Ghi chú"),
]
NUMBERS = ("089085000111", "089085000222", "089085000333", "089085000444")
OLD_NUMBERS = ("351234561", "351234562")
ACCOUNTS = ("6700205111927", "6700205222928", "6700205333929")
# written where it doesn't belong, and a row that nobody may take in
STRAY = "079185654321"
PROXY = "089190000123"
# of a public application, of a form that is being typed, of who complains
APPLIED, DRAFTED, PHONE = "089190123456", "089190654321", "0987123456"
WRONG = "0890850005"


@dataclass(slots=True)
class Story:
    """What came of it, and every number that was used in it."""

    who: make.Staff
    list_import: ListImport
    case_list: CaseList
    batch: Batch
    employer: Employer
    child_case: Case
    numbers: set[str] = field(default_factory=set)

    @property
    def people(self) -> list[Person]:
        """Those of the list, by their row."""
        rows = self.list_import.rows.filter(person__isnull=False).order_by("row_number")
        return [row.person for row in rows.select_related("person") if row.person]


def workbook() -> bytes:
    """Four people: three with an account, two with an old number, one whose number is wrong, a number in a note."""
    book = openpyxl.Workbook()
    book.active.append(HEADER)
    names = ("Nguyễn Văn An", "Trần Văn Bình", "Lê Văn Cường", "Phạm Văn Dũng", "Võ Văn Sai")
    for place, name in enumerate(names):
        old = OLD_NUMBERS[place] if place < len(OLD_NUMBERS) else ""
        account = ACCOUNTS[place] if place < len(ACCOUNTS) else ""
        number = NUMBERS[place] if place < len(NUMBERS) else WRONG
        note = f"con của {STRAY}" if place == 3 else ""
        book.active.append(
            [
                *(place + 1, name, "02/03/1985", "Nam", old, number, "Khóm Mỹ Lương", "Bán vé số dạo"),
                *(account, "Agribank" if account else "", 1_500_000, note),
            ]
        )
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def whole_story() -> Story:
    """Play it; needs `committed_db` where other connections are to see it."""
    who = make.staff()
    list_import = brought_in(who)
    case_list = CaseList.objects.get(reference=list_import.totals["made"]["list"])
    batch = paid_out(who, decided(who, case_list))
    employer = register_employer(
        values={**claims.employer(DISTRICT), "bank_name": "Vietcombank", "account": "0151000123456"},
        actor=who.officer,
    )
    child = claims.child()
    applicant = claims.applicant(phone="0912345678")
    child_case = claims.claim("TAM_HOAN", who.officer, applicant=applicant)
    add_child(child_case, typed=child, actor=who.officer, keeps_warnings=True)
    what_citizens_send(who)

    numbers = {*NUMBERS, *OLD_NUMBERS, *ACCOUNTS, STRAY, WRONG, "0151000123456"}
    numbers |= {child["number"], applicant["id_number"], APPLIED, DRAFTED, PHONE, PROXY}
    return Story(who, list_import, case_list, batch, employer, child_case, numbers)


def taken_instead() -> None:
    """Cash and rice that somebody took for the payee, and a bank's file that names accounts."""
    cash = payments.payable_list(1)
    line = payments.released_batch(cash, decision=cash.decision.number).instructions.get()
    authorised = ProxyEntry("Lê Thị Ba", PROXY, ProxyRelation.CHILD, "12/GUQ", clock.today())
    record_cash_proxy(actor=cash.staff.accountant, line=line, entry=authorised)
    rice = goods.rice_list(1)
    handed = goods.started_handout(rice).lines.get()
    record_goods_proxy(
        actor=rice.staff.accountant,
        line=handed,
        proxy=Proxy("Lê Thị Ba", "con", "Giấy ủy quyền 12/GUQ", PROXY),
    )
    said = f"Mã tham chiếu,Số tài khoản,Số tiền,Trạng thái\nLC202199999999,{ACCOUNTS[0]},1500000,Thành công\n"
    sent = payments.payable_list(1, with_accounts=1)
    asked = payments.released_batch(sent, channel="bank", decision=sent.decision.number)
    check_statement(actor=sent.staff.accountant, batch=asked, content=said.encode(), name="ket-qua.csv")


def what_citizens_send(who: make.Staff) -> None:
    """A complaint with a telephone, an application of the public page, a form that is being typed."""
    report = Report(
        kind="complaint",
        topic="not_paid",
        text="Tôi có tên trong danh sách mà chưa nhận được tiền hỗ trợ.",
        area_code=COMMUNE,
        sender_name="Trần Văn Hai",
        phone=PHONE,
    )
    file_grievance(report, channel=GrievanceChannel.PUBLIC, actor=None)
    typed = Typed(applicant=claims.applicant(id_number=APPLIED), answers={}, commune=COMMUNE, birth_year=1990)
    send_application(programme="LD_TU_DO", typed=typed)
    rules = rules_for("LD_TU_DO")
    assert rules is not None
    keep_draft(definition=rules, typed={"applicant-id_number": DRAFTED}, actor=who.commune)


def brought_in(who: make.Staff) -> ListImport:
    """The list uploaded, checked, marked, one row corrected in vain, the rest taken in."""
    officer = who.commune
    assert profile_of("LD_TU_DO")
    list_import = upload_list(
        content=workbook(),
        name="ds.xlsx",
        profile="LD_TU_DO",
        area_code=COMMUNE,
        actor=officer,
        stream="VE_SO",
        is_background=False,
    )
    run_job(list_import.job_id)
    list_import.refresh_from_db()
    correct_row(list_import=list_import, row_number=6, fixes={"id_number": f"{WRONG}1"}, actor=officer)
    marked_workbook(list_import=list_import, actor=officer)
    accept_warnings(list_import=list_import, actor=officer)
    run_job(start_commit(list_import=list_import, actor=officer, is_background=False).pk)
    list_import.refresh_from_db()
    return list_import


def decided(who: make.Staff, case_list: CaseList) -> payments.ApprovedList:
    """Confirmed, posted, appraised and approved; the district has the money."""
    confirm_facts(case_list, codes=make.CONFIRMED, excepted={}, actor=who.commune)
    hand_in_all(case_list, who.commune)
    make.submit(who, case_list)
    report = verify_cases(Case.objects.filter(case_list=case_list), actor=who.officer)
    assert report.done == len(NUMBERS), report
    approval.approve_list(case_list, number="45/QĐ-UBND", date=clock.today(), actor=who.head)
    approval.forward_list(case_list, actor=who.officer)
    approval.appraise_money(
        case_list, finance_number="1024/STC-HCSN", finance_date=clock.today(), actor=who.reviewer
    )
    paper = approval.DecisionPaper(number="2208/QĐ-UBND", signed_on=clock.today())
    decision = approval.approve_money([case_list], paper=paper, actor=who.approver)
    case_list.refresh_from_db()
    staff = payments.Staff(who.commune, who.officer, who.head, who.reviewer, who.approver, who.accountant)
    made = payments.ApprovedList(staff, decision, case_list)
    payments.allocation(made, on=clock.today().isoformat())
    return made


def paid_out(who: make.Staff, made: payments.ApprovedList) -> Batch:
    """Paid through the bank: the list written, sent out, and uploaded again with its results."""
    batch = payments.released_batch(made, channel="bank")
    run_job(start_rendering(batch=batch, actor=who.accountant, is_draft=False).pk)
    written = PaymentFile.objects.get(batch=batch, kind="list_xlsx", is_draft=False)
    statement = check_statement(
        actor=who.accountant, batch=batch, content=with_results(read_file(written.file)), name="tra-ve.xlsx"
    )
    record_statement(actor=who.accountant, statement=statement)
    batch.refresh_from_db()
    return batch


def with_results(content: bytes) -> bytes:
    """The payment list as the bank fills it: everybody paid but the last."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    lines = []
    titles: list[str] = []
    for row in book.active.iter_rows():
        texts = [str(cell.value or "") for cell in row]
        if "Mã lệnh chi" in texts:
            titles = texts
        elif titles and texts[titles.index("Mã lệnh chi")].startswith("LC-"):
            lines.append(row)
    for row in lines[:-1]:
        row[titles.index("Kết quả chi")].value = "x"
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()
