"""Papers as files: added from a scanner or a phone, taken out with a reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import PurePath
from typing import IO

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
from support_programs.services.papers.content import Content, checked_content
from support_programs.services.papers.counting import recount_papers
from support_programs.services.papers.seen import check_open, check_recording, open_for_papers


@dataclass(frozen=True, slots=True)
class Sent:
    """A file as it came, its bytes or opened: its name is a label only."""

    name: str
    content: bytes | IO[bytes]

    def read(self) -> bytes:
        """The bytes; of an opened file that is too large no more than shows it."""
        if isinstance(self.content, bytes):
            return self.content
        return self.content.read(settings.PAPER_LIMIT_MB * 1024 * 1024 + 1)


@dataclass(frozen=True, slots=True)
class Added:
    """Papers that were kept, and a sentence for each file that was not."""

    papers: tuple[CasePaper, ...]
    refused: tuple[str, ...]


def add_files(
    case: Case, *, code: str, files: Sequence[Sent], actor: Actor, label: str = "", note: str = ""
) -> Added:
    """Keep scans or photographs of one paper of a case. Good files are kept when others of the same go are refused, each
    with its reason (`checked_content`); a file that the case has already is told with the paper it stands at.

    Refused as a whole: no file, too many, a paper that the policy doesn't ask for, one beyond them without a name, and as
    `open_for_papers`. Files are decoded before anything is locked: twenty of them take a while.
    """
    check_recording(case, actor)
    check_open(case)
    _check_sent(code, _title_of(case, code, label), files)
    return _add(
        case, code, label, note, [(_shown(sent.name), sent.name, _read(sent)) for sent in files], actor
    )


def _read(sent: Sent) -> Content | TransitionRefused:
    try:
        return checked_content(sent.read())
    except TransitionRefused as refusal:
        return refusal


Read = tuple[str, str, Content | TransitionRefused]


@transaction.atomic
def _add(case: Case, code: str, label: str, note: str, files: Sequence[Read], actor: Actor) -> Added:
    locked = open_for_papers(case, actor)
    title = _title_of(locked, code, label)
    if not title:
        raise _unknown(code)
    live = CasePaper.objects.filter(case=locked, removed_on__isnull=True, file__isnull=False)
    held = dict(live.values_list("file__sha256", "label"))
    kept, refused = [], []
    for shown, name, found in files:
        try:
            paper = _keep(locked, name, found, code, title, note, held, actor)
        except TransitionRefused as refusal:
            refused.append(f"{shown}: {refusal}")
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


def _title_of(case: Case, code: str, label: str) -> str:
    """The name of the paper; "" for one that the policy doesn't ask for, or beyond them without a name."""
    known = {paper.code: paper.name for paper in definition_of(case.version_used_id).evidence}
    return known.get(code, "") if code else without_numbers(clean_text(label))[:300]


def _unknown(code: str) -> TransitionRefused:
    return TransitionRefused(
        _("Hãy chọn giấy tờ mà chính sách yêu cầu.") if code else _("Hãy ghi tên giấy tờ.")
    )


def _check_sent(code: str, title: str, files: Sequence[Sent]) -> None:
    if not title:
        raise _unknown(code)
    if not files:
        raise TransitionRefused(_("Hãy chọn ít nhất một tệp."))
    if len(files) > settings.PAPER_LIMIT_FILES:
        raise TransitionRefused(
            _("Mỗi lần tải lên nhiều nhất %(n)d tệp. Hãy tải thành nhiều lần.")
            % {"n": settings.PAPER_LIMIT_FILES}
        )


def _keep(
    case: Case,
    name: str,
    found: Content | TransitionRefused,
    code: str,
    title: str,
    note: str,
    held: dict[str, str],
    actor: Actor,
) -> CasePaper:
    if isinstance(found, TransitionRefused):
        raise found
    digest = sha256(found.content).hexdigest()
    if digest in held:
        raise TransitionRefused(_("Tệp này đã có trong hồ sơ, ở «%(paper)s».") % {"paper": held[digest]})
    stored = store_file(
        found.content,
        # a name may hold the number of the person's card
        name=without_numbers(PurePath(name.replace("\\", "/")).stem[:150]) + found.ending,
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
