"""Papers of the demo's dossiers, seen by the communes that drew the lists up."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db.backends.utils import CursorWrapper

from reports.demo.copying import copy_rows, next_id
from reports.demo.filing import Entry, Filed, moment
from reports.demo.judging import Judge, Judged
from reports.demo.waiting import IDENTITY_PAPER, lacks_identity_paper
from support_programs.enums import PaperForm
from support_programs.models import CasePaper
from support_programs.queries.facts import stored_facts
from support_programs.rules.papers import required_papers
from support_programs.rules.parts import Evidence


def papers_needed(judge: Judge, judged: Judged) -> tuple[Evidence, ...]:
    """What a dossier must have by the facts that it was judged by."""
    evidence = judge.definition.evidence
    asked = {paper.when.field for paper in evidence if paper.when}
    return required_papers(
        evidence, stored_facts({name: judged.used[name] for name in asked if name in judged.used})
    )


def papers_missing(item: Filed, entry: Entry, judge: Judge, judged: Judged) -> int:
    """How many of them nobody has seen yet."""
    if not item.is_confirmed:
        return len(papers_needed(judge, judged))
    return int(lacks_identity_paper(item, entry))


def write_papers(
    cursor: CursorWrapper, filed: Sequence[Filed], judge: Judge, judged: Mapping[int, Judged]
) -> int:
    """The papers of the lists that are confirmed, but for the single ones that are missing; gives how many."""
    first = next_id(cursor, CasePaper)
    rows = [
        {"id": first + place, **_row(item, entry, paper)}
        for place, (item, entry, paper) in enumerate(_each(filed, judge, judged))
    ]
    return copy_rows(cursor, CasePaper, rows)


def _each(
    filed: Sequence[Filed], judge: Judge, judged: Mapping[int, Judged]
) -> Iterator[tuple[Filed, Entry, Evidence]]:
    for item in filed:
        if item.is_confirmed:
            for entry in item.entries:
                left_out = IDENTITY_PAPER if lacks_identity_paper(item, entry) else ""
                for paper in papers_needed(judge, judged[entry.pk]):
                    if paper.code != left_out:
                        yield item, entry, paper


def _row(item: Filed, entry: Entry, paper: Evidence) -> dict[str, Any]:
    plan, officer = item.plan, item.officer
    return {
        "area_code": plan.area_code,
        "case_id": entry.pk,
        "code": paper.code,
        "label": paper.name,
        "form": PaperForm.ORIGINAL.value,
        "case_list_id": item.pk,
        "received_on": plan.list_date,
        "received_by_id": officer.pk,
        "received_by_name": officer.full_name,
        "created_at": moment(plan.list_date, 25),
    }
