"""Lists and cases of the tests: made from committed rows as the import does, then led through the services."""

import datetime as dt
from dataclasses import dataclass
from itertools import count

from accounts.enums import Role
from accounts.models import User
from beneficiaries.models import IdentityDocument, ImportRow, ListImport, Person
from core import clock, crypto
from core.enums import FileKind
from core.models import StoredFile
from core.queries.references import next_reference
from core.text import search_key, sort_key
from support_programs.models import ApprovalDecision, Case, CaseList
from support_programs.services import approval, posting
from support_programs.services.appraisal import verify_cases
from support_programs.services.facts import confirm_facts
from support_programs.services.intake import create_cases_from_rows
from tests.factories.papers import hand_in_all
from tests.factories.people import COMMUNE, user

CONFIRMED = ("no_contract", "residence", "single_claim", "lost_income", "income")
PAPERS = ("request", "identity_paper")
# the form of a list's facts with every tick
TICKS = dict.fromkeys([*CONFIRMED, *(f"paper-{code}" for code in PAPERS)], "on")
_number = count(1)


@dataclass(frozen=True, slots=True)
class Staff:
    """One of each role, all of the same district."""

    commune: User
    officer: User
    head: User
    reviewer: User
    approver: User
    accountant: User


def staff() -> Staff:
    return Staff(
        commune=user(Role.COMMUNE_OFFICER),
        officer=user(Role.DISTRICT_OFFICER),
        head=user(Role.DISTRICT_HEAD),
        reviewer=user(Role.PROVINCIAL_REVIEWER),
        approver=user(Role.PROVINCIAL_APPROVER),
        accountant=user(Role.ACCOUNTANT),
    )


def committed_import(
    actor: User, rows: int, *, job: str = "Bán vé số dạo", stream: str = "VE_SO"
) -> ListImport:
    """An import whose rows are in the register of people already: what the programme's part of a commit starts from."""
    area = actor.area_code if len(actor.area_code) == 10 else COMMUNE
    stored = StoredFile.objects.create(
        area_code=area,
        kind=FileKind.UPLOAD,
        name="danh sach.xlsx",
        content_type="application/octet-stream",
        size=1,
        sha256="0" * 64,
        path=f"test/{next(_number)}",
    )
    made = ListImport.objects.create(
        reference=next_reference("NH"),
        area_code=area,
        profile="LD_TU_DO",
        stream=stream,
        file=stored,
        file_sha256=stored.sha256,
        created_by_id=actor.pk,
    )
    add_rows(made, rows, job=job)
    return made


def add_rows(list_import: ListImport, rows: int, *, job: str = "Bán vé số dạo") -> None:
    """Further committed rows of an import, each a new person."""
    last = list_import.rows.count()
    people, papers, staged = [], [], []
    for offset in range(1, rows + 1):
        number = next(_number)
        name = f"Nguyễn Văn Người {number}"
        digits = f"{89078000000 + number:012d}"
        person = Person(
            reference=next_reference("NT"),
            area_code=list_import.area_code,
            full_name=name,
            name_key=search_key(name),
            name_sort=sort_key(name),
            birth_date=dt.date(1978, 3, 4),
            birth_year=1978,
            sex="M",
            hamlet="Ấp Mỹ Lương",
            hamlet_key=search_key("Ấp Mỹ Lương"),
            occupation=job,
        )
        people.append(person)
        papers.append(
            IdentityDocument(
                area_code=list_import.area_code,
                person=person,
                kind="CCCD",
                number_encrypted=crypto.encrypt("number", digits),
                number_index=crypto.blind_index("number", digits),
                tail_index=crypto.tail_index(digits),
                number_last3=digits[-3:],
            )
        )
        staged.append(
            ImportRow(
                list_import=list_import,
                area_code=list_import.area_code,
                row_number=last + offset,
                outcome="ok",
                state="committed",
                committed_at=clock.now(),
                values={"job": job, "address": "Ấp Mỹ Lương", "name_sort": sort_key(name)},
                raw_encrypted=b"",
                full_name=name,
                name_key=search_key(name),
                birth_date=dt.date(1978, 3, 4),
                birth_year=1978,
                sex="M",
                amount=1_500_000,
                number_kind="CCCD",
                number_last3=digits[-3:],
                person=person,
            )
        )
    Person.objects.bulk_create(people)
    IdentityDocument.objects.bulk_create(papers)
    ImportRow.objects.bulk_create(staged)


def draft_list(who: Staff, rows: int = 1, *, job: str = "Bán vé số dạo", stream: str = "VE_SO") -> CaseList:
    """A fresh list in the commune's review; nothing is confirmed yet."""
    made = create_cases_from_rows(
        list_import=committed_import(who.commune, rows, job=job, stream=stream), actor=who.commune
    )
    return CaseList.objects.get(reference=made["list"])


def confirmed_list(who: Staff, rows: int = 1) -> CaseList:
    """A draft list whose rows are all found eligible by the rules, with all their papers."""
    case_list = draft_list(who, rows)
    confirm_facts(case_list, codes=CONFIRMED, excepted={}, actor=who.commune)
    hand_in_all(case_list, who.commune)
    return case_list


def list_at_district(who: Staff, rows: int = 1) -> CaseList:
    """Confirmed, posted from a day long enough ago, closed and submitted with the commune's letter."""
    return submit(who, confirmed_list(who, rows))


def submit(who: Staff, case_list: CaseList) -> CaseList:
    posting.post_list(case_list, place="Trụ sở UBND", posting_from=dt.date(2021, 9, 22), actor=who.commune)
    posting.close_posting(case_list, actor=who.commune)
    return posting.submit_list(
        case_list, letter_number="12/TTr-UBND", letter_date=clock.today(), actor=who.commune
    )


def verified_list(who: Staff, rows: int = 1) -> CaseList:
    case_list = list_at_district(who, rows)
    verify_cases(Case.objects.filter(case_list=case_list), actor=who.officer)
    return case_list


def list_at_department(who: Staff, rows: int = 1) -> CaseList:
    case_list = verified_list(who, rows)
    approval.approve_list(case_list, number="45/QĐ-UBND", date=clock.today(), actor=who.head)
    return approval.forward_list(case_list, actor=who.officer)


def appraised_list(who: Staff, rows: int = 1) -> CaseList:
    """Waits for the decision of UBND tỉnh."""
    return approval.appraise_money(
        list_at_department(who, rows),
        finance_number="1024/STC-HCSN",
        finance_date=clock.today(),
        actor=who.reviewer,
    )


def decided_list(
    who: Staff, rows: int = 1, *, number: str = "2208/QĐ-UBND"
) -> tuple[CaseList, ApprovalDecision]:
    """The money is approved: the entitlements of its rows wait for a batch."""
    case_list = appraised_list(who, rows)
    paper = approval.DecisionPaper(number=number, signed_on=clock.today())
    decision = approval.approve_money([case_list], paper=paper, actor=who.approver)
    case_list.refresh_from_db()
    return case_list, decision
