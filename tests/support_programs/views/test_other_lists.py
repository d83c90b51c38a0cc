"""Pages of lists beside QĐ 1856: the way through the buttons, other agencies' papers with scans, queues, print."""

import io
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from accounts.enums import Role
from accounts.models import User
from core.models import Event
from support_programs.models import AgencyConfirmation, Case, CaseList
from support_programs.queries.queues import queue_counts, queues_of
from tests.factories import cases as make
from tests.factories import chains, claims
from tests.factories.people import COMMUNE, OUTSIDE_DISTRICT, user

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4 xac nhan"


@pytest.fixture
def as_(client: Client) -> Callable[[User], Client]:
    def sign_in(person: User) -> Client:
        client.force_login(person)
        return client

    return sign_in


def act(signed_in: Client, case_list: CaseList, slug: str, **typed: object) -> CaseList:
    """Read the action's page, send its form, and give the list as it is then."""
    address = f"/lists/{case_list.reference}/{slug}/"
    page = signed_in.get(address)
    assert page.status_code == 200, slug
    form = page.context["form"]
    values = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    sent = {name: value for name, value in {**values, **typed}.items() if value not in (None, "")}
    answer = signed_in.post(address, sent)
    assert answer.status_code == 302, answer.content.decode()
    return CaseList.objects.get(pk=case_list.pk)


def buttons(signed_in: Client, case_list: CaseList) -> list[str]:
    page = signed_in.get(f"/lists/{case_list.reference}/")
    return [str(action.label) for action in page.context["actions"] if not action.refusal]


def test_an_employers_list_through_its_pages(as_: Callable[[User], Client]) -> None:
    at = chains.desks("TAM_HOAN")
    case_list = chains.drafted("TAM_HOAN", at, rows=2)
    page = as_(at.intake).get(f"/lists/{case_list.reference}/").content.decode()
    assert "Công ty TNHH May Vĩnh Thạnh" in page
    assert "In danh sách niêm yết" not in page
    assert "Văn bản của Sở Tài chính" not in page
    assert buttons(as_(at.intake), case_list) == ["Gửi cơ quan BHXH xác nhận"]
    case_list = act(as_(at.intake), case_list, "send-to-agency", letter_number="17/CV")
    scan = SimpleUploadedFile("xac nhan.pdf", PDF, "application/pdf")
    case_list = act(as_(at.intake), case_list, "confirm-agency", number="88/BHXH-XN", scan=scan)
    assert case_list.status == "at_district"
    page = as_(at.appraiser).get(f"/lists/{case_list.reference}/")
    assert [action.code for action in page.context["bulk_actions"]] == ["verify", "ask_supplement", "refuse"]
    assert "88/BHXH-XN, 27/09/2021" in page.content.decode()
    picks = list(Case.objects.values_list("reference", flat=True))
    as_(at.appraiser).post("/cases/bulk/", {"action": "verify", "pick": picks, "back": "/"})
    case_list = act(as_(at.who.head), case_list, "approve", number="45/QĐ-UBND")
    case_list = act(as_(at.appraiser), case_list, "forward-to-province")
    decide = as_(at.who.approver).get(f"/lists/decide/?pick={case_list.reference}")
    assert "Quyết định của UBND tỉnh" in decide.content.decode()
    sent = {"pick": case_list.reference, "number": "2208/QĐ-UBND", "signed_on": "27/09/2021"}
    assert as_(at.who.approver).post("/lists/decide/", sent).status_code == 302
    assert CaseList.objects.get().status == "money_approved"


