"""Every action of the API: what must stand ready, what is sent, who may, who may not, and what it leaves."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from support_programs.models import Case, CaseList
from support_programs.services import approval, posting
from support_programs.services.appraisal import exclude_case
from support_programs.services.lists import remove_cases
from tests.factories import cases as make
from tests.factories import claims
from tests.factories.people import COMMUNE

TODAY = "2021-09-27"
Body = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Ready:
    """A list with its first row; `case` may have left it."""

    case_list: CaseList
    case: Case


@dataclass(frozen=True, slots=True)
class Act:
    """`after` is what the record then is: `(status of the list, status of the first case)`."""

    path: str
    ready: Callable[[make.Staff], Ready]
    by: str
    wrong: tuple[str, ...]
    after: tuple[str, str]
    body: Callable[[Ready], Body] = field(default=lambda ready: {})
    status: int = 200

    def where(self, ready: Ready) -> str:
        return self.path.format(case=ready.case.reference, list=ready.case_list.reference)


def first(case_list: CaseList) -> Ready:
    return Ready(case_list, Case.objects.filter(case_list=case_list).earliest("position"))


def drafted(who: make.Staff) -> Ready:
    return first(make.draft_list(who, rows=2))


def suspended(who: make.Staff) -> Ready:
    case = claims.claim("TAM_HOAN", who.officer)
    return first(CaseList.objects.get(pk=case.case_list_id))


def loose(who: make.Staff) -> Ready:
    ready = drafted(who)
    remove_cases(Case.objects.filter(pk=ready.case.pk), actor=who.commune)
    return ready


def confirmed(who: make.Staff) -> Ready:
    return first(make.confirmed_list(who, rows=2))


def posted_until_now(who: make.Staff) -> Ready:
    ready = confirmed(who)
    posting.post_list(
        ready.case_list, place="UBND", posting_from=posting.dt.date(2021, 9, 22), actor=who.commune
    )
    return ready


def posted(who: make.Staff) -> Ready:
    ready = posted_until_now(who)
    posting.close_posting(ready.case_list, actor=who.commune)
    return ready


def at_district(who: make.Staff) -> Ready:
    return first(make.list_at_district(who, rows=2))


def verified(who: make.Staff) -> Ready:
    return first(make.verified_list(who, rows=2))


def marked(who: make.Staff) -> Ready:
    ready = verified(who)
    posting.send_back_list(ready.case_list, reason="Sai", marks={ready.case.pk: "Sai ấp"}, actor=who.officer)
    return ready


def sent_back(who: make.Staff) -> Ready:
    ready = verified(who)
    posting.send_back_list(ready.case_list, reason="Sai", marks={}, actor=who.officer)
    return ready


def refused(who: make.Staff) -> Ready:
    ready = at_district(who)
    exclude_case(ready.case, to="ineligible", reason="Có hợp đồng", actor=who.officer)
    return ready


def asked(who: make.Staff) -> Ready:
    ready = at_district(who)
    exclude_case(ready.case, to="needs_supplement", reason="Thiếu đơn", actor=who.officer)
    return ready


def approved(who: make.Staff) -> Ready:
    ready = verified(who)
    approval.approve_list(ready.case_list, number="45/QĐ", date=posting.dt.date(2021, 9, 27), actor=who.head)
    return ready


def at_department(who: make.Staff) -> Ready:
    return first(make.list_at_department(who, rows=2))


def appraised(who: make.Staff) -> Ready:
    return first(make.appraised_list(who, rows=2))


def reason(ready: Ready) -> Body:
    return {"reason": "Thiếu giấy tờ"}


def note(ready: Ready) -> Body:
    return {"note": "Đã bổ sung đơn"}


def letter(ready: Ready) -> Body:
    return {"letter_number": "12/TTr-UBND", "letter_date": TODAY}


def mine(ready: Ready) -> Body:
    return {"cases": [ready.case.reference]}


NOT_OFFICER = ("commune", "head", "reviewer", "approver", "accountant")
NOT_COMMUNE = ("officer", "head", "reviewer", "approver", "accountant")
NOT_HEAD = ("commune", "officer", "reviewer", "approver", "accountant")
NOT_REVIEWER = ("officer", "head", "approver", "accountant")
NOT_APPRAISING = ("commune", "approver", "accountant")
NOT_DECIDING = ("commune", "reviewer", "approver", "accountant")

ACTS = (
    Act("cases/", drafted, "commune", ("officer", "reviewer", "accountant"), ("draft", "listed"),
        lambda ready: {"programme": "F0_F1", "area_code": COMMUNE, "received_on": TODAY, "applicant": claims.applicant(),
                       "answers": claims.TREATED}, 201),
    Act("cases/{case}/answers/", drafted, "commune", ("head", "reviewer", "accountant"), ("draft", "listed"),
        lambda ready: {"answers": {"monthly_income": 900_000, "has_labour_contract": False}}),
    Act("cases/{case}/children/", suspended, "officer", ("head", "reviewer", "accountant"), ("draft", "listed"),
        lambda ready: claims.child()),
    Act("cases/{case}/facts/", drafted, "commune", ("head", "reviewer", "accountant"), ("draft", "listed"),
        lambda ready: {"values": {"income": True, "residence": None}}),
    Act("cases/{case}/papers/seen/", drafted, "commune", NOT_COMMUNE, ("draft", "listed"),
        lambda ready: {"codes": ["request"]}),
    Act("cases/{case}/mark-eligible/", at_district, "officer", NOT_OFFICER, ("at_district", "eligible")),
    Act("cases/{case}/reconsider/", verified, "officer", NOT_OFFICER, ("at_district", "appraising"), reason),
    Act("cases/{case}/refuse/", at_district, "officer", NOT_APPRAISING, ("at_district", "ineligible"), reason),
    Act("cases/{case}/ask-supplement/", verified, "officer", NOT_APPRAISING, ("at_district", "needs_supplement"), reason),
    Act("cases/{case}/supplement/", asked, "commune", NOT_COMMUNE, ("at_district", "appraising"), note),
    Act("cases/{case}/withdraw/", at_district, "commune", NOT_COMMUNE, ("at_district", "withdrawn"), reason),
    Act("cases/{case}/reopen/", refused, "officer", NOT_OFFICER, ("at_district", "appraising"), reason),
    Act("cases/{case}/resolve-mark/", marked, "commune", NOT_COMMUNE, ("sent_back", "listed"), note),
    Act("cases/{case}/notes/", drafted, "officer", (), ("draft", "listed"), note),
    Act("cases/verify/", at_district, "officer", NOT_OFFICER, ("at_district", "eligible"), mine),
    Act("cases/list/", loose, "commune", NOT_COMMUNE, ("draft", "listed"), mine),
    Act("cases/unlist/", drafted, "commune", NOT_COMMUNE, ("draft", "draft"), mine),
    Act("cases/set-occupation/", drafted, "commune", ("head", "reviewer"), ("draft", "listed"),
        lambda ready: {**mine(ready), "group": "ban_ve_so_luu_dong"}),
    Act("lists/{list}/confirm-facts/", drafted, "commune", NOT_COMMUNE, ("draft", "listed"),
        lambda ready: {"criteria": ["income"], "excepted": [{"criterion": "income", "cases": [ready.case.reference]}]}),
    Act("lists/{list}/post/", confirmed, "commune", NOT_COMMUNE, ("posting", "listed"),
        lambda ready: {"place": "Trụ sở UBND", "posting_from": "2021-09-22"}),
    Act("lists/{list}/close-posting/", posted_until_now, "commune", NOT_COMMUNE, ("posted", "listed"),
        lambda ready: {"remarks": ""}),
    Act("lists/{list}/submit/", posted, "commune", NOT_COMMUNE, ("at_district", "appraising"), letter),
    Act("lists/{list}/send-back/", verified, "officer", NOT_DECIDING, ("sent_back", "listed"),
        lambda ready: {**reason(ready), "marks": [{"case": ready.case.reference, "text": "Sai ấp"}]}),
    Act("lists/{list}/rework/", sent_back, "commune", NOT_COMMUNE, ("draft", "eligible")),
    Act("lists/{list}/resubmit/", sent_back, "commune", NOT_COMMUNE, ("at_district", "eligible"), letter),
    Act("lists/{list}/exclude/", at_district, "officer", NOT_APPRAISING, ("at_district", "ineligible"),
        lambda ready: {**mine(ready), **reason(ready), "to": "ineligible"}),
    Act("lists/{list}/approve/", verified, "head", NOT_HEAD, ("district_approved", "eligible"),
        lambda ready: {"number": "45/QĐ-UBND", "date": TODAY}),
    Act("lists/{list}/forward/", approved, "officer", NOT_DECIDING, ("at_department", "eligible")),
    Act("lists/{list}/return-to-district/", at_department, "reviewer", NOT_REVIEWER, ("at_district", "eligible"), reason),
    Act("lists/{list}/appraise-money/", at_department, "reviewer", NOT_REVIEWER, ("money_appraised", "eligible"),
        lambda ready: {"finance_number": "1024/STC", "finance_date": TODAY}),
    Act("decisions/", appraised, "approver", ("reviewer", "head", "accountant"), ("money_approved", "approved"),
        lambda ready: {"lists": [ready.case_list.reference], "number": "2208/QĐ-UBND", "signed_on": TODAY}, 201),
)  # fmt: skip
