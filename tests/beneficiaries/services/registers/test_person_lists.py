"""Lists that fill the registers of people: who is new, who is known, what differs and what is left alone."""

import datetime as dt

import pytest
from django.utils.translation import override

from accounts.enums import Role
from beneficiaries.imports.profile import profile_of
from beneficiaries.imports.rechecking import shown_cells
from beneficiaries.models import ImportRow, ListImport, Person, Status
from beneficiaries.services.imports.corrections import correct_row
from core.models import Event
from tests.beneficiaries.lists import codes
from tests.beneficiaries.services.registers.lists import NUMBERS, checked, sheet, taken_in
from tests.factories.people import COMMUNE, OTHER_COMMUNE, user

pytestmark = pytest.mark.django_db

HEADER = [
    "STT", "Họ và tên", "Ngày, tháng, năm sinh", "Giới tính", "Số CCCD/CMND", "Khóm, ấp", "Nhóm đối tượng", "Hệ số",
    "Mức độ khuyết tật", "Mức trợ cấp (đồng)", "Hưởng từ ngày", "Số quyết định", "Ngày quyết định",
]  # fmt: skip


def recipient(
    name: str = "Trần Văn Bảy",
    number: str = NUMBERS[0],
    born: str = "02/03/1985",
    group: str = "Người khuyết tật nặng",
    coefficient: object = "1,5",
    amount: object = "540.000",
    since: str = "01/08/2021",
    degree: str = "Nặng",
) -> list[object]:
    return [
        1, name, born, "Nam", number, "Khóm Mỹ Lương", group, coefficient, degree, amount, since, "12/QĐ-UBND", "20/07/2021",
    ]  # fmt: skip


def test_a_commune_s_list_of_recipients_becomes_entries() -> None:
    officer = user(Role.COMMUNE_OFFICER)
    content = sheet(
        HEADER,
        recipient(),
        recipient(
            "NGUYỄN THỊ SÁU",
            "",
            "05/06/1940",
            "người từ 80 tuổi không có lương hưu, trợ cấp",
            "",
            360_000,
            degree="",
        ),
        recipient("Lê Văn Tám", NUMBERS[2], group="đối tượng gì đó"),
    )
    made = taken_in(content, "social_protection", officer)

    told = made.totals["made"]
    assert (told["entries"], told["changed"], told["same"], told["kept"]) == (2, 0, 0, 0)
    assert told["register"] == "social_protection"
    assert codes(made, 7) == {"EXTRA_NO_CHOICE"}
    assert ImportRow.objects.get(list_import=made, row_number=7).state == "staged"
    entry = Status.objects.get(person__name_key="tran van bay")
    assert (entry.category, entry.area_code, entry.source, entry.row_number) == (
        "k6_severe",
        COMMUNE,
        "import",
        5,
    )
    assert entry.details == {"disability_degree": "severe", "monthly_amount": 540_000, "coefficient": "1.5"}
    assert (entry.valid_from, entry.valid_to, entry.list_import_id) == (dt.date(2021, 8, 1), None, made.pk)
    assert (entry.decision_number, entry.decided_on) == ("12/QĐ-UBND", dt.date(2021, 7, 20))
    # an old woman without papers is known by name, birth date and hamlet
    old = Person.objects.get(name_key="nguyen thi sau")
    assert not old.identity_documents.exists()
    assert codes(made, 6) == {"ID_NONE_YET", "NAME_UPPER"}
    event = Event.objects.get(action="status.recorded", object_id=entry.pk)
    assert event.change["list"] == made.reference
    assert event.change["subject"] == entry.person.reference


def test_the_same_list_next_month_makes_nothing_twice_and_finds_those_without_a_number() -> None:
    officer = user(Role.COMMUNE_OFFICER)
    rows = [recipient(), recipient("Nguyễn Thị Sáu", "", "05/06/1940", "k5c", "", 360_000, degree="")]
    taken_in(sheet(HEADER, *rows), "social_protection", officer)
    people, entries = Person.objects.count(), Status.objects.count()
    again = taken_in(sheet(HEADER, *rows, title="DANH SÁCH THÁNG 9"), "social_protection", officer)
    told = again.totals["made"]
    assert (told["entries"], told["changed"], told["same"]) == (0, 0, 2)
    assert (Person.objects.count(), Status.objects.count()) == (people, entries)
    # and the taking in itself, run again
    profile = profile_of("social_protection")
    assert profile.commit is not None
    profile.commit(list_import=ListImport.objects.first(), actor=officer, committed_at=None)
    assert Status.objects.count() == entries


