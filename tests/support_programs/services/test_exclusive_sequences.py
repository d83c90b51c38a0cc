"""Whatever is claimed, granted, taken back and claimed again in whatever order: what excludes each other never lives together.

One cash regime a person, no household of free workers, no day of treatment or isolation twice, a child's money once. The
officers' ways are tried, and statements that jump over the rules; what the database refuses is part of the play.
"""

import datetime as dt
import os
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any, Final

import pytest
from django.core.exceptions import PermissionDenied
from django.db import Error, IntegrityError, transaction

from accounts.enums import Role
from accounts.models import User
from beneficiaries.models import Person
from beneficiaries.services.registering_people import register_person
from core.transitions import TransitionRefused
from support_programs.enums import CaseStatus
from support_programs.models import Case, CaseChild, CaseList, Entitlement, EntitlementDays
from support_programs.queries.programmes import definition_of
from support_programs.services import agencies, posting
from support_programs.services.appraisal import (
    exclude_case,
    mark_eligible,
    reconsider_case,
    reopen_case,
    verify_cases,
    withdraw_case,
)
from support_programs.services.children import add_child, remove_child
from support_programs.services.claims import ClaimRefused
from support_programs.services.determinations import determine_cases
from support_programs.services.entitlements import propose_entitlements
from support_programs.services.lists import list_cases
from tests.factories import cases as make
from tests.factories import claims
from tests.factories.people import COMMUNE, user

pytestmark = pytest.mark.django_db
ON: Final = dt.date(2021, 11, 10)
SPELL: Final = {"event_start": "01/07/2021", "event_end": "15/08/2021"}
CASH: Final = ("LD_TU_DO", "TAM_HOAN", "CHAM_DUT", "HDV_DL")
ANSWERS: Final[dict[str, dict[str, Any]]] = {
    "LD_TU_DO": {
        "has_labour_contract": False,
        "residence": "permanent",
        "claims_elsewhere": False,
        "lost_income_on": "09/07/2021",
        "monthly_income": 0,
    },
    "TAM_HOAN": {
        "has_labour_contract": True,
        "cause": "directive_16",
        "within_contract_term": True,
        "insured_month_before": True,
        **SPELL,
    },
    "CHAM_DUT": {**claims.ENDED, "has_labour_contract": True},
    "HDV_DL": {
        "guide_card_number": "189123456",
        "guide_card_expires_on": "01/05/2022",
        "guide_basis": "labour_contract",
        "got_other_support": False,
    },
    "F0_F1": {"has_competent_decision": True},
    "HO_KD": {
        "business_name": "Tạp hóa Mỹ Lương",
        "business_address": "Ấp Mỹ Lương",
        "business_lines": "Bán tạp hóa",
        "stop_cause": "order",
        **SPELL,
    },
}
# the mother by her two entries in the register, the father, and a boy who falls ill himself
FACES: Final = (
    {"full_name": "Trần Thị Lan", "dob": "12/05/1990", "id_number": "089190000101"},
    {"full_name": "Trần Thị Lan", "dob": "12/05/1990", "id_number": "352190101"},
    {"full_name": "Lê Minh Hùng", "dob": "02/09/1958", "sex": "Nam", "id_number": "089058000103"},
    {"full_name": "Lê Minh Khang", "dob": "14/02/2014", "sex": "Nam", "id_number": "089214000104", "job": ""},
)
CHILDREN: Final = (
    {"full_name": "Lê Minh An", "number": "089218000201"},
    {"full_name": "Lê Minh Bình", "number": "089219000202", "birth_date": "11/03/2019"},
)
SEQUENCES: Final = 200 if os.environ.get("SCALE") == "full" else 6
STEPS: Final = 40
PLAYED: Final = ("grant", "grant past the rules", "child")


@dataclass(frozen=True, slots=True)
class World:
    """Who works, and one list of each programme on the desk of those who appraise it."""

    intake: dict[str, User]
    appraiser: dict[str, User]
    lists: dict[str, CaseList]


