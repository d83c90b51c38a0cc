"""Which papers a dossier needs."""

from collections.abc import Sequence

from support_programs.rules.facts import Facts
from support_programs.rules.parts import Evidence


def required_papers(evidence: Sequence[Evidence], facts: Facts) -> tuple[Evidence, ...]:
    """The papers without which the dossier is not complete; one of which that isn't known yet is not asked for."""
    return tuple(
        paper for paper in evidence if paper.is_required and (paper.when is None or paper.when.applies(facts))
    )


def applying_papers(evidence: Sequence[Evidence], facts: Facts) -> tuple[Evidence, ...]:
    """The papers that these facts ask for, required or not; one of which that isn't known yet is not among them."""
    return tuple(paper for paper in evidence if paper.when is None or paper.when.applies(facts))
