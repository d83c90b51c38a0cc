"""Cases and lists for the search of the masthead."""

from typing import Final

from django.db.models import Case as CaseWhen
from django.db.models import Q, QuerySet, When
from django.utils.translation import gettext_lazy

from accounts.models import AdministrativeUnit
from accounts.queries import area_names
from beneficiaries.models import Person
from beneficiaries.queries.people_search import narrow_people, register_people_of_reference
from beneficiaries.rules.name_closeness import Fit, Typed
from core import clock
from core.crypto import blind_index
from core.search import (
    MOST_HITS,
    Hit,
    SearchQuery,
    address_of,
    list_address,
    register_reference_page,
    register_searcher,
)
from core.text import mask_number
from core.workflow import Actor
from support_programs.models import Case, CaseList
from support_programs.queries.cases import narrowed_to

# of these only the nearest are shown; a commoner name than this needs a year or a hamlet anyway
_MOST_NAMED: Final = 200


def find_cases(query: SearchQuery, actor: Actor) -> list[Hit]:
    """Cases by the applicant's number (of an old paper too), phone, or words of the name in any order, without marks.

    Three digits of the paper or a birth narrow a name; the hamlet may stand beside it. The nearest name comes first.
    """
    visible: QuerySet[Case] = Case.objects.visible_to(actor)
    rows = visible.select_related("programme").defer("facts")
    if query.name:
        return _hits(_of_name(query, actor, rows))
    if not (query.numbers or query.phone):
        return []
    indexes = [blind_index("number", number) for number in query.numbers]
    is_theirs = Q(person__identity_documents__number_index__in=indexes)
    condition = is_theirs | Q(phone=query.phone) if query.phone else is_theirs
    return _hits(list(rows.filter(condition).order_by("name_sort", "pk").distinct()[: MOST_HITS + 1]))


def _of_name(query: SearchQuery, actor: Actor, rows: QuerySet[Case]) -> list[Case]:
    """Those whose own name has the words; where none has them as typed, those of people whom name and hamlet find."""
    typed = Typed(query.name, query.written)
    words = Q()
    for word in query.words:
        words &= Q(name_key__startswith=word) | Q(name_key__contains=f" {word}")
    is_other_name = CaseWhen(When(name_key=query.name, then=0), default=1)
    found = {
        case.pk: case
        for case in rows.filter(words & narrowed_to(query)).order_by(is_other_name, "pk")[:_MOST_NAMED]
    }
    fits = [typed.closeness(case.name_key, case.applicant_name).fit for case in found.values()]
    if len(query.words) > 1 and min(fits, default=Fit.ELSEWHERE) > Fit.IN_ORDER:
        people = narrow_people(Person.objects.visible_to(actor), query, actor)
        for case in rows.filter(person__in=people.values("pk"))[:_MOST_NAMED]:
            found.setdefault(case.pk, case)
    ranked = sorted(
        found.values(),
        key=lambda case: (typed.closeness(case.name_key, case.applicant_name), case.name_sort, case.pk),
    )
    return ranked[: MOST_HITS + 1]


def _hits(cases: list[Case]) -> list[Hit]:
    names = area_names(case.area_code for case in cases)
    return [
        Hit(
            title=case.applicant_name,
            url=address_of("support_programs:case_page", case.reference),
            reference=case.reference,
            facts=tuple(
                fact
                for fact in (
                    str(case.birth_year or ""),
                    mask_number("0" * 9 + case.number_last3),
                    ", ".join(filter(None, (case.hamlet, names[case.area_code]))),
                    case.programme.short_name,
                )
                if fact
            ),
            status=("case", case.status),
        )
        for case in cases
    ]


def find_lists(query: SearchQuery, actor: Actor) -> list[Hit]:
    """Lists by words of their title, by their commune, or by the number of a decision or letter."""
    if not query.name:
        return []
    communes = AdministrativeUnit.objects.communes().valid_on(clock.today())
    named = communes.filter(search_key__contains=query.name).values("area_code")
    condition = (
        Q(title__icontains=query.text)
        | Q(area_code__in=named)
        | Q(decision_number__iexact=query.text)
        | Q(letter_number__iexact=query.text)
    )
    visible: QuerySet[CaseList] = CaseList.objects.visible_to(actor)
    lists = list(visible.filter(condition).select_related("programme").order_by("-pk")[: MOST_HITS + 1])
    names = area_names(each.area_code for each in lists)
    return [
        Hit(
            title=each.title,
            url=address_of("support_programs:list_page", each.reference),
            reference=each.reference,
            facts=(names[each.area_code], each.programme.short_name),
            status=("list", each.status),
        )
        for each in lists
    ]


def register() -> None:
    """Make cases and lists known to the search; called when the app is ready."""
    register_reference_page("HS", "support_programs:case_page")
    register_reference_page("DS", "support_programs:list_page")
    register_people_of_reference("HS", _people_of_case)
    register_searcher("cases", gettext_lazy("Hồ sơ"), find_cases, order=10, list_url=_all_cases)
    register_searcher("lists", gettext_lazy("Danh sách đề nghị"), find_lists, order=20)


def _people_of_case(reference: str, actor: Actor) -> list[int]:
    visible: QuerySet[Case] = Case.objects.visible_to(actor)
    return [
        person for person in visible.filter(reference=reference).values_list("person_id", flat=True) if person
    ]


def _all_cases(query: SearchQuery) -> str:
    return list_address("support_programs:case_list", query)