def test_the_scan_of_an_agencys_paper_is_for_readers_of_the_area(as_: Callable[[User], Client]) -> None:
    at = chains.desks("TAM_HOAN")
    case_list = chains.sent("TAM_HOAN", at)
    scan = SimpleUploadedFile("xac nhan.pdf", PDF, "application/pdf")
    act(as_(at.intake), case_list, "confirm-agency", number="88/BHXH-XN", scan=scan)
    paper = AgencyConfirmation.objects.get()
    address = f"/lists/{case_list.reference}/confirmations/{paper.pk}/"
    assert address in as_(at.appraiser).get(f"/lists/{case_list.reference}/").content.decode()
    answer = as_(at.appraiser).get(address)
    assert b"".join(answer.streaming_content if answer.streaming else [answer.content]) == PDF
    assert as_(user(Role.DISTRICT_OFFICER, area=OUTSIDE_DISTRICT)).get(address).status_code == 404
    other = chains.in_appraisal("TAM_HOAN", chains.desks("TAM_HOAN"))
    bare = AgencyConfirmation.objects.get(case_list=other)
    for path in (
        f"/lists/{other.reference}/confirmations/{paper.pk}/",
        f"/lists/{other.reference}/confirmations/{bare.pk}/",
    ):
        assert as_(at.appraiser).get(path).status_code == 404


def test_what_was_typed_stays_when_the_paper_lacks_its_number(as_: Callable[[User], Client]) -> None:
    at = chains.desks("TAM_HOAN")
    case_list = chains.sent("TAM_HOAN", at)
    address = f"/lists/{case_list.reference}/confirm-agency/"
    answer = as_(at.intake).post(address, {"number": "", "signed_on": "27/09/2021", "note": "Trừ dòng 3"})
    assert answer.status_code == 422
    assert "Trừ dòng 3" in answer.content.decode()
    wrong = SimpleUploadedFile("xac nhan.pdf", b"khong phai pdf", "application/pdf")
    answer = as_(at.intake).post(address, {"number": "1", "signed_on": "27/09/2021", "scan": wrong})
    assert "Chỉ nhận tệp PDF, JPG hoặc PNG" in answer.content.decode()
    assert not AgencyConfirmation.objects.exists()


def test_a_training_plan_is_decided_by_the_department(as_: Callable[[User], Client]) -> None:
    at = chains.desks("DAO_TAO")
    case_list = chains.drafted("DAO_TAO", at)
    case_list = act(as_(at.intake), case_list, "send-to-agency")
    case_list = act(as_(at.intake), case_list, "confirm-for-department", number="88/BHXH-XN")
    page = as_(at.appraiser).get(f"/lists/{case_list.reference}/")
    assert [action.code for action in page.context["bulk_actions"]] == ["verify", "ask_supplement", "refuse"]
    picks = list(Case.objects.values_list("reference", flat=True))
    as_(at.appraiser).post("/cases/bulk/", {"action": "verify", "pick": picks, "back": "/"})
    assert buttons(as_(at.appraiser), case_list) == ["Kết thúc thẩm định, trình lãnh đạo Sở"]
    case_list = act(as_(at.appraiser), case_list, "conclude")
    page = as_(at.who.approver).get(f"/lists/{case_list.reference}/").content.decode()
    assert "Chờ lãnh đạo Sở quyết định" in page
    assert "Ghi quyết định của Sở LĐ-TBXH" in page
    decide = as_(at.who.approver).get(f"/lists/decide/?pick={case_list.reference}").content.decode()
    assert "Quyết định của Sở LĐ-TBXH" in decide
    back = act(as_(at.who.approver), case_list, "return-from-province-to-department", reason="Thiếu dự toán")
    assert back.status == "at_department"


def test_a_refusal_of_the_agency_shows_its_reason_on_the_draft(as_: Callable[[User], Client]) -> None:
    at = chains.desks("HO_KD")
    case_list = chains.sent("HO_KD", at)
    case_list = act(as_(at.intake), case_list, "agency-refuses", reason="Hai hộ đã ngừng đóng thuế")
    page = as_(at.intake).get(f"/lists/{case_list.reference}/").content.decode()
    assert "Hai hộ đã ngừng đóng thuế" in page
    assert "Niêm yết công khai" in page


