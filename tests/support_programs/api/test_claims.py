"""A dossier by hand through the API: what it answers, how refusals name their fields, what must be kept first."""

import pytest

from support_programs.models import Case, CaseChild
from tests.factories import cases as make
from tests.factories import claims
from tests.factories.api import Caller
from tests.factories.people import DISTRICT

pytestmark = pytest.mark.django_db
TODAY = "2021-09-27"


@pytest.fixture
def who() -> make.Staff:
    return make.staff()


def worker(**changes: object) -> dict[str, object]:
    return {
        "programme": "TAM_HOAN",
        "received_on": TODAY,
        "applicant": claims.applicant(),
        "employer": claims.employer(DISTRICT),
        "answers": claims.SUSPENDED,
        **changes,
    }


def test_a_dossier_is_answered_as_it_was_judged(who: make.Staff) -> None:
    baby = claims.child(full_name="Lê Minh An")
    answer = Caller(who.officer).post("cases/", worker(children=[baby]), expect=201)
    assert (answer["status"], answer["result"], answer["amount"], answer["missing"]) == (
        "listed",
        "eligible",
        4_710_000,
        [],
    )
    assert answer["children"] == [
        {
            "name": "Lê Minh An",
            "birth_date": "2018-03-11",
            "relation": "Mẹ",
            "paper": "Số định danh cá nhân",
            "number": f"••• ••• ••• {baby['number'][-3:]}",
            "proof": "Giấy khai sinh số 12/2018",
            "is_counted": True,
        }
    ]
    assert baby["number"] not in str(answer)
    assert answer["determination"]["version"] == "v1"


def test_a_day_off_is_received_on_the_next_working_day(who: make.Staff) -> None:
    body = worker(received_on="2021-09-24", after_hours=True)
    assert Caller(who.officer).post("cases/", body, expect=201)["received_on"] == "2021-09-27"


def test_each_mistake_names_its_field(who: make.Staff) -> None:
    body = worker(
        received_on="2021-09-28",
        applicant=claims.applicant(id_number="12"),
        answers={**claims.SUSPENDED, "event_end": "2021-06-30", "mood": 1},
        children=[claims.child(birth_date="31/12/2021")],
    )
    answer = Caller(who.officer).post("cases/", body, expect=400)
    assert set(answer) == {
        "received_on",
        "applicant.id_number",
        "answers.event_end",
        "answers.mood",
        "children.1.birth_date",
    }
    assert not Case.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"programme": "KHONG_CO"}, "programme"),
        ({"programme": None}, "programme"),
        ({"received_on": "hôm qua"}, "received_on"),
        ({"answers": [1]}, "answers"),
        ({"children": [{"full_name": "An"}]}, "children"),
        ({"applicant": "An"}, "applicant"),
    ],
)
def test_what_cant_be_read_names_its_field(who: make.Staff, changes: dict[str, object], field: str) -> None:
    assert field in Caller(who.officer).post("cases/", worker(**changes), expect=400)
    assert not Case.objects.exists()


def test_a_second_claim_hears_409_with_the_other_ones_place_and_state(who: make.Staff) -> None:
    body = worker()
    first = Caller(who.officer).post("cases/", body, expect=201)
    answer = Caller(who.officer).post("cases/", body, expect=409)
    assert answer["detail"].startswith("Đã có hồ sơ Tạm hoãn, nghỉ không lương ở ")
    assert first["reference"] not in answer["detail"]


def test_warnings_are_kept_on_purpose(who: make.Staff) -> None:
    claims.claim("TAM_HOAN", who.officer, applicant=claims.applicant(full_name="Lý Thị Hoa"))
    body = worker(applicant=claims.applicant(full_name="Lý Thị Hoa"))
    answer = Caller(who.officer).post("cases/", body, expect=409)
    assert "cùng họ tên và năm sinh" in answer["detail"]
    assert "keeps_warnings" in answer["detail"]
    Caller(who.officer).post("cases/", {**body, "keeps_warnings": True}, expect=201)


def test_a_child_of_another_case_is_409_and_a_wrong_number_400(who: make.Staff) -> None:
    baby = claims.child()
    claims.claim("TAM_HOAN", who.officer, children=[baby])
    case = claims.claim("TAM_HOAN", who.officer)
    path = f"cases/{case.reference}/children/"
    assert "đã được tính hỗ trợ ở hồ sơ khác" in Caller(who.officer).post(path, baby, expect=409)["detail"]
    assert set(Caller(who.officer).post(path, claims.child(number="12"), expect=400)) == {"number"}
    assert CaseChild.objects.count() == 1


def test_answers_are_changed_and_unknown_again(who: make.Staff) -> None:
    case = claims.claim("F0_F1", who.commune)
    path = f"cases/{case.reference}/answers/"
    answer = Caller(who.commune).post(path, {"answers": {"event_end": "2021-08-20"}, "version": case.version})
    assert answer["amount"] == 1_600_000
    assert Caller(who.commune).post(path, {"answers": {"event_end": None}})["result"] == "undetermined"
    assert set(Caller(who.commune).post(path, {"answers": {"event_end": "2021-07-01"}}, expect=400)) == {
        "answers.event_end"
    }
    Caller(who.commune).post(path, {"answers": {"facility": "Trạm"}, "version": case.version}, expect=409)
