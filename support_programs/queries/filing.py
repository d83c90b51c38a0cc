"""How a dossier is handed in: until when, and with which papers."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from core.dates import format_date
from core.queries.calendar import working_calendar
from support_programs.rules.deadlines import FilingDeadline, filing_deadline
from support_programs.rules.definition import Definition
from support_programs.rules.facts import Facts
from support_programs.rules.parts import Evidence


@dataclass(frozen=True, slots=True)
class Deadline:
    """The deadline seen from a day of handing in; `note` says in words that it was moved or is over, "" otherwise."""

    filing: FilingDeadline
    is_over: bool
    note: str


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper of the dossier; `is_open` while it isn't known whether this case needs it."""

    evidence: Evidence
    is_open: bool


def deadline_of(rules: Definition, received_on: dt.date) -> Deadline | None:
    """The last day for handing in; None where the rules name none."""
    if rules.apply_by is None:
        return None
    filing = filing_deadline(rules.apply_by, working_calendar())
    said = []
    if filing.is_moved:
        said.append(
            _(
                "Hạn %(day)s là ngày nghỉ nên tính đến ngày làm việc tiếp theo, %(ends_on)s (Điều 148 Bộ luật Dân sự; cần Sở "
                "xác nhận)."
            )
            % {"day": format_date(filing.day), "ends_on": format_date(filing.ends_on)}
        )
    is_over = filing.is_over(received_on)
    if is_over:
        said.append(_("Ngày %(day)s đã quá hạn nộp.") % {"day": format_date(received_on)})
    return Deadline(filing, is_over, " ".join(said))


def late_note(rules: Definition, received_on: dt.date) -> str:
    """What an officer must know of a dossier that came after the last day as it stands in the rules; "" for one in time."""
    deadline = deadline_of(rules, received_on)
    return deadline.note if deadline and received_on > deadline.filing.day else ""


def papers_of(rules: Definition, facts: Facts) -> tuple[Paper, ...]:
    """The papers that these facts ask for; one of which that isn't known yet is shown as open."""
    applies = [(paper, paper.when.applies(facts) if paper.when else True) for paper in rules.evidence]
    return tuple(Paper(paper, needed is None) for paper, needed in applies if needed is not False)
