"""The words of the half-year report: written part by part, the newest counts, earlier ones are kept."""

from collections.abc import Mapping

from django.db import transaction

from core.audit import record_event
from core.workflow import Actor
from reports.enums.targets import TargetPeriod, TargetTextPart, period_label
from reports.models import TargetText
from reports.permissions import keeps_reports
from reports.queries.targets_texts import texts_in_force
from reports.services.targets_scope import NOT_DEPARTMENT
from support_programs.services.scope import check_no_number, check_role


@transaction.atomic
def write_texts(*, actor: Actor, year: int, half: int, texts: Mapping[str, str]) -> int:
    """Keep the parts that differ from what was written before; gives how many. Reports issued earlier keep their words.

    Refused: people outside the department, identity numbers in the text.
    """
    check_role(actor, keeps_reports, NOT_DEPARTMENT)
    check_no_number(*texts.values())
    before = texts_in_force(actor, actor.area_code, year, half)
    written = 0
    for part, typed in texts.items():
        body, old = typed.strip(), before.get(part)
        if body == (old.body if old else ""):
            continue
        row = TargetText.objects.create(
            area_code=actor.area_code,
            year=year,
            half=half,
            part=part,
            body=body,
            replaces=old,
            written_by_id=actor.pk,
            written_by_name=actor.full_name,
        )
        words = {
            "part": str(TargetTextPart(part).label),
            "half": period_label(TargetPeriod.HALF, year, half),
        }
        record_event("target_text.written", row, actor=actor, change=words)
        written += 1
    return written
