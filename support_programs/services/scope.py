"""What every service asks first: is the record in the actor's area, has the actor the role, are the typed days possible."""

import datetime as dt
from collections.abc import Callable, Iterable

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from core import clock
from core.dates import format_date
from core.text import has_number
from core.transitions import TransitionRefused
from core.wording import Text
from core.workflow import Actor
from support_programs.enums import Step
from support_programs.models import Case
from support_programs.permissions import Desk, appraisal_of, intake_of
from support_programs.queries.programmes import definition_of


def check_area(actor: Actor, *area_codes: str) -> None:
    """PermissionDenied when a record lies outside the actor's area, or the actor sees no records."""
    inside = all(actor.area_code and code.startswith(actor.area_code) for code in area_codes)
    if not actor.sees_records or not inside:
        raise PermissionDenied(_("Bản ghi này thuộc đơn vị khác."))


def check_role(actor: Actor, has_role: Callable[[Actor], bool], denied: Text) -> None:
    """PermissionDenied with the sentence when the actor lacks the role, or the account is closed."""
    if not actor.is_active or not has_role(actor):
        raise PermissionDenied(str(denied))


def check_intake(actor: Actor, *area_codes: str) -> None:
    """PermissionDenied when the actor doesn't take dossiers in at the level of one of these areas."""
    _check_desks(actor, [intake_of(code) for code in area_codes])


def check_appraiser(actor: Actor, cases: QuerySet[Case]) -> None:
    """PermissionDenied when the actor doesn't appraise one of these cases: the district does, or the department."""
    kinds = set(cases.order_by().values_list("area_code", "version_used_id").distinct())
    has_step = {version: definition_of(version).has_step(Step.DISTRICT_APPRAISAL) for _area, version in kinds}
    _check_desks(actor, [appraisal_of(area, has_district_step=has_step[version]) for area, version in kinds])


def _check_desks(actor: Actor, desks: Iterable[Desk]) -> None:
    for has_role, denied in desks:
        check_role(actor, has_role, denied)


def check_no_number(*texts: str) -> None:
    """TransitionRefused for words with a whole identity or account number in them: they are printed, logged and read by many."""
    if any(has_number(text) for text in texts):
        raise TransitionRefused(_("Đừng ghi số CCCD, CMND hay số tài khoản ở đây. Hãy bỏ số đó rồi ghi lại."))


def check_past(day: dt.date, label: str) -> None:
    """TransitionRefused for a day after the business date: papers are entered when they exist."""
    if day > clock.today():
        raise TransitionRefused(
            _("%(label)s %(day)s ở sau ngày làm việc hiện tại %(today)s. Hãy kiểm tra lại ngày.")
            % {"label": label, "day": format_date(day), "today": format_date(clock.today())}
        )
