"""What a column of a list is, by the words of its header and, where they are silent, by its cells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Final

from beneficiaries.imports.extra_columns import ExtraColumn
from beneficiaries.rules.encodings import read_text
from core.spreadsheets.reading import Cell
from core.text import search_key

# First match wins, so the narrow ones stand first. Patterns are read against the header's search key.
_PATTERNS: Final[tuple[tuple[str, re.Pattern[str]], ...]] = tuple(
    (field, re.compile(pattern))
    for field, pattern in (
        ("stt", r"^(?:stt|tt|so tt|so thu tu|thu tu|so)$"),
        ("reasons", r"^li do kiem tra|^ket qua kiem tra|^li do \(he thong\)|^li do can sua|^li do$"),
        ("account_holder", r"chu (?:so )?(?:tai khoan|tk)\b|ten nguoi thu huong"),
        ("account", r"so tai khoan|\bstk\b|\bso tk\b|tai khoan (?:so|ngan hang so)|tai khoan so$"),
        ("bank", r"ngan hang|\bnh\b"),
        ("account", r"^tai khoan\b"),
        ("id_issued", r"ngai cap|ngay cap|cap ngay"),
        ("id_place", r"noi cap|co quan cap"),
        ("sign", r"\bki (?:nhan|ten)|chu ki|nguoi nhan (?:ki|tien)|diem chi"),
        ("days", r"^so ngay\b(?!.*sinh)|^so ngai\b"),
        ("phone", r"dien thoai|\bsdt\b|\bso dt\b|\bdtdd\b|\bdt\b|di dong|so lien he|\bphone\b"),
        (
            "id_number",
            r"cmnd|cccd|\bcmt\b|can cuoc|chung minh|dinh danh|giai to tui than|giay to tuy than|^cmt",
        ),
        (
            "dob",
            r"ngai sinh|ngay sinh|nam sinh|sinh nam|sinh ngay|thang nam sinh|nam ?/? ?thang sinh|^sinh$|ngay thang nam$",
        ),
        ("sex", r"gioi tinh|^nam nu$|^phai$|^gioi$|^nam hay nu$"),
        ("surname", r"^ho(?: va)?(?: ten| chu)? ?(?:dem|lot)$|^ho va chu lot$|^ho$|^ho lot$|^ho dem$"),
        (
            "full_name",
            r"\bho (?:va )?ten\b|^ho ten|^ten (?:nguoi|doi tuong|ca nhan|chu ho)|^nguoi (?:lao dong|de nghi|thu huong)",
        ),
        ("given_name", r"^ten$"),
        (
            "amount",
            r"so tien|muc (?:ho tro|huong|chi|tien)|kinh phi|thanh tien|tien ho tro|ho tro \(?dong|^tien\b|muc de nghi",
        ),
        ("permanent_address", r"^(?=.*(?:thuong tru|ho khau|\b[dh]ktt\b))(?!.*tam tru)"),
        (
            "address",
            r"dia chi|noi o|cho o|cu tru|thuong tru|tam tru|^ap\b|^khom\b|ap khom|khom ap|to dan pho|ho khau|noi dang k",
        ),
        ("job", r"cong viec|nghe nghiep|\bnghe\b|viec lam|loai hinh|doi tuong|nganh"),
        ("note", r"ghi chu|chu thich|ghi chi"),
    )
)
_ANOTHER: Final = re.compile(
    r"nhan thay|nhan ho\b|u[iy] quyen|giam ho|nguoi than|\b(?:cua|ten|sinh|cccd|cmnd) (?:con|vo|chong|cha|me)\b"
    r"|\bda (?:nhan|ho tro|huong|chi)\b"
)
_LEAVES: Final = re.compile(r"^(?:so|ngay|thang|nam|nu|ten|ho|so the|ma so|loai)$")
_THOUSANDS: Final = re.compile(r"(?:nghin|ngan) dong|1 ?000 ?(?:d|dong)\b")
_MILLIONS: Final = re.compile(r"trieu dong")

# a text of a further column heads a column when it is most of what stands there
_MOSTLY: Final = 0.6

_ID: Final = re.compile(r"0?\d{9}|0?\d{11,12}|\d{12}")
_DATE: Final = re.compile(r"\d{1,2}\s*[/.\-]\s*\d{1,2}\s*[/.\-]\s*\d{2,4}|19\d\d|200\d")
_PHONE: Final = re.compile(r"0?[35789]\d{8}|01\d{9}")
_NAME: Final = re.compile(r"[^\W\d_]+(?:[ \u00a0]+[^\W\d_]+){1,5}\s*")


@lru_cache(maxsize=4_096)
def header_key(text: str) -> str:
    """The header's words without marks, decoded when the file is set in an old font."""
    return search_key(read_text(text)[0])


