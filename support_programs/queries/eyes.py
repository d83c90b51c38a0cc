"""Which cases a person must look at before they are found eligible, and whose name turns up twice."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.db.models import BooleanField, DateField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models import Case as Choose
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce
from django.db.models.lookups import GreaterThan
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from beneficiaries.enums import PairState
from beneficiaries.models import DuplicateCandidate, Person
from core.transitions import Refusal
from core.wording import Text
from support_programs.enums import CaseStatus
from support_programs.models import Case
from support_programs.queries.filing import late_note
from support_programs.queries.missing_papers import missing_names
from support_programs.queries.programmes import definition_of

_LOOK_AT: Final[Mapping[str, Text]] = {
    "n": lazy("Không đạt: %(criteria)s."),
    "u": lazy("Chưa đủ dữ liệu: %(criteria)s."),
    "r": lazy("Cần xem: %(criteria)s."),
}


def same_name_elsewhere() -> Exists:
    """Another live case of the programme has the same name and year of birth under another person, anywhere in the province.

    Says only that there is one: who may see it is another question. Entries that were joined are one person, and a pair that
    was answered "two people" is not asked again.
    """
    others = Case.objects.filter(
        name_key=OuterRef("name_key"),
        birth_year=OuterRef("birth_year"),
        programme=OuterRef("programme"),
    )
    return Exists(
        others.exclude(person=OuterRef("person"))
        .exclude(status__in=[CaseStatus.INELIGIBLE, CaseStatus.WITHDRAWN])
        .annotate(root=Coalesce("person__joined_to", "person"))
        .exclude(_is_another_human())
    )


def _is_another_human() -> Q:
    """Of another case with `root`: its person counts as this case's, or an officer said that the two are two people.

    This case's person is read for the few that have a namesake: joined to all cases that are counted, it would cost more than
    the search itself.
    """
    said = DuplicateCandidate.objects.filter(state=PairState.DIFFERENT)
    outer, theirs = OuterRef(OuterRef("person")), OuterRef("person")
    joined_to = Person.objects.filter(pk=outer).values("joined_to")
    return (
        Q(root=Coalesce(Subquery(joined_to), OuterRef("person")))
        | Q(Exists(said.filter(first=outer, second=theirs)))
        | Q(Exists(said.filter(first=theirs, second=outer)))
    )


def filed_late() -> Q:
    """Received after the last day for handing in as the rules name it; whether a day off moved it is for a person to look at."""
    last_day = Cast(KeyTextTransform("apply_by", "version_used__definition"), DateField())
    return Q(GreaterThan(F("received_on"), last_day))


def rows_that_need_eyes(cases: QuerySet[Case]) -> tuple[Refusal, ...]:
    """Cases of a set that a bulk verify must leave alone, each with why; a constant number of queries."""
    is_late = Choose(When(filed_late(), then=Value(True)), default=Value(False), output_field=BooleanField())
    rows = cases.annotate(is_twice=same_name_elsewhere(), is_late=is_late).filter(
        ~Q(result="eligible")
        | Q(outcomes__contains="r")
        | Q(mark_text__gt="")
        | Q(is_twice=True)
        | Q(is_late=True)
        | Q(papers_missing__gt=0)
    )
    found = list(
        rows.order_by("pk").values(
            "pk",
            "reference",
            "result",
            "outcomes",
            "mark_text",
            "is_twice",
            "is_late",
            "received_on",
            "applicant_name",
            "version_used_id",
            "papers_missing",
        )
    )
    missing = missing_names([row["pk"] for row in found if row["papers_missing"]])
    return tuple(
        Refusal(row["pk"], row["reference"], " ".join(_reasons(row, missing.get(row["pk"], ()))))
        for row in found
    )


def _reasons(row: Mapping[str, Any], missing: Sequence[str]) -> list[str]:
    found = [f"{row['applicant_name']}:"]
    for letter, words in _LOOK_AT.items():
        if named := _criteria(row, letter):
            found.append(words % {"criteria": named})
    if row["result"] != "eligible" and len(found) == 1:
        found.append(_("Chưa đủ dữ liệu để kết luận."))
    if missing:
        found.append(_("Thiếu giấy tờ: %(papers)s.") % {"papers": "; ".join(missing)})
    if row["is_twice"]:
        found.append(_("Có hồ sơ khác cùng họ tên và năm sinh, cần so sánh."))
    if row["is_late"]:
        found.append(late_note(definition_of(row["version_used_id"]), row["received_on"]))
    if row["mark_text"]:
        found.append(_("Dòng bị trả lại: %(text)s") % {"text": row["mark_text"]})
    return found


def _criteria(row: Mapping[str, Any], letter: str) -> str:
    """The criteria with this outcome, each with its article."""
    if letter not in row["outcomes"]:
        return ""
    criteria = definition_of(row["version_used_id"]).criteria
    told = zip(row["outcomes"], criteria, strict=False)
    return "; ".join(f"{each.statement} ({each.article})" for outcome, each in told if outcome == letter)
