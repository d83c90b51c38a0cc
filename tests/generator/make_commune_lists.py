#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Generate messy but realistic commune beneficiary lists (An Giang, 2021).

Communes (xã / phường / thị trấn) sent their "danh sách đề nghị hỗ trợ" to the
district as Excel workbooks typed by hand.  This program makes such workbooks
with made-up people, together with a truth file that says, for every data row,
who the person is and what is wrong with the row as it was written.

Everybody in the output is invented: names are drawn from frequency tables and
numbers from a random generator.  The same arguments always give byte-identical
files.

Usage
-----
    make_commune_lists.py --commune 30337 --rows 200 --seed 1 --out out/
    make_commune_lists.py --commune 30337,30376,30544 --rows 150 --programme F0F1
    make_commune_lists.py --district 886 --rows 80 --error-rate 0.2 --out out/
    make_commune_lists.py --commune 30340 --prior out/30337_LDTD.truth.json ...

With more than one commune in a run (or with --prior), some people are put on
the lists of two communes (DUP_CROSS_COMMUNE).

Programme codes here and in data/policies.yaml: LDTD = LD_TU_DO (stream KHAC), VESO = LD_TU_DO
(stream VE_SO), F0F1 = F0_F1, HKD = HO_KD.  Field names of findings are those of `written`.

Only openpyxl is needed.  The administrative units come from
accounts/data/admin_units_2021.csv (change with --admin).

Output per commune: CODE_PROGRAMME.xlsx and CODE_PROGRAMME.truth.json.

Truth file
----------
    file, sheet, layout, programme, commune_code, commune_name, list_date, seed
    header_rows      [first, last] spreadsheet rows of the header
    data_rows        [first, last] spreadsheet rows of the data
    total_row        spreadsheet row of "TỔNG CỘNG"
    declared_total   what the total row says;  actual_total: sum of the amounts
                     as written that can be read as a number
    columns          canonical field -> column letter
    file_issues      issues of the file as a whole
    rows[]           row (spreadsheet row), stt, person (clean values),
                     written (what is in the cells, as text),
                     (the data may contain one empty row)
                     issues[] (code, field, severity, detail, other)
                     expected: ok | fix | warn | error = worst severity

`severity` says what a good importer should do:
    fix    repair, show the repair, keep it reversible (encoding, spaces, lost zero)
    warn   keep, but ask a person to look
    error  do not pay before the row has been corrected
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import io
import json
import random
import re
import sys
import unicodedata
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter

VERSION = "1.0"
HERE = Path(__file__).resolve().parent
DEFAULT_ADMIN = HERE.parent.parent / "accounts" / "data" / "admin_units_2021.csv"
PROVINCE = "89"

# --------------------------------------------------------------------------
# Programmes
# --------------------------------------------------------------------------


@dataclass(frozen=True)
class Programme:
    """One support policy and the amounts its lists carry (VND)."""

    code: str
    title: str
    legal: str
    fixed: int | None  # amount per person, None when it depends on days
    per_day: int = 0
    day_range: tuple[int, int] = (0, 0)
    min_age: int = 15
    jobs: tuple[str, ...] = ()


PROGRAMMES = {
    p.code: p
    for p in (
        Programme(
            "LDTD",
            "người lao động không có giao kết hợp đồng lao động (lao động tự do) "
            "gặp khó khăn do đại dịch Covid-19",
            "theo Quyết định số 1856/QĐ-UBND ngày 06/8/2021 của UBND tỉnh An Giang",
            1_500_000,
            jobs=(
                "Bán hàng rong", "Buôn bán nhỏ lẻ", "Phụ hồ", "Thợ hồ", "Bốc vác",
                "Chạy xe ôm", "Chạy xe lôi", "Thu mua phế liệu", "Thu gom rác",
                "Phụ quán ăn", "Hớt tóc", "Uốn tóc", "Làm móng", "Giúp việc nhà",
                "Phục vụ quán cà phê", "Rửa xe", "Lái đò", "Làm thuê",
            ),
        ),
        Programme(
            "VESO",
            "người bán vé số lưu động gặp khó khăn do đại dịch Covid-19",
            "theo Nghị quyết số 68/NQ-CP ngày 01/7/2021 của Chính phủ",
            1_500_000,
            jobs=("Bán vé số", "Bán vé số dạo", "Bán vé số lưu động"),
        ),
        Programme(
            "F0F1",
            "tiền ăn cho người điều trị (F0), người cách ly y tế (F1)",
            "theo Quyết định số 23/2021/QĐ-TTg ngày 07/7/2021 của Thủ tướng Chính phủ",
            None, per_day=80_000, day_range=(7, 21), min_age=0,
            jobs=("F0", "F1"),
        ),
        Programme(
            "HKD",
            "hộ kinh doanh gặp khó khăn do đại dịch Covid-19",
            "theo Quyết định số 23/2021/QĐ-TTg ngày 07/7/2021 của Thủ tướng Chính phủ",
            3_000_000, min_age=18,
            jobs=("Quán ăn", "Cà phê - giải khát", "Tạp hóa", "Tiệm uốn tóc",
                  "Internet - trò chơi", "Karaoke", "May mặc", "Sửa xe"),
        ),
    )
}

# --------------------------------------------------------------------------
# Names.  Weights are shares in per cent, from published surname shares of the
# Kinh (Nguyễn ~38, Trần ~11, Lê ~9.5, Phạm ~7, ...) shifted to the usage of
# the Mekong delta (Huỳnh and Võ instead of Hoàng and Vũ; fewer Phạm and Vũ).
# --------------------------------------------------------------------------

