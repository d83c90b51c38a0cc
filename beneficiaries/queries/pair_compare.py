"""Two people side by side: the same fields in the same order, and of each field whether they agree."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from accounts.queries import place_name
from beneficiaries.enums import PairState
from beneficiaries.models import DuplicateCandidate, HouseholdMember, IdentityDocument, PayoutAccount, Person
from beneficiaries.queries.joining import counts_as, root_of
from beneficiaries.queries.match_reasons import reason_of
from beneficiaries.queries.timeline import Moment, timeline_of
from beneficiaries.rules.matching_names import compare_names
from beneficiaries.rules.matching_table import RULES
from core.audit import registered_codes, sentence_of
from core.dates import format_date
from core.models import Event
from core.page_parts import Badge, Tone
from core.text import clean_spaces, mask_number, search_key
from core.wording import Text
from core.workflow import Actor

SHOWN_MOMENTS: Final = 30


class Verdict(StrEnum):
    """What a field says of the two."""

    SAME = "same"
    NEAR = "near"
    OTHER = "other"
    ONE_SIDED = "one_sided"
    EMPTY = "empty"


BADGES: Final = {
    Verdict.SAME: Badge(Tone.OK, "check", lazy("Giống")),
    Verdict.NEAR: Badge(Tone.WARN, "half", lazy("Gần giống")),
    Verdict.OTHER: Badge(Tone.BAD, "x", lazy("Khác")),
    Verdict.ONE_SIDED: Badge(Tone.MUTE, "help", lazy("Thiếu một bên")),
    Verdict.EMPTY: Badge(Tone.MUTE, "dot", lazy("Cả hai chưa có")),
}


@dataclass(frozen=True, slots=True)
class ComparedField:
    """One line: what is compared, what each side says (identity numbers, telephones and accounts masked), the verdict."""

    label: Text
    first: tuple[str, ...]
    second: tuple[str, ...]
    verdict: Verdict

    @property
    def badge(self) -> Badge:
        return BADGES[self.verdict]


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two: the person with the papers, accounts and household of every entry that counts as them."""

    person: Person
    people: tuple[int, ...]
    papers: tuple[IdentityDocument, ...]
    accounts: tuple[PayoutAccount, ...]
    households: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why the pair was found, or what speaks against it, with its points."""

    label: Text
    points: int

    @property
    def is_against(self) -> bool:
        return self.points < 0


def sides_of(pair: DuplicateCandidate) -> tuple[Side, Side]:
    """Each with everybody who counts as them; where the two count as one human, each entry alone."""
    is_one = root_of(pair.first) == root_of(pair.second)
    return _side(pair.first, is_one), _side(pair.second, is_one)


def _side(person: Person, is_alone: bool) -> Side:
    people = (person.pk,) if is_alone or person.joined_to_id else tuple(counts_as(person.pk))
    members = HouseholdMember.objects.filter(person__in=people, is_replaced=False, valid_to__isnull=True)
    return Side(
        person,
        people,
        tuple(IdentityDocument.objects.filter(person__in=people).order_by("-is_current", "-pk")),
        tuple(
            PayoutAccount.objects.filter(person__in=people, valid_to__isnull=True).order_by(
                "-valid_from", "-pk"
            )
        ),
        tuple(
            f"{reference} ({head})"
            for reference, head in members.order_by("pk").values_list(
                "household__reference", "household__head_name"
            )
        ),
    )


def compared_fields(first: Side, second: Side) -> list[ComparedField]:
    """Every field in the order in which a form asks for it."""
    a, b = first.person, second.person
    numbers = [_numbers(side) for side in (first, second)]
    accounts = [{bytes(row.account_index) for row in side.accounts} for side in (first, second)]
    return [
        _line(lazy("Họ và tên"), a.full_name, b.full_name, _name_verdict),
        _line(lazy("Ngày sinh"), _birth(a), _birth(b), _birth_verdict),
        _line(lazy("Giới tính"), a.get_sex_display() if a.sex else "", b.get_sex_display() if b.sex else ""),
        ComparedField(
            lazy("CCCD, CMND"), _papers(first), _papers(second), _verdict_of_sets(numbers[0], numbers[1])
        ),
        ComparedField(
            lazy("Số điện thoại"),
            _given(mask_number(a.phone)),
            _given(mask_number(b.phone)),
            _verdict(a.phone, b.phone),
        ),
        _line(lazy("Xã, phường, thị trấn"), place_name(a.area_code), place_name(b.area_code)),
        _line(lazy("Khóm, ấp"), a.hamlet, b.hamlet, _text_verdict),
        _line(lazy("Thường trú"), a.permanent_address, b.permanent_address, _text_verdict),
        _line(lazy("Tạm trú"), a.temporary_address, b.temporary_address, _text_verdict),
        _line(lazy("Công việc"), a.occupation, b.occupation, _text_verdict),
        ComparedField(
            lazy("Tài khoản nhận tiền"),
            _accounts(first),
            _accounts(second),
            _verdict_of_sets(accounts[0], accounts[1]),
        ),
        ComparedField(
            lazy("Hộ gia đình"),
            first.households,
            second.households,
            _verdict_of_sets(set(first.households), set(second.households)),
        ),
    ]


def reasons_of(pair: DuplicateCandidate) -> list[Reason]:
    return [Reason(reason_of(row["code"]), int(row.get("points", 0))) for row in pair.reasons]


def history_of(side: Side, actor: Actor) -> list[Moment]:
    """Registers, cases, payments and changes of one side, newest first, as far as the actor may see them."""
    return timeline_of(actor, side.people)[:SHOWN_MOMENTS]


@dataclass(frozen=True, slots=True)
class PairEvent:
    """One line of the pair's own history."""

    actor: str
    sentence: str
    reason: str
    at: dt.datetime
    is_warning: bool = False


