"""Lists of poor households: households by number or head, their members, one entry per household and year."""

import datetime as dt

import pytest

from accounts.enums import Role
from beneficiaries.imports.profile import profile_of
from beneficiaries.models import Household, HouseholdMember, ListImport, Person, Status
from core.models import Event
from tests.beneficiaries.lists import codes
from tests.beneficiaries.services.registers.lists import NUMBERS, checked, sheet, taken_in
from tests.factories.people import COMMUNE, user

pytestmark = pytest.mark.django_db

HEADER = [
    "TT", "Mã hộ", "Họ tên chủ hộ", "Họ và tên thành viên", "Quan hệ với chủ hộ", "Ngày sinh", "Giới tính", "Số CCCD/CMND",
    "Khóm, ấp", "Diện hộ", "Năm công nhận", "Thu nhập bình quân đầu người", "Số chỉ số thiếu hụt", "Số quyết định",
]  # fmt: skip


def member(
    name: str,
    number: str,
    relation: str = "Chủ hộ",
    *,
    code: object = "H-001",
    head: str = "",
    born: str = "02/03/1985",
    group: str = "",
    year: object = "",
    income: object = "",
    lacks: object = "",
) -> list[object]:
    return [
        1,
        code,
        head,
        name,
        relation,
        born,
        "Nam" if "Văn" in name else "Nữ",
        number,
        "Khóm Mỹ Lương",
        group,
        year,
        income,
        lacks,
        "15/QĐ-UBND",
    ]


def head(name: str = "Trần Văn Bảy", number: str = NUMBERS[0], **cells: object) -> list[object]:
    told: dict[str, object] = {"group": "Hộ nghèo", "year": 2021, "income": "650.000", "lacks": 4, **cells}
    return member(name, number, **told)  # type: ignore[arg-type]


CHILD = member("Trần Thị Bé", "", "con", born="05/06/2019")


def test_a_household_comes_in_with_its_members_and_one_entry() -> None:
    officer = user(Role.COMMUNE_OFFICER)
    made = taken_in(
        sheet(
            HEADER,
            head(),
            CHILD,
            head("Lê Văn Tám", NUMBERS[1], code="", group="cận nghèo", income=800_000, lacks=2),
        ),
        "poor_households",
        officer,
    )
    told = made.totals["made"]
    assert {key: told[key] for key in ("households", "members", "entries", "changed", "same", "kept")} == {
        "households": 2, "members": 3, "entries": 2, "changed": 0, "same": 0, "kept": 0,
    }  # fmt: skip

    household = Household.objects.get(code="H-001")
    assert (household.area_code, household.head_name, household.hamlet) == (
        COMMUNE,
        "Trần Văn Bảy",
        "Khóm Mỹ Lương",
    )
    assert household.reference.startswith("HG-")
    rows = household.members.order_by("-is_head").values_list(
        "person__full_name", "relation", "is_head", "valid_from", "row_number"
    )
    assert list(rows) == [
        ("Trần Văn Bảy", "Chủ hộ", True, dt.date(2021, 1, 1), 5),
        ("Trần Thị Bé", "con", False, dt.date(2021, 1, 1), 6),
    ]
    entry = Status.objects.get(household=household)
    assert (entry.category, entry.valid_from, entry.valid_to) == (
        "poor",
        dt.date(2021, 1, 1),
        dt.date(2021, 12, 31),
    )
    assert entry.details == {
        "year": 2021,
        "monthly_income": 650_000,
        "deprivations": 4,
        "standard": "qd59_2015",
    }
    assert (entry.decision_number, entry.source, entry.list_import_id) == ("15/QĐ-UBND", "import", made.pk)
    other = Status.objects.get(household__head_name="Lê Văn Tám")
    assert other.category == "near_poor"
    assert Event.objects.filter(action="household.member_added").count() == 3
    assert (
        Event.objects.get(action="household.registered", object_id=household.pk).change["list"]
        == made.reference
    )


def test_the_same_households_again_are_the_same_and_a_new_year_is_a_new_entry() -> None:
    officer = user(Role.COMMUNE_OFFICER)
    rows = [
        head(),
        CHILD,
        head("Lê Văn Tám", NUMBERS[1], code="", group="Hộ cận nghèo", income=800_000, lacks=2),
    ]
    first = taken_in(sheet(HEADER, *rows), "poor_households", officer)
    again = taken_in(sheet(HEADER, *rows, title="DANH SÁCH BỔ SUNG"), "poor_households", officer)
    told = again.totals["made"]
    assert (told["households"], told["members"], told["entries"], told["same"]) == (0, 0, 0, 2)
    profile = profile_of("poor_households")
    assert profile.commit is not None
    profile.commit(list_import=ListImport.objects.get(pk=first.pk), actor=officer, committed_at=None)
    assert (Household.objects.count(), HouseholdMember.objects.count(), Status.objects.count()) == (2, 3, 2)
    assert Person.objects.count() == 3

    following = taken_in(sheet(HEADER, head(year=2022, income=1_200_000)), "poor_households", officer)
    assert following.totals["made"]["entries"] == 1
    entry = Status.objects.get(valid_from=dt.date(2022, 1, 1))
    assert (entry.details["standard"], entry.replaces) == ("nd07_2021", None)


