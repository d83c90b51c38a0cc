"""The core's records."""

from core.models.calendar import CalendarDay
from core.models.event import Event
from core.models.job import Job
from core.models.stored_file import StoredFile

__all__ = ["CalendarDay", "Event", "Job", "StoredFile"]
