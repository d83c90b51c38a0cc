"""Everything that is held of one person, as tables: for the copy that they asked for. Every app adds its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.queries import area_name
from beneficiaries.models import (
    Care,
    DataSubjectRequest,
    HouseholdMember,
    IdentityDocument,
    ImportRow,
    PayoutAccount,
    Person,
    Status,
)
from beneficiaries.registers import register_of
from core import crypto
from core.date_texts import format_date
from core.models import Event
from core.wording import Text


@dataclass(frozen=True, slots=True)
class HeldTable:
    """One kind of what is held: its title, headings, and rows of texts."""

    title: Text
    columns: Sequence[Text]
    rows: Sequence[Sequence[str]]


# the ids of the person and of those joined to them
HeldProvider = Callable[[Sequence[int]], HeldTable]
_held: Final[dict[str, tuple[int, HeldProvider]]] = {}


def register_held_data(name: str, provider: HeldProvider, order: int) -> None:
    """Add a table to every copy of somebody's data; lower orders come first."""
    _held[name] = (order, provider)


def held_tables(person: Person) -> list[HeldTable]:
    """What is held of this person and of the entries joined to them, tables without rows left out."""
    same = Person.objects.filter(Q(pk=person.pk) | Q(joined_to=person)).order_by("pk")
    ids = list(same.values_list("pk", flat=True))
    ranked = sorted(_held.items(), key=lambda item: (item[1][0], item[0]))
    return [table for _name, (_order, provider) in ranked if (table := provider(ids)).rows]


def shown_day(day: dt.date | None) -> str:
    """The day as papers write it, empty for none."""
    return format_date(day) if day else ""


def _people(ids: Sequence[int]) -> HeldTable:
    rows = [
        [
            person.reference,
            person.full_name,
            shown_day(person.birth_date) or str(person.birth_year or ""),
            person.get_sex_display(),
            person.permanent_address or person.temporary_address or person.hamlet,
            person.phone,
            person.occupation,
            area_name(person.area_code),
        ]
        for person in Person.objects.filter(pk__in=ids).order_by("pk")
    ]
    columns = (
        *(_("Mã"), _("Họ và tên"), _("Ngày sinh"), _("Giới tính"), _("Địa chỉ"), _("Điện thoại")),
        *(_("Công việc"), _("Xã, phường, thị trấn")),
    )
    return HeldTable(_("Thông tin chung"), columns, rows)


def _papers(ids: Sequence[int]) -> HeldTable:
    rows = [
        [
            paper.get_kind_display(),
            crypto.decrypt("number", paper.number_encrypted),
            shown_day(paper.issued_on),
            paper.issued_by,
            str(_("Đang dùng") if paper.is_current else _("Trước đây")),
        ]
        for paper in IdentityDocument.objects.filter(person_id__in=ids).order_by("-is_current", "pk")
    ]
    return HeldTable(
        _("Giấy tờ tùy thân"), (_("Loại"), _("Số"), _("Ngày cấp"), _("Nơi cấp"), _("Tình trạng")), rows
    )


def _accounts(ids: Sequence[int]) -> HeldTable:
    rows = [
        [
            account.bank_name,
            crypto.decrypt("account", account.account_encrypted),
            account.holder_name,
            shown_day(account.valid_from),
            shown_day(account.valid_to),
        ]
        for account in PayoutAccount.objects.filter(person_id__in=ids).order_by("-valid_from", "pk")
    ]
    columns = (_("Ngân hàng"), _("Số tài khoản"), _("Chủ tài khoản"), _("Từ ngày"), _("Đến ngày"))
    return HeldTable(_("Tài khoản nhận tiền"), columns, rows)


