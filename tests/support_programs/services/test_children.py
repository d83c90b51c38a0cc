"""A child's supplement once: whichever parent, whichever programme, also under races and raw statements (boundary case 6)."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from accounts.enums import Role
from core import crypto
from core.models import Event
from core.transitions import StaleRecord, TransitionRefused
from support_programs.models import Case, CaseChild, EligibilityDetermination, Entitlement
from support_programs.services.agencies import submit_to_department
from support_programs.services.appraisal import exclude_case, mark_eligible, reopen_case, withdraw_case
from support_programs.services.children import add_child, remove_child
from support_programs.services.claims import ClaimRefused
from support_programs.services.lists import list_cases
from tests.factories import cases as make
from tests.factories import claims
from tests.factories.people import DISTRICT, OTHER_COMMUNE, promoted, user

pytestmark = pytest.mark.django_db


@pytest.fixture
def who() -> make.Staff:
    return make.staff()


def everything() -> tuple[object, ...]:
    models = (Case, CaseChild, EligibilityDetermination)
    return (*(list(model.objects.order_by("pk").values()) for model in models), Event.objects.count())


def refused(case: Case, typed: dict[str, str], actor: object, **given: object) -> ClaimRefused:
    before = everything()
    with pytest.raises(ClaimRefused) as refusal:
        add_child(case, typed=typed, actor=actor, **given)
    assert everything() == before
    return refusal.value


def test_each_child_below_six_adds_a_million(who: make.Staff) -> None:
    case = claims.claim("TAM_HOAN", who.officer, answers={**claims.SUSPENDED, "is_pregnant": True})
    assert case.amount_proposed == 4_710_000
    first = add_child(case, typed=claims.child(full_name="Lê Minh An"), actor=who.officer)
    add_child(case, typed=claims.child(birth_date="01/07/2015", number="089215777777"), actor=who.officer)
    case.refresh_from_db()
    # the second had its sixth birthday on the first day of the suspension
    assert case.amount_proposed == 5_710_000
    assert (first.area_code, first.number_last3, first.is_live) == (DISTRICT, first.number_last3, True)
    event = Event.objects.filter(action="case.child_added").order_by("id")[0]
    assert event.change["child"] == "Lê Minh An"
    assert claims.child()["number"][:9] not in str(event.change)


def test_children_come_with_the_claim_too(who: make.Staff) -> None:
    case = claims.claim("TAM_HOAN", who.officer, children=[claims.child(), {}, claims.child()])
    assert (case.amount_proposed, CaseChild.objects.filter(case=case).count()) == (5_710_000, 2)


def test_a_birth_certificate_names_a_child_with_its_place(who: make.Staff) -> None:
    case = claims.claim("TAM_HOAN", who.officer)
    paper = {"identity_kind": "birth_certificate", "number": "45", "place": "UBND xã Mỹ Đức"}
    child = add_child(case, typed=claims.child(**paper), actor=who.officer)
    assert crypto.decrypt("number", child.number_encrypted) == "45, UBND xã Mỹ Đức"
    elsewhere = claims.child(**{**paper, "place": "UBND xã Ô Long Vĩ"})
    add_child(case, typed=elsewhere, actor=who.officer)
    other = claims.claim("TAM_HOAN", who.officer)
    for number in ("45", "045", "Số 45", "số: 0045"):
        same = claims.child(**{**paper, "number": number, "place": "ubnd  xã Mĩ Đức", "relation": "father"})
        assert "đã được tính hỗ trợ ở hồ sơ khác" in refused(other, same, who.officer).errors["number"][0]


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"full_name": " "}, "full_name", "họ và tên"),
        ({"birth_date": ""}, "birth_date", "ngày sinh"),
        ({"birth_date": "2018"}, "birth_date", "Không đọc được ngày"),
        ({"birth_date": "28/09/2021"}, "birth_date", "trẻ chưa sinh không được tính"),
        ({"relation": "neighbour"}, "relation", "Mẹ; Cha; Người chăm sóc thay thế"),
        ({"identity_kind": ""}, "identity_kind", "loại giấy tờ"),
        ({"number": "351234567"}, "number", "12 chữ số"),
        ({"number": "089217123456"}, "number", "năm sinh 2017"),
        ({"number": "000218123456"}, "number", "12 chữ số"),
        ({"identity_kind": "birth_certificate", "number": ""}, "number", "số giấy khai sinh"),
        ({"identity_kind": "birth_certificate", "number": "7", "place": ""}, "place", "nơi cấp"),
        ({"proof": "x" * 251}, "proof", "250 ký tự"),
    ],
)
def test_what_cant_be_is_refused_at_its_field(
    who: make.Staff, changes: dict[str, str], field: str, words: str
) -> None:
    case = claims.claim("TAM_HOAN", who.officer)
    refusal = refused(case, claims.child(**changes), who.officer)
    assert field in refusal.errors
    assert words in refusal.errors[field][0]


@pytest.mark.parametrize("programme", ["TAM_HOAN", "CHAM_DUT"])
def test_the_other_parent_is_refused_in_any_programme(who: make.Staff, programme: str) -> None:
    baby = claims.child(relation="mother")
    mother = claims.claim("TAM_HOAN", who.officer, children=[baby])
    actor = who.officer if programme == "TAM_HOAN" else claims.reviewer()
    father = claims.claim(programme, actor)
    amount = father.amount_proposed
    refusal = refused(father, {**baby, "relation": "father"}, actor)
    (sentence,) = refusal.errors["number"]
    assert sentence == (
        "Trẻ này đã được tính hỗ trợ ở hồ sơ khác (Tạm hoãn, nghỉ không lương, Huyện Phú Tân). Mỗi trẻ chỉ được tính một lần, "
        "cho mẹ, cha hoặc người chăm sóc thay thế (khoản 7 Mục II NQ 68)."
    )
    assert mother.reference not in sentence
    # nor with the claim itself
    with pytest.raises(ClaimRefused) as whole:
        claims.claim(programme, actor, children=[{**baby, "relation": "father"}])
    assert list(whole.value.errors) == ["children.1.number"]
    father.refresh_from_db()
    assert father.amount_proposed == amount


def test_the_same_child_twice_in_one_case(who: make.Staff) -> None:
    baby = claims.child()
    case = claims.claim("TAM_HOAN", who.officer, children=[baby])
    assert "hồ sơ" in refused(case, baby, who.officer).errors["number"][0]
    with pytest.raises(ClaimRefused) as whole:
        claims.claim("TAM_HOAN", who.officer, children=[claims.child(), (same := claims.child()), same])
    assert list(whole.value.errors) == ["children.3.number"]


def test_a_namesake_under_another_number_must_be_kept(who: make.Staff) -> None:
    claims.claim("TAM_HOAN", who.officer, children=[claims.child(full_name="Lê Minh An")])
    other = claims.claim("TAM_HOAN", who.officer)
    typed = claims.child(full_name="LÊ MINH AN")
    refusal = refused(other, typed, who.officer)
    assert (list(refusal.errors), list(refusal.warnings)) == ([], ["full_name"])
    assert add_child(other, typed=typed, actor=who.officer, keeps_warnings=True).is_live


def test_a_removed_child_is_free_for_the_other_parent(who: make.Staff) -> None:
    baby = claims.child()
    mother = claims.claim("TAM_HOAN", who.officer, children=[baby])
    child = mother.children.get()
    with pytest.raises(TransitionRefused, match="lý do"):
        remove_child(child, reason=" ", actor=who.officer)
    remove_child(child, reason="Cha đề nghị", actor=who.officer)
    mother.refresh_from_db()
    assert mother.amount_proposed == 3_710_000
    assert Event.objects.get(action="case.child_removed").reason == "Cha đề nghị"
    with pytest.raises(TransitionRefused, match="đã được bỏ"):
        remove_child(child, reason="Lần nữa", actor=who.officer)
    father = claims.claim("TAM_HOAN", who.officer, children=[{**baby, "relation": "father"}])
    assert father.amount_proposed == 4_710_000


def test_a_withdrawn_claim_gives_its_children_free(who: make.Staff) -> None:
    baby = claims.child()
    mother = claims.claim("TAM_HOAN", who.officer, children=[baby])
    withdraw_case(mother, reason="Mẹ rút", actor=who.officer)
    assert not mother.children.get().is_live
    assert claims.claim("TAM_HOAN", who.officer, children=[baby]).amount_proposed == 4_710_000


def test_a_reopened_case_does_not_take_a_child_back_that_another_has(who: make.Staff) -> None:
    baby = claims.child()
    actor, appraiser = claims.reviewer(), claims.reviewer()
    mother = claims.claim("CHAM_DUT", actor, children=[baby])
    refuse(mother, actor, appraiser)
    father = claims.claim("TAM_HOAN", who.officer, children=[{**baby, "relation": "father"}])
    again = reopen_case(mother, reason="Khiếu nại", actor=appraiser)
    assert again.status in ("appraising", "needs_supplement")
    child = again.children.get()
    assert (child.is_live, father.children.get().is_live) == (False, True)
    assert again.amount_proposed == 3_710_000
    add_child(again, typed=claims.child(), actor=actor)
    again.refresh_from_db()
    # the fresh one counts, the taken one is named and doesn't
    assert again.amount_proposed == 4_710_000


def test_a_reopened_case_is_not_owed_for_a_child_that_another_has(who: make.Staff) -> None:
    baby = claims.child()
    actor, appraiser = claims.reviewer(), claims.reviewer()
    mother = claims.claim("CHAM_DUT", actor, children=[baby])
    refuse(mother, actor, appraiser)
    claims.claim("TAM_HOAN", who.officer, children=[{**baby, "relation": "father"}])
    again = reopen_case(mother, reason="Khiếu nại", actor=appraiser)
    mark_eligible(again, actor=appraiser)
    assert Entitlement.objects.get(case=again).amount == 3_710_000


def test_a_reopened_case_takes_its_own_children_back(who: make.Staff) -> None:
    actor, appraiser = claims.reviewer(), claims.reviewer()
    mother = claims.claim("CHAM_DUT", actor, children=[claims.child()])
    refuse(mother, actor, appraiser)
    assert reopen_case(mother, reason="Khiếu nại", actor=appraiser).children.get().is_live


def refuse(case: Case, actor: object, appraiser: object) -> None:
    """Listed, sent to the department's appraisal, refused there."""
    list_cases(Case.objects.filter(pk=case.pk), actor=actor)
    case.refresh_from_db()
    submit_to_department(case.case_list, actor=actor)
    exclude_case(case, to="ineligible", reason="Chưa đủ giấy tờ", actor=appraiser)
    case.refresh_from_db()


