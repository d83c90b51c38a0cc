"""Papers of dossiers in tests, seen by the desk that takes them in."""

from accounts.models import User
from support_programs.models import Case, CaseList
from support_programs.queries.missing_papers import standing_of
from support_programs.queries.programmes import definition_of
from support_programs.services.papers import confirm_list_papers, record_seen


def hand_in(case: Case, actor: User) -> Case:
    """Everything that the case still misses."""
    missing = standing_of([case.pk])[case.pk].missing
    return record_seen(case, codes=[paper.code for paper in missing], actor=actor) if missing else case


def hand_in_all(case_list: CaseList, actor: User) -> None:
    """Every paper that the programme asks for, for all rows of a list that need it."""
    papers = definition_of(case_list.version_used_id).evidence
    codes = [paper.code for paper in papers if paper.is_required]
    assert confirm_list_papers(case_list, codes=codes, excepted={}, actor=actor) == 0
