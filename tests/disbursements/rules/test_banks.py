"""Banks are told by the ways in which communes type their names; a text that could mean two of them names none."""

import pytest

from disbursements.rules.banks import all_banks, bank_by_bin, bank_of


@pytest.mark.parametrize(
    ("typed", "bin_number"),
    [
        ("Agribank", "970405"),
        ("NH Nông nghiệp", "970405"),
        ("VBA", "970405"),
        ("NHNo&PTNT huyện Phú Tân", "970405"),
        ("NGÂN HÀNG NÔNG NGHIỆP VÀ PHÁT TRIỂN NÔNG THÔN VIỆT NAM - CN CHỢ MỚI", "970405"),
        ("agri bank", "970405"),
        ("Vietcombank CN An Giang", "970436"),
        ("Vietcombank Long Xuyên", "970436"),
        ("NH TMCP Công thương Việt Nam", "970415"),
        ("Ngân hàng TMCP Sài Gòn", "970429"),
        ("Sài Gòn Công Thương", "970400"),
        ("Đông Á", "970406"),
        ("Đông Nam Á", "970440"),
        ("VietBank", "970433"),
        ("Việt Á bank", "970427"),
        ("LienVietPostBank Châu Đốc", "970449"),
        ("Ngân hàng Chính sách xã hội huyện Tri Tôn", "999888"),
        ("Ngân hàng Nông nghiệp", "970405"),
        ("970418", "970418"),
        ("BIDVVNVX", "970418"),
    ],
)
def test_a_typed_name_is_told(typed: str, bin_number: str) -> None:
    found = bank_of(typed)
    assert found is not None
    assert found.bin == bin_number


@pytest.mark.parametrize(
    "typed",
    ["", "Ngân hàng", "Kho bạc Nhà nước", "Sài Gòn Chợ Lớn", "Agribank hoặc Vietcombank", "Bưu điện", "—"],
)
def test_no_bank_is_guessed(typed: str) -> None:
    assert bank_of(typed) is None


def test_every_bank_is_told_by_its_own_names_and_numbers() -> None:
    assert len(all_banks()) == 56
    for bank in all_banks():
        for typed in filter(None, (bank.name, bank.short_name, bank.bin, bank.swift)):
            assert bank_of(typed) is bank
        assert bank_by_bin(bank.bin) is bank
    assert bank_by_bin("000000") is None
