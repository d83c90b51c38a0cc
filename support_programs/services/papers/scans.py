"""Papers as files: added from a scanner or a phone, taken out with a reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import PurePath

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from core import clock
from core.audit import record_event
from core.enums import FileKind
from core.services.files import store_file
from core.text import clean_text, without_numbers
from core.transitions import TransitionRefused
from core.workflow import Actor
from support_programs.enums import PaperForm
from support_programs.models import Case, CasePaper
from support_programs.queries.programmes import definition_of
from support_programs.services.papers.content import checked_content
from support_programs.services.papers.counting import recount_papers
from support_programs.services.papers.seen import open_for_papers


@dataclass(frozen=True, slots=True)
class Sent:
    """A file as it came: its name is a label only."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Added:
    """Papers that were kept, and a sentence for each file that was not."""

    papers: tuple[CasePaper, ...]
    refused: tuple[str, ...]


@transaction.atomic
def add_files(
    case: Case, *, code: str, files: Sequence[Sent], actor: Actor, label: str = "", note: str = ""
) -> Added:
    """Keep scans or photographs of one paper of a case. Good files are kept when others of the same go are refused, each
    with its reason (`checked_content`); a file that the case has already is told with the paper it stands at.

    Refused as a whole: no file, too many, a paper that the policy doesn't ask for, one beyond them without a name, and as
    `open_for_papers`.
    """
    locked = open_for_papers(case, actor)
    known = {paper.code: paper.name for paper in definition_of(locked.version_used_id).evidence}
    title = known.get(code, "") if code else without_numbers(clean_text(label))[:300]
    _check_sent(code, title, files)
    live = CasePaper.objects.filter(case=locked, removed_on__isnull=True, file__isnull=False)
    held = dict(live.values_list("file__sha256", "label"))
    kept, refused = [], []
    for sent in files:
        try:
            paper = _keep(locked, sent, code, title, note, held, actor)
        except TransitionRefused as refusal:
            refused.append(f"{_shown(sent.name)}: {refusal}")
        else:
            kept.append(paper)
    if kept:
        change = {
            "paper": title,
            "files": len(kept),
            "sha256": [paper.file.sha256 for paper in kept if paper.file],
        }
        record_event("case.paper_added", locked, actor=actor, change=change)
        recount_papers([locked.pk])
    return Added(tuple(kept), tuple(refused))


def _check_sent(code: str, title: str, files: Sequence[Sent]) -> None:
    if not title:
        raise TransitionRefused(
            _("Hãy chọn giấy tờ mà chính sách yêu cầu.") if code else _("Hãy ghi tên giấy tờ.")
        )
    if not files:
        raise TransitionRefused(_("Hãy chọn ít nhất một tệp."))
    if len(files) > settings.PAPER_LIMIT_FILES:
        raise TransitionRefused(
            _("Mỗi lần tải lên nhiều nhất %(n)d tệp. Hãy tải thành nhiều lần.")
            % {"n": settings.PAPER_LIMIT_FILES}
        )


def _keep(
    case: Case, sent: Sent, code: str, title: str, note: str, held: dict[str, str], actor: Actor
) -> CasePaper:
    found = checked_content(sent.content)
    digest = sha256(found.content).hexdigest()
    if digest in held:
        raise TransitionRefused(_("Tệp này đã có trong hồ sơ, ở «%(paper)s».") % {"paper": held[digest]})
    stored = store_file(
        found.content,
        # a name may hold the number of the person's card
        name=without_numbers(PurePath(sent.name.replace("\\", "/")).stem[:150]) + found.ending,
        kind=FileKind.SCAN,
        area_code=case.area_code,
        created_by_id=actor.pk,
        content_type=found.content_type,
    )
    held[digest] = title
    return CasePaper.objects.create(
        area_code=case.area_code,
        case=case,
        code=code,
        label=title,
        form=PaperForm.SCAN,
        file=stored,
        note=without_numbers(clean_text(note))[:300],
        received_on=clock.today(),
        received_by_id=actor.pk,
        received_by_name=actor.full_name,
    )


def _shown(name: str) -> str:
    return without_numbers(PurePath(name.replace("\\", "/")).name[-80:]) or _("Tệp không tên")


@transaction.atomic
def take_out(paper: CasePaper, *, reason: str, actor: Actor) -> Case:
    """Take a paper out of its dossier, for a reason; it is kept, and who saw it before can still be told what it was.

    Pages that showed it are out of date from then on. Refused: no reason, one that was taken out, and as `open_for_papers`:
    never of a case that was found eligible on it.
    """
    locked = open_for_papers(paper.case, actor)
    said = without_numbers(clean_text(reason))[:300]
    if not said:
        raise TransitionRefused(_("Hãy ghi lý do bỏ giấy tờ này."))
    live = CasePaper.objects.filter(pk=paper.pk, removed_on__isnull=True)
    done = live.update(
        removed_on=clock.today(),
        removed_by_id=actor.pk,
        removed_by_name=actor.full_name,
        removed_reason=said,
    )
    if not done:
        raise TransitionRefused(_("Giấy tờ này đã được bỏ ra trước đó."))
    Case.objects.filter(pk=locked.pk).update(version=F("version") + 1)
    record_event("case.paper_removed", locked, actor=actor, reason=said, change={"paper": paper.label})
    recount_papers([locked.pk])
    locked.refresh_from_db()
    return locked
