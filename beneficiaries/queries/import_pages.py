"""What the import's pages show: counts, groups of findings, rows with their cells as text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.core.paginator import Page, Paginator
from django.db import connection
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from beneficiaries.enums import Outcome, RowState
from beneficiaries.imports.profile import labels_of, profile_of
from beneficiaries.imports.raw_rows import RawRow
from beneficiaries.imports.rechecking import cell_text, extras_of, shown_cells, suggestions_for
from beneficiaries.imports.wording import finding_texts, title_of
from beneficiaries.models import ImportRow, ListImport
from core import crypto
from core.text import mask_number
from core.wording import Text

PAGE: Final = 40
VIEWS: Final = ("review", "error", "warn", "fix", "all", "aside")
# findings whose rows a click can correct from a suggestion
SUGGESTED: Final = frozenset(
    {"ID_NOT_DIGITS", "ID_BAD_LENGTH", "DOB_INVALID", "SEX_MISSING", "EXTRA_NO_DATE"}
)
REVERSIBLE: Final = frozenset({"NAME_UPPER", "NAME_LOWER", "NAME_CAPITALS", "NAME_TONE_STYLE"})
_SHOWN: Final = ("full_name", "dob", "sex", "id_number", "job", "address", "amount")
_CLASSES: Final = {"error": "bad", "warn": "wrn", "fix": "fix"}
_GROUPS: Final = """
SELECT f->>'code', f->>'severity', count(*) FROM beneficiaries_importrow AS r, jsonb_array_elements(r.findings) AS f
 WHERE r.list_import_id = %s AND r.state = 'staged' AND f->>'severity' <> 'info'
 GROUP BY 1, 2 ORDER BY CASE f->>'severity' WHEN 'error' THEN 0 WHEN 'warn' THEN 1 ELSE 2 END, 3 DESC, 1
"""


@dataclass(frozen=True, slots=True)
class Group:
    """One kind of finding and how many rows have it."""

    code: str
    severity: str
    title: str
    count: int

    @property
    def has_suggestion(self) -> bool:
        return self.code in SUGGESTED


@dataclass(frozen=True, slots=True)
class Counts:
    """Rows by what they wait for. `accepted` are warnings someone kept; `ready` would go in now."""

    ok: int
    fix: int
    warn: int
    error: int
    accepted: int
    committed: int
    aside: int

    @property
    def ready(self) -> int:
        return self.ok + self.fix + self.accepted

    @property
    def valid(self) -> int:
        """Without anything to look at, gone in or not."""
        return self.ok + self.fix + self.accepted + self.committed

    @property
    def total(self) -> int:
        return self.valid + self.warn + self.error

    @property
    def review(self) -> int:
        return self.warn + self.error


@dataclass(frozen=True, slots=True)
class CellView:
    field: str
    label: Text
    text: str
    css: str


@dataclass(frozen=True, slots=True)
class Offer:
    """A button that types this text into this field."""

    field: str
    text: str
    label: str


@dataclass(frozen=True, slots=True)
class RowView:
    """A row of the sheet: its cells as text, and why it stands there; `further` are the cells of the programme's own columns."""

    number: int
    outcome: str
    state: str
    is_accepted: bool
    cells: tuple[CellView, ...]
    further: tuple[CellView, ...]
    reasons: tuple[dict[str, str], ...]
    offers: tuple[Offer, ...]
    suggestion: str
    suggested_code: str
    repeats: bool

    @property
    def is_open(self) -> bool:
        return self.state == RowState.STAGED


def counts_of(list_import: ListImport) -> Counts:
    staged, waiting = Q(state=RowState.STAGED), Q(accepted_at__isnull=True)
    found = ImportRow.objects.filter(list_import=list_import).aggregate(
        ok=Count("pk", filter=staged & Q(outcome=Outcome.OK)),
        fix=Count("pk", filter=staged & Q(outcome=Outcome.FIX)),
        warn=Count("pk", filter=staged & waiting & Q(outcome=Outcome.WARN)),
        accepted=Count("pk", filter=staged & ~waiting & Q(outcome=Outcome.WARN)),
        error=Count("pk", filter=staged & Q(outcome=Outcome.ERROR)),
        committed=Count("pk", filter=Q(state=RowState.COMMITTED)),
        aside=Count("pk", filter=Q(state=RowState.SET_ASIDE)),
    )
    return Counts(**found)


def groups_of(list_import: ListImport) -> list[Group]:
    with connection.cursor() as cursor:
        cursor.execute(_GROUPS, [list_import.pk])
        return [Group(code, severity, title_of(code), count) for code, severity, count in cursor.fetchall()]


def rows_of(list_import: ListImport, view: str, code: str) -> QuerySet[ImportRow]:
    """The rows of a tab, in the order of the file."""
    rows = ImportRow.objects.filter(list_import=list_import).order_by("row_number")
    staged = rows.filter(state=RowState.STAGED)
    if code:
        return staged.filter(findings__contains=[{"code": code}])
    if view == "aside":
        return rows.filter(state=RowState.SET_ASIDE)
    if view == "all":
        return rows
    if view == "fix":
        return staged.filter(outcome=Outcome.FIX)
    if view == "error":
        return staged.filter(outcome=Outcome.ERROR)
    if view == "warn":
        return staged.filter(outcome=Outcome.WARN)
    return staged.filter(Q(outcome=Outcome.ERROR) | Q(outcome=Outcome.WARN, accepted_at__isnull=True))


