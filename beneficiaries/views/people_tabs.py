"""The strip of tabs between the pages about people: the people themselves, their registers, pairs that may be one human."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from core.page_parts import Tab
from core.search import address_of

# a page that isn't installed is left out
_TABS: Final = (
    ("beneficiaries:person_list", _("Người dân")),
    ("beneficiaries:register_list", _("Các sổ")),
    ("beneficiaries:duplicate_list", _("Nghi trùng")),
    ("beneficiaries:data_request_list", _("Yêu cầu về dữ liệu")),
)


def people_tabs(current: str) -> list[Tab]:
    """The tabs, the one of this URL name marked."""
    return [
        Tab(label, address, is_current=name == current)
        for name, label in _TABS
        if (address := address_of(name))
    ]
