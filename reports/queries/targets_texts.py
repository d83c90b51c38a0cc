"""What was written for a half-year report."""

from core.querysets import Viewer
from reports.models import TargetText


def texts_in_force(viewer: Viewer, area_code: str, year: int, half: int) -> dict[str, TargetText]:
    """The newest text of each part, by part; nothing for who doesn't see the area."""
    rows = TargetText.objects.visible_to(viewer).filter(
        area_code=area_code, year=year, half=half, replaced_by__isnull=True
    )
    return {row.part: row for row in rows}