@pytest.mark.parametrize(
    ("slug", "sentence"),
    [
        ("send-to-agency", "không có bước xác nhận"),
        ("submit-to-department", "do huyện thẩm định"),
        ("submit", "niêm yết công khai trước"),
    ],
)
def test_the_page_of_a_way_that_is_not_open_says_why(
    as_: Callable[[User], Client], slug: str, sentence: str
) -> None:
    who = make.staff()
    case_list = make.confirmed_list(who)
    assert sentence in as_(who.commune).get(f"/lists/{case_list.reference}/{slug}/").content.decode()


def test_whose_turn_it_is_follows_the_level(as_: Callable[[User], Client]) -> None:
    commune = make.draft_list(make.staff())
    employer = chains.drafted("TAM_HOAN", chains.desks("TAM_HOAN"))
    reader = user(Role.AUDITOR)
    page = as_(reader).get(f"/lists/{commune.reference}/").content.decode()
    assert "Việc này do cán bộ cấp xã làm." in page
    page = as_(reader).get(f"/lists/{employer.reference}/").content.decode()
    assert "Việc này do chuyên viên Phòng LĐ-TBXH làm." in page


def test_the_district_confirms_facts_of_its_own_list_only(as_: Callable[[User], Client]) -> None:
    at = chains.desks("TAM_HOAN")
    own, commune = chains.drafted("TAM_HOAN", at), make.draft_list(at.who)
    assert as_(at.intake).get(f"/lists/{own.reference}/").context["can_confirm"]
    assert not as_(at.intake).get(f"/lists/{commune.reference}/").context["can_confirm"]


class TestQueues:
    def counted(self, actor: User) -> dict[str, int]:
        return {code: n for code, n in queue_counts(actor, queues_of(actor)).items() if n}

    def test_an_employers_list_waits_where_its_work_is(self) -> None:
        at = chains.desks("TAM_HOAN")
        case_list = chains.drafted("TAM_HOAN", at)
        assert self.counted(at.intake) == {"district_drafts": 1}
        case_list = chains.agencies.send_to_agency(case_list, actor=at.intake)
        assert self.counted(at.intake) == {"to_confirm": 1}
        chains.confirmed(at, case_list)
        assert self.counted(at.appraiser) == {"unassigned": 1, "to_appraise": 1, "at_district": 1}
        chains.verify_cases(Case.objects.all(), actor=at.appraiser)
        chains.approval.approve_list(case_list, number="1", date=chains.clock.today(), actor=at.who.head)
        assert self.counted(at.who.head) == {"to_province": 1}
        chains.approval.forward_to_province(case_list, actor=at.appraiser)
        assert self.counted(at.who.approver) == {"to_decide": 1}

    def test_a_department_list_too(self) -> None:
        at = chains.desks("CHAM_DUT")
        case = claims.claim("CHAM_DUT", at.intake)
        assert self.counted(at.intake) == {"unassigned": 1, "loose_department": 1}
        assert self.counted(at.who.officer) == {}
        chains.list_cases(Case.objects.filter(pk=case.pk), actor=at.intake)
        assert self.counted(at.intake) == {"department_drafts": 1}
        chains.agencies.submit_to_department(CaseList.objects.get(), actor=at.intake)
        assert self.counted(at.appraiser) == {"unassigned": 1, "appraise_department": 1, "to_conclude": 1}

    def test_tracked_claims_wait_for_the_other_agencys_decision(self) -> None:
        reviewer = claims.reviewer()
        claims.claim("HTTT", reviewer)
        assert self.counted(reviewer) == {"tracked": 1}

    def test_a_commune_list_is_nobody_elses_draft(self) -> None:
        who = make.staff()
        make.draft_list(who)
        assert self.counted(who.officer) == self.counted(who.reviewer) == {}
        assert self.counted(who.commune) == {"drafts": 1}

    def test_loose_cases_of_the_department_are_listed_from_their_queue(
        self, as_: Callable[[User], Client]
    ) -> None:
        at = chains.desks("CHAM_DUT")
        claims.claim("CHAM_DUT", at.intake)
        signed_in = as_(at.intake)
        page = signed_in.get("/?queue=loose_department")
        assert [action.code for action in page.context["bulk_actions"]] == ["list", "claim", "assign"]
        query = "/cases/bulk/?queue=loose_department"
        signed_in.post(query, {"action": "list", "pick_all": "1", "back": "/"})
        assert Case.objects.get().status == "listed"


