"""The registers of people and the catalogue name groups alike, so that a fact of the one is a fact of the other."""

from beneficiaries.registers import register_of
from beneficiaries.registers.free_workers import group_of_work
from beneficiaries.rules.social_protection import BASES, COEFFICIENTS
from support_programs.rules.amounts.tables import BaseTimesCoefficient
from support_programs.services.catalogue import read_catalogue


def test_free_workers_have_the_occupation_groups_of_the_decision() -> None:
    groups = read_catalogue()["LD_TU_DO"][-1].occupation_groups
    register = register_of("free_workers")
    assert [(code, str(label)) for code, label in register.categories] == [
        (group.code, group.label) for group in groups
    ]


def test_a_work_is_told_by_the_words_of_the_catalogue() -> None:
    assert group_of_work("Bán vé số dạo") == "ban_ve_so_luu_dong"
    assert group_of_work("phụ hồ cho chủ thầu") == "tho_ho_phu_ho"
    assert group_of_work("nghề gì đó") == ""
    assert group_of_work("") == ""


def test_recipients_have_the_groups_and_coefficients_of_the_decree() -> None:
    version = next(one for one in read_catalogue()["BTXH_THANG"] if one.code == "base_360")
    field = next(field for field in version.fields if field.code == "category")
    told = [(code, label) for code, label in field.choices if code != "other"]
    register = register_of("social_protection")
    assert [(code, str(label)) for code, label in register.categories] == told
    amount = version.amount
    assert isinstance(amount, BaseTimesCoefficient)
    assert {item.code: item.value for item in amount.coefficients} == COEFFICIENTS
    assert amount.base == dict(BASES)[version.valid_from]
