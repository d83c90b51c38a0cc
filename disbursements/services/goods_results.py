"""Who received their goods, themselves or through somebody, and who did not and why."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from core import clock, crypto
from core.audit import record_event
from core.money import format_dong
from core.text import clean_text
from core.transitions import Refusal, TransitionRefused, perform, perform_many
from core.workflow import Actor
from disbursements.enums import HandoutLineStatus, HandoutStatus
from disbursements.models import Handout, HandoutLine
from disbursements.workflow import HANDOUT_LINE_WORKFLOW
from support_programs.models import Entitlement
from support_programs.services.scope import check_area, check_no_number
from support_programs.workflow import ENTITLEMENT_WORKFLOW


@dataclass(frozen=True, slots=True)
class HandoutResults:
    """Lines by their reference: who received the goods, and who did not with the reason."""

    received: frozenset[str] = frozenset()
    missed: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Proxy:
    """Who took the goods for somebody: their name, what they are to them, the paper, and their card's number if it was shown."""

    name: str
    relation: str
    paper: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class HandoutReport:
    """What recording changed; rows that it left as they were are named with the reason."""

    received: int
    missed: int
    refused: tuple[Refusal, ...]

    @property
    def sentence(self) -> str:
        """The report in one sentence, for the page."""
        done = _("Đã ghi %(received)s người đã nhận, %(missed)s người chưa nhận.") % {
            "received": format_dong(self.received),
            "missed": format_dong(self.missed),
        }
        if not self.refused:
            return done
        rest = "; ".join(f"{row.reference}: {row.reason}" for row in self.refused[:10])
        kept = _("%(count)d dòng giữ nguyên: %(rest)s") % {"count": len(self.refused), "rest": rest}
        return f"{done} {kept}"


@transaction.atomic
def record_handout_results(*, actor: Actor, handout: Handout, results: HandoutResults) -> HandoutReport:
    """Record who received their goods and who did not; a set-based step, whatever their number.

    Lines with a result stay as they are and are reported. Who did not receive anything is owed again. Refused as a whole: a round
    that is not being handed out, lines of another round, a line both received and not, a missing reason.
    """
    locked = _being_handed_out(handout, actor)
    _check_references(locked, results)
    lines = HandoutLine.objects.filter(handout=locked)
    refused: list[Refusal] = []
    received = _record(lines.filter(reference__in=results.received), "receive", "", actor, refused)
    missed = 0
    for reason, references in _by_reason(results.missed).items():
        missed += _record(lines.filter(reference__in=references), "miss", reason, actor, refused)
    if received + missed:
        record_event(
            "handout.results_recorded", locked, actor=actor, change={"received": received, "missed": missed}
        )
    return HandoutReport(received, missed, tuple(refused))


def record_all_received_except(
    *, actor: Actor, handout: Handout, exceptions: Mapping[str, str]
) -> HandoutReport:
    """Everybody who was still awaited has received the goods, but for these (reference to reason)."""
    with transaction.atomic():
        Handout.objects.select_for_update(of=("self",)).get(pk=handout.pk)
        awaited = HandoutLine.objects.filter(handout=handout, status=HandoutLineStatus.WAITING)
        received = frozenset(awaited.exclude(reference__in=exceptions).values_list("reference", flat=True))
        results = HandoutResults(received, exceptions)
        return record_handout_results(actor=actor, handout=handout, results=results)


@transaction.atomic
def record_proxy(*, actor: Actor, line: HandoutLine, proxy: Proxy) -> HandoutLine:
    """The goods of one person were taken by somebody for them; the number of that person's card is kept sealed.

    Refused: no name or relation, a number that is none, a line that has a result already.
    """
    handout = _being_handed_out(line.handout, actor)
    name, relation, paper = clean_text(proxy.name), clean_text(proxy.relation), clean_text(proxy.paper)
    if not (name and relation):
        raise TransitionRefused(_("Hãy ghi họ tên người nhận thay và quan hệ với người được nhận."))
    check_no_number(name, relation, paper)
    number = crypto.normalise_number(proxy.number)
    if number and not (number.isascii() and number.isdigit() and len(number) in (9, 12)):
        raise TransitionRefused(_("Số giấy tờ của người nhận thay chưa đúng: CCCD có 12 chữ số, CMND có 9."))
    received = perform(
        HANDOUT_LINE_WORKFLOW,
        line,
        "handout_line.receive",
        actor=actor,
        changes={
            "resulted_on": clock.today(),
            "recorded_by_id": actor.pk,
            "proxy_name": name,
            "proxy_relation": relation,
            "proxy_paper": paper,
            "proxy_number_encrypted": crypto.encrypt("number", number) if number else None,
            "proxy_number_last3": number[-3:],
        },
        event={"proxy": name, "relation": relation},
    )
    _move_entitlements([line.entitlement_id], "receive", "", actor)
    record_event("handout.results_recorded", handout, actor=actor, change={"received": 1, "missed": 0})
    return received


def _being_handed_out(handout: Handout, actor: Actor) -> Handout:
    check_area(actor, handout.area_code)
    locked = Handout.objects.select_for_update(of=("self",)).get(pk=handout.pk)
    if locked.status != HandoutStatus.HANDING:
        raise TransitionRefused(_("Chỉ ghi kết quả khi đợt đang cấp phát."))
    return locked


def _record(
    lines: QuerySet[HandoutLine], outcome: str, reason: str, actor: Actor, refused: list[Refusal]
) -> int:
    """Move lines and, with them, the entitlements of those that moved; rows left as they were are added to `refused`."""
    moved = dict(lines.filter(status=HandoutLineStatus.WAITING).values_list("pk", "entitlement"))
    changes = {"resulted_on": clock.today(), "recorded_by_id": actor.pk, "result_reason": reason}
    result = perform_many(
        HANDOUT_LINE_WORKFLOW, lines, f"handout_line.{outcome}", actor=actor, reason=reason, changes=changes
    )
    refused += result.refused
    left = {row.pk for row in result.refused}
    _move_entitlements([owed for pk, owed in moved.items() if pk not in left], outcome, reason, actor)
    return result.done


def _move_entitlements(ids: Collection[int], outcome: str, reason: str, actor: Actor) -> None:
    perform_many(
        ENTITLEMENT_WORKFLOW,
        Entitlement.objects.filter(pk__in=ids),
        "entitlement.pay" if outcome == "receive" else "entitlement.release",
        actor=actor,
        reason=reason,
    )


def _by_reason(missed: Mapping[str, str]) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for reference, reason in missed.items():
        groups.setdefault(reason.strip()[:300], []).append(reference)
    return groups


def _check_references(handout: Handout, results: HandoutResults) -> None:
    both = results.received & results.missed.keys()
    if both:
        raise TransitionRefused(_("%(ref)s vừa ghi đã nhận vừa ghi chưa nhận.") % {"ref": min(both)})
    nameless = sorted(reference for reference, reason in results.missed.items() if not reason.strip())
    if nameless:
        raise TransitionRefused(_("Hãy ghi lý do chưa nhận của %(ref)s.") % {"ref": nameless[0]})
    check_no_number(*set(results.missed.values()))
    asked: Collection[str] = results.received | results.missed.keys()
    known = set(
        HandoutLine.objects.filter(handout=handout, reference__in=asked).values_list("reference", flat=True)
    )
    foreign = sorted(set(asked) - known)
    if foreign:
        raise TransitionRefused(
            _("%(ref)s không thuộc đợt cấp phát %(round)s.") % {"ref": foreign[0], "round": handout.reference}
        )
