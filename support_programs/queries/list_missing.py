"""Papers of a whole list: of each required one, how many rows need it and how many have it."""

from dataclasses import dataclass

from support_programs.models import Case, CaseList
from support_programs.queries.missing_papers import standing_of
from support_programs.queries.programmes import definition_of
from support_programs.rules.parts import Evidence


@dataclass(frozen=True, slots=True)
class PaperOfList:
    """Rows that need the paper by what is known of them, and rows that have it."""

    needed: int
    held: int

    @property
    def missing(self) -> int:
        return self.needed - self.held


def papers_of_list(case_list: CaseList) -> list[tuple[Evidence, PaperOfList]]:
    """The required papers in the order of the rules; four queries for a list of any length."""
    rows = standing_of(list(Case.objects.filter(case_list=case_list).values_list("pk", flat=True)))
    needed: dict[str, int] = {}
    missing: dict[str, int] = {}
    for row in rows.values():
        for paper in row.required:
            needed[paper.code] = needed.get(paper.code, 0) + 1
        for paper in row.missing:
            missing[paper.code] = missing.get(paper.code, 0) + 1
    evidence = definition_of(case_list.version_used_id).evidence
    counts = {code: PaperOfList(count, count - missing.get(code, 0)) for code, count in needed.items()}
    return [(paper, counts.get(paper.code, PaperOfList(0, 0))) for paper in evidence if paper.is_required]


def rows_without_papers(case_list: CaseList) -> int:
    """How many rows of the list still miss a required paper."""
    return Case.objects.filter(case_list=case_list, papers_missing__gt=0).count()
