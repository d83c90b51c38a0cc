"""Who opens the overview and the reports, and which area they may ask for."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import reads_figures
from core import clock
from reports.queries.areas import AreaChoice, area_choice


def check_reader(user: User) -> None:
    """403 for people whose role reads no figures."""
    if not reads_figures(user):
        raise PermissionDenied(_("Trang này dành cho người xem số liệu tổng hợp."))


def choice_or_404(user: User, area_code: str) -> AreaChoice:
    """The area asked for, the user's own when none is; 404 where it isn't there or lies outside the user's."""
    choice = area_choice(user, area_code, clock.today())
    if choice is None:
        raise Http404(_("Không tìm thấy, hoặc thuộc đơn vị khác."))
    return choice