def test_wrong_people_states_programmes_and_pages_change_nothing(who: make.Staff) -> None:
    case = claims.claim("TAM_HOAN", who.officer)
    free_worker = claims.claim("LD_TU_DO", who.commune)
    before = everything()
    for actor in (who.commune, who.head, who.reviewer, user(Role.COMMUNE_OFFICER, area=OTHER_COMMUNE)):
        with pytest.raises(PermissionDenied):
            add_child(case, typed=claims.child(), actor=actor)
    with pytest.raises(StaleRecord):
        add_child(case, typed=claims.child(), actor=who.officer, expected_version=case.version - 1)
    with pytest.raises(TransitionRefused, match="không có hỗ trợ thêm cho trẻ em"):
        add_child(free_worker, typed=claims.child(), actor=who.commune)
    assert everything() == before
    verified = Case.objects.get(case_list=make.verified_list(who))
    with pytest.raises(TransitionRefused, match="«Đủ điều kiện»"):
        add_child(verified, typed=claims.child(), actor=who.commune)


def test_who_adds_a_child_has_entered_the_case(who: make.Staff) -> None:
    case = claims.claim("TAM_HOAN", who.officer)
    colleague = user(Role.DISTRICT_OFFICER, area=DISTRICT)
    add_child(case, typed=claims.child(), actor=colleague)
    case.refresh_from_db()
    assert case.also_entered_by == [colleague.pk]
    later = promoted(colleague, Role.DISTRICT_HEAD, area=DISTRICT)
    assert Case.objects.filter(pk=case.pk, also_entered_by__contains=[later.pk]).exists()
    with pytest.raises(IntegrityError, match="case_appraiser_changed_nothing"), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(appraised_by_id=colleague.pk)
    with pytest.raises(IntegrityError, match="not rewritten"), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(also_entered_by=None)