SURNAMES = {
    "Nguyễn": 34, "Trần": 12, "Lê": 10, "Huỳnh": 7, "Phạm": 5.5, "Võ": 5, "Phan": 4,
    "Trương": 3, "Đặng": 2, "Hồ": 2, "Dương": 2, "Bùi": 1.5, "Ngô": 1.5, "Lâm": 1.5,
    "Đỗ": 1.5, "Đoàn": 1, "Lý": 1, "Mai": 0.8, "Cao": 0.7, "Lương": 0.6, "Đinh": 0.6,
    "Châu": 0.5, "Thái": 0.5, "Hà": 0.5, "Tô": 0.4, "Trịnh": 0.4, "Quách": 0.3,
    "Tạ": 0.3, "La": 0.3, "Lưu": 0.3, "Tăng": 0.2, "Kiều": 0.2, "Giang": 0.2,
}
MIDDLE_M = {
    "Văn": 46, "Hữu": 6, "Thanh": 6, "Minh": 6, "Hoàng": 5, "Quốc": 4, "Ngọc": 3,
    "Tấn": 4, "Phước": 3, "Thành": 3, "Công": 2, "Đức": 2, "Trung": 2, "Chí": 2,
    "Tuấn": 1.5, "Duy": 1.5, "Hoài": 1, "Phú": 1, "": 2,
}
MIDDLE_F = {
    "Thị": 50, "Thị Kim": 6, "Thị Mỹ": 5, "Thị Ngọc": 5, "Thị Hồng": 3, "Thị Bích": 3,
    "Thị Cẩm": 3, "Thị Thanh": 3, "Thị Bé": 3, "Thị Tuyết": 2, "Ngọc": 3, "Kim": 3,
    "Mỹ": 3, "Thanh": 2, "Bích": 1.5, "Cẩm": 1.5, "Thúy": 1.5, "Hồng": 1.5,
}
GIVEN_M = (
    "Hùng Dũng Tâm Phúc Lộc Tài Đức Bình Sơn Hải Nam Long Phong Tuấn Tú Hậu Nghĩa Nhân "
    "Đực Út Tư Năm Bảy Đen Lượm Sáu Thọ Khanh Đạt Cường Vũ Thắng Toàn Tín Thiện Kiệt Quý "
    "Hiền Danh Hòa Hóa Khỏe Thuận Trí Giàu Khang Nhựt Phước Thới Tánh Lành Sang Nhanh"
).split()
GIVEN_F = (
    "Lan Hoa Hồng Huệ Cúc Mai Tuyết Nga Phượng Loan Thu Hạnh Hương Thủy Út Em Mười Chín "
    "Diễm Trinh Như Ngân Thảo Trang Yến Kiều Nhung Hằng Diệu Bích Liên Gái Lài Lý Xinh Đẹp "
    "Ngoan Chi Tiên My Thắm Thương Điệp Phấn Xuân Tươi Thúy Hòa Hoàng Lệ Nhàn Sương Lượm"
).split()
# Khmer of An Giang: men "Chau", women "Néang" (also written Neang, Nèang, Neáng).
KHMER_M = "Sóc Kha|Kim Sơn|Ri|Som|Phi Rom|Sóc Khonl|Hên|Sa Rây|Đa Ra|Rít Thy|Bol|Chanh Đa|Khươne|Sóc Phát|Ươn|Nâng|Sương|Mô Ni".split("|")
KHMER_F = "Sóc Khên|Sa Rương|Chanh Thu|Oanh|Phol|Sa Mây|Rinh|Kim Yên|Srây Mom|Thy Đa|Sóc Ni|Sâm Bô|Nhây|Chanh Na|Sa Voeun|Sóc Ương".split("|")
KHMER_F_SURNAME = {"Néang": 6, "Neang": 3, "Nèang": 1, "Neáng": 1}
# Cham of An Giang (Islam): transcribed Arabic and Malay names.
CHAM_M = "Mách Sa Lết|Mohamath Ka Rim|Sa Lês|Ro Hiêm|Musa Haji|Du Sô|A Mách|Châu Mách Da Mín|Mohamad Ysa|Mách Ly|Sa Ro Min|Há Ji Sa Lêh|Mohamach Sa Lé".split("|")
CHAM_F = "Mari Yam|Ro Ky Dah|Fa Ti Mah|Ha Li Mah|A Mi Nah|Sa Phi Nah|Sa Ly Hah|Sa Ki Nah|Mách Sa Phi Dah|Ro Mah|Khô Ty Yah".split("|")

# Share of Khmer and Cham rows by district, rough orders of magnitude.
KHMER_SHARE = {"891": 0.40, "890": 0.30, "892": 0.04, "894": 0.03, "889": 0.01}
CHAM_SHARE = {"886": 0.06, "887": 0.06, "888": 0.02, "889": 0.03, "892": 0.02}

HAMLETS = (
    "Phú Thạnh|An Hưng|Vĩnh Lợi|Bình An|Tân Thành|Hòa Long|Mỹ Phú|Long Thạnh|Phước Thọ|"
    "Vĩnh Thành|Hòa Bình|Tây Bình|Đông Thạnh|Trung Hòa|An Thuận|Phú Hiệp|Khánh Mỹ|Tân Lợi"
).split("|")

MOBILE_PREFIXES = (
    "032 033 034 035 036 037 038 039 086 096 097 098 "  # Viettel
    "081 082 083 084 085 088 091 094 "                  # VinaPhone
    "070 076 077 078 079 089 090 093 "                  # MobiFone
    "052 056 058 092 059 099"                           # Vietnamobile, Gmobile
).split()
OLD_PREFIX = {"032": "0162", "033": "0163", "034": "0164", "035": "0165", "036": "0166",
              "037": "0167", "038": "0168", "039": "0169", "070": "0120", "077": "0122",
              "083": "0123", "085": "0125"}
BANKS = ("Agribank", "VietinBank", "Vietcombank", "BIDV", "Sacombank", "LienVietPostBank",
         "Kienlongbank", "ACB", "MB")

# --------------------------------------------------------------------------
# Text damage
# --------------------------------------------------------------------------

_TCVN3_UNI = ("àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂĐÊÔƠƯ")
_TCVN3_RAW = ("µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô"
              "\u00adõøö÷ùúýûüþ¡¢§£¤¥¦")
_TCVN3 = dict(zip(_TCVN3_UNI, _TCVN3_RAW))
assert len(_TCVN3_UNI) == len(_TCVN3_RAW)


def to_tcvn3(text: str) -> str:
    """Unicode to TCVN3 (ABC) as the characters look in a Latin-1 font.

    TCVN3 has no upper-case letters with tone marks: fonts named .VnXxxxH show
    the lower-case code as a capital.  Such letters become the lower-case code.
    """
    return "".join(_TCVN3.get(c) or _TCVN3.get(c.lower()) or c for c in nfc(text))


_VNI_TONE = {"\u0301": "ù", "\u0300": "ø", "\u0309": "û", "\u0303": "õ", "\u0323": "ï"}
_VNI_CIRC = {"": "â", "\u0301": "á", "\u0300": "à", "\u0309": "å", "\u0303": "ã", "\u0323": "ä"}
_VNI_BREVE = {"": "ê", "\u0301": "é", "\u0300": "è", "\u0309": "ú", "\u0303": "ü", "\u0323": "ë"}
_VNI_SPECIAL = {"đ": "ñ", "ì": "ì", "í": "í", "ỉ": "æ", "ĩ": "ó", "ị": "ò", "ỵ": "î"}


