"""Own reports of the department: put together from the safe list, changed by new versions, ended and brought back."""

from typing import Final

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.audit import record_event
from core.transitions import TransitionRefused
from core.workflow import Actor
from reports.definitions.own import PREFIX, SHARE, TIMES, OwnSpec, spec_of, split_values
from reports.models import OwnReport
from reports.permissions import keeps_reports
from reports.queries.figures import Dimension, Fact, Measure, Time, dimensions_of, measure
from reports.queries.figures.measures import What

MOST_COLUMNS: Final = 24
MOST_ROWS: Final = 2
# groups of columns have to be known before anything is read
SPLITS: Final = (Dimension.PROGRAMME, Dimension.SEX, Dimension.FUNDING)
_SHARE_OF: Final = tuple(measure(fact, What.PEOPLE) for fact in (Fact.APPROVED, Fact.PAID))
_BY_DAY: Final = gettext_lazy(
    "«%(measure)s» là số đến nay, không chia theo %(by)s được. Hãy bỏ số này, hoặc bỏ %(by)s."
)
_UNKNOWN_BY: Final = gettext_lazy("«%(fact)s» không ghi %(by)s. Hãy bỏ số liệu này, hoặc bỏ %(by)s.")


def problems_of(spec: OwnSpec) -> list[str]:
    """Why a report can't be put together like this, each as a sentence; empty when it can."""
    found = [*_form_problems(spec), *_time_problems(spec)]
    for fact in dict.fromkeys(one.fact for one in spec.figures):
        found += [
            str(_UNKNOWN_BY) % {"fact": fact.label, "by": str(dimension.label).lower()}
            for dimension in spec.by
            if dimension not in dimensions_of(fact)
        ]
    return found or _width_problems(spec)


def _form_problems(spec: OwnSpec) -> list[str]:
    found = []
    if not spec.title.strip():
        found.append(_("Hãy ghi tên báo cáo."))
    if not 1 <= len(spec.rows) <= MOST_ROWS:
        found.append(_("Hãy chọn dòng của bảng: một hoặc hai cách chia."))
    if len(set(spec.by)) != len(spec.by):
        found.append(_("Mỗi cách chia chỉ dùng một lần, ở dòng hoặc ở cột."))
    if not spec.figures:
        found.append(_("Hãy chọn ít nhất một số liệu."))
    if spec.split_by and spec.split_by not in SPLITS:
        found.append(_("Cột chia được theo chính sách, giới tính hoặc nguồn kinh phí."))
    if spec.split_by is Dimension.PROGRAMME and not spec.programmes:
        found.append(_("Chia cột theo chính sách thì hãy chọn các chính sách đó."))
    if SHARE in spec.measures and (spec.split_by or not set(_SHARE_OF) <= set(spec.figures)):
        found.append(
            _("Tỷ lệ đã chi cần cả hai cột số người phê duyệt và đã chi lũy kế, và cột không chia nhóm.")
        )
    return found


def _time_problems(spec: OwnSpec) -> list[str]:
    by = next((one for one in spec.by if one in TIMES), None)
    if by is None:
        return []
    return [
        str(_BY_DAY) % {"measure": measure_label(one), "by": str(by.label).lower()}
        for one in spec.figures
        if one.time is not Time.PERIOD
    ]


def _width_problems(spec: OwnSpec) -> list[str]:
    groups = len(split_values(spec)) if spec.split_by else 1
    columns = groups * len(spec.figures)
    if columns <= MOST_COLUMNS:
        return []
    return [
        _("Bảng có %(n)d cột số liệu, nhiều nhất là %(most)d. Hãy bớt số liệu hoặc bớt nhóm cột.")
        % {"n": columns, "most": MOST_COLUMNS}
    ]


def measure_label(one: Measure) -> str:
    """«Đã chi, số người, trong kỳ»."""
    what = str(one.what.label).lower()
    return f"{one.fact.label}, {what}, {one.time.label}"


@transaction.atomic
def make_own_report(*, spec: OwnSpec, actor: Actor) -> OwnReport:
    """A new report in the catalogue, under a code of its own. Refused: see `problems_of`."""
    _check_keeper(actor)
    _check(spec)
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('reports_ownreport', 'id'))")
        number = cursor.fetchone()[0]
    row = _write(spec, code=f"{PREFIX}{number}", version=1, actor=actor)
    record_event("own_report.made", row, actor=actor, change={"title": row.title}, area_code=actor.area_code)
    return row


@transaction.atomic
def change_own_report(*, spec: OwnSpec, based_on: int, actor: Actor) -> OwnReport:
    """A new version, which counts from now on; what was issued stays as it was. Refused: see `problems_of`, and when somebody
    else has changed it since `based_on` was shown.
    """
    _check_keeper(actor)
    newest = _newest(spec.code)
    if newest.version != based_on:
        raise TransitionRefused(
            _("%(name)s vừa lưu bản khác của mẫu này. Hãy mở lại trang rồi sửa trên bản mới.")
            % {"name": newest.made_by_name}
        )
    _check(spec)
    row = _write(spec, code=spec.code, version=newest.version + 1, actor=actor)
    change = {"title": row.title, "version": row.version}
    record_event("own_report.changed", row, actor=actor, change=change, area_code=actor.area_code)
    return row


@transaction.atomic
def end_own_report(*, code: str, actor: Actor) -> None:
    """The report is no longer offered, and its schedules stop; what was issued stays."""
    _check_keeper(actor)
    newest = _newest(code)
    if newest.is_ended:
        raise TransitionRefused(_("Mẫu này đã ngừng rồi."))
    row = _write(spec_of(newest), code=code, version=newest.version + 1, actor=actor, is_ended=True)
    record_event("own_report.ended", row, actor=actor, change={"title": row.title}, area_code=actor.area_code)


@transaction.atomic
def bring_back_own_report(*, code: str, actor: Actor) -> None:
    """A report that was ended is offered again as it was."""
    _check_keeper(actor)
    newest = _newest(code)
    if not newest.is_ended:
        raise TransitionRefused(_("Mẫu này đang dùng."))
    _check(spec_of(newest))
    row = _write(spec_of(newest), code=code, version=newest.version + 1, actor=actor)
    record_event(
        "own_report.brought_back", row, actor=actor, change={"title": row.title}, area_code=actor.area_code
    )


def _check_keeper(actor: Actor) -> None:
    if not actor.is_active or not keeps_reports(actor):
        raise PermissionDenied(_("Mẫu báo cáo của Sở do chuyên viên Sở lập."))


def _check(spec: OwnSpec) -> None:
    problems = problems_of(spec)
    if problems:
        raise TransitionRefused(" ".join(problems))


def _newest(code: str) -> OwnReport:
    """The newest version, with the report locked by its first: of two who save at once the second sees what the first wrote."""
    OwnReport.objects.select_for_update().get(code=code, version=1)
    return OwnReport.objects.filter(code=code).order_by("-version")[:1].get()


def _write(spec: OwnSpec, *, code: str, version: int, actor: Actor, is_ended: bool = False) -> OwnReport:
    return OwnReport.objects.create(
        code=code,
        version=version,
        title=spec.title.strip(),
        purpose=spec.purpose.strip(),
        rows=[str(one.value) for one in spec.rows],
        measures=list(spec.measures),
        split_by=spec.split_by.value if spec.split_by else "",
        programmes=list(spec.programmes),
        every=spec.every,
        legal_basis=list(spec.legal_basis),
        is_ended=is_ended,
        made_by_id=actor.pk,
        made_by_name=actor.full_name,
    )
