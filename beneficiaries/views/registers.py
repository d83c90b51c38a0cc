"""The registers: all of them with their counts, one as a list with filters, and that list as a workbook."""

from __future__ import annotations

from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_GET

from accounts.permissions import reads_records
from accounts.queries import area_name, children_of
from beneficiaries.enums import RecordSource
from beneficiaries.imports.profile import profiles_for
from beneficiaries.permissions import may_register
from beneficiaries.queries import registers as queries
from beneficiaries.queries.register_counts import (
    EntryCounts,
    RegisterCount,
    employers_in,
    entry_counts,
    households_in,
    register_counts,
)
from beneficiaries.queries.registers import EntryFilter
from beneficiaries.registers import Register, register_of
from beneficiaries.services.registers.exports import export_entries
from beneficiaries.views.paging import address_with, page_of
from beneficiaries.views.people_tabs import people_tabs
from core import clock
from core.dates import format_date
from core.downloads import attachment
from core.page_parts import Chip, Crumb, Tab
from core.requests import actor_of
from core.workflow import Actor

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
REGISTERS_CRUMB: Final = Crumb(lazy("Các sổ"), "/registers/")
_WHAT: Final = {
    "free_workers": (
        "user",
        lazy("Người làm việc không có hợp đồng lao động: làm gì, ở đâu, mất việc từ ngày nào."),
    ),
    "poor_households": (
        "users",
        lazy("Hộ nghèo, hộ cận nghèo của từng năm, theo chuẩn của năm đó, với các thành viên."),
    ),
    "social_protection": (
        "money",
        lazy("Người hưởng trợ cấp xã hội hằng tháng: nhóm, mức độ khuyết tật, hệ số, quyết định."),
    ),
    "merit": (
        "stamp",
        lazy("Người có công và thân nhân: diện, quan hệ, tỷ lệ tổn thương, mức trợ cấp, quyết định."),
    ),
}


def reader_of(request: HttpRequest) -> Actor:
    """The signed-in person, who must read records."""
    actor = actor_of(request)
    if not reads_records(actor):
        raise PermissionDenied(_("Trang này dành cho cán bộ xem hồ sơ."))
    return actor


def known_register(code: str) -> Register:
    """The register of an address; 404 when there is none."""
    try:
        return register_of(code)
    except KeyError as error:
        raise Http404(_("Không có sổ này.")) from error


@require_GET
def register_list(request: HttpRequest) -> HttpResponse:
    """The registers with what each is, its legal basis and how many count today; employers and households beside them."""
    actor = reader_of(request)
    today = clock.today()
    context = {
        "counts": [_shown(count) for count in register_counts(actor, today)],
        "households": households_in(actor),
        "employers": employers_in(actor),
        "today": today,
        "area_name": area_name(actor.area_code),
        "may_register": may_register(actor),
        "importable": _importable(actor),
        "tabs": people_tabs("beneficiaries:register_list"),
    }
    return render(request, "beneficiaries/registers/register_list.html", context)


@require_GET
def register_page(request: HttpRequest, code: str) -> HttpResponse:
    """The entries of one register that count on a day, by filter."""
    actor = reader_of(request)
    register = known_register(code)
    filters = EntryFilter.from_query(register, request.GET.dict(), actor=actor, today=clock.today())
    entries = queries.entries_of(register, actor)
    counts = entry_counts(filters, entries)
    rows = filters.ordered(filters.apply(entries))
    page = page_of(request, rows, count=counts.by_state[filters.state])
    found = queries.page_entries(page.object_list)
    page.object_list = queries.entry_rows(register, found, filters.on, actor)
    context = {
        "register": register,
        "columns": [(one.label, one.kind in ("integer", "money")) for one in queries.table_fields(register)],
        "page": page,
        "filters": filters,
        "own_filters": _own_filters(register, filters),
        "groups": _groups(request, filters, counts),
        "states": _states(request, filters, counts),
        "chips": _chips(request, filters),
        "areas": children_of(actor.area_code),
        "area_name": area_name(actor.area_code),
        "sources": RecordSource.choices,
        "is_today": filters.on == clock.today(),
        "add_label": add_label(register),
        "noun": _noun(register),
        "may_register": may_register(actor),
        "may_import": register.code in _importable(actor),
        "crumb_parts": [REGISTERS_CRUMB, Crumb(register.title)],
    }
    return render(request, "beneficiaries/registers/register_page.html", context)


