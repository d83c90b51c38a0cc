"""Nobody left behind: who qualifies, or may, and has no case; handing them to the communes."""

from typing import Any, Final

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_GET, require_POST

from core import clock
from core.downloads import attachment
from core.money import format_dong
from core.page_parts import BulkAction, Tile, Tone
from core.transitions import TransitionRefused
from support_programs.enums import OutreachState
from support_programs.queries.claims import offered_programmes
from support_programs.queries.left_behind import UNHANDED, Found, Sought, left_behind
from support_programs.services.outreach import hand_over, may_hand_over
from support_programs.services.outreach_exports import export_left_behind
from support_programs.views.left_behind_parts import RESULT_WORDS, reader_of, shared_context, sought_of
from support_programs.views.paging import SIZES

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HAND: Final = BulkAction("hand", lazy("Giao xã rà soát"), "users", is_primary=True)
_HANDED: Final = (
    ("", lazy("Đã giao hay chưa")),
    (UNHANDED, lazy("Chưa giao xã")),
    *OutreachState.choices,
)


@require_GET
def left_behind_page(request: HttpRequest) -> HttpResponse:
    """The people of an area who qualify for a programme, or may, and have no case of it, page by page."""
    actor = reader_of(request)
    sought = sought_of(request.GET, actor)
    found, page = _page(request, sought)
    context = {
        "page": page,
        "found": found,
        "tiles": _tiles(found, sought),
        "rules": sought.definition,
        "handed_choices": _HANDED,
        "result_choices": [("", _("Đủ điều kiện hoặc thiếu dữ liệu")), *RESULT_WORDS.items()],
        "sought": sought,
        "result": request.GET.get("result", ""),
        "can_claim": sought.definition.programme in {offer.code for offer in offered_programmes(actor)},
        "bulk_actions": [HAND] if may_hand_over(actor) else [],
        "query": request.GET.urlencode(),
        **shared_context(request, actor, sought.definition, sought.area_code, "left_behind"),
    }
    return render(request, "support_programs/left_behind.html", context)


@require_POST
def left_behind_hand(request: HttpRequest) -> HttpResponse:
    """Hand the chosen people, or all that the address seeks, to their communes."""
    actor = reader_of(request)
    sought = sought_of(request.GET, actor)
    every = request.POST.get("pick_all") == "1"
    try:
        handed = hand_over(sought, request.POST.getlist("pick"), every=every, actor=actor)
    except TransitionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        said = _("Đã giao %(n)s người cho xã rà soát.")
        nobody = _("Những người này đã được giao trước đó, hoặc đã có hồ sơ.")
        messages.success(request, said % {"n": format_dong(handed)} if handed else nobody)
    return redirect(f"{reverse('support_programs:left_behind')}?{request.GET.urlencode()}")


@require_GET
def left_behind_export(request: HttpRequest) -> HttpResponse:
    """The people that the page seeks as a workbook; the export is recorded."""
    actor = reader_of(request)
    exported = export_left_behind(sought_of(request.GET, actor), actor=actor)
    return attachment(exported.content, name=exported.name, content_type=XLSX)


def _page(request: HttpRequest, sought: Sought) -> tuple[Found, Page[Any]]:
    """The page that the address asks for, the nearest one for a number that doesn't exist."""
    wanted = request.GET.get("size", "")
    size = int(wanted) if wanted.isdecimal() and int(wanted) in SIZES else SIZES[0]
    number = request.GET.get("page", "")
    turn = int(number) if number.isascii() and number.isdecimal() and 0 < int(number) < 100_000 else 1
    found = left_behind(sought, on=clock.today(), limit=size, offset=(turn - 1) * size)
    page: Page[Any] = Paginator(range(found.total), size).get_page(turn)
    if page.number != turn:
        found = left_behind(sought, on=clock.today(), limit=size, offset=(page.number - 1) * size)
    page.object_list = [
        (row, OutreachState(row.outreach).label if row.outreach else "") for row in found.rows
    ]
    return found, page


def _tiles(found: Found, sought: Sought) -> list[Tile]:
    where = _("có tên trong sổ") if sought.is_registered else _("trong địa bàn")
    return [
        Tile(_("Đủ điều kiện, chưa có hồ sơ"), format_dong(found.eligible), _("người"), where, tone=Tone.BAD),
        Tile(
            _("Thiếu dữ liệu, chưa có hồ sơ"),
            format_dong(found.undetermined),
            _("người"),
            where,
            tone=Tone.WARN,
        ),
        Tile(_("Đã có hồ sơ"), format_dong(found.with_case), _("người"), where, tone=Tone.OK),
    ]
