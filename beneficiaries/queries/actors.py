"""Who ordered a job, as services want them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from accounts.models import User
from core.workflow import Actor

SHELL_ID: Final = 0


@dataclass(slots=True)
class ShellActor:
    """Whoever runs a management command on the server: in the log under "Dòng lệnh", with the area that the command names."""

    area_code: str
    full_name: str = ""
    pk: int = SHELL_ID
    is_active: bool = True

    def __post_init__(self) -> None:
        self.full_name = self.full_name or _("Dòng lệnh")

    @property
    def sees_records(self) -> bool:
        return True

    def has_role(self, *codes: str) -> bool:
        return bool(codes)


def actor_of_job(created_by_id: int | None, area_code: str) -> Actor:
    """The user who ordered a job, or the shell."""
    user = User.objects.filter(pk=created_by_id).first() if created_by_id else None
    return user or ShellActor(area_code)