def made_world() -> World:
    who = make.staff()
    typist, receiver = user(Role.DISTRICT_OFFICER), user(Role.PROVINCIAL_REVIEWER)
    intake = dict.fromkeys(ANSWERS, who.commune) | {
        "TAM_HOAN": typist,
        "CHAM_DUT": receiver,
        "HDV_DL": receiver,
    }
    appraiser = dict.fromkeys(ANSWERS, who.officer) | {"CHAM_DUT": who.reviewer, "HDV_DL": who.reviewer}
    world = World(intake, appraiser, {})
    for code in ANSWERS:
        world.lists[code] = make.list_at_district(who) if code == "LD_TU_DO" else led_list(world, code)
    for face in FACES:
        register_person(
            typed=claims.applicant(**face),
            profile="F0_F1",
            on=ON,
            area_code=COMMUNE,
            actor=who.commune,
            keeps_warnings=True,
        )
    mother, again = Person.objects.filter(full_name="Trần Thị Lan").order_by("pk")
    Person.objects.filter(pk=again.pk).update(joined_to=mother)
    return world


def led_list(world: World, code: str) -> CaseList:
    """A list with a stranger's case, led by the services to those who appraise it."""
    actor, number = world.intake[code], {"letter_number": "12/TTr"}
    more = (
        {"variant": "F0", **SPELL}
        if code == "F0_F1"
        else {"household_kind": "registered"}
        if code == "HO_KD"
        else {}
    )
    case = claims.claim(code, actor, answers={**ANSWERS[code], **more})
    if case.case_list is None:
        list_cases(Case.objects.filter(pk=case.pk), actor=actor)
        case.refresh_from_db()
    case_list, rules = case.case_list, definition_of(case.version_used_id)
    if rules.has_step("posting"):
        posting.post_list(case_list, place="Trụ sở UBND", actor=actor)
        case_list = posting.close_posting(case_list, actor=actor)
    if agencies.agency_step(case_list):
        case_list = agencies.send_to_agency(case_list, actor=actor, **number)
        return agencies.record_confirmation(case_list, number="88/XN", signed_on=ON, actor=actor)
    if rules.has_step("district_appraisal"):
        return posting.submit_list(case_list, letter_date=ON, actor=actor, **number)
    return agencies.submit_to_department(case_list, actor=actor)


