"""What the pages of people left behind share: who may read them, what the address asks for, tabs and choices."""

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from accounts.queries import area_name, children_of
from core.page_parts import Tab
from core.requests import actor_of
from core.workflow import Actor
from support_programs.enums import OutreachState, Result
from support_programs.queries.left_behind import RESULTS, UNHANDED, Sought, programmes_of_people
from support_programs.rules.definition import Definition

EVERYBODY: Final = "all"
RESULT_WORDS: Final[Mapping[str, Any]] = {
    Result.ELIGIBLE.value: lazy("Đủ điều kiện"),
    Result.UNDETERMINED.value: lazy("Thiếu dữ liệu"),
}


def reader_of(request: HttpRequest) -> Actor:
    """The signed-in person, who must read records."""
    actor = actor_of(request)
    if not actor.sees_records:
        raise PermissionDenied(_("Vai trò của bạn không xem hồ sơ của người dân."))
    return actor


def sought_of(asked: QueryDict, actor: Actor) -> Sought:
    """What the address seeks; 404 for an area outside one's own and an unknown programme.

    Of a programme that reads registers, at first only those whom one of them names.
    """
    definition = rules_of(asked.get("programme", ""))
    result, handed = asked.get("result", ""), asked.get("handed", "")
    return Sought(
        definition=definition,
        area_code=area_of(asked, actor),
        results=(result,) if result in RESULTS else RESULTS,
        is_registered=bool(definition.registers) and asked.get("who") != EVERYBODY,
        handed=handed if handed in (UNHANDED, *OutreachState.values) else "",
    )


def rules_of(programme: str) -> Definition:
    """The rules of today of a programme whose claimants are people; the first of the list where none is named."""
    offered = {each.programme: each for each in programmes_of_people()}
    if not offered or (programme and programme not in offered):
        raise Http404(_("Không có chính sách này."))
    return offered[programme] if programme else next(iter(offered.values()))


def area_of(asked: QueryDict, actor: Actor) -> str:
    """The commune, else the district, else the actor's own area; 404 outside it."""
    code = asked.get("commune", "") or asked.get("district", "") or actor.area_code
    if not asked.get("commune", "").startswith(asked.get("district", "")):
        # the district was changed and the commune is of the one before
        code = asked.get("district", "")
    if not actor.area_code or not code.startswith(actor.area_code) or area_name(code) == code:
        raise Http404(_("Không tìm thấy, hoặc thuộc đơn vị khác."))
    return code


def shared_context(
    request: HttpRequest, actor: Actor, definition: Definition, area_code: str, current: str
) -> dict[str, Any]:
    """What the three pages share: tabs, choices of programme and area."""
    district = area_code[:5] if len(area_code) > 2 else ""
    return {
        "area_name": area_name(area_code),
        "programmes": [(each.programme, each.short_name) for each in programmes_of_people()],
        "programme": definition.programme,
        "districts": children_of(actor.area_code) if len(actor.area_code) == 2 else (),
        "district": district,
        "communes": children_of(district) if district and len(actor.area_code) < 10 else (),
        "commune": area_code if len(area_code) == 10 else "",
        "tabs": _tabs(request, actor, current),
    }


def _tabs(request: HttpRequest, actor: Actor, current: str) -> list[Tab]:
    kept = {name: request.GET[name] for name in ("programme", "district", "commune") if request.GET.get(name)}
    words = {
        "left_behind": lazy("Chưa có hồ sơ"),
        "left_behind_handed": lazy("Đã giao xã rà soát"),
        "unregistered": lazy("Hồ sơ chưa có trong sổ"),
    }
    return [
        Tab(label, f"{reverse(f'support_programs:{name}')}?{urlencode(kept)}", is_current=name == current)
        for name, label in words.items()
    ]