def to_vni(text: str) -> str:
    """Unicode to VNI-Windows, again as seen in a Latin-1 font."""
    out = []
    for ch in nfc(text):
        low, upper = ch.lower(), ch != ch.lower()
        if low in _VNI_SPECIAL:
            res = _VNI_SPECIAL[low]
        else:
            base, *marks = unicodedata.normalize("NFD", low)
            tone = next((m for m in marks if m in _VNI_TONE), "")
            if "\u0302" in marks:
                res = base + _VNI_CIRC[tone]
            elif "\u0306" in marks:
                res = base + _VNI_BREVE[tone]
            elif "\u031b" in marks:
                res = {"o": "ô", "u": "ö"}[base] + _VNI_TONE.get(tone, "")
            else:
                res = base + _VNI_TONE.get(tone, "")
        out.append(res.upper() if upper else res)
    return "".join(out)


def nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def strip_marks(text: str) -> str:
    text = text.replace("đ", "d").replace("Đ", "D")
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


_OLD_STYLE = {"òa": "oà", "óa": "oá", "ỏa": "oả", "õa": "oã", "ọa": "oạ",
              "òe": "oè", "óe": "oé", "ỏe": "oẻ", "õe": "oẽ", "ọe": "oẹ",
              "ùy": "uỳ", "úy": "uý", "ủy": "uỷ", "ũy": "uỹ", "ụy": "uỵ"}


def other_tone_style(text: str) -> str:
    """hòa -> hoà, thúy -> thuý: the same word with the mark on the other vowel.

    Only at the end of a syllable, and not after q (quý stays quý).
    """
    for a, b in _OLD_STYLE.items():
        text = re.sub(rf"(?<![qQ]){a}\b", b, text)
    return text


_DIGIT_WORDS = "không một hai ba bốn năm sáu bảy tám chín".split()


def _three_digits(n: int, full: bool) -> list[str]:
    h, t, u = n // 100, n // 10 % 10, n % 10
    w: list[str] = []
    if h or full:
        w += [_DIGIT_WORDS[h], "trăm"]
    if t > 1:
        w += [_DIGIT_WORDS[t], "mươi"]
    elif t == 1:
        w += ["mười"]
    elif u and w:
        w += ["lẻ"]
    if u:
        w += ["mốt" if u == 1 and t > 1 else "lăm" if u == 5 and t else _DIGIT_WORDS[u]]
    return w


def in_words(n: int) -> str:
    """Amount in Vietnamese words, southern usage (lẻ, ngàn)."""
    if n == 0:
        return "Không đồng"
    groups = []
    while n:
        groups.append(n % 1000)
        n //= 1000
    words: list[str] = []
    for i in reversed(range(len(groups))):
        if groups[i]:
            words += _three_digits(groups[i], full=bool(words)) + [["", "ngàn", "triệu", "tỷ"][i]]
    return " ".join(w for w in words if w).capitalize() + " đồng"


def dots(n: int) -> str:
    return f"{n:,}".replace(",", ".")


# --------------------------------------------------------------------------
# People
# --------------------------------------------------------------------------


@dataclass
class Person:
    """A clean, invented person."""

    full_name: str
    sex: str            # M or F
    dob: str            # ISO date, or just the year
    id_number: str
    id_type: str        # CCCD or CMND
    id_issued: str
    phone: str
    hamlet: str
    commune_code: str
    job: str
    days: int
    amount: int
    bank: str
    account: str
    ethnicity: str

    @property
    def birth_year(self) -> int:
        return int(self.dob[:4])


@dataclass(eq=False)
class Row:
    person: Person
    cells: dict = field(default_factory=dict)
    issues: list[dict] = field(default_factory=list)

    def add(self, code: str, field_: str, severity: str, detail: str = "", other=None) -> None:
        issue = {"code": code, "field": field_, "severity": severity}
        if detail:
            issue["detail"] = detail
        if other:
            issue["other"] = other
        self.issues.append(issue)


class Admin:
    """The administrative units of 2021."""

    def __init__(self, path: Path) -> None:
        with open(path, encoding="utf-8", newline="") as fh:
            self.units = {r["code"]: r for r in csv.DictReader(fh)}

    def name(self, code: str) -> str:
        return self.units[code]["name_vi"]

    def parent(self, code: str) -> str:
        return self.units[code]["parent_code"]

    def communes(self, district: str) -> list[str]:
        return sorted(c for c, r in self.units.items() if r["parent_code"] == district)

    def districts(self, province: str = PROVINCE) -> list[str]:
        return sorted(c for c, r in self.units.items()
                      if r["parent_code"] == province and r["level"] == "2")

    def province_codes(self) -> list[str]:
        return sorted(c for c, r in self.units.items() if r["level"] == "1")


def pick(rng: random.Random, table: dict):
    return rng.choices(list(table), weights=list(table.values()))[0]