def test_a_later_list_that_says_other_leaves_a_trail() -> None:
    officer = user(Role.COMMUNE_OFFICER)
    taken_in(sheet(HEADER, recipient(), recipient("Lê Văn Tám", NUMBERS[2])), "social_protection", officer)
    second = sheet(
        HEADER,
        # another amount of the same days takes the place of the entry
        recipient(amount=600_000),
        # another amount from a later day follows it
        recipient("Lê Văn Tám", NUMBERS[2], amount=700_000, since="01/09/2021"),
    )
    later = taken_in(second, "social_protection", officer)
    told = later.totals["made"]
    assert (told["entries"], told["changed"], told["same"], told["kept"]) == (0, 2, 0, 0)
    reason = f"Nhập danh sách {later.reference}"

    first, changed = Status.objects.filter(person__name_key="tran van bay").order_by("pk")
    assert (first.is_replaced, first.details["monthly_amount"]) == (True, 540_000)
    assert (changed.replaces, changed.reason, changed.details["monthly_amount"]) == (first, reason, 600_000)
    before, after = Status.objects.filter(person__name_key="le van tam").order_by("pk")
    assert (before.valid_to, before.end_reason, before.ended_by_id) == (
        dt.date(2021, 8, 31),
        reason,
        officer.pk,
    )
    assert (after.valid_from, after.replaces, after.details["monthly_amount"]) == (
        dt.date(2021, 9, 1),
        None,
        700_000,
    )
    events = Event.objects.filter(action__startswith="status.", change__list=later.reference)
    assert sorted(event.action for event in events) == ["status.changed", "status.ended", "status.recorded"]


def test_days_that_contradict_each_other_change_nothing_and_are_counted() -> None:
    officer = user(Role.COMMUNE_OFFICER)
    taken_in(sheet(HEADER, recipient()), "social_protection", officer)
    earlier = taken_in(sheet(HEADER, recipient(since="01/07/2021")), "social_protection", officer)
    assert earlier.totals["made"]["kept"] == 1
    only = Status.objects.get()
    assert (only.valid_from, only.is_replaced) == (dt.date(2021, 8, 1), False)


def test_another_group_is_another_entry_of_the_same_person() -> None:
    officer = user(Role.COMMUNE_OFFICER)
    taken_in(sheet(HEADER, recipient()), "social_protection", officer)
    other = recipient(group="Người lớn nhiễm HIV hộ nghèo, không có thu nhập ổn định", degree="")
    second = taken_in(sheet(HEADER, other), "social_protection", officer)
    assert second.totals["made"]["entries"] == 1
    assert set(Status.objects.filter(is_replaced=False).values_list("category", flat=True)) == {
        "k6_severe",
        "k8",
    }


def test_an_entry_of_another_commune_s_list_is_left_alone_and_counted() -> None:
    there = user(Role.COMMUNE_OFFICER, area=OTHER_COMMUNE)
    content = sheet(HEADER, recipient(), office="ỦY BAN NHÂN DÂN THỊ TRẤN CHỢ VÀM")
    first = taken_in(content, "social_protection", there, OTHER_COMMUNE)
    assert first.totals["made"]["entries"] == 1
    officer = user(Role.COMMUNE_OFFICER)
    second = taken_in(sheet(HEADER, recipient(amount=600_000)), "social_protection", officer)
    told = second.totals["made"]
    assert (told["entries"], told["changed"], told["elsewhere"]) == (0, 0, 1)
    assert Status.objects.get().details["monthly_amount"] == 540_000