def test_another_group_of_the_year_takes_the_place_of_the_entry_with_the_list_as_reason() -> None:
    officer = user(Role.COMMUNE_OFFICER)
    taken_in(sheet(HEADER, head()), "poor_households", officer)
    later = taken_in(
        sheet(HEADER, head(group="Hộ cận nghèo", income=900_000, lacks=1)), "poor_households", officer
    )
    assert (later.totals["made"]["entries"], later.totals["made"]["changed"]) == (0, 1)
    old, new = Status.objects.order_by("pk")
    assert (old.category, old.is_replaced) == ("poor", True)
    assert (new.category, new.replaces, new.reason) == ("near_poor", old, f"Nhập danh sách {later.reference}")
    assert new.details["deprivations"] == 1


def test_a_household_bears_the_name_of_its_head_without_the_capitals_of_the_list() -> None:
    officer = user(Role.COMMUNE_OFFICER)
    capitals = "TRẦN VĂN BẢY"
    rows = [[*row[:2], capitals, *row[3:]] for row in (head(), CHILD)]
    rows[0][3] = capitals
    taken_in(sheet(HEADER, *rows), "poor_households", officer)
    household = Household.objects.get(code="H-001")
    assert (household.head_name, household.members.count()) == ("Trần Văn Bảy", 2)


def test_who_lives_in_another_household_and_a_number_of_another_head_are_left_alone() -> None:
    officer = user(Role.COMMUNE_OFFICER)
    taken_in(sheet(HEADER, head(), CHILD), "poor_households", officer)
    second = taken_in(
        sheet(
            HEADER,
            # the number of the first household under another head
            head("Lê Văn Tám", NUMBERS[1]),
            # a child who is registered with the first household
            head("Cao Văn Chín", NUMBERS[2], code="H-002"),
            member("Trần Thị Bé", "", "cháu", born="05/06/2019", code="H-002"),
        ),
        "poor_households",
        officer,
    )
    told = second.totals["made"]
    assert (told["households"], told["members"], told["other_head"], told["other_household"]) == (1, 1, 1, 1)
    assert Household.objects.get(code="H-001").head_name == "Trần Văn Bảy"
    assert set(HouseholdMember.objects.values_list("household__code", "person__full_name")) == {
        ("H-001", "Trần Văn Bảy"), ("H-001", "Trần Thị Bé"), ("H-002", "Cao Văn Chín"),
    }  # fmt: skip


def test_rows_that_name_both_groups_make_no_entry_and_are_counted() -> None:
    content = sheet(HEADER, head(), member("Lê Văn Tư", NUMBERS[3], "em", group="Hộ cận nghèo", year=2021))
    told = taken_in(content, "poor_households", user(Role.COMMUNE_OFFICER)).totals["made"]
    assert (told["households"], told["members"], told["entries"], told["both_groups"]) == (1, 2, 0, 1)
    assert not Status.objects.exists()


def test_a_household_that_came_in_under_its_head_gets_its_number_later() -> None:
    officer = user(Role.COMMUNE_OFFICER)
    taken_in(sheet(HEADER, head(code="")), "poor_households", officer)
    taken_in(
        sheet(HEADER, head(code="123456789"), [*CHILD[:1], "123456789", *CHILD[2:]]),
        "poor_households",
        officer,
    )
    household = Household.objects.get()
    assert (household.code, household.members.count()) == ("123456789", 2)


@pytest.mark.parametrize(
    ("row", "found"),
    [
        (head(group="", year=""), {"EXTRA_REQUIRED"}),
        (member("Lê Văn Tám", NUMBERS[1], "con", code=""), {"HOUSEHOLD_MISSING"}),
        (member("Lê Văn Tám", NUMBERS[1], ""), {"EXTRA_REQUIRED"}),
        # Phú Mỹ is a township: 950.000 with four lacks is poor there, without them near-poor
        (head(income=950_000, lacks=4), set()),
        (head(income=950_000, lacks=1), {"REGISTER_OTHER_POVERTY"}),
        (head(income=1_400_000), {"REGISTER_NOT_POOR"}),
        (head(year=2022, income=1_400_000), set()),
        (head(year=2031), {"EXTRA_OUT_OF_RANGE"}),
    ],
)
def test_what_a_row_must_say_and_what_is_asked_about(row: list[object], found: set[str]) -> None:
    made = checked(sheet(HEADER, row), "poor_households", user(Role.COMMUNE_OFFICER))
    assert codes(made, 5) == found
