"""The wording of reports changed by the department: each change a version, what was issued stays as it was."""

from collections.abc import Sequence
from typing import Final

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from core.audit import record_event
from core.spreadsheets.tables import Column
from core.transitions import TransitionRefused
from core.workflow import Actor
from reports.definitions.base import ReportDefinition
from reports.definitions.layouts import Layout, fixed_columns, newest_layout
from reports.models import ReportLayout
from reports.permissions import keeps_reports

MOST_SIGNERS: Final = 3


def layout_problems(columns: Sequence[Column], layout: Layout) -> list[str]:
    """Why a report can't be worded like this, each as a sentence; empty when it can. `columns` are the report's own."""
    known = {column.key: column for column in columns}
    titles = {one.key: one.title or known[one.key].title for one in layout.columns if one.key in known}
    hidden = {one.key for one in layout.columns if not one.is_shown}
    fixed = set(fixed_columns(columns))
    found = [
        _("Cột «%(title)s» luôn hiện. Hãy chọn hiện cột này.") % {"title": titles[key]}
        for key in sorted(hidden & fixed)
    ]
    for column in columns:
        if column.ratio_of and column.key not in hidden:
            lacking = [titles.get(key, key) for key in column.ratio_of if key in hidden]
            if lacking:
                found.append(
                    _("«%(share)s» tính từ cột «%(base)s» đang ẩn. Hãy hiện cột đó, hoặc ẩn cả tỷ lệ.")
                    % {"share": titles.get(column.key, column.title), "base": "», «".join(lacking)}
                )
    if all(key in hidden or key in fixed for key in known):
        found.append(_("Hãy để hiện ít nhất một cột ngoài số thứ tự và tên."))
    if len(layout.signers) > MOST_SIGNERS:
        found.append(_("Nhiều nhất %(n)d người ký. Hãy bớt dòng ở mục người ký.") % {"n": MOST_SIGNERS})
    return found


@transaction.atomic
def change_layout(
    *,
    definition: ReportDefinition,
    columns: Sequence[Column],
    layout: Layout,
    based_on: int,
    actor: Actor,
) -> ReportLayout:
    """From now on the report is worded like this, on the page and in its files. Refused: see `layout_problems`, and when
    somebody else has saved another version since `based_on` was shown (0: none yet).
    """
    _check_keeper(actor)
    problems = layout_problems(columns, layout)
    if problems:
        raise TransitionRefused(" ".join(problems))
    row = _add(
        definition,
        based_on,
        actor,
        ReportLayout(
            title=layout.title,
            unit_note=layout.unit_note,
            legal_basis=list(layout.legal_basis),
            signers=list(layout.signers),
            recipients=list(layout.recipients),
            columns=[
                {"key": one.key, "title": one.title, "group": one.group, "shown": one.is_shown}
                for one in layout.columns
            ],
        ),
    )
    _record("layout.changed", row, definition, actor)
    return row


@transaction.atomic
def put_layout_back(*, definition: ReportDefinition, actor: Actor) -> ReportLayout:
    """From now on the report is as the software brings it; the versions stay to be read. Refused where it already is."""
    _check_keeper(actor)
    newest = newest_layout(definition.code)
    if newest is None or newest.is_built_in:
        raise TransitionRefused(_("Báo cáo này đang ở trình bày ban đầu."))
    row = _add(definition, newest.version, actor, ReportLayout(is_built_in=True))
    _record("layout.put_back", row, definition, actor)
    return row


def _check_keeper(actor: Actor) -> None:
    if not actor.is_active or not keeps_reports(actor):
        raise PermissionDenied(_("Trình bày báo cáo do chuyên viên Sở sửa."))


def _add(definition: ReportDefinition, based_on: int, actor: Actor, row: ReportLayout) -> ReportLayout:
    newest = newest_layout(definition.code)
    if (newest.version if newest else 0) != based_on:
        raise TransitionRefused(_changed_meanwhile(newest))
    row.definition, row.version = definition.code, based_on + 1
    row.made_by_id, row.made_by_name = actor.pk, actor.full_name
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:  # two saved the same version at the same moment
        raise TransitionRefused(_changed_meanwhile(newest_layout(definition.code))) from error
    return row


def _changed_meanwhile(newest: ReportLayout | None) -> str:
    name = newest.made_by_name if newest else ""
    return _("%(name)s vừa lưu bản khác của trình bày này. Hãy mở lại trang rồi sửa trên bản mới.") % {
        "name": name
    }


def _record(action: str, row: ReportLayout, definition: ReportDefinition, actor: Actor) -> None:
    change = {"title": definition.title, "version": row.version}
    record_event(action, row, actor=actor, change=change, area_code=actor.area_code)