def events_of(pair: DuplicateCandidate) -> list[PairEvent]:
    """Who answered, let pass or asked again, newest first."""
    known = registered_codes()
    events = Event.objects.filter(object_type="beneficiaries.duplicatecandidate", object_id=pair.pk)
    return [
        PairEvent(
            event.actor_name,
            sentence_of(event.action, "", event.object_ref, event.change).strip(" :"),
            event.reason,
            event.at,
            event.action == "pair.passed",
        )
        for event in events.order_by("-id")
        if event.action in known
    ]


def consequence_of(pair: DuplicateCandidate) -> str:
    """What the state of the pair means for the two people's money."""
    if pair.state in PairState.unanswered() and pair.passed_by_id is None:
        return _("Chưa chi trả cho cả hai người cho đến khi có câu trả lời, hoặc được cho chi.")
    if pair.state in PairState.unanswered():
        return _("Hai người vẫn được chi trả theo quyết định cho chi; cặp này vẫn chờ trả lời.")
    if pair.state == PairState.SAME:
        return _("Hai mục được tính là một người: mỗi chính sách chỉ hưởng một lần.")
    return _("Mỗi người được hưởng và chi trả riêng. Cặp này không bị hỏi lại, trừ khi thông tin thay đổi.")


def _given(*texts: str) -> tuple[str, ...]:
    return tuple(filter(None, texts))


def _line(
    label: Text, first: str, second: str, verdict: Callable[[str, str], Verdict] | None = None
) -> ComparedField:
    return ComparedField(label, _given(first), _given(second), (verdict or _verdict)(first, second))


def _verdict(first: str, second: str) -> Verdict:
    if not first and not second:
        return Verdict.EMPTY
    if not first or not second:
        return Verdict.ONE_SIDED
    return Verdict.SAME if first == second else Verdict.OTHER


def _text_verdict(first: str, second: str) -> Verdict:
    """Spelling of capitals and tone marks is no difference that speaks of another human."""
    found = _verdict(clean_spaces(first), clean_spaces(second))
    return Verdict.NEAR if found == Verdict.OTHER and search_key(first) == search_key(second) else found


def _name_verdict(first: str, second: str) -> Verdict:
    """Names that the search for duplicates takes for one (words turned, a letter off, another spelling) are near."""
    found = _text_verdict(first, second)
    if found != Verdict.OTHER:
        return found
    said = compare_names(search_key(first), search_key(second))
    return Verdict.NEAR if said and RULES[said].points > 0 else Verdict.OTHER


def _birth(person: Person) -> str:
    return format_date(person.birth_date) if person.birth_date else str(person.birth_year or "")


def _birth_verdict(first: str, second: str) -> Verdict:
    """The same year where one has the year only, or day and month differ, is near."""
    found = _verdict(first, second)
    return Verdict.NEAR if found == Verdict.OTHER and first[-4:] == second[-4:] else found


def _verdict_of_sets(first: Collection[object], second: Collection[object]) -> Verdict:
    if not first and not second:
        return Verdict.EMPTY
    if not first or not second:
        return Verdict.ONE_SIDED
    return Verdict.SAME if set(first) & set(second) else Verdict.OTHER


def _numbers(side: Side) -> set[bytes]:
    return {bytes(row.number_index) for row in side.papers}


def _papers(side: Side) -> tuple[str, ...]:
    return tuple(f"{row.get_kind_display()} {mask_number(f'000{row.number_last3}')}" for row in side.papers)


def _accounts(side: Side) -> tuple[str, ...]:
    return tuple(
        f"{row.bank_name} {mask_number(f'000{row.account_last3}')}, {row.holder_name}"
        for row in side.accounts
    )


def joined_names(side: Side) -> Sequence[str]:
    """The other entries that count as this side's person."""
    others = Person.objects.filter(pk__in=side.people).exclude(pk=side.person.pk).order_by("pk")
    return [f"{person.full_name} ({person.reference})" for person in others]