def row_page(
    list_import: ListImport, view: str, code: str, page: str | None, *, is_masked: bool = False
) -> tuple[Page[ImportRow], list[RowView]]:
    """One page of rows of a tab, or of one kind of finding; `is_masked` for people who only look."""
    shown = Paginator(rows_of(list_import, view, code), PAGE).get_page(page)
    return shown, [row_view(list_import, row, is_masked=is_masked) for row in shown.object_list]


def row_view(list_import: ListImport, row: ImportRow, *, is_masked: bool = False) -> RowView:
    texts = dict(shown_cells(list_import, row))
    if is_masked:
        texts |= {field: mask_number(texts[field]) for field in ("id_number", "account")}
    labels = labels_of(profile_of(list_import.profile))
    further = [extra.code for extra in extras_of(list_import) if extra.code in list_import.columns]
    worst = _worst_by_field(row.findings)
    reasons = finding_texts(row.findings, row.row_number)
    coded = next((entry["code"] for entry in row.findings if entry["code"] in SUGGESTED), "")
    is_offered = coded and row.state == RowState.STAGED and not is_masked
    fixes = suggestions_for(list_import, row, coded) if is_offered else {}
    return RowView(
        number=row.row_number,
        outcome=row.outcome,
        state=row.state,
        is_accepted=row.accepted_at is not None,
        cells=_cells(_common_fields(list_import), texts, worst, labels),
        further=_cells(further, texts, worst, labels),
        reasons=tuple({**reason, "message": _without_row(reason["message"])} for reason in reasons),
        offers=_offers(row),
        suggestion=", ".join(fixes.values()),
        suggested_code=coded,
        repeats=any(entry["code"].startswith(("DUP_", "WRONG_COMMUNE")) for entry in row.findings),
    )


def _cells(
    fields: Iterable[str], texts: Mapping[str, str], worst: Mapping[str, str], labels: Mapping[str, Text]
) -> tuple[CellView, ...]:
    return tuple(
        CellView(field, labels[field], texts.get(field, ""), _CLASSES.get(worst.get(field, ""), ""))
        for field in fields
    )


def _common_fields(list_import: ListImport) -> list[str]:
    """What every list shows. Work, home and amount only where they are asked: by communes, by a rule of one amount, or listed.

    A register asks about work in a column of its own, or not at all.
    """
    profile, unasked = profile_of(list_import.profile), set()
    if profile.amount is None:
        unasked.add("amount")
    if "commune" not in profile.levels:
        unasked |= {"job", "address"}
    if profile.of_register:
        unasked.add("job")
    return [field for field in _SHOWN if field not in unasked or field in list_import.columns]


def _offers(row: ImportRow) -> tuple[Offer, ...]:
    """What one click would type: a repair of capitals or wording taken back, the sex of the number, the amount of the rule."""
    offers: list[Offer] = []
    for entry in row.findings:
        code, found, expected = entry["code"], entry.get("found", ""), entry.get("expected", "")
        if code in REVERSIBLE and found:
            offers.append(Offer("full_name", found, _("Hoàn tác họ tên")))
        elif code == "ADDRESS_ABBREVIATED" and expected == row.values.get("address"):
            offers.append(Offer("address", found, _("Hoàn tác địa chỉ")))
        elif code == "ID_SEX_MISMATCH":
            sex = {"M": _("Nam"), "F": _("Nữ")}.get(expected, "")
            offers.append(Offer("sex", sex, _("Đổi giới tính thành %(sex)s") % {"sex": sex}))
        elif code in ("AMOUNT_WRONG", "AMOUNT_MISSING") and expected:
            offers.append(Offer("amount", expected, _("Đổi số tiền thành %(amount)s") % {"amount": expected}))
    return tuple({offer.field: offer for offer in reversed(offers)}.values())


def _without_row(message: str) -> str:
    """The sentence as it stands in its own row: "Dòng 14: ..." without its beginning."""
    head, separator, rest = message.partition(": ")
    return (
        rest[:1].upper() + rest[1:]
        if separator and head.split()[-1].isdigit() and len(head) < 20
        else message
    )


def _worst_by_field(findings: Sequence[dict[str, str]]) -> dict[str, str]:
    rank = {"info": 0, "fix": 1, "warn": 2, "error": 3}
    worst: dict[str, str] = {}
    for entry in findings:
        if rank[entry["severity"]] >= rank[worst.get(entry["field"], "info")]:
            worst[entry["field"]] = entry["severity"]
    return worst


@dataclass(frozen=True, slots=True)
class ColumnView:
    """A column of the file: its letter, header, three samples, and what it is taken for."""

    letter: str
    header: str
    samples: tuple[str, ...]
    field: str


def column_views(list_import: ListImport) -> list[ColumnView]:
    """All columns of the file that have a header or cells."""
    raws = [
        RawRow.unpacked(crypto.decrypt("row", sealed))
        for sealed in ImportRow.objects.filter(list_import=list_import)
        .order_by("row_number")
        .values_list("raw_encrypted", flat=True)[:8]
    ]
    letters = {letter for raw in raws for letter in raw.cells} | set(list_import.header_texts)
    by_letter = {letter: field for field, letter in list_import.columns.items()}
    return [
        ColumnView(
            letter,
            list_import.header_texts.get(letter, "") or _("(không có tiêu đề)"),
            tuple(cell_text(raw.cells[letter]) for raw in raws if letter in raw.cells)[:3],
            by_letter.get(letter, ""),
        )
        for letter in sorted(letters, key=lambda text: (len(text), text))
    ]
