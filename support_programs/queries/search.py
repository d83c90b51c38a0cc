"""Cases and lists for the search of the masthead."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy

from accounts.models import AdministrativeUnit
from accounts.queries import area_names
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


def find_cases(query: SearchQuery, actor: Actor) -> list[Hit]:
    """Cases by the applicant's number (of an old paper too), phone, or name without marks from the start of any word."""
    condition = _case_condition(query)
    if condition is None:
        return []
    visible: QuerySet[Case] = Case.objects.visible_to(actor)
    found = (
        visible.filter(condition)
        .select_related("programme")
        .defer("facts")
        .order_by("name_sort", "pk")
        .distinct()
    )
    cases = list(found[: MOST_HITS + 1])
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
    register_searcher("cases", gettext_lazy("Hồ sơ"), find_cases, order=10, list_url=_all_cases)
    register_searcher("lists", gettext_lazy("Danh sách đề nghị"), find_lists, order=20)


def _case_condition(query: SearchQuery) -> Q | None:
    if query.name:
        return Q(name_key__startswith=query.name) | Q(name_key__contains=f" {query.name}")
    if not (query.numbers or query.phone):
        return None
    indexes = [blind_index("number", number) for number in query.numbers]
    is_theirs = Q(person__identity_documents__number_index__in=indexes)
    return is_theirs | Q(phone=query.phone) if query.phone else is_theirs


def _all_cases(query: SearchQuery) -> str:
    return list_address("support_programs:case_list", query)