class PersonMaker:
    def __init__(self, admin: Admin, commune: str, prog: Programme, list_date: dt.date,
                 rng: random.Random, taken: set[str]) -> None:
        self.admin, self.commune, self.prog = admin, commune, prog
        self.list_date, self.rng, self.taken = list_date, rng, taken
        local = random.Random(f"hamlets:{commune}")
        urban = admin.units[commune]["type"] in ("phuong", "thi_tran")
        kind = "Khóm" if urban else "Ấp"
        self.hamlets = [f"{kind} {h}" for h in local.sample(HAMLETS, 5)]

    def name(self, sex: str, ethnicity: str) -> str:
        r = self.rng
        if ethnicity == "khmer":
            return (f"Chau {r.choice(KHMER_M)}" if sex == "M"
                    else f"{pick(r, KHMER_F_SURNAME)} {r.choice(KHMER_F)}")
        if ethnicity == "cham":
            return r.choice(CHAM_M if sex == "M" else CHAM_F)
        parts = [pick(r, SURNAMES), pick(r, MIDDLE_M if sex == "M" else MIDDLE_F),
                 r.choice(GIVEN_M if sex == "M" else GIVEN_F)]
        return " ".join(p for p in parts if p)

    def birth(self, low: int, high: int) -> dt.date:
        """A birth date giving an age of low..high full years on the list date."""
        age = self.rng.randint(low, high)
        last = self.list_date.replace(year=self.list_date.year - age)
        return last - dt.timedelta(days=self.rng.randint(0, 364))

    def cccd(self, sex: str, year: int, province: str | None = None) -> str:
        r = self.rng
        if province is None:
            province = "089" if r.random() < 0.9 else r.choice(["087", "091", "092", "079", "086", "094"])
        century = (year // 100 - 19) * 2 + (sex == "F")
        while True:
            num = f"{province}{century}{year % 100:02d}{r.randint(0, 999_999):06d}"
            if num not in self.taken:
                self.taken.add(num)
                return num

    def cmnd(self) -> str:
        while True:
            num = f"35{self.rng.randint(0, 9_999_999):07d}"
            if num not in self.taken:
                self.taken.add(num)
                return num

    def phone(self) -> str:
        return self.rng.choice(MOBILE_PREFIXES) + f"{self.rng.randint(0, 9_999_999):07d}"

    def make(self, low: int | None = None, high: int = 72) -> Person:
        r, prog = self.rng, self.prog
        low = max(18, prog.min_age) if low is None else low
        district = self.admin.parent(self.commune)
        u = r.random()
        khmer, cham = KHMER_SHARE.get(district, 0), CHAM_SHARE.get(district, 0)
        ethnicity = "khmer" if u < khmer else "cham" if u < khmer + cham else "kinh"
        sex = "F" if r.random() < 0.52 else "M"
        born = self.birth(low, high)
        dob = born.isoformat()
        if born.year < 1975 and r.random() < 0.18:
            dob = str(born.year)               # many older people only know the year
        if r.random() < 0.55:
            id_type, number = "CCCD", self.cccd(sex, born.year)
            issued = dt.date(2021, 2, 1) + dt.timedelta(days=r.randint(0, 160))
        else:
            id_type, number = "CMND", self.cmnd()
            issued = dt.date(2008, 1, 1) + dt.timedelta(days=r.randint(0, 4300))
        days = r.randint(*prog.day_range) if prog.fixed is None else 0
        return Person(
            full_name=self.name(sex, ethnicity), sex=sex, dob=dob, id_number=number,
            id_type=id_type, id_issued=issued.isoformat(),
            phone=self.phone() if r.random() < 0.7 else "",
            hamlet=r.choice(self.hamlets), commune_code=self.commune, job=r.choice(prog.jobs),
            days=days, amount=prog.fixed if prog.fixed is not None else days * prog.per_day,
            bank=r.choice(BANKS), account=f"{r.randint(10**12, 10**13 - 1)}", ethnicity=ethnicity,
        )


# --------------------------------------------------------------------------
# Writing a person into cells, and damaging the cells
# --------------------------------------------------------------------------


def vn_date(iso: str) -> str:
    if len(iso) == 4:
        return iso
    y, m, d = iso.split("-")
    return f"{d}/{m}/{y}"


def clean_cells(p: Person, admin: Admin) -> dict:
    """Canonical field -> cell value, before any damage."""
    return {
        "full_name": p.full_name, "dob": vn_date(p.dob), "sex": "Nam" if p.sex == "M" else "Nữ",
        "id_number": p.id_number, "id_issued": vn_date(p.id_issued),
        "id_place": "Cục Cảnh sát QLHC về TTXH" if p.id_type == "CCCD" else "CA An Giang",
        "address": p.hamlet, "phone": p.phone, "job": p.job, "days": p.days or "",
        "amount": p.amount, "bank": p.bank, "account": p.account, "note": "",
    }


# code -> (field, severity, weight)
ERRORS = {
    "ID_BAD_LENGTH": ("id_number", "error", 3),
    "ID_NOT_DIGITS": ("id_number", "error", 2),
    "ID_BAD_PROVINCE": ("id_number", "error", 2),
    "ID_SEX_MISMATCH": ("id_number", "error", 3),
    "ID_YEAR_MISMATCH": ("id_number", "error", 3),
    "ID_MISSING": ("id_number", "error", 2),
    "NAME_MISSING": ("full_name", "error", 1),
    "DOB_MISSING": ("dob", "error", 2),
    "DOB_INVALID": ("dob", "error", 2),
    "UNDER_AGE": ("dob", "warn", 2),
    "DUP_IN_FILE": ("id_number", "error", 4),
    "DUP_IN_FILE_OTHER_ID": ("full_name", "warn", 2),
    "DUP_CROSS_COMMUNE": ("id_number", "error", 4),
    "AMOUNT_WRONG": ("amount", "error", 3),
    "AMOUNT_MISSING": ("amount", "error", 1),
    "WRONG_COMMUNE": ("address", "error", 2),
    "SEX_MISSING": ("sex", "warn", 1),
}
NOISE = {
    "NAME_UPPER": 6, "NAME_LOWER": 1, "NAME_SPACES": 4, "NAME_NFD": 4, "NAME_TCVN3": 3,
    "NAME_VNI": 1, "NAME_TONE_STYLE": 3, "NAME_NO_MARKS": 1, "DOB_YEAR_ONLY": 3,
    "DOB_OTHER_FORMAT": 4, "DOB_REAL_DATE": 3, "ID_LOST_ZERO": 6, "ID_SEPARATORS": 3,
    "ID_APOSTROPHE": 1, "AMOUNT_TEXT": 5, "PHONE_LOST_ZERO": 4, "PHONE_OLD_PREFIX": 1,
    "ADDRESS_ABBREVIATED": 3,
}


# Written differently, but nothing to repair: a real date cell, the other place of a tone mark.
HARMLESS = {"DOB_REAL_DATE", "NAME_TONE_STYLE"}


class Damager:
    """Applies one kind of damage to a row.  Returns False when not applicable."""

    def __init__(self, maker: PersonMaker, admin: Admin, previous: list[dict], rows: list[Row],
                 fields: list[str]) -> None:
        self.maker, self.admin, self.previous = maker, admin, previous
        self.rows, self.fields, self.rng = rows, fields, maker.rng

    def noise(self, row: Row, code: str) -> bool:
        r, c, p = self.rng, row.cells, row.person
        f, sev, detail = code.split("_")[0].lower(), "fix", ""
        f = {"name": "full_name", "id": "id_number"}.get(f, f)
        if f not in self.fields:
            return False
        old = c[f]
        if old in ("", None):
            return False
        if code == "NAME_UPPER":
            c[f] = old.upper()
        elif code == "NAME_LOWER":
            c[f] = old.lower()
        elif code == "NAME_SPACES":
            c[f] = r.choice([old.replace(" ", "  ", 1), old + " ", " " + old,
                             old.replace(" ", "\u00a0", 1), old + "\n"])
        elif code == "NAME_NFD":
            c[f] = unicodedata.normalize("NFD", old)
        elif code == "NAME_TCVN3":
            c[f] = to_tcvn3(old)
        elif code == "NAME_VNI":
            c[f] = to_vni(old)
        elif code == "NAME_TONE_STYLE":
            c[f] = other_tone_style(old)
        elif code == "NAME_NO_MARKS":
            if p.ethnicity != "kinh" or strip_marks(old.split()[0]) == old.split()[0]:
                return False                   # only a surname that must have marks shows the loss
            c[f], sev = strip_marks(old), "warn"
        elif code == "DOB_YEAR_ONLY":
            if len(p.dob) == 4:
                return False
            c[f], sev = p.birth_year if r.random() < 0.6 else str(p.birth_year), "warn"
            detail = "only the year is written"
        elif code == "DOB_OTHER_FORMAT":
            if len(p.dob) == 4:
                return False
            y, m, d = p.dob.split("-")
            c[f] = r.choice([f"{int(d)}/{int(m)}/{y}", f"{d}-{m}-{y}", f"{d}.{m}.{y}",
                             f"{d}/{m}/{y[2:]}", f"{d} / {m} / {y}", f"{d}{m}{y}"])
        elif code == "DOB_REAL_DATE":
            if len(p.dob) == 4:
                return False
            c[f] = dt.date.fromisoformat(p.dob)
        elif code == "ID_LOST_ZERO":
            if not p.id_number.startswith("0"):
                return False
            c[f], detail = int(p.id_number), "stored as a number, leading zero lost"
        elif code == "ID_SEPARATORS":
            s = p.id_number
            c[f] = r.choice([" ", ".", "-"]).join(s[i:i + 3] for i in range(0, len(s), 3))
        elif code == "ID_APOSTROPHE":
            c[f] = "'" + p.id_number
        elif code == "AMOUNT_TEXT":
            c[f] = r.choice([dots(p.amount), dots(p.amount) + "đ", dots(p.amount) + " đồng",
                             f"{p.amount:,}", f"{p.amount // 1000}.000", str(p.amount) + " "])
        elif code == "PHONE_LOST_ZERO":
            c[f] = int(p.phone)
        elif code == "PHONE_OLD_PREFIX":
            if p.phone[:3] not in OLD_PREFIX:
                return False
            c[f], sev = OLD_PREFIX[p.phone[:3]] + p.phone[3:], "fix"
            detail = "11-digit number from before the change of September 2018"
        elif code == "ADDRESS_ABBREVIATED":
            c[f] = old.replace("Ấp ", r.choice(["A.", "ấp ", "Ap "])).replace("Khóm ", r.choice(["K.", "khóm "]))
        else:
            raise ValueError(code)
        if c[f] == old:
            return False
        if code not in HARMLESS:
            row.add(code, f, sev, detail)
        return True

    def error(self, index: int, code: str) -> bool:
        row = self.rows[index]
        r, c, p = self.rng, row.cells, row.person
        f, sev, _ = ERRORS[code]
        if f not in self.fields:
            return False
        detail, other = "", None
        if code == "ID_BAD_LENGTH":
            s = p.id_number
            i = r.randrange(3, len(s))
            c[f] = s[:i] + s[i + 1:] if r.random() < 0.6 else s[:i] + s[i] + s[i:]
            # a 12-digit number that lost a digit must not look like a lost leading zero
            if len(c[f]) == 11 and c[f].startswith("0") is False:
                return False
            if len(c[f]) in (9, 12):
                return False
            detail = f"{len(c[f])} digits"
        elif code == "ID_NOT_DIGITS":
            s = p.id_number
            i = r.randrange(1, len(s))
            c[f] = s[:i] + r.choice("OolSBx") + s[i + 1:]
        elif code == "ID_BAD_PROVINCE":
            if p.id_type != "CCCD":
                return False
            used = {f"0{x}" for x in self.admin.province_codes()}
            bad = r.choice([f"{i:03d}" for i in range(1, 97) if f"{i:03d}" not in used])
            c[f], detail = bad + p.id_number[3:], f"no province has code {bad}"
        elif code == "ID_SEX_MISMATCH":
            if p.id_type != "CCCD" or "sex" not in self.fields:
                return False
            c["sex"] = "Nữ" if p.sex == "M" else "Nam"
            detail = "sex written does not fit digit 4 of the ID"
        elif code == "ID_YEAR_MISMATCH":
            if p.id_type != "CCCD":
                return False
            y = p.birth_year + r.choice([-3, -2, -1, 1, 2, 3])
            if y // 100 != p.birth_year // 100:
                return False
            c[f] = p.id_number[:4] + f"{y % 100:02d}" + p.id_number[6:]
            detail = f"ID says {y}, birth date says {p.birth_year}"
        elif code == "AMOUNT_WRONG":
            choices = [p.amount // 10, p.amount * 10, p.amount + 500_000, p.amount - 80_000, p.amount * 2]
            c[f] = r.choice([a for a in choices if a > 0 and a != p.amount])
            detail = f"should be {p.amount}"
        elif code in ("ID_MISSING", "NAME_MISSING", "DOB_MISSING", "AMOUNT_MISSING", "SEX_MISSING"):
            if code == "SEX_MISSING" and self.fields.count("sex_split"):
                return False
            c[f] = ""
        elif code == "DOB_INVALID":
            c[f] = r.choice([f"31/02/{p.birth_year}", f"31/04/{p.birth_year}", f"30/13/{p.birth_year}",
                             f"45/10/{p.birth_year}", f"00/08/{p.birth_year}"])
        elif code == "UNDER_AGE":
            if self.maker.prog.min_age < 10:
                return False
            young = self.maker.make(low=6, high=self.maker.prog.min_age - 3)
            if len(young.dob) == 4:
                return False
            young.id_type, young.id_number = "CCCD", self.maker.cccd(young.sex, young.birth_year)
            row.person = young
            row.cells = clean_cells(young, self.admin)
            detail = f"born {young.dob}, minimum age {self.maker.prog.min_age}"
        elif code in ("DUP_IN_FILE", "DUP_IN_FILE_OTHER_ID"):
            earlier = [j for j in range(index) if not self.rows[j].issues]
            if not earlier:
                return False
            source = r.choice(earlier)
            src = self.rows[source]
            q = Person(**vars(src.person))
            if code == "DUP_IN_FILE_OTHER_ID":
                if q.id_type == "CCCD":
                    q.id_type, q.id_number = "CMND", self.maker.cmnd()
                else:
                    q.id_type, q.id_number = "CCCD", self.maker.cccd(q.sex, q.birth_year)
                detail = "same person, old and new identity number"
            row.person, row.cells = q, clean_cells(q, self.admin)
            if r.random() < 0.5:
                row.cells["full_name"] = q.full_name.upper()
            other = {"row_index": source}
        elif code == "DUP_CROSS_COMMUNE":
            mine = {x.person.id_number for x in self.rows}
            pool = [x for x in self.previous if x["person"]["commune_code"] != p.commune_code
                    and x["person"]["id_number"] not in mine]
            if not pool:
                return False
            src = r.choice(pool)
            q = Person(**{**src["person"], "hamlet": p.hamlet, "commune_code": p.commune_code,
                          "amount": p.amount, "job": p.job, "days": p.days})
            row.person, row.cells = q, clean_cells(q, self.admin)
            other = {"file": src["file"], "row": src["row"]}
        elif code == "WRONG_COMMUNE":
            district = self.admin.parent(p.commune_code)
            code2 = r.choice([x for x in self.admin.communes(district) if x != p.commune_code])
            c[f] = f"{p.hamlet}, {self.admin.name(code2)}"
            row.person.commune_code = code2
            detail = f"lives in {code2}"
        else:
            raise ValueError(code)
        row.add(code, f, sev, detail, other)
        return True


# --------------------------------------------------------------------------
# Layouts
# --------------------------------------------------------------------------

THIN = Side(style="thin")
BOX = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
CENTER = Alignment(horizontal="center", vertical="center", wrap_text=True)
TNR = "Times New Roman"

# Each layout: list of (canonical field, header, width).  A pair of fields under
# one merged header is written as (field, "Top|Bottom", width).
LAYOUTS = {
    # one header row, birth date and sex apart
    "L1": [
        ("stt", "STT", 5), ("full_name", "Họ và tên", 26), ("dob", "Ngày, tháng, năm sinh", 14),
        ("sex", "Giới tính", 8), ("id_number", "Số CMND/CCCD", 16), ("address", "Nơi ở hiện nay", 20),
        ("job", "{job}", 20), ("days", "Số ngày", 8), ("phone", "Số điện thoại", 13),
        ("amount", "Số tiền hỗ trợ (đồng)", 15), ("note", "Ghi chú", 14),
    ],
    # two header rows; year of birth under Nam / Nữ
    "L2": [
        ("stt", "TT", 5), ("full_name", "HỌ VÀ TÊN", 28), ("dob_m", "Năm sinh|Nam", 12),
        ("dob_f", "Năm sinh|Nữ", 12), ("id_number", "Số CMND hoặc CCCD", 16),
        ("address", "Địa chỉ (ấp, khóm)", 20), ("job", "{job}", 20), ("days", "Số ngày", 8),
        ("amount", "Số tiền", 14), ("sign", "Ký nhận", 12), ("note", "Ghi chú", 12),
    ],
    # identity papers and bank account, header with line breaks
    "L3": [
        ("stt", "Số\nTT", 5), ("full_name", "Họ và tên\nngười đề nghị hỗ trợ", 28), ("sex", "Nam/\nNữ", 7),
        ("dob", "Ngày\nsinh", 13), ("id_number", "CMND/CCCD|Số", 16), ("id_issued", "CMND/CCCD|Ngày cấp", 12),
        ("id_place", "CMND/CCCD|Nơi cấp", 24), ("address", "Nơi thường trú/\ntạm trú", 20),
        ("job", "{job}", 18), ("days", "Số\nngày", 7), ("phone", "Điện thoại", 13), ("bank", "Tài khoản|Ngân hàng", 16),
        ("account", "Tài khoản|Số tài khoản", 18), ("amount", "Số tiền\nđề nghị", 14), ("note", "Ghi chú", 10),
    ],
}
JOB_HEADER = {"LDTD": "Công việc trước khi mất việc", "VESO": "Công việc", "F0F1": "Đối tượng (F0/F1)",
              "HKD": "Ngành nghề kinh doanh"}


def layout_columns(layout: str, prog: Programme) -> list[tuple[str, str, int]]:
    cols = LAYOUTS[layout]
    if prog.fixed is not None:
        cols = [c for c in cols if c[0] != "days"]
    return [(f, h.replace("{job}", JOB_HEADER[prog.code]), w) for f, h, w in cols]


def canonical_fields(cols) -> list[str]:
    out = []
    for f, _, _ in cols:
        if f in ("dob_m", "dob_f"):
            out += ["dob", "sex", "sex_split"]
        else:
            out.append(f)
    return out


def write_workbook(path: Path, layout: str, prog: Programme, admin: Admin, commune: str,
                   rows: list[Row], list_date: dt.date, rng: random.Random) -> dict:
    """Write one workbook and return where things are in it."""
    cols = layout_columns(layout, prog)
    n = len(cols)
    district = admin.parent(commune)
    wb = Workbook()
    ws = wb.active
    ws.title = rng.choice(["Sheet1", "DS", "Danh sach", admin.units[commune]["short_name_vi"][:28]])

    def put(r, c, v, bold=False, italic=False, size=12, align=None, box=False):
        cell = ws.cell(r, c, v)
        cell.font = Font(name=TNR, size=size, bold=bold, italic=italic)
        if align:
            cell.alignment = align
        if box:
            cell.border = BOX
        return cell

    def band(r, c1, c2, text, **kw):
        ws.merge_cells(start_row=r, start_column=c1, end_row=r, end_column=c2)
        put(r, c1, text, align=CENTER, **kw)

    # letterhead: office on the left, motto on the right
    half = max(3, n // 2 - 1)
    band(1, 1, half, "ỦY BAN NHÂN DÂN " + admin.name(district).upper())
    band(1, half + 1, n, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", bold=True)
    band(2, 1, half, "ỦY BAN NHÂN DÂN " + admin.name(commune).upper(), bold=True)
    band(2, half + 1, n, "Độc lập - Tự do - Hạnh phúc", bold=True)
    top = 4
    band(top, 1, n, "DANH SÁCH", bold=True, size=14)
    band(top + 1, 1, n, f"Đề nghị hỗ trợ {prog.title}", bold=True, size=13)
    band(top + 2, 1, n, f"({prog.legal})", italic=True)
    band(top + 3, 1, n, f"(Kèm theo Tờ trình số {rng.randint(20, 300)}/TTr-UBND ngày {list_date:%d/%m/%Y} "
                        f"của UBND {admin.name(commune)})", italic=True)
    for _ in range(rng.randint(0, 2)):
        top += 1
    r = top + 5

    # header, one or two rows
    two = any("|" in h for _, h, _ in cols)
    head1, head2 = r, r + (1 if two else 0)
    c = 1
    while c <= n:
        h = cols[c - 1][1]
        if "|" in h:
            group = h.split("|")[0]
            end = c
            while end < n and cols[end][1].startswith(group + "|"):
                end += 1
            for k in range(c, end + 1):
                put(head1, k, None, box=True)
                put(head2, k, cols[k - 1][1].split("|")[1], bold=True, align=CENTER, box=True)
            ws.merge_cells(start_row=head1, start_column=c, end_row=head1, end_column=end)
            put(head1, c, group, bold=True, align=CENTER, box=True)
            c = end + 1
        else:
            for rr in range(head1, head2 + 1):
                put(rr, c, None, box=True)
            if two:
                ws.merge_cells(start_row=head1, start_column=c, end_row=head2, end_column=c)
            put(head1, c, h, bold=True, align=CENTER, box=True)
            c += 1
    for k, (_, _, w) in enumerate(cols, 1):
        ws.column_dimensions[get_column_letter(k)].width = w
    for rr in range(head1, head2 + 1):
        ws.row_dimensions[rr].height = 20 if two else 36
    r = head2 + 1
    if layout == "L2":                       # the row (1) (2) (3) ...
        for k in range(1, n + 1):
            put(r, k, f"({k})", italic=True, size=10, align=CENTER, box=True)
        head2 = r
        r += 1

    first = r
    blank_after = set()
    if len(rows) > 20 and rng.random() < 0.5:
        blank_after.add(rng.randrange(5, len(rows) - 5))
    positions = []
    for i, row in enumerate(rows):
        positions.append(r)
        cells = dict(row.cells)
        cells["stt"] = i + 1
        cells["sign"] = ""
        cells["dob_m"] = cells["dob"] if cells["sex"] == "Nam" else ""
        cells["dob_f"] = cells["dob"] if cells["sex"] == "Nữ" else ""
        for k, (f, _, _) in enumerate(cols, 1):
            v = cells[f]
            cell = put(r, k, v if v != "" else None, box=True)
            if isinstance(v, dt.date):
                cell.number_format = "dd/mm/yyyy"
            elif f == "amount" and isinstance(v, int):
                cell.number_format = "#,##0"
            elif isinstance(v, int) and f in ("id_number", "phone"):
                cell.number_format = "0"
            elif f in ("id_number", "phone", "account") and isinstance(v, str):
                cell.number_format = "@"
            if f == "full_name" and any(x["code"] == "NAME_TCVN3" for x in row.issues):
                cell.font = Font(name=".VnTime", size=12)
            elif f == "full_name" and any(x["code"] == "NAME_VNI" for x in row.issues):
                cell.font = Font(name="VNI-Times", size=12)
        r += 1
        if i in blank_after:
            r += 1
    last = positions[-1]

    # totals, amount in words, signatures
    amounts = [read_amount(row.cells["amount"]) for row in rows]
    actual = sum(a for a in amounts if a is not None)
    declared = actual
    file_issues = []
    if rng.random() < 0.25:
        declared = actual + rng.choice([-1, 1]) * (prog.fixed or 10 * prog.per_day)
        file_issues.append({"code": "TOTAL_MISMATCH", "severity": "warn",
                            "detail": f"total row says {declared}, rows add up to {actual}"})
    amount_col = [f for f, _, _ in cols].index("amount") + 1
    for k in range(1, n + 1):
        put(r, k, None, box=True, bold=True)
    ws.merge_cells(start_row=r, start_column=1, end_row=r, end_column=amount_col - 1)
    put(r, 1, "TỔNG CỘNG" if rng.random() < 0.7 else f"Tổng cộng: {len(rows)} người", bold=True, align=CENTER, box=True)
    put(r, amount_col, declared if rng.random() < 0.7 else dots(declared), bold=True, box=True).number_format = "#,##0"
    total_row = r
    put(r + 1, 1, f"(Bằng chữ: {in_words(declared)}./.)", italic=True)
    sign = r + 3
    head = {"phuong": "phường", "thi_tran": "thị trấn"}.get(admin.units[commune]["type"], "xã")
    band(sign, 1, half, "NGƯỜI LẬP BẢNG", bold=True)
    band(sign, half + 1, n, f"TM. ỦY BAN NHÂN DÂN {head.upper()}", bold=True)
    band(sign + 1, half + 1, n, "CHỦ TỊCH", bold=True)
    band(sign + 1, 1, half, "(Ký, ghi rõ họ tên)", italic=True)
    band(sign + 5, half + 1, n, "(đã ký)", italic=True)
    ws.page_setup.orientation = "landscape"
    ws.page_setup.paperSize = ws.PAPERSIZE_A4
    ws.page_setup.fitToWidth, ws.page_setup.fitToHeight = 1, 0
    ws.sheet_properties.pageSetUpPr.fitToPage = True
    save_reproducibly(wb, path)
    return {
        "sheet": ws.title, "header_rows": [head1, head2], "data_rows": [first, last],
        "total_row": total_row, "declared_total": declared, "actual_total": actual,
        "columns": {f: get_column_letter(k) for k, (f, _, _) in enumerate(cols, 1)},
        "file_issues": file_issues, "positions": positions,
    }


def read_amount(v) -> int | None:
    """How a sensible reader reads an amount cell."""
    if isinstance(v, int):
        return v
    digits = re.sub(r"\D", "", str(v or ""))
    return int(digits) if digits else None


def save_reproducibly(wb: Workbook, path: Path) -> None:
    """Save without the clock: fixed document times and zip entry times."""
    stamp = "2021-08-15T00:00:00Z"
    buf = io.BytesIO()
    wb.save(buf)
    with zipfile.ZipFile(buf) as src, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as dst:
        for name in src.namelist():
            data = src.read(name)
            if name == "docProps/core.xml":
                data = re.sub(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*", rb"\g<1>" + stamp.encode(), data)
            info = zipfile.ZipInfo(name, (2021, 8, 15, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            dst.writestr(info, data)


# --------------------------------------------------------------------------
# Putting a list together
# --------------------------------------------------------------------------

RANK = {"ok": 0, "fix": 1, "warn": 2, "error": 3}


def as_text(v) -> str:
    if isinstance(v, dt.date):
        return v.isoformat()
    return "" if v is None else str(v)


def add_visible(rows: list[Row], fields: list[str]) -> None:
    """Add what anyone can see in the cells, whatever caused it."""
    for row in rows:
        have = {x["code"] for x in row.issues}
        if re.fullmatch(r"\d{4}", str(row.cells["dob"])) and "DOB_YEAR_ONLY" not in have:
            row.add("DOB_YEAR_ONLY", "dob", "warn", "only the year is written")
        if str(row.cells["full_name"]).isupper() and not have & {"NAME_UPPER", "NAME_TCVN3", "NAME_VNI"}:
            row.add("NAME_UPPER", "full_name", "fix")
        if "sex_split" in fields and not row.cells["dob"]:
            row.add("SEX_MISSING", "sex", "warn", "no column of Nam / Nữ is filled")


def make_list(admin: Admin, commune: str, args, previous: list[dict], taken: set[str]) -> dict:
    prog = PROGRAMMES[args.programme]
    rng = random.Random(f"{VERSION}|{args.seed}|{commune}|{prog.code}|{args.rows}|{args.error_rate}|{args.noise_rate}")
    list_date = dt.date(2021, 8, 9) + dt.timedelta(days=rng.randint(0, 49))
    layout = args.layout if args.layout != "auto" else rng.choice(sorted(LAYOUTS))
    fields = canonical_fields(layout_columns(layout, prog))
    maker = PersonMaker(admin, commune, prog, list_date, rng, taken)
    rows = []
    for _ in range(args.rows):
        p = maker.make()
        rows.append(Row(p, clean_cells(p, admin)))
    damage = Damager(maker, admin, previous, rows, fields)

    # one error in exactly round(rows * error_rate) rows (as far as applicable)
    targets = rng.sample(range(len(rows)), round(len(rows) * args.error_rate))
    table = {k: w for k, (_, _, w) in ERRORS.items()}
    for i in sorted(targets):
        for _ in range(40):
            before = dict(rows[i].cells)
            if damage.error(i, pick(rng, table)):
                break
            rows[i].cells = before
    # harmless mess on top, also on rows that have an error
    for row in rows:
        if rng.random() < args.noise_rate:
            broken = {x["field"] for x in row.issues}
            for _ in range(6):
                code = pick(rng, NOISE)
                f = {"NAME": "full_name", "ID": "id_number"}.get(code.split("_")[0], code.split("_")[0].lower())
                if f in broken or (f == "dob" and "id_number" in broken):
                    continue
                if damage.noise(row, code):
                    break

    add_visible(rows, fields)

    name = f"{commune}_{prog.code}"
    path = args.out / f"{name}.xlsx"
    place = write_workbook(path, layout, prog, admin, commune, rows, list_date, rng)
    positions = place.pop("positions")
    out_rows = []
    for i, row in enumerate(rows):
        for issue in row.issues:
            if issue.get("other", {}).get("row_index") is not None:
                issue["other"] = {"file": path.name, "row": positions[issue["other"]["row_index"]]}
        worst = max((x["severity"] for x in row.issues), key=RANK.get, default="ok")
        out_rows.append({
            "row": positions[i], "stt": i + 1, "expected": worst, "issues": row.issues,
            "person": vars(row.person),
            "written": {f: as_text(row.cells[f]) for f in clean_cells(row.person, admin) if f in fields},
        })
    truth = {
        "generator": f"make_commune_lists.py {VERSION}", "file": path.name, "seed": args.seed, "layout": layout,
        "programme": prog.code, "commune_code": commune, "commune_name": admin.name(commune),
        "district_code": admin.parent(commune), "list_date": list_date.isoformat(), **place, "rows": out_rows,
    }
    (args.out / f"{name}.truth.json").write_text(
        json.dumps(truth, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return truth


def main(argv: list[str] | None = None) -> int:
    ap = argparse.ArgumentParser(description=__doc__.split("\n\n")[0],
                                 formatter_class=argparse.ArgumentDefaultsHelpFormatter)
    where = ap.add_mutually_exclusive_group(required=True)
    where.add_argument("--commune", help="commune code, or several with commas")
    where.add_argument("--district", help="district code: all its communes")
    where.add_argument("--province", action="store_true", help="all 156 communes of An Giang")
    ap.add_argument("--rows", type=int, default=100, help="people per list")
    ap.add_argument("--error-rate", type=float, default=0.10, help="share of rows with a planted error")
    ap.add_argument("--noise-rate", type=float, default=0.35, help="share of rows with harmless mess")
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--programme", choices=sorted(PROGRAMMES), default="LDTD")
    ap.add_argument("--layout", choices=["auto", *sorted(LAYOUTS)], default="auto")
    ap.add_argument("--prior", type=Path, action="append", default=[],
                    help="truth file of an earlier run, source of cross-commune duplicates")
    ap.add_argument("--admin", type=Path, default=DEFAULT_ADMIN)
    ap.add_argument("--out", type=Path, default=Path("."))
    args = ap.parse_args(argv)
    if args.rows < 1:
        ap.error("--rows must be at least 1")
    for rate in (args.error_rate, args.noise_rate):
        if not 0 <= rate <= 1:
            ap.error("rates go from 0 to 1")

    admin = Admin(args.admin)
    if args.province:
        codes = [c for d in admin.districts() for c in admin.communes(d)]
    elif args.district:
        codes = admin.communes(args.district)
    else:
        codes = args.commune.split(",")
    for c in codes:
        if admin.units.get(c, {}).get("level") != "3":
            ap.error(f"{c!r} is not a commune code of 2021")
    args.out.mkdir(parents=True, exist_ok=True)

    previous: list[dict] = []
    taken: set[str] = set()

    def remember(truth: dict) -> None:
        for row in truth["rows"]:
            taken.add(row["person"]["id_number"])
            if row["expected"] in ("ok", "fix"):
                previous.append({"file": truth["file"], "row": row["row"], "person": row["person"]})

    for path in args.prior:
        remember(json.loads(path.read_text(encoding="utf-8")))
    for c in codes:
        truth = make_list(admin, c, args, previous, taken)
        remember(truth)
        bad = sum(r["expected"] in ("error", "warn") for r in truth["rows"])
        print(f"{truth['file']}: {truth['commune_name']}, layout {truth['layout']}, "
              f"{len(truth['rows'])} rows, {bad} with errors or warnings", file=sys.stderr)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
