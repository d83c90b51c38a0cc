"""Actions on lists of employers and of the department, as `acts.ACTS`."""

from accounts.enums import Role
from support_programs.services import approval, posting
from tests.factories import cases as make
from tests.factories import chains, claims
from tests.factories.people import user
from tests.support_programs.api.acts import TODAY, Act, Ready, first, reason


def at_desks(programme: str, who: make.Staff) -> chains.Desks:
    """The usual persons; whoever takes in or appraises besides them is somebody else of the same desk."""
    if programme == "TAM_HOAN":
        return chains.Desks(who, who.officer, user(Role.DISTRICT_OFFICER))
    return chains.Desks(who, user(Role.PROVINCIAL_REVIEWER), who.reviewer)


def suspended(who: make.Staff) -> Ready:
    return first(chains.drafted("TAM_HOAN", at_desks("TAM_HOAN", who), rows=2))


def sent_to_agency(who: make.Staff) -> Ready:
    return first(chains.sent("TAM_HOAN", at_desks("TAM_HOAN", who), rows=2))


def approved_suspended(who: make.Staff) -> Ready:
    ready = first(chains.verified("TAM_HOAN", at_desks("TAM_HOAN", who), rows=2))
    approval.approve_list(ready.case_list, number="45/QĐ", date=posting.dt.date(2021, 9, 27), actor=who.head)
    return ready


def at_province(who: make.Staff) -> Ready:
    return first(chains.at_province("TAM_HOAN", at_desks("TAM_HOAN", who), rows=2))


def ended_contracts(who: make.Staff) -> Ready:
    at = chains.Desks(who, who.reviewer, user(Role.PROVINCIAL_REVIEWER))
    return first(chains.drafted("CHAM_DUT", at, rows=2))


def ended_and_verified(who: make.Staff) -> Ready:
    return first(chains.verified("CHAM_DUT", at_desks("CHAM_DUT", who), rows=2))


def paused_contributions(who: make.Staff) -> Ready:
    """A claim that is only tracked, beside somebody's list."""
    return Ready(make.draft_list(who), claims.claim("HTTT", who.reviewer))


# a commune finds nothing of a district's list, nobody below the province anything of the department's
NOT_OF_DISTRICT = ("head", "reviewer", "approver", "accountant")

OTHER_ACTS = (
    Act("lists/{list}/send-to-agency/", suspended, "officer", NOT_OF_DISTRICT, ("at_agency", "listed"),
        lambda ready: {"letter_number": "17/CV"}),
    Act("lists/{list}/confirm-agency/", sent_to_agency, "officer", NOT_OF_DISTRICT, ("at_district", "appraising"),
        lambda ready: {"number": "88/BHXH-XN", "signed_on": TODAY}),
    Act("lists/{list}/agency-refuses/", sent_to_agency, "officer", NOT_OF_DISTRICT, ("draft", "listed"), reason),
    Act("lists/{list}/forward-to-province/", approved_suspended, "officer", NOT_OF_DISTRICT[1:], ("at_province", "eligible")),
    Act("lists/{list}/return-from-province/", at_province, "approver", ("officer", "head", "reviewer", "accountant"),
        ("at_district", "eligible"), reason),
    Act("lists/{list}/submit-to-department/", ended_contracts, "reviewer", ("approver",), ("at_department", "appraising")),
    Act("lists/{list}/conclude/", ended_and_verified, "reviewer", ("approver",), ("at_province", "eligible")),
    Act("cases/{case}/decision-elsewhere/", paused_contributions, "reviewer", ("approver",), ("draft", "decided_elsewhere"),
        lambda ready: {"agency": "BHXH tỉnh", "number": "12/QĐ-BHXH", "signed_on": TODAY}),
)  # fmt: skip
