"""What several parts of a case's page ask for, asked once: judgements, what is owed, the entries of the same human.

The page, its panels and the pages of its decisions share one `Dossier` per loaded case.
"""

from functools import cached_property
from typing import Final

from django.db.models import F

from beneficiaries.models import Person
from beneficiaries.queries.joining import counts_as
from support_programs.enums import EntitlementStatus
from support_programs.models import Case, EligibilityDetermination, Entitlement

_KEPT_AS: Final = "_dossier"


class Dossier:
    """Reads of one case, each done when it is first asked for."""

    def __init__(self, case: Case) -> None:
        self._case = case

    @cached_property
    def judged(self) -> list[EligibilityDetermination]:
        """The newest determination under each version that ever judged the case, the newest of all first."""
        kept = EligibilityDetermination.objects.filter(case=self._case).order_by("version_used__code", "-id")
        found = kept.distinct("version_used__code").select_related("version_used")
        return sorted(found, key=lambda row: row.pk, reverse=True)

    @property
    def newest(self) -> EligibilityDetermination | None:
        """What judges the case now; None before it was judged."""
        return self.judged[0] if self.judged else None

    @cached_property
    def owed(self) -> Entitlement | None:
        """The live entitlement with its decision and the one that it repeats; one that repeats another goes first."""
        live = Entitlement.objects.filter(case=self._case).exclude(status=EntitlementStatus.CANCELLED)
        repeated_first = F("doubles").desc(nulls_last=True)
        return live.select_related("decision", "doubles").order_by(repeated_first, "pk").first()

    @cached_property
    def entries(self) -> list[int]:
        """The ids of the register's entries that are the applicant, the root first; none of an employer's claim."""
        person = self._case.person if self._case.person_id else None
        if person is None:  # of another area: their row stays behind the fence
            return counts_as(self._case.person_id) if self._case.person_id else []
        root = person.joined_to_id or person.pk
        others = Person.objects.filter(joined_to_id=root).order_by("pk").values_list("pk", flat=True)
        return [root, *others]


def open_dossier(case: Case) -> Dossier:
    """The case's reads begun anew: what was read before the case changed is forgotten."""
    fresh = Dossier(case)
    case.__dict__[_KEPT_AS] = fresh
    return fresh


def dossier_of(case: Case) -> Dossier:
    """The reads that the page of this case began, else new ones that nobody keeps."""
    kept = case.__dict__.get(_KEPT_AS)
    return kept if isinstance(kept, Dossier) else Dossier(case)