@require_GET
def register_export(request: HttpRequest, code: str) -> HttpResponse:
    """The filtered list as a workbook, identity numbers masked; the log says who took it."""
    actor = reader_of(request)
    register = known_register(code)
    filters = EntryFilter.from_query(register, request.GET.dict(), actor=actor, today=clock.today())
    content = export_entries(filters=filters, words=_filter_words(filters), actor=actor)
    return attachment(content, name=f"{register.title}.xlsx", content_type=XLSX)


def add_label(register: Register) -> str:
    """The button that opens the form of one more entry."""
    return _("Ghi một hộ") if register.subject == "household" else _("Ghi một người")


def _noun(register: Register) -> str:
    return _("hộ") if register.subject == "household" else _("mục")


def _shown(count: RegisterCount) -> dict[str, Any]:
    register = count.register
    icon, what = _WHAT[register.code.value]
    noun = _noun(register)
    return {"count": count, "icon": icon, "what": what, "noun": noun, "add": add_label(register)}


def _importable(actor: Actor) -> set[str]:
    """The registers whose lists this person brings in; their kind of list has the register's code."""
    return {profile.code for profile in profiles_for(actor)}


def _groups(request: HttpRequest, filters: EntryFilter, counts: EntryCounts) -> list[Tab]:
    """Every group of the register that has somebody, with its count; all of them first."""
    everybody = Tab(
        _("Tất cả"),
        address_with(request, category=""),
        counts.every_category,
        is_current=not filters.category,
    )
    return [
        everybody,
        *(
            Tab(
                label,
                address_with(request, category=code),
                counts.by_category.get(code, 0),
                is_current=filters.category == code,
            )
            for code, label in filters.register.categories
            if code in counts.by_category or filters.category == code
        ),
    ]


def _states(request: HttpRequest, filters: EntryFilter, counts: EntryCounts) -> list[Tab]:
    return [
        Tab(
            label,
            address_with(request, state="" if state == queries.VALID else state),
            counts.by_state[state],
            is_current=filters.state == state,
        )
        for state, label in queries.STATE_WORDS.items()
        if state in counts.by_state
    ]


def _own_filters(register: Register, filters: EntryFilter) -> list[dict[str, Any]]:
    """The further questions as controls: a list of choices, or a number."""
    return [
        {
            "code": one.code,
            "label": one.label,
            "value": filters.details.get(one.code, ""),
            "is_number": one.kind == "integer",
            "choices": one.choices or (("yes", _("Đã ghi")), ("no", _("Chưa ghi"))),
        }
        for one in queries.own_filters(register)
    ]


def _chips(request: HttpRequest, filters: EntryFilter) -> list[Chip]:
    """The active filters in words, each removable; group and state have their own links."""
    return [Chip(words, address_with(request, **{name: ""})) for name, words in _asked(filters)]


def _asked(filters: EntryFilter) -> list[tuple[str, str]]:
    asked = [("q", f"“{filters.q}”")] if filters.q else []
    if filters.area:
        asked.append(("area", area_name(filters.area)))
    if filters.on != clock.today():
        asked.append(("on", _("ngày %(day)s") % {"day": format_date(filters.on)}))
    if filters.source:
        asked.append(("source", str(RecordSource(filters.source).label)))
    for one in queries.own_filters(filters.register):
        if value := filters.details.get(one.code):
            words = dict(one.choices).get(value) or {"yes": _("đã ghi"), "no": _("chưa ghi")}.get(
                value, value
            )
            asked.append((one.code, f"{one.label}: {words}"))
    return asked


def _filter_words(filters: EntryFilter) -> str:
    """The filter as one line for the head of the workbook and for the log."""
    parts = [str(queries.STATE_WORDS[filters.state]), _("ngày %(day)s") % {"day": format_date(filters.on)}]
    if filters.category:
        parts.insert(0, str(filters.register.category_name(filters.category)))
    return ", ".join([*parts, *(words for name, words in _asked(filters) if name != "on")])
