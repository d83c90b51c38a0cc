"""What an issued report was asked for, in words."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from reports.definitions.asking import COMMUNES
from reports.models import ReportRun
from support_programs.queries.programmes import programme_choices


@dataclass(frozen=True, slots=True)
class Asked:
    """Period, area, programmes and detail of a run; empty where the report doesn't ask for it."""

    period: str
    area_name: str
    programmes: str
    detail: str


def asked_of(run: ReportRun) -> Asked:
    """What was asked of a run; the area's name is that of its day."""
    names = dict(programme_choices())
    chosen = run.params.get("programmes") or []
    return Asked(
        period=str(run.shape.get("period", "")),
        area_name=str(run.shape.get("area_name", "")),
        programmes=", ".join(names.get(code, code) for code in chosen),
        detail=_("từng xã") if run.params.get("units") == COMMUNES else "",
    )
