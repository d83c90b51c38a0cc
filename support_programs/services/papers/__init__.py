"""Papers of a dossier: counted, confirmed for a whole list, recorded for one case."""

from support_programs.services.papers.counting import recount_papers
from support_programs.services.papers.scans import Added, Sent, add_files, take_out
from support_programs.services.papers.seen import record_seen
from support_programs.services.papers.whole_lists import (
    Confirmed,
    Ticks,
    confirm_list_papers,
    confirm_whole_list,
)

__all__ = [
    "Added",
    "Confirmed",
    "Sent",
    "Ticks",
    "add_files",
    "confirm_list_papers",
    "confirm_whole_list",
    "record_seen",
    "recount_papers",
    "take_out",
]
