"""What an accountant may choose from when asking for a batch: programmes, groups, decisions."""

import datetime as dt

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from core.wording import Text
from disbursements.models import BudgetLine, FundingSource, PayerAccount
from support_programs.enums import VND, EntitlementStatus
from support_programs.models import CaseList, Entitlement, ProgrammeVersion
from support_programs.queries.programmes import definition_of, programme_choices


def paid_programmes(area_code: str, named: str = "", *, is_own: bool = False) -> list[tuple[str, str]]:
    """(code, short name) of the programmes with people in the area whose money is approved, those that wait for a batch first.

    `named` is a choice in any case: a request that was sent may be sent again. `is_own` leaves out the areas below.
    """
    found_in = (
        Entitlement.objects.filter(area_code=area_code) if is_own else Entitlement.objects.in_area(area_code)
    )
    owed = found_in.filter(status__in=EntitlementStatus.after_decision(), unit=VND, claimant__isnull=False)
    waiting = Count("pk", filter=Q(status=EntitlementStatus.APPROVED))
    found = owed.order_by().values_list("programme").annotate(waiting=waiting)
    ranked = {code: -n for code, n in found} | ({named: 0} if named else {})
    names = dict(programme_choices())
    return sorted(
        ((code, names[code]) for code in ranked if code in names), key=lambda item: (ranked[item[0]], item[0])
    )


def stream_choices() -> list[tuple[str, str]]:
    """(code, name) of the streams of all programmes in force."""
    versions = (
        ProgrammeVersion.objects.filter(is_current=True)
        .order_by("programme", "pk")
        .values_list("pk", flat=True)
    )
    return [(stream.code, stream.name) for version in versions for stream in definition_of(version).streams]


def decision_choices(area_code: str, named: str = "") -> list[tuple[str, Text]]:
    """(number, number and day) of the decisions with approved people in an area, newest first.

    `named` stays a choice after its people went into a batch: the same request may be sent again.
    """
    waiting = Entitlement.objects.filter(case_list=OuterRef("pk"), status=EntitlementStatus.APPROVED)
    rows = (
        CaseList.objects.in_area(area_code)
        .filter(Q(Exists(waiting)) | Q(decision_number=named), decision__isnull=False)
        .order_by("-decision_date", "decision_number")
        .values_list("decision_number", "decision_date")
        .distinct()
    )
    return [
        (number, _("%(number)s ngày %(day)s") % {"number": number, "day": f"{signed_on:%d/%m/%Y}"})
        for number, signed_on in rows
    ]


def source_choices(area_code: str) -> list[tuple[str, str]]:
    """(code, name) of the sources that have a budget line in the area, by name."""
    lines = BudgetLine.objects.in_area(area_code).filter(source=OuterRef("pk"))
    return list(FundingSource.objects.filter(Exists(lines)).order_by("name").values_list("code", "name"))


def payer_accounts(area_code: str, on: dt.date) -> QuerySet[PayerAccount]:
    """The accounts that an office pays from on a day; none from the day on which it was ended."""
    found: QuerySet[PayerAccount] = PayerAccount.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=on), area_code=area_code, valid_from__lte=on
    )
    return found


def payer_account_choices(area_code: str, on: dt.date) -> list[tuple[str, str]]:
    """(id, bank, holder and masked number) of the accounts that an office pays from."""
    return [
        (str(account.pk), f"{account.bank_name} ••••{account.account_number[-3:]}, {account.holder_name}")
        for account in payer_accounts(area_code, on)
    ]