class Claims:
    """Four entries of three people, six programmes, steps drawn at random; a refusal leaves nothing behind."""

    def __init__(self, world: World, random: Random, heard: Counter[str]) -> None:
        self.world, self.random, self.heard = world, random, heard

    def run(self, steps: int) -> None:
        claims_made = (
            self.claim_cash,
            self.claim_cash,
            self.claim_household,
            self.claim_spell,
            self.claim_spell,
        )
        acts = (
            self.grant,
            self.grant_all,
            self.grant_past_the_rules,
            self.write_days_past_the_rules,
            self.take_back,
            self.refuse,
            self.withdraw,
            self.reopen,
            self.judge,
            self.add_child,
            self.remove_child,
        )
        for _ in range(steps):
            self.random.choice(claims_made if self.random.random() < 0.4 else acts)()
            one_cash_regime_and_no_household_of_free_workers()
            no_day_is_paid_twice_and_each_paid_day_has_its_money()
            a_childs_money_and_a_patients_supplement_are_given_once()

    def attempt(self, name: str, work: Callable[[], object], *refusals: type[Exception]) -> None:
        try:
            with transaction.atomic():
                work()
        except (TransitionRefused, ClaimRefused, PermissionDenied, *refusals):
            self.heard[f"{name} refused"] += 1
        else:
            self.heard[name] += 1

    def case(self, *status: str) -> Case | None:
        """One of ours, mostly in a state where the act makes sense: strangers' cases stay as they are."""
        ours = Case.objects.filter(applicant_name__in=[face["full_name"] for face in FACES]).order_by("pk")
        fitting = list(ours.filter(status__in=status)) if self.random.random() < 0.8 else list(ours)
        return self.random.choice(fitting) if fitting else None

    def claim(self, code: str, face: int, **answers: Any) -> None:
        """Taken in by hand, and laid at once on the desk where its programme is appraised."""

        def work() -> None:
            case = claims.claim(
                code,
                self.world.intake[code],
                applicant=claims.applicant(**FACES[face]),
                answers={**ANSWERS[code], **answers},
            )
            self.lay_on_desk(case)

        self.attempt(f"claim {code}", work)

    def lay_on_desk(self, case: Case) -> None:
        rows = Case.objects.filter(pk=case.pk)
        if case.status == CaseStatus.DRAFT:
            rows.update(status="listed", case_list=self.world.lists[case.programme_id])
        rows.update(status="appraising", case_list=self.world.lists[case.programme_id])

    def claim_cash(self) -> None:
        self.claim(self.random.choice(CASH), self.random.randrange(3))

    def claim_household(self) -> None:
        kind = self.random.choice(["registered", "unregistered", "unregistered"])
        owner = self.random.randrange(3)
        self.claim("HO_KD", owner, household_kind=kind, member_is_free_worker=False)

    def claim_spell(self) -> None:
        """Mostly of those who get a supplement once; now and then two spells come in before one is granted."""
        face = self.random.choice([0, 1, 2, 2, 3, 3, 3])
        for _ in range(self.random.choice([1, 1, 2])):
            start = dt.date(2021, 4, 20) + dt.timedelta(self.random.randrange(80))
            end = start + dt.timedelta(self.random.randrange(self.random.choice([10, 60])))
            spell = {"event_start": f"{start:%d/%m/%Y}", "event_end": f"{end:%d/%m/%Y}"}
            self.claim("F0_F1", face, variant=self.random.choice(["F0", "F1"]), **spell)

    def grant(self) -> None:
        if case := self.case("appraising"):
            actor = self.world.appraiser[case.programme_id]
            self.attempt("grant", lambda: mark_eligible(case, actor=actor))

    def grant_all(self) -> None:
        code = self.random.choice([*ANSWERS, "F0_F1", "F0_F1"])
        ours = Case.objects.filter(case_list=self.world.lists[code], status="appraising")
        self.attempt("grant all", lambda: verify_cases(ours, actor=self.world.appraiser[code]))

    def grant_past_the_rules(self) -> None:
        """As a statement would that asks no guard: what then stands in the way is the database."""
        case = self.case("appraising")
        if case is None or case.status != CaseStatus.APPRAISING:
            return
        actor = self.world.appraiser[case.programme_id]

        def work() -> None:
            Case.objects.filter(pk=case.pk).update(
                status="eligible", result="eligible", appraised_by_id=actor.pk, appraised_on=ON
            )
            propose_entitlements([case.pk], actor=actor)

        self.attempt("grant past the rules", work, Error)

    def write_days_past_the_rules(self) -> None:
        """Days that are paid written once more for the same person."""
        paid = list(EntitlementDays.objects.filter(is_live=True).order_by("pk"))
        if not paid:
            return
        span = self.random.choice(paid)
        with pytest.raises(IntegrityError), transaction.atomic():
            EntitlementDays.objects.create(
                area_code=span.area_code,
                entitlement=span.entitlement,
                claimant_id=span.claimant_id,
                days=(span.days.lower, span.days.lower + dt.timedelta(1)),
            )
        self.heard["days past the rules refused"] += 1

    def take_back(self) -> None:
        if case := self.case("eligible"):
            actor = self.world.appraiser[case.programme_id]
            self.attempt("take back", lambda: reconsider_case(case, reason="Xem lại", actor=actor))

    def refuse(self) -> None:
        if case := self.case("appraising", "eligible"):
            actor, to = self.world.appraiser[case.programme_id], CaseStatus.INELIGIBLE
            self.attempt("refuse", lambda: exclude_case(case, to=to, reason="Không đúng", actor=actor))

    def withdraw(self) -> None:
        if case := self.case("appraising", "eligible"):
            actor = self.world.intake[case.programme_id]
            self.attempt("withdraw", lambda: withdraw_case(case, reason="Rút", actor=actor))

    def reopen(self) -> None:
        if case := self.case("ineligible"):
            actor = self.world.appraiser[case.programme_id]
            self.attempt("reopen", lambda: reopen_case(case, reason="Có giấy mới", actor=actor))

    def judge(self) -> None:
        if (case := self.case("appraising")) and case.status != CaseStatus.ELIGIBLE:
            self.attempt("judge", lambda: determine_cases(Case.objects.filter(pk=case.pk), actor=None))

    def add_child(self) -> None:
        if (case := self.case("appraising")) and case.programme_id in ("TAM_HOAN", "CHAM_DUT"):
            typed, actor = claims.child(**self.random.choice(CHILDREN)), self.world.intake[case.programme_id]
            self.attempt("child", lambda: add_child(case, typed=typed, actor=actor, keeps_warnings=True))

    def remove_child(self) -> None:
        rows = list(CaseChild.objects.filter(removed_on__isnull=True).order_by("pk"))
        if rows:
            row = self.random.choice(rows)
            actor = self.world.intake[row.case.programme_id]
            self.attempt("child away", lambda: remove_child(row, reason="Nhầm", actor=actor))