class TestPapers:
    def text_of(self, signed_in: Client, case_list: CaseList, kind: str = "proposal") -> str:
        answer = signed_in.get(f"/lists/{case_list.reference}/paper/{kind}/")
        assert answer.status_code == 200
        pages = PdfReader(io.BytesIO(answer.content)).pages
        return " ".join(" ".join(page.extract_text() for page in pages).split())

    def test_a_districts_list_names_its_office_and_the_employer(self, as_: Callable[[User], Client]) -> None:
        at = chains.desks("TAM_HOAN")
        case_list = chains.drafted("TAM_HOAN", at)
        text = self.text_of(as_(at.intake), case_list)
        assert "PHÒNG LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI" in text.upper()
        assert "ỦY BAN NHÂN DÂN HUYỆN PHÚ TÂN" in text.upper()
        assert case_list.employer is not None
        assert f"Công ty TNHH May Vĩnh Thạnh, mã số thuế {case_list.employer.tax_code}" in text
        assert "3.710.000" in text

    def test_the_departments_list_names_the_department(self, as_: Callable[[User], Client]) -> None:
        at = chains.desks("CHAM_DUT")
        text = self.text_of(as_(at.intake), chains.drafted("CHAM_DUT", at))
        assert "SỞ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI" in text.upper()

    def test_an_employers_own_claim_can_be_printed(self, as_: Callable[[User], Client]) -> None:
        at = chains.desks("DAO_TAO")
        assert "20.000.000" in self.text_of(as_(at.intake), chains.drafted("DAO_TAO", at))

    def test_no_posting_is_printed_where_the_chain_has_none(self, as_: Callable[[User], Client]) -> None:
        at = chains.desks("TAM_HOAN")
        case_list = chains.drafted("TAM_HOAN", at)
        assert as_(at.intake).get(f"/lists/{case_list.reference}/paper/posting/").status_code == 404
        household = chains.drafted("HO_KD", chains.desks("HO_KD"))
        assert household.area_code == COMMUNE
        self.text_of(as_(user(Role.DISTRICT_OFFICER)), household, "posting")


@pytest.mark.parametrize("programme", ["TAM_HOAN", "HO_KD"])
def test_the_page_asks_as_often_for_one_row_as_for_three(
    as_: Callable[[User], Client], programme: str
) -> None:
    short, long = (chains.in_appraisal(programme, chains.desks(programme), rows) for rows in (1, 3))
    signed_in = as_(user(Role.DISTRICT_OFFICER))
    signed_in.get(f"/lists/{short.reference}/")
    counts = []
    for case_list in (short, long):
        with CaptureQueriesContext(connection) as queries:
            assert signed_in.get(f"/lists/{case_list.reference}/").status_code == 200
        counts.append(len([query for query in queries if "SAVEPOINT" not in query["sql"]]))
    assert counts[0] == counts[1] <= 13, counts


def test_each_step_of_the_way_stands_in_the_lists_history(as_: Callable[[User], Client]) -> None:
    at = chains.desks("TAM_HOAN")
    case_list, _decision = chains.decided("TAM_HOAN", at)
    events = set(Event.objects.filter(object_ref=case_list.reference).values_list("action", flat=True))
    assert events >= {
        "list.send_to_agency",
        "list.confirm_agency",
        "list.approve",
        "list.forward_to_province",
        "list.approve_money",
    }
    page = as_(at.intake).get(f"/lists/{case_list.reference}/").content.decode()
    assert "Gửi cơ quan khác xác nhận" in page
