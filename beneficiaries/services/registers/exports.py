"""The list of a register as a workbook: what its filters leave, identity numbers masked, with an event that says who took it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, OuterRef, Q, Subquery
from django.utils.translation import gettext as _

from accounts.permissions import reads_records
from accounts.queries import area_name, area_names
from beneficiaries.enums import Sex
from beneficiaries.models import IdentityDocument
from beneficiaries.queries.registers import EntryFilter, entries_of, subject_name, with_subject
from beneficiaries.registers import Register, RegisterField, shown_detail
from core.audit import record_event
from core.money import format_dong
from core.spreadsheets.bulk_writing import write_bulk_table
from core.spreadsheets.tables import Cell, Column, Heading, Kind, Table
from core.text import mask_number
from core.workflow import Actor

MOST_EXPORTED: Final = 100_000
_CHUNK: Final = 2000
_NUMBERS: Final = {"integer": Kind.INTEGER, "money": Kind.MONEY}


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
        rows=_lines(register, _with_paper(with_subject(rows), register)[:MOST_EXPORTED]),
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
    record_event("register.exported", actor, actor=actor, change=change)  # type: ignore[arg-type]
    return content


def _with_paper(rows: Any, register: Register) -> Any:
    """With the last digits of the current paper, or with the number of members of the household."""
    if register.subject == "household":
        lives_there = Q(household__members__valid_to__isnull=True, household__members__is_replaced=False)
        return rows.annotate(members=Count("household__members", filter=lives_there))
    papers = IdentityDocument.objects.filter(person=OuterRef("person"), is_current=True)
    return rows.annotate(last3=Subquery(papers.values("number_last3")[:1]))


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


def _lines(register: Register, rows: Any) -> Iterator[dict[str, Cell]]:
    names: dict[str, str] = {}
    for status in rows.iterator(chunk_size=_CHUNK):
        if status.area_code not in names:
            names |= area_names([status.area_code])
        yield {
            **_subject(status),
            **_details(register.fields, status.details),
            "area": names[status.area_code],
            "category": str(register.category_name(status.category)),
            "valid_from": status.valid_from,
            "valid_to": status.valid_to,
            "decision_number": status.decision_number,
            "decided_on": status.decided_on,
            "decided_by": status.decided_by,
            "reference": status.reference,
            "source": status.get_source_display(),
            "recorded_on": status.recorded_on,
            "recorded_by_name": status.recorded_by_name,
        }


def _subject(status: Any) -> dict[str, Cell]:
    person, household = status.person, status.household
    if person is not None:
        return {
            "name": subject_name(status),
            "subject": person.reference,
            "birth": person.birth_date or str(person.birth_year or ""),
            "sex": str(Sex(person.sex).label) if person.sex else "",
            "number": mask_number("0" * 9 + status.last3) if status.last3 else "",
            "hamlet": person.hamlet,
        }
    return {
        "name": subject_name(status),
        "subject": household.reference,
        "code": household.code,
        "members": status.members,
        "hamlet": household.hamlet,
    }


def _details(fields: Iterable[RegisterField], details: dict[str, Any]) -> dict[str, Cell]:
    """Numbers as numbers, everything else as the page shows it."""
    found: dict[str, Cell] = {}
    for one in fields:
        value = details.get(one.code)
        is_number = one.kind in _NUMBERS and isinstance(value, int)
        found[one.code] = value if is_number else shown_detail(one, value) or None
    return found