def _statuses(ids: Sequence[int]) -> HeldTable:
    rows = [
        [
            status.reference,
            status.get_register_display(),
            str(dict(register_of(status.register).categories).get(status.category, status.category)),
            shown_day(status.valid_from),
            shown_day(status.valid_to),
            status.decision_number,
            status.get_source_display(),
            str(_("Đã được thay")) if status.is_replaced else "",
        ]
        for status in Status.objects.filter(person_id__in=ids).order_by("register", "valid_from", "pk")
    ]
    columns = (
        _("Mã"), _("Sổ"), _("Nhóm"), _("Từ ngày"), _("Đến ngày"), _("Số quyết định"), _("Nguồn"), _("Tình trạng"),
    )  # fmt: skip
    return HeldTable(_("Các sổ đối tượng"), columns, rows)


def _households(ids: Sequence[int]) -> HeldTable:
    members = HouseholdMember.objects.filter(person_id__in=ids).select_related("household")
    rows = [
        [
            member.household.reference,
            member.household.head_name,
            member.relation,
            shown_day(member.valid_from),
            shown_day(member.valid_to),
        ]
        for member in members.order_by("valid_from", "pk")
    ]
    columns = (_("Mã hộ"), _("Chủ hộ"), _("Quan hệ"), _("Từ ngày"), _("Đến ngày"))
    return HeldTable(_("Hộ gia đình"), columns, rows)


def _care(ids: Sequence[int]) -> HeldTable:
    """Others appear with their names only."""
    kept = Care.objects.filter(Q(person_id__in=ids) | Q(carer_id__in=ids)).select_related("person", "carer")
    rows = [
        [
            care.person.full_name,
            care.carer.full_name,
            care.get_relation_display(),
            shown_day(care.valid_from),
            shown_day(care.valid_to),
        ]
        for care in kept.order_by("valid_from", "pk")
    ]
    columns = (_("Người được chăm sóc"), _("Người chăm sóc"), _("Quan hệ"), _("Từ ngày"), _("Đến ngày"))
    return HeldTable(_("Chăm sóc, nuôi dưỡng"), columns, rows)


def _lists(ids: Sequence[int]) -> HeldTable:
    kept = list(
        ImportRow.objects.filter(person_id__in=ids).select_related("list_import__file").order_by("pk")
    )
    lists = {row.list_import_id for row in kept}
    events = Event.objects.filter(
        object_type="beneficiaries.listimport", object_id__in=lists, action="import.uploaded"
    )
    uploaded = dict(events.values_list("object_id", "business_date"))
    rows = [
        [
            row.list_import.reference,
            row.list_import.file.name,
            str(row.row_number),
            shown_day(uploaded.get(row.list_import_id)),
        ]
        for row in kept
    ]
    return HeldTable(_("Danh sách đã nhập"), (_("Lần nhập"), _("Tệp"), _("Dòng"), _("Ngày nhập")), rows)


def _requests(ids: Sequence[int]) -> HeldTable:
    rows = [
        [asked.reference, asked.get_kind_display(), shown_day(asked.received_on), asked.get_state_display()]
        for asked in DataSubjectRequest.objects.filter(person_id__in=ids).order_by("pk")
    ]
    return HeldTable(
        _("Yêu cầu về dữ liệu cá nhân"), (_("Mã"), _("Yêu cầu"), _("Ngày nhận"), _("Trạng thái")), rows
    )


def _reveals(ids: Sequence[int]) -> HeldTable:
    events = Event.objects.filter(
        object_type="beneficiaries.person", object_id__in=ids, action="person.number_revealed"
    )
    rows = [
        [shown_day(event.business_date), event.change.get("what", ""), event.change.get("purpose", "")]
        for event in events.order_by("pk")
    ]
    return HeldTable(_("Những lần cán bộ xem số đầy đủ"), (_("Ngày"), _("Số"), _("Mục đích")), rows)


def register_own_tables() -> None:
    """The tables of this app."""
    for order, (name, provider) in enumerate(
        {
            "people": _people,
            "papers": _papers,
            "accounts": _accounts,
            "statuses": _statuses,
            "households": _households,
            "care": _care,
            "lists": _lists,
            "requests": _requests,
            "reveals": _reveals,
        }.items()
    ):
        register_held_data(name, provider, order if name not in ("requests", "reveals") else 90 + order)
