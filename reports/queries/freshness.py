"""How fresh the figures are: the last answer of a payment that was recorded, the last list that was taken in."""

import datetime as dt
from dataclasses import dataclass
from typing import Final

from beneficiaries.models import ListImport
from core.querysets import Viewer
from disbursements.enums import LedgerKind
from disbursements.models import LedgerPosting

_ANSWERS: Final = (LedgerKind.PAYMENT, LedgerKind.RETURN, LedgerKind.FAILURE)


@dataclass(frozen=True, slots=True)
class Freshness:
    """None where nothing was recorded in the area."""

    result_at: dt.datetime | None = None
    import_at: dt.datetime | None = None


def freshness(viewer: Viewer, area_code: str) -> Freshness:
    """Of an area, as far as the viewer sees it; two statements that read one row each."""
    answers = LedgerPosting.objects.visible_to(viewer).in_area(area_code).filter(kind__in=_ANSWERS)
    imports = ListImport.objects.visible_to(viewer).in_area(area_code).filter(committed_at__isnull=False)
    return Freshness(
        answers.order_by("-pk").values_list("posted_at", flat=True).first(),
        imports.order_by("-pk").values_list("committed_at", flat=True).first(),
    )
