"""The papers of one case as its page shows them: each that the rules ask for with what is there, and those beyond them."""

from dataclasses import dataclass, field
from typing import Any, Final

from django.core import signing

from core.workflow import Actor
from support_programs.enums import CaseStatus, ListStatus, PaperForm
from support_programs.models import Case, CaseList, CasePaper
from support_programs.permissions import case_appraiser, intake_of
from support_programs.queries.list_missing import rows_without_papers
from support_programs.queries.missing_papers import facts_used
from support_programs.queries.panels import Panel, register_case_panel, register_list_panel
from support_programs.queries.programmes import definition_of
from support_programs.queries.supplements import marks_of
from support_programs.rules.parts import Evidence

_SALT: Final = "paper"
# seconds in which a shown address downloads its file
LINK_AGE: Final = 600
# states in which papers come and go (services.papers)
CHANGING: Final = (CaseStatus.DRAFT, CaseStatus.LISTED, CaseStatus.APPRAISING, CaseStatus.NEEDS_SUPPLEMENT)
_WITH_LIST: Final = (
    *ListStatus.at_commune(),
    ListStatus.AT_AGENCY,
    ListStatus.AT_DISTRICT,
    ListStatus.AT_DEPARTMENT,
)


@dataclass(frozen=True, slots=True)
class Scan:
    """A file of a paper, with the short-lived address of its download for the person who looks."""

    paper: CasePaper
    token: str

    @property
    def is_pdf(self) -> bool:
        return bool(self.paper.file and self.paper.file.content_type == "application/pdf")


@dataclass(slots=True)
class PaperShown:
    """A paper of the dossier: `state` is held, missing (required), absent (if there is one), or open (not known whether needed).

    `why` is what an open request says of it; `code` is "" beyond what the rules ask for.
    """

    code: str
    name: str
    evidence: Evidence | None
    state: str
    why: str = ""
    scans: list[Scan] = field(default_factory=list)
    seen: list[CasePaper] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class CasePapers:
    """All of them; `missing` counts required ones, `removed` are those that were taken out."""

    rows: list[PaperShown]
    removed: list[CasePaper]
    missing: int
    can_record: bool
    denied: Any


def download_token(paper: CasePaper, actor: Actor) -> str:
    """An address part that lets this person, and nobody else, download the file for `LINK_AGE` seconds."""
    return signing.dumps([paper.pk, actor.pk], salt=_SALT)


def paper_of_token(token: str, actor: Actor) -> int:
    """The paper of a token of this person. signing.SignatureExpired when it is too old, BadSignature when it is wrong or
    somebody else's.
    """
    pk, owner = signing.loads(token, salt=_SALT, max_age=LINK_AGE)
    if owner != actor.pk:
        raise signing.BadSignature(token)
    return int(pk)


def papers_of_case(case: Case, actor: Actor) -> CasePapers:
    """Two or three queries: the papers, what an open request marks, and the facts on which a paper depends."""
    definition = definition_of(case.version_used_id)
    kept = list(CasePaper.objects.filter(case=case).select_related("file", "case_list"))
    live = [paper for paper in kept if paper.removed_on is None]
    used = facts_used([case.pk], [paper.when.field for paper in definition.evidence if paper.when])
    marks = marks_of(case).papers
    rows: list[PaperShown] = []
    for evidence in definition.evidence:
        own = [paper for paper in live if paper.code == evidence.code]
        applies = evidence.when.applies(used.get(case.pk, {})) if evidence.when else True
        if applies is not False or own:
            state = "held" if own else _state(evidence, applies)
            row = PaperShown(evidence.code, evidence.name, evidence, state, marks.get(evidence.code, ""))
            rows.append(_filled(row, own, actor))
    known = {evidence.code for evidence in definition.evidence}
    for name in dict.fromkeys(paper.label for paper in live if paper.code not in known):
        beyond = [paper for paper in live if paper.code not in known and paper.label == name]
        rows.append(_filled(PaperShown("", name, None, "held"), beyond, actor))
    has_role, denied = intake_of(case.area_code)
    return CasePapers(
        rows,
        [paper for paper in kept if paper.removed_on is not None],
        sum(row.state == "missing" for row in rows),
        actor.is_active and has_role(actor) and case.status in CHANGING,
        denied if not has_role(actor) else "",
    )


def _state(evidence: Evidence, applies: bool | None) -> str:
    if applies is None:
        return "open"
    return "missing" if evidence.is_required else "absent"


def _filled(row: PaperShown, papers: list[CasePaper], actor: Actor) -> PaperShown:
    row.scans = [Scan(paper, download_token(paper, actor)) for paper in papers if paper.file_id]
    row.seen = [paper for paper in papers if paper.form == PaperForm.ORIGINAL]
    return row


def _case_panel(actor: Actor, case: Case) -> Panel | None:
    papers = papers_of_case(case, actor)
    return Panel("support_programs/papers/panel.html", {"case": case, "papers": papers, "is_panel": True})


def _list_panel(actor: Actor, case_list: CaseList) -> Panel | None:
    """How many rows miss papers, while they can still come; the way there for those who draw the list up."""
    known: int | None = getattr(case_list, "rows_without_papers", None)
    counted = rows_without_papers(case_list) if known is None else known
    missing = counted if case_list.status in _WITH_LIST else 0
    if not missing:
        return None
    has_role, _denied = intake_of(case_list.area_code)
    can_confirm = actor.is_active and has_role(actor) and case_list.status in ListStatus.at_commune()
    context = {
        "case_list": case_list,
        "missing": missing,
        "can_confirm": can_confirm,
        "can_ask": case_appraiser(actor),
    }
    return Panel("support_programs/papers/list_panel.html", context)


def register() -> None:
    """The papers of every case page, and the warning of every list page."""
    register_case_panel("papers", _case_panel, place="papers", order=10)
    register_list_panel("papers", _list_panel)