def test_a_list_wrote_about_children_in_words_and_the_papers_count(who: make.Staff) -> None:
    case = claims.claim("TAM_HOAN", who.officer, children=[claims.child()])
    case.facts["children"] = {"value": "2 con", "source": "list"}
    case.save()
    add_child(case, typed=claims.child(), actor=who.officer)
    case.refresh_from_db()
    assert case.amount_proposed == 5_710_000


# --- raw statements -----------------------------------------------------------------------------------------


def test_plain_sql_cant_count_a_child_twice(who: make.Staff) -> None:
    first = claims.claim("TAM_HOAN", who.officer, children=[claims.child()])
    second = claims.claim("TAM_HOAN", who.officer)
    copy = """
        INSERT INTO support_programs_casechild (area_code, case_id, full_name, name_key, birth_date, relation, identity_kind,
          number_encrypted, number_index, number_last3, proof, added_by_id, added_on, is_live, removed_reason)
        SELECT area_code, %s, full_name, name_key, birth_date, 'father', identity_kind, number_encrypted, number_index,
          number_last3, proof, added_by_id, added_on, true, '' FROM support_programs_casechild WHERE case_id = %s
    """
    with (
        pytest.raises(IntegrityError, match="child_supplement_once"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(copy, [second.pk, first.pk])
