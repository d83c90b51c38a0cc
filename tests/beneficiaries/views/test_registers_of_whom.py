"""Whose entries are shown and where people live: joined people, members of households, people of other communes."""

import datetime as dt
import io

import pytest
from openpyxl import load_workbook

from accounts.enums import Role
from beneficiaries.models import Person, Status
from beneficiaries.queries.person_registers import entries_of_person, register_panel
from beneficiaries.queries.timeline import timeline_of
from beneficiaries.registers import register_of
from beneficiaries.services.households import add_member, end_membership
from beneficiaries.services.new_people import NewPersonRefused
from beneficiaries.services.registers import record_status
from beneficiaries.services.registers.entering import enter_new_person
from tests.beneficiaries.services.registers.lists import taken_in
from tests.beneficiaries.services.registers.test_person_lists import HEADER, recipient, sheet
from tests.beneficiaries.views.registered import person, signed_in
from tests.factories.people import OTHER_COMMUNE, user
from tests.factories.registers import entry_of, household_of, resident

pytestmark = pytest.mark.django_db


def test_the_page_shows_the_entries_of_whom_was_joined_to_the_person() -> None:
    officer, root, joined = user(Role.COMMUNE_OFFICER), resident(), resident()
    own, theirs = entry_of(root, officer), entry_of(joined, officer, category="k8")
    household = household_of(joined, officer)
    Person.objects.filter(pk=joined.pk).update(joined_to=root)
    panel = register_panel(officer, root)
    assert {line.entry.reference for line in panel.context["entries"]} == {own.reference, theirs.reference}
    assert [stay.reference for stay in panel.context["stays"]] == [household.reference]


def test_a_household_s_entries_are_of_the_days_when_the_person_was_in_it() -> None:
    officer, wife = user(Role.COMMUNE_OFFICER), resident("Lê Thị Hoa")
    before, after = (household_of(resident(), officer) for _ in range(2))
    for household in (before, after):
        for year in ("2021", "2022"):
            record_status(
                register="poor_households",
                household=household,
                typed={"category": "poor", "year": year},
                actor=officer,
            )
    stay = add_member(
        household=before, person=wife, relation="Con", valid_from=dt.date(2021, 1, 1), actor=officer
    )
    end_membership(member=stay, on=dt.date(2021, 6, 30), reason="Lấy chồng", actor=officer)
    add_member(household=after, person=wife, relation="Vợ", valid_from=dt.date(2021, 7, 1), actor=officer)
    shown = {line.entry.reference for line in entries_of_person([wife.pk], officer)}
    expected = Status.objects.filter(household=after) | Status.objects.filter(
        household=before, valid_from=dt.date(2021, 1, 1)
    )
    assert shown == set(expected.values_list("reference", flat=True))
    told = " ".join(moment.title for moment in timeline_of(officer, [wife.pk]))
    for entry in Status.objects.all():
        assert (entry.reference in told) == (entry.reference in shown)


def test_whom_a_list_names_of_another_commune_is_not_read_here() -> None:
    there = person(
        "Phạm Văn Sáu",
        "089062001234",
        area=OTHER_COMMUNE,
        dob="05/03/1962",
        address="Ấp Bí Mật",
        phone="0912345678",
    )
    officer = user(Role.COMMUNE_OFFICER)
    row = recipient("Phạm Văn Sáu", "089062001234", "05/03/1962")
    taken_in(sheet(HEADER, row), "social_protection", officer)
    status = Status.objects.get()
    assert status.person == there
    client = signed_in(someone=officer)
    address = f"/registers/social_protection/entries/{status.reference}/"
    page = client.get(address).content.decode()
    assert "Phạm Văn Sáu" in page
    assert "Ấp Bí Mật" not in page
    assert f"/people/{there.reference}/" not in page
    # nobody is offered what is refused
    for act in ("change", "end"):
        assert client.get(f"{address}{act}/").status_code == 403
        assert f"{address}{act}/" not in page
    assert "Ở địa bàn khác" in page
    listed = client.get("/registers/social_protection/").content.decode()
    assert "Phạm Văn Sáu" in listed
    assert "Ấp Bí Mật" not in listed
    assert "••• ••• ••• 234" not in listed
    sheet_of = load_workbook(io.BytesIO(client.get("/registers/social_protection/export/").content)).active
    cells = [cell for line in sheet_of.iter_rows(values_only=True) for cell in line]
    assert "Phạm Văn Sáu" in cells
    assert "Ấp Bí Mật" not in cells
    assert "••• ••• ••• 234" not in cells


def test_the_department_says_in_which_commune_a_new_person_lives() -> None:
    client = signed_in(Role.PROVINCIAL_REVIEWER)
    new = "/registers/social_protection/new/"
    typed = {
        "new-full_name": "Nguyễn Văn Bảy",
        "new-dob": "05/03/1985",
        "new-sex": "Nam",
        "new-id_number": "089085000411",
        "new-address": "Ấp Phú Lợi",
        "category": "k6_severe",
        "valid_from": "01/07/2021",
    }
    form = client.post(new, {"step": "choose", "new": "1", "q": ""}).content.decode()
    assert f'value="{OTHER_COMMUNE}"' in form
    refused = client.post(new, typed)
    assert refused.status_code == 422
    assert "Hãy chọn xã, phường, thị trấn" in refused.content.decode()
    assert not Person.objects.exists()
    assert client.post(new, {**typed, "new-area": OTHER_COMMUNE}).status_code == 302
    assert Person.objects.get().area_code == OTHER_COMMUNE
    assert Status.objects.get().area_code == OTHER_COMMUNE


@pytest.mark.parametrize("area", ["89", "89888"])
def test_nobody_is_registered_in_a_district_or_the_province(area: str) -> None:
    with pytest.raises(NewPersonRefused) as caught:
        enter_new_person(
            register=register_of("merit"),
            typed_person={"full_name": "Nguyễn Văn Bảy", "dob": "05/03/1985", "id_number": "089085000411"},
            typed={"category": "war_invalid", "valid_from": "01/07/2021"},
            area_code=area,
            actor=user(Role.PROVINCIAL_REVIEWER),
            keeps_warnings=True,
        )
    assert list(caught.value.errors) == ["new.area"]
    assert not Person.objects.exists()
