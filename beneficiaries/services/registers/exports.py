"""The list of a register as a workbook: what its filters leave, identity numbers masked, with an event that says who took it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from accounts.permissions import reads_records
from accounts.queries import area_name, area_names
from beneficiaries.enums import RecordSource, Sex
from beneficiaries.models import IdentityDocument, Status
from beneficiaries.queries.registers import EntryFilter, entries_of
from beneficiaries.registers import Register, RegisterField, shown_detail
from core.audit import record_export
from core.money import format_dong
from core.spreadsheets.bulk_writing import write_bulk_table
from core.spreadsheets.tables import Cell, Column, Heading, Kind, Table
from core.text import mask_number
from core.workflow import Actor

MOST_EXPORTED: Final = 100_000
_CHUNK: Final = 2000
_NUMBERS: Final = {"integer": Kind.INTEGER, "money": Kind.MONEY}
_OWN: Final = (
    "reference",
    "area_code",
    "category",
    "details",
    "valid_from",
    "valid_to",
    "decision_number",
    "decided_on",
    "decided_by",
    "source",
    "recorded_on",
    "recorded_by_name",
)
_OF_PERSON: Final = (
    "person__full_name",
    "person__area_code",
    "person__reference",
    "person__birth_date",
    "person__birth_year",
    "person__sex",
    "person__hamlet",
)
_OF_HOUSEHOLD: Final = (
    "household__head_name",
    "household__reference",
    "household__code",
    "household__hamlet",
)


@transaction.atomic
def export_entries(*, filters: EntryFilter, words: str, actor: Actor) -> bytes:
    """The entries of the filter that this person may see, in the order of the page; at most 100,000, which the heading says.

    `words` is the filter in words, for the heading and the log. PermissionDenied for who reads no records.
    """
    if not actor.is_active or not reads_records(actor):
        raise PermissionDenied(_("Trang này dành cho cán bộ xem hồ sơ."))
    register = filters.register
    rows = filters.ordered(filters.apply(entries_of(register, actor)))
    total = rows.count()
    subtitles = [f"{area_name(actor.area_code)}: {words}"]
    if total > MOST_EXPORTED:
        subtitles.append(_("Chỉ gồm 100.000 dòng đầu; hãy thu hẹp bộ lọc để lấy phần còn lại."))
    table = Table(
        columns=_columns(register),
        rows=_lines(register, _read(rows, register)[:MOST_EXPORTED], actor),
        heading=Heading(title=str(register.title).upper(), subtitles=tuple(subtitles)),
        sheet_name=str(register.title)[:31],
        frozen_columns=3,
    )
    content = write_bulk_table(table)
    change = {
        "register": str(register.title),
        "rows": format_dong(min(total, MOST_EXPORTED)),
        "filters": words,
    }
    record_export("register.exported", actor=actor, change=change)
    return content


def _read(rows: QuerySet[Status], register: Register) -> Any:
    """Only what the workbook shows, with the last digits of the current paper, or the number of members of the household."""
    if register.subject == "household":
        lives_there = Q(household__members__valid_to__isnull=True, household__members__is_replaced=False)
        members = Count("household__members", filter=lives_there)
        return rows.annotate(members=members).values("members", *_OWN, *_OF_HOUSEHOLD)
    papers = IdentityDocument.objects.filter(person=OuterRef("person"), is_current=True)
    last3 = Subquery(papers.values("number_last3")[:1])
    return rows.annotate(last3=last3).values("last3", *_OWN, *_OF_PERSON)


def _columns(register: Register) -> tuple[Column, ...]:
    subject: tuple[Column, ...]
    if register.subject == "household":
        subject = (
            Column("name", _("Họ tên chủ hộ"), width=28),
            Column("subject", _("Mã trong hệ thống"), Kind.CODE, width=18),
            Column("code", _("Mã hộ"), Kind.CODE),
            Column("members", _("Số người"), Kind.INTEGER),
        )
    else:
        subject = (
            Column("name", _("Họ và tên"), width=28),
            Column("subject", _("Mã trong hệ thống"), Kind.CODE, width=18),
            Column("birth", _("Ngày sinh"), Kind.DATE),
            Column("sex", _("Giới tính"), width=10),
            Column("number", _("Số CCCD, CMND"), Kind.CODE),
        )
    return (
        Column("ordinal", _("STT"), Kind.ORDINAL),
        *subject,
        Column("hamlet", _("Khóm, ấp")),
        Column("area", _("Địa bàn")),
        Column("category", str(register.category_label), width=34),
        *(Column(one.code, str(one.label), _NUMBERS.get(one.kind, Kind.TEXT)) for one in register.fields),
        Column("valid_from", _("Từ ngày"), Kind.DATE),
        Column("valid_to", _("Đến ngày"), Kind.DATE),
        Column("decision_number", _("Số quyết định"), Kind.CODE),
        Column("decided_on", _("Ngày quyết định"), Kind.DATE),
        Column("decided_by", _("Cơ quan quyết định")),
        Column("reference", _("Mã mục"), Kind.CODE, width=18),
        Column("source", _("Nguồn")),
        Column("recorded_on", _("Ngày ghi"), Kind.DATE),
        Column("recorded_by_name", _("Người ghi")),
    )


def _lines(register: Register, rows: Any, actor: Actor) -> Iterator[dict[str, Cell]]:
    """Rows to write. Words are looked up once, not for each of many thousand rows."""
    areas: dict[str, str] = {}
    groups = {code: str(label) for code, label in register.categories}
    sources = {code: str(label) for code, label in RecordSource.choices}
    sexes = {code: str(label) for code, label in Sex.choices if code}
    details = [(one, {code: str(label) for code, label in one.choices}) for one in register.fields]
    is_household = register.subject == "household"
    for row in rows.iterator(chunk_size=_CHUNK):
        if row["area_code"] not in areas:
            areas |= area_names([row["area_code"]])
        yield {
            **{name: row[name] for name in _OWN},
            **(_household(row) if is_household else _person(row, sexes, actor)),
            **{one.code: _cell(one, row["details"].get(one.code), words) for one, words in details},
            "area": areas[row["area_code"]],
            "category": groups.get(row["category"], row["category"]),
            "source": sources[row["source"]],
        }


def _person(row: Mapping[str, Any], sexes: Mapping[str, str], actor: Actor) -> dict[str, Cell]:
    """Of somebody of another area, whom a list named, the name alone."""
    if not row["person__area_code"].startswith(actor.area_code):
        return {"name": row["person__full_name"]}
    return {
        "name": row["person__full_name"],
        "subject": row["person__reference"],
        "birth": row["person__birth_date"] or str(row["person__birth_year"] or ""),
        "sex": sexes.get(row["person__sex"], ""),
        "number": mask_number("0" * 9 + row["last3"]) if row["last3"] else "",
        "hamlet": row["person__hamlet"],
    }


def _household(row: Mapping[str, Any]) -> dict[str, Cell]:
    return {
        "name": row["household__head_name"],
        "subject": row["household__reference"],
        "code": row["household__code"],
        "members": row["members"],
        "hamlet": row["household__hamlet"],
    }


def _cell(one: RegisterField, value: Any, words: Mapping[str, str]) -> Cell:
    """Numbers as numbers, everything else as the page shows it."""
    if value is None:
        return None
    if one.kind in _NUMBERS and isinstance(value, int):
        return value
    if one.kind == "choice":
        return words.get(str(value), str(value))
    return shown_detail(one, value) or None
