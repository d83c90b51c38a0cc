"""Which desk is offered which paper, and which papers a person sees: literal tables."""

import datetime as dt

import pytest

from accounts.enums import Role
from core import clock
from support_programs.enums import DocumentKind as K
from support_programs.enums import Issuer
from support_programs.models import Case, CaseList
from support_programs.queries.documents.bodies import body_of, place_of
from support_programs.queries.documents.offers import bodies_for, offers_for
from support_programs.queries.documents.shelf import documents_of
from support_programs.services import documents as service
from support_programs.services import posting
from tests.factories import cases as make
from tests.factories import chains
from tests.factories.people import OUTSIDE_DISTRICT, user

pytestmark = pytest.mark.django_db


def ready(record: Case | CaseList, actor: object) -> set[str]:
    return {offer.kind for offer in offers_for(record, actor) if not offer.refusal}


def waiting(record: Case | CaseList, actor: object) -> dict[str, str]:
    return {offer.kind: str(offer.refusal) for offer in offers_for(record, actor) if offer.refusal}


def test_the_papers_of_a_case_by_desk() -> None:
    who = make.staff()
    case = Case.objects.get(case_list=make.list_at_district(who))
    assert ready(case, who.commune) == {K.RECEIPT, K.SUPPLEMENT, K.CONTROL}
    assert ready(case, who.officer) == {K.SUPPLEMENT, K.CONTROL}
    assert waiting(case, who.officer) == {
        K.APOLOGY: "Hồ sơ chưa quá hạn.",
        K.NOT_ELIGIBLE: "Chỉ soạn khi hồ sơ đã có kết luận không đủ điều kiện.",
    }
    assert ready(case, who.head) == {K.SUPPLEMENT, K.CONTROL}
    assert ready(case, who.reviewer) == {K.SUPPLEMENT, K.CONTROL}
    for reader in (who.approver, who.accountant, user(Role.AUDITOR), user(Role.LEADER)):
        assert offers_for(case, reader) == []


def test_a_late_case_is_apologised_for() -> None:
    who = make.staff()
    case = Case.objects.get(case_list=make.list_at_district(who))
    Case.objects.filter(pk=case.pk).update(due_on=dt.date(2021, 9, 24))
    case.refresh_from_db()
    assert K.APOLOGY in ready(case, who.officer)


def test_the_papers_of_a_list_by_desk_and_state() -> None:
    who = make.staff()
    case_list = make.confirmed_list(who)
    assert ready(case_list, who.commune) == {K.SUBMISSION, K.PROPOSAL}
    posting.post_list(case_list, place="Trụ sở UBND", posting_from=dt.date(2021, 9, 24), actor=who.commune)
    case_list.refresh_from_db()
    assert ready(case_list, who.commune) == {K.SUBMISSION, K.PROPOSAL, K.POSTING_START}
    assert waiting(case_list, who.commune)[K.POSTING_END] == "Thời gian niêm yết chưa hết."
    # on the last day the posting may be closed, so its minutes can be made
    CaseList.objects.filter(pk=case_list.pk).update(posting_until=clock.today())
    case_list.refresh_from_db()
    assert K.POSTING_END in ready(case_list, who.commune)
    at_district = make.verified_list(who)
    assert ready(at_district, who.officer) == {K.APPRAISAL}
    assert ready(at_district, who.head) == {K.APPRAISAL}
    assert waiting(at_district, who.head) == {
        K.SUBMISSION: "Chỉ trình khi danh sách đã được duyệt ở cấp này."
    }
    at_department = make.list_at_department(who)
    assert ready(at_department, who.officer) == {K.SUBMISSION, K.APPRAISAL}
    assert K.SUBMISSION in waiting(at_department, who.reviewer)
    appraised = make.appraised_list(who)
    assert ready(appraised, who.reviewer) == {K.SUBMISSION, K.DECISION}
    assert ready(appraised, who.approver) == {K.DECISION}
    assert ready(appraised, who.accountant) == set()


def test_a_chain_without_posting_has_no_minutes_and_the_department_decides_its_own() -> None:
    at = chains.desks("DAO_TAO")
    case_list = chains.at_province("DAO_TAO", at)
    kinds = {offer.kind for offer in offers_for(case_list, at.intake)}
    assert not kinds & {K.POSTING_START, K.POSTING_END}
    assert bodies_for(K.DECISION, case_list.area_code, at.intake, case_list) == [Issuer.DEPARTMENT]
    assert bodies_for(K.DECISION, case_list.area_code, at.who.approver, case_list) == []


def test_drafts_are_seen_by_their_own_body_only() -> None:
    who = make.staff()
    case = Case.objects.get(case_list=make.list_at_district(who))
    draft = service.draft_document(
        kind=K.SUPPLEMENT, case=case, actor=who.officer, content={"reason": "Thiếu đơn."}
    )
    for seer in (who.officer, who.head, user(Role.AUDITOR)):
        assert documents_of(seer).get() == draft
    for other in (
        who.commune,
        who.reviewer,
        who.approver,
        user(Role.DISTRICT_OFFICER, area=OUTSIDE_DISTRICT),
    ):
        assert not documents_of(other).exists()
    service.issue_document(
        draft,
        number="7/HDHS",
        dated=dt.date(2021, 9, 27),
        signer_office="Trưởng phòng",
        signer_name="Lê Tấn Đạt",
        actor=who.officer,
    )
    for seer in (who.commune, who.reviewer, who.accountant):
        assert documents_of(seer).get() == draft
    assert not documents_of(user(Role.DISTRICT_OFFICER, area=OUTSIDE_DISTRICT)).exists()


@pytest.mark.parametrize(
    ("issuer", "parent", "name", "office"),
    [
        (
            Issuer.COMMUNE,
            "UBND huyện Phú Tân",
            "Ủy ban nhân dân thị trấn Phú Mỹ",
            "TM. Ủy ban nhân dân\nChủ tịch",
        ),
        (
            Issuer.DISTRICT_OFFICE,
            "UBND huyện Phú Tân",
            "Phòng Lao động - Thương binh và Xã hội",
            "Trưởng phòng",
        ),
        (
            Issuer.DISTRICT,
            "UBND tỉnh An Giang",
            "Ủy ban nhân dân huyện Phú Tân",
            "TM. Ủy ban nhân dân\nChủ tịch",
        ),
        (Issuer.DEPARTMENT, "UBND tỉnh An Giang", "Sở Lao động - Thương binh và Xã hội", "Giám đốc"),
        (Issuer.PROVINCE, "", "Ủy ban nhân dân tỉnh An Giang", "TM. Ủy ban nhân dân\nChủ tịch"),
    ],
)
def test_the_bodies(issuer: Issuer, parent: str, name: str, office: str) -> None:
    body = body_of(issuer, "8988830406")
    assert (body.parent, body.name, body.office) == (parent, name, office)


def test_the_place_of_a_date_is_the_own_name_of_the_unit() -> None:
    assert [place_of(code) for code in ("8988830406", "89888", "89")] == ["Phú Mỹ", "Phú Tân", "An Giang"]