def one_cash_regime_and_no_household_of_free_workers() -> None:
    regimes: Counter[tuple[int | None, str]] = Counter()
    for row in live_entitlements():
        for group in filter(None, (row.exclusive_group, row.second_group)):
            regimes[row.claimant_id, group] += 1
        regimes[row.claimant_id, f"{row.programme_id} {row.period}"] += 1
        unregistered = row.case.facts.get("household_kind", {}).get("value") == "unregistered"
        regimes[row.claimant_id, "stall or free worker"] += row.programme_id == "LD_TU_DO" or unregistered
    assert not [key for key, number in regimes.items() if number > 1]


def no_day_is_paid_twice_and_each_paid_day_has_its_money() -> None:
    paid: dict[int | None, set[dt.date]] = {}
    for row in live_entitlements().filter(programme="F0_F1"):
        days = [
            span.days.lower + dt.timedelta(number)
            for span in row.days.filter(is_live=True)
            for number in range((span.days.upper - span.days.lower).days)
        ]
        mine = paid.setdefault(row.claimant_id, set())
        assert len(days) == len(set(days))
        assert not mine & set(days)
        mine.update(days)
        assert sum(line["amount"] for line in row.lines if "ngày ×" in line["label"]) == 80_000 * len(days)


def a_childs_money_and_a_patients_supplement_are_given_once() -> None:
    given: Counter[object] = Counter()
    for row in live_entitlements():
        for line in row.lines:
            given.update(child["full_name"] for child in CHILDREN if child["full_name"] in line["label"])
            if row.programme_id == "F0_F1" and "ngày ×" not in line["label"]:
                given[row.claimant_id, line["label"].split(":")[0]] += 1
    assert not [key for key, number in given.items() if number > 1]
    numbers = Counter(bytes(row.number_index) for row in CaseChild.objects.filter(is_live=True))
    assert not [number for number in numbers.values() if number > 1]


def live_entitlements() -> Any:
    return Entitlement.objects.exclude(status="cancelled").select_related("case").order_by("pk")


@pytest.mark.scale
def test_what_excludes_each_other_never_lives_together(settings: Any) -> None:
    """Plays on past the number asked for until each act was both allowed and refused, so that none is tested in vain."""
    settings.BUSINESS_DATE = ON
    world, heard = made_world(), Counter[str]()
    for seed in range(SEQUENCES * 10):
        if seed >= SEQUENCES and not acts_not_heard_both_ways(heard):
            break
        with transaction.atomic():
            try:
                Claims(world, Random(seed), heard).run(STEPS)
            except AssertionError as error:
                error.add_note(f"sequence {seed}")
                raise
            transaction.set_rollback(True)
    assert not acts_not_heard_both_ways(heard), heard


def acts_not_heard_both_ways(heard: Counter[str]) -> list[str]:
    acts = {act: {said for said in heard if said.removesuffix(" refused") == act} for act in PLAYED}
    acts["claim"] = {said for said in heard if said.startswith("claim ")}
    return [
        act for act, said in acts.items() if {words.endswith("refused") for words in said} != {True, False}
    ]