def test_a_row_without_number_needs_birth_date_and_hamlet_and_twins_are_asked_about() -> None:
    officer = user(Role.COMMUNE_OFFICER)
    twin = recipient("Cao Bé", "", "01/02/2019", "k1_u4", "", "", degree="")
    content = sheet(
        HEADER, twin, list(twin), recipient("Cao Lớn", "", "1950", "k5a_60_80", "", "", degree="")
    )
    made = checked(content, "social_protection", officer)
    assert codes(made, 5) == {"ID_NONE_YET"}
    assert codes(made, 6) == {"ID_NONE_YET", "DUP_NO_NUMBER"}
    assert codes(made, 7) == {"BIRTH_FOR_NO_ID", "DOB_YEAR_ONLY"}
    # in the other lists a number is needed as before
    assert "ID_MISSING" in codes(checked(sheet(HEADER, twin), "merit", officer), 5)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (recipient(coefficient="2,0"), "REGISTER_OTHER_COEFFICIENT"),
        (recipient(amount=500_000), "REGISTER_LOW_ALLOWANCE"),
        (recipient(degree="Đặc biệt nặng"), "REGISTER_OTHER_DEGREE"),
        (recipient(group="k5c", degree="", amount=360_000, coefficient=1), "REGISTER_OTHER_AGE"),
    ],
)
def test_what_does_not_fit_together_is_asked_about(row: list[object], code: str) -> None:
    made = checked(sheet(HEADER, row), "social_protection", user(Role.COMMUNE_OFFICER))
    assert codes(made, 5) == {code}
    assert ImportRow.objects.get(list_import=made).outcome == "warn"


def test_a_row_is_corrected_with_the_words_of_the_list_also_by_who_reads_the_pages_in_english() -> None:
    officer = user(Role.COMMUNE_OFFICER)
    made = checked(sheet(HEADER, recipient(group="đối tượng gì đó")), "social_protection", officer)
    with override("en"):
        row = correct_row(
            list_import=made, row_number=5, fixes={"category": "Người khuyết tật nặng"}, actor=officer
        )
        assert row.outcome == "ok"
        assert row.values["facts"]["category"] == "k6_severe"
        assert shown_cells(made, row)["disability_degree"] == "Nặng"


def test_free_workers_get_their_group_from_the_work_that_the_list_names() -> None:
    header = [
        "STT",
        "Họ và tên",
        "Ngày sinh",
        "Giới tính",
        "Số CCCD",
        "Khóm, ấp",
        "Công việc",
        "Nơi làm việc",
        "Ngày mất việc",
    ]
    officer = user(Role.COMMUNE_OFFICER)
    made = taken_in(
        sheet(
            header,
            [
                1,
                "Trần Văn Bảy",
                "02/03/1985",
                "Nam",
                NUMBERS[0],
                "Khóm Mỹ Lương",
                "Bán vé số dạo",
                "chợ Phú Mỹ",
                "15/07/2021",
            ],
            [2, "Lê Văn Tám", "02/03/1985", "Nam", NUMBERS[1], "Khóm Mỹ Lương", "Việc lạ", "", ""],
        ),
        "free_workers",
        officer,
    )
    entry = Status.objects.get()
    assert entry.category == "ban_ve_so_luu_dong"
    assert entry.details == {
        "occupation": "Bán vé số dạo",
        "workplace": "chợ Phú Mỹ",
        "lost_work_on": "2021-07-15",
    }
    assert codes(made, 6) == {"EXTRA_REQUIRED"}


def test_relatives_of_martyrs_come_in_with_their_kinship() -> None:
    header = [
        "STT", "Họ và tên", "Năm sinh", "Giới tính", "Số CMND/CCCD", "Khóm, ấp", "Diện người có công", "Quan hệ với liệt sĩ",
        "Họ tên liệt sĩ", "Số liệt sĩ", "Tỷ lệ thương tật", "Mức trợ cấp",
    ]  # fmt: skip
    officer = user(Role.COMMUNE_OFFICER)
    made = taken_in(
        sheet(
            header,
            [1, "Trần Văn Bảy", "02/03/1985", "Nam", NUMBERS[0], "Khóm Mỹ Lương", "Thân nhân của người có công với cách mạng",
             "con", "Trần Văn Hai", 1, "", "1.624.000"],
            [2, "Lê Văn Tám", "02/03/1985", "Nam", NUMBERS[1], "Khóm Mỹ Lương", "Bệnh binh", "", "", "", "61%", ""],
        ),
        "merit",
        officer,
    )  # fmt: skip
    assert made.totals["made"]["entries"] == 2
    assert Status.objects.get(category="sick_soldier").details == {"injury_rate": 61}
    entry = Status.objects.get(category="relative")
    assert (entry.category, entry.details) == (
        "relative",
        {"kinship": "child", "merit_person": "Trần Văn Hai", "martyrs": 1, "allowance": 1_624_000},
    )
