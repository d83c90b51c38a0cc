"""The buttons under a table of cases, by what its rows and the roles allow."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from core.page_parts import BulkAction
from core.wording import Text
from core.workflow import Actor
from support_programs.permissions import any_appraiser, commune, district_head, district_officer, intake

_ACTIONS: Final = {
    "verify": BulkAction("verify", _("Xác nhận đủ điều kiện"), "check", is_primary=True, key="e"),
    "ask_supplement": BulkAction("ask_supplement", _("Trả bổ sung"), "back", key="r"),
    "refuse": BulkAction("refuse", _("Không đủ điều kiện"), "x", key="f"),
    "list": BulkAction("list", _("Đưa vào danh sách đang lập"), "list", is_primary=True, key="l"),
    "remove": BulkAction("remove", _("Đưa ra khỏi danh sách"), "x"),
    "claim": BulkAction("claim", _("Nhận xử lý"), "user", key="a"),
    "assign": BulkAction("assign", _("Chuyển người xử lý"), "users"),
}
TITLES: Final[Mapping[str, Text]] = {code: action.label for code, action in _ACTIONS.items()}
APPRAISING: Final = ("verify", "ask_supplement", "refuse")
TAKING_OUT: Final = ("ask_supplement", "refuse")


def bulk_actions(actor: Actor) -> list[BulkAction]:
    """The buttons under a table of cases of every kind that the roles of this person allow."""
    codes: list[str] = []
    if district_officer(actor):
        codes += ("verify",)
    if any_appraiser(actor):
        codes += TAKING_OUT
    if commune(actor):
        codes += ("list", "remove")
    return [*actions_of(*codes), *assigning(actor)]


def assigning(actor: Actor) -> list[BulkAction]:
    """Who has casework takes it up and hands it over; heads give it out."""
    if intake(actor):
        return actions_of("claim", "assign")
    return actions_of("assign") if district_head(actor) else []


def actions_of(*codes: str) -> list[BulkAction]:
    """These buttons, where the page knows that they fit its rows."""
    return [_ACTIONS[code] for code in codes]