def field_of(path: Sequence[str], extras: Sequence[ExtraColumn] = ()) -> str:
    """The field that a header means; `path` holds its texts from the group on top to the column's own. "" when unknown.

    A further column of the programme goes before one of every list when it is the whole header, or says more of it.
    """
    texts = [text for text in path if text.strip()]
    if not texts:
        return ""
    if extras and (further := extra_of(texts, extras)):
        return further[0]
    group = header_key(" ".join(texts[:-1]))
    leaf = header_key(texts[-1])
    split = _split_field(group, texts[-1].strip().lower(), leaf)
    if split:
        return split
    whole = f"{group} {leaf}".strip()
    own = _match(leaf)
    if own and not _LEAVES.match(leaf):
        # "Số" under "CMND/CCCD" is the group's; "Ngày cấp" under it is its own
        return own
    return _match(whole) or own


def extra_of(path: Sequence[str], extras: Sequence[ExtraColumn]) -> tuple[str, tuple[bool, int]] | None:
    """The further column that a header means, with how well: whether one of its texts is the whole header, and how long it is.

    None when no text of any is in the header, or a column of every list says more of it.
    """
    keys = {header_key(path[-1]), header_key(" ".join(path))}
    best: tuple[str, tuple[bool, int]] | None = None
    for extra in extras:
        for text in (*extra.patterns, str(extra.label)):
            pattern = header_key(text)
            if pattern and any(f" {pattern} " in f" {key} " for key in keys):
                rank = (pattern in keys, len(pattern))
                if best is None or rank > best[1]:
                    best = extra.code, rank
    if best is None or best[1][0] or is_of_another(path):
        return best
    return best if best[1][1] > max(map(_matched_length, keys)) else None


def _matched_length(key: str) -> int:
    """How much of the header its meaning in every list covers; "ngày tháng năm" without "sinh" is any day, not a birth.

    All of it where it names the person: the list is nothing without that column.
    """
    for field, pattern in _PATTERNS:
        found = pattern.search(key)
        if found:
            if field in ("full_name", "id_number"):
                return len(key)
            return 0 if field == "dob" and "sinh" not in key else len(found.group())
    return 0


def is_of_another(path: Sequence[str]) -> bool:
    """True for a column about somebody else than the row's person, or about money that was paid before."""
    return bool(_ANOTHER.search(header_key(" ".join(path))))


def is_of_household(path: Sequence[str]) -> bool:
    """True for a column about the head of the household: the row's person only where the list names nobody else."""
    return "chu ho" in header_key(" ".join(path)) and "chu ho kinh doanh" not in header_key(" ".join(path))


def _split_field(group: str, written: str, leaf: str) -> str:
    """Columns under "Năm sinh" or "Giới tính" that split one field: Nam | Nữ, or ngày | tháng | năm."""
    of_group = _match(group) if group else ""
    if of_group == "dob":
        if leaf == "nu":
            return "dob_f"
        if leaf == "nam":
            return "dob_year" if "ă" in written else "dob_m"
        return {"ngai": "dob_day", "ngay": "dob_day", "thang": "dob_month"}.get(leaf, "")
    if of_group == "sex" and leaf in ("nam", "nu"):
        return "sex_m" if leaf == "nam" else "sex_f"
    return ""


def _match(key: str) -> str:
    for field, pattern in _PATTERNS:
        if pattern.search(key):
            return field
    return ""


def is_header_word(text: str, extras: Sequence[ExtraColumn] = ()) -> bool:
    """True for a text that heads a column, alone or under a group."""
    key = header_key(text)
    if key and len(key) <= 60 and (_match(key) or _LEAVES.match(key)):
        return True
    further = extra_of([text], extras) if extras and key else None
    return further is not None and (further[1][0] or further[1][1] >= _MOSTLY * len(key))


def amount_unit(texts: Iterable[str]) -> int:
    """đồng per unit of the amounts, when a header says "nghìn đồng" or "triệu đồng"."""
    for text in texts:
        key = header_key(text)
        if _THOUSANDS.search(key):
            return 1_000
        if _MILLIONS.search(key):
            return 1_000_000
    return 1


def content_shares(cells: Iterable[Cell]) -> Mapping[str, float]:
    """How many of a column's filled cells look like each field, from 0 to 1."""
    filled = [_as_text(cell) for cell in cells if cell is not None and cell != ""]
    if not filled:
        return {}
    counts = {
        "id_number": sum(
            bool(_ID.fullmatch(text.replace(" ", "").replace(".", "").lstrip("'"))) for text in filled
        ),
        "dob": sum(bool(_DATE.fullmatch(text.strip())) for text in filled),
        "sex": sum(search_key(text) in ("nam", "nu") for text in filled),
        "phone": sum(bool(_PHONE.fullmatch(text.replace(" ", "").replace(".", ""))) for text in filled),
        "full_name": sum(bool(_NAME.fullmatch(text)) and len(text) < 40 for text in filled),
        "amount": sum(_is_money(text) for text in filled),
    }
    return {field: count / len(filled) for field, count in counts.items()}


def _is_money(text: str) -> bool:
    digits = re.sub(r"\D", "", text)
    return digits.endswith("000") and 5 <= len(digits) <= 9


def _as_text(cell: Cell) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if hasattr(cell, "strftime"):
        return f"{cell:%d/%m/%Y}"
    return str(cell)
