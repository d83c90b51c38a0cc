"""Children for whom a case asks a supplement: once per child, whichever parent, whichever programme (NQ 68, II.7)."""

from collections.abc import Mapping
from typing import Final

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.queries import area_name
from core import clock, crypto
from core.audit import record_event
from core.dates import format_date
from core.services.index_rotation import register_spelling
from core.text import search_key, without_numbers
from core.transitions import TransitionRefused
from core.workflow import Actor
from support_programs.enums import ChildIdentity, Relation
from support_programs.models import Case, CaseChild
from support_programs.queries.programmes import definition_of
from support_programs.rules.children import MOST, ChildRead, identity_of_kept, read_child
from support_programs.rules.definition import Definition
from support_programs.services.claim_refusals import Problems
from support_programs.services.determinations import determine_cases
from support_programs.services.entry import open_case, share_entry

_ONCE: Final = "child_supplement_once"
_TWICE: Final = gettext_lazy("Trẻ em này đã có trong hồ sơ này.")


def register() -> None:
    """A new index key has to give a child the same identity: of a birth certificate it is not the number alone (I17)."""
    register_spelling(
        "support_programs.casechild",
        "number_index",
        ("identity_kind", "number_last3"),
        lambda number, beside: identity_of_kept(number, *beside),
    )


def takes_children(definition: Definition) -> bool:
    """Whether the programme adds something for children of the applicant."""
    return any(supplement.kind == "children" for supplement in definition.supplements)


@transaction.atomic
def add_child(
    case: Case,
    *,
    typed: Mapping[str, str],
    actor: Actor,
    keeps_warnings: bool = False,
    expected_version: int | None = None,
) -> CaseChild:
    """Add a child (`rules.children.FIELDS`) to an open case and judge it again; who adds one has entered the case.

    ClaimRefused by field: what can't be read, a birth after today, a child of this case or live in another one (told with its
    programme and commune only), a namesake born on the same day under another number while nobody keeps that warning.
    Otherwise refused as `open_case` and `share_entry`, and where the programme adds nothing for children.
    """
    locked = open_case(case, actor, expected_version)
    if not takes_children(definition_of(locked.version_used_id)):
        raise TransitionRefused(_("Chính sách này không có hỗ trợ thêm cho trẻ em."))
    if CaseChild.objects.filter(case=locked, removed_on__isnull=True).count() >= MOST:
        raise TransitionRefused(_("Hồ sơ đã có %(most)s trẻ em. Hãy kiểm tra lại.") % {"most": MOST})
    share_entry(locked, actor)
    problems = Problems()
    read = check_child(typed, problems, case=locked)
    if read is None or problems.stand(keeps_warnings=keeps_warnings):
        raise problems.refusal()
    child = keep_child(locked, read, actor, problems)
    if child is None:
        raise problems.refusal()
    record_event("case.child_added", locked, actor=actor, change=_told(child))
    determine_cases(Case.objects.filter(pk=locked.pk), actor=actor)
    return child


@transaction.atomic
def remove_child(
    child: CaseChild, *, reason: str, actor: Actor, expected_version: int | None = None
) -> CaseChild:
    """Take a child out of an open case, with a reason, and judge it again. The row stays; the child is free for another case."""
    locked = open_case(child.case, actor, expected_version)
    if not reason.strip():
        raise TransitionRefused(_("Hãy ghi lý do bỏ trẻ em khỏi hồ sơ."))
    share_entry(locked, actor)
    current = CaseChild.objects.select_for_update(of=("self",)).get(pk=child.pk)
    if current.removed_on is not None:
        raise TransitionRefused(_("Trẻ em này đã được bỏ khỏi hồ sơ."))
    current.is_live = False
    current.removed_on = clock.today()
    current.removed_reason = reason.strip()[:500]
    current.save(update_fields=["is_live", "removed_on", "removed_reason"])
    record_event("case.child_removed", locked, actor=actor, reason=reason.strip(), change=_told(current))
    determine_cases(Case.objects.filter(pk=locked.pk), actor=actor)
    return current


def check_child(
    typed: Mapping[str, str], problems: Problems, prefix: str = "", case: Case | None = None
) -> ChildRead | None:
    """The child that was typed, or None; what speaks against it goes to `problems`, fields after `prefix`."""
    read, found = read_child(
        typed,
        on=clock.today(),
        relations={code: str(label) for code, label in Relation.choices},
        kinds={code: str(label) for code, label in ChildIdentity.choices},
    )
    for field, sentence in found.items():
        problems.add(prefix + field, sentence)
    if read is None:
        return None
    index = crypto.blind_index("number", read.identity)
    if taken := _taken(index, case):
        problems.conflict(prefix + "number", taken)
    elif namesake := _namesake(read, index):
        problems.warn(prefix + "full_name", namesake)
    return read


def keep_child(
    case: Case, read: ChildRead, actor: Actor, problems: Problems, prefix: str = ""
) -> CaseChild | None:
    """The child's row; None, and the sentence in `problems`, where another case was faster."""
    index = crypto.blind_index("number", read.identity)
    if CaseChild.objects.filter(case=case, number_index=index, removed_on__isnull=True).exists():
        problems.conflict(prefix + "number", str(_TWICE))
        return None
    try:
        with transaction.atomic():
            return CaseChild.objects.create(
                area_code=case.area_code,
                case=case,
                full_name=without_numbers(read.full_name),
                name_key=search_key(read.full_name),
                birth_date=read.birth_date,
                relation=read.relation,
                identity_kind=read.identity_kind,
                number_encrypted=crypto.encrypt("number", read.shown_number),
                number_index=index,
                number_last3=read.number[-3:],
                proof=without_numbers(read.proof),
                added_by_id=actor.pk,
                added_on=clock.today(),
            )
    except IntegrityError as error:
        if _ONCE not in str(error):
            raise
        problems.conflict(prefix + "number", _taken(index, case) or str(_TWICE))
        return None


def _taken(index: bytes, case: Case | None) -> str:
    """In which programme and commune the child is counted already; "" where it isn't."""
    other = (
        CaseChild.objects.filter(number_index=index, is_live=True).select_related("case__programme").first()
    )
    if other is None:
        return ""
    if case is not None and other.case_id == case.pk:
        return str(_TWICE)
    return _(
        "Trẻ này đã được tính hỗ trợ ở hồ sơ khác (%(programme)s, %(area)s). Mỗi trẻ chỉ được tính một lần, cho mẹ, cha hoặc "
        "người chăm sóc thay thế (khoản 7 Mục II NQ 68)."
    ) % {
        "programme": other.case.programme.short_name,
        "area": area_name(other.area_code),
    }


def _namesake(read: ChildRead, index: bytes) -> str:
    same = CaseChild.objects.filter(
        name_key=search_key(read.full_name), birth_date=read.birth_date, is_live=True
    )
    other = same.exclude(number_index=index).select_related("case__programme").first()
    if other is None:
        return ""
    return _(
        "Một trẻ cùng họ tên, cùng ngày sinh %(born)s đã được tính ở hồ sơ khác (%(programme)s, %(area)s) với số giấy tờ khác. "
        "Hãy đối chiếu giấy khai sinh."
    ) % {
        "born": format_date(read.birth_date),
        "programme": other.case.programme.short_name,
        "area": area_name(other.area_code),
    }


def _told(child: CaseChild) -> dict[str, str]:
    """What the log says of a child: no number."""
    return {
        "child": child.full_name,
        "birth_date": child.birth_date.isoformat(),
        "relation": child.relation,
        "number": f"…{child.number_last3}",
    }
