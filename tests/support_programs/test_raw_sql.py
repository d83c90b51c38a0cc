"""I1, I7, I8, I9, I11, I12 of cases, lists and entitlements: what the services refuse, the database refuses too."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction

from accounts.enums import Role
from core.models import Event
from core.transitions import TransitionRefused
from core.workflow import Workflow
from support_programs.models import ApprovalDecision, Case, CaseList, Entitlement
from support_programs.workflow import CASE_WORKFLOW, ENTITLEMENT_WORKFLOW, LIST_WORKFLOW
from tests.factories import cases as make
from tests.factories.people import user
from tests.support_programs import acts_of_one_person as one

pytestmark = pytest.mark.django_db
WORKFLOWS = (CASE_WORKFLOW, LIST_WORKFLOW, ENTITLEMENT_WORKFLOW)


@pytest.fixture
def who() -> make.Staff:
    return make.staff()


def run(sql: str, *params: object) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def refused(match: str) -> Any:
    return pytest.raises(DatabaseError, match=match)


def copied(table: str, pk: int, **changes: object) -> None:
    """Insert a copy of a row with some columns changed, given as JSON."""
    import json

    run(
        f"INSERT INTO {table} SELECT (jsonb_populate_record(t, %s::jsonb)).* FROM {table} t WHERE id = %s",
        json.dumps({"id": 999_999, "reference": "XX-1", **changes}),
        pk,
    )


class TestOneEntitlement:
    """I1."""

    def test_a_second_one_names_neither_another_claimant_nor_another_programme(self, who: make.Staff) -> None:
        make.verified_list(who, rows=2)
        first, second = Entitlement.objects.order_by("pk")
        for change in (
            {"claimant_id": second.claimant_id, "period": "again"},
            {"case_id": second.case_id, "period": "again"},
            {"entered_by_id": 999_999, "period": "again"},
            {"appraised_by_id": 999_999, "period": "again"},
            {"area_code": "8988830409", "period": "again"},
            {"period": "again", "exclusive_group": ""},
            {"period": "again", "version_hash": "x"},
        ):
            with refused("names the claimant, list, rules and actors of its case"):
                copied("support_programs_entitlement", first.pk, **{"reference": first.reference, **change})

    def test_one_live_per_period_and_one_of_the_regimes_that_exclude_each_other(
        self, who: make.Staff
    ) -> None:
        make.verified_list(who)
        owed = Entitlement.objects.get()
        with refused("one_live_entitlement_per_period|one_live_entitlement_per_case|one_live_exclusive"):
            copied("support_programs_entitlement", owed.pk, reference=owed.reference)
        run("UPDATE support_programs_case SET period = 'again'")
        with refused("one_live_exclusive_regime"):
            copied(
                "support_programs_entitlement",
                owed.pk,
                reference=owed.reference,
                period="again",
                second_group="",
            )

    def test_a_cancelled_one_does_not_come_back(self, who: make.Staff) -> None:
        make.verified_list(who)
        run("UPDATE support_programs_entitlement SET status = 'cancelled'")
        with refused("not allowed"):
            run("UPDATE support_programs_entitlement SET status = 'proposed'")


class TestNobodyTwice:
    """I7 and F9: nobody does two deciding acts on the same list, whatever roles they hold."""

    @pytest.mark.parametrize(("first", "second"), one.PAIRS)
    @pytest.mark.parametrize("way", [one.through_service, one.through_api, one.through_sql])
    def test_through_service_api_and_sql(self, first: str, second: str, way: Callable[..., Any]) -> None:
        case_list, person = one.list_before(second, by=first)
        before = self._rows()
        if way is one.through_service:
            with pytest.raises(TransitionRefused, match="Bạn đã"):
                way(second, case_list, person)
        elif way is one.through_api:
            assert "Bạn đã" in way(second, case_list, person)
        else:
            with refused("_did_not_|_is_another|entered or appraised"), transaction.atomic():
                way(second, case_list, person)
        assert self._rows() == before

    def test_a_bulk_verify_leaves_ones_own_cases(self) -> None:
        case_list, person = one.list_before("appraise", by="enter")
        assert one.in_bulk(case_list, person) == 0
        assert not Entitlement.objects.exists()

    @pytest.mark.parametrize("act", ["appraise", "approve_list", "appraise_money", "approve_money"])
    def test_the_administrator_decides_nothing(self, act: str) -> None:
        case_list, _person = one.list_before(act, by="enter")
        before = self._rows()
        with pytest.raises(PermissionDenied), transaction.atomic():
            one.through_service(act, case_list, user(Role.ADMINISTRATOR))
        CaseList.objects.filter(pk=case_list.pk).get()
        assert before["cases"] == self._rows()["cases"]
        assert before["decisions"] == self._rows()["decisions"]

    @pytest.mark.parametrize("by", ["enter", "appraise"])
    def test_an_approval_of_the_list_alone_is_refused_too(self, by: str) -> None:
        """Who entered or appraised a case and approves only the list's row, past the entitlements."""
        case_list, person = one.list_before("approve_list", by=by)
        with refused("entered or appraised one of its rows"):
            run(
                "UPDATE support_programs_caselist SET status = 'district_approved', list_approved_by_id = %s WHERE id = %s",
                person.pk,
                case_list.pk,
            )

    @pytest.mark.parametrize(
        ("table", "column"),
        [
            ("case", "entered_by_id"), ("case", "person_id"), ("case", "area_code"), ("case", "reference"),
            ("caselist", "created_by_id"), ("caselist", "area_code"),
            ("entitlement", "entered_by_id"), ("entitlement", "appraised_by_id"),
        ],
    )  # fmt: skip
    def test_who_did_what_is_not_written_over(self, who: make.Staff, table: str, column: str) -> None:
        make.verified_list(who)
        value = "'89'" if column in ("area_code", "reference") else f"{column} + 1000"
        with refused("is not rewritten"):
            run(f"UPDATE support_programs_{table} SET {column} = {value}")

    @pytest.mark.parametrize(
        ("table", "column"),
        [
            ("case", "appraised_by_id"), ("case", "amount_proposed"), ("caselist", "list_approved_by_id"),
            ("caselist", "money_appraised_by_id"), ("caselist", "money_approved_by_id"), ("caselist", "submitted_by_id"),
            ("entitlement", "list_approved_by_id"), ("entitlement", "money_appraised_by_id"),
            ("entitlement", "money_approved_by_id"),
        ],
    )  # fmt: skip
    def test_nor_after_the_money_is_approved(self, who: make.Staff, table: str, column: str) -> None:
        make.decided_list(who)
        with refused("is not rewritten"):
            run(f"UPDATE support_programs_{table} SET {column} = {column} + 1000")

    @staticmethod
    def _rows() -> dict[str, Any]:
        return {
            "cases": list(Case.objects.order_by("pk").values("status", "appraised_by_id", "version")),
            "lists": list(CaseList.objects.values("status", "version")),
            "owed": list(Entitlement.objects.values("status", "version", "list_approved_by_id")),
            "decisions": ApprovalDecision.objects.count(),
            "events": Event.objects.exclude(action="access.denied").count(),
        }


class TestOnlyListedJumps:
    """I8."""

    @pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda w: w.table)
    def test_the_database_holds_exactly_the_table(self, workflow: Workflow) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE tgrelid = %s::regclass AND tgenabled = 'O'",
                [workflow.table],
            )
            found = dict(cursor.fetchall())
        assert f"'{{{','.join(workflow.jumps())}}}'::text[]" in found["transitions"]
        assert f"'{{{','.join(sorted(workflow.initial))}}}'::text[]" in found["first_state"]

    @pytest.mark.parametrize(
        "ready", [make.draft_list, make.list_at_district, make.verified_list, make.list_at_department]
    )
    def test_every_other_jump_is_refused(self, who: make.Staff, ready: Callable[..., CaseList]) -> None:
        ready(who)
        for workflow in WORKFLOWS:
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT DISTINCT status FROM {workflow.table}")
                states = [row[0] for row in cursor.fetchall()]
            for state in states:
                targets = set(workflow.state_labels) - {state}
                for target in targets:
                    if f"{state}:{target}" not in workflow.jumps():
                        with refused("not allowed"):
                            run(f"UPDATE {workflow.table} SET status = %s WHERE status = %s", target, state)

    def test_nothing_is_born_decided(self, who: make.Staff) -> None:
        case_list = make.verified_list(who)
        for table, pk, states in (
            (
                "support_programs_case",
                Case.objects.get().pk,
                set(CASE_WORKFLOW.state_labels) - CASE_WORKFLOW.initial,
            ),
            (
                "support_programs_caselist",
                case_list.pk,
                set(LIST_WORKFLOW.state_labels) - LIST_WORKFLOW.initial,
            ),
        ):
            for state in states:
                with refused("not allowed"):
                    copied(table, pk, status=state)


class TestMoney:
    """I9."""

    @pytest.mark.parametrize("amount", [0, -1, 1_500_001, None])
    def test_an_entitlement_is_above_nothing_and_within_the_cap(
        self, who: make.Staff, amount: int | None
    ) -> None:
        make.verified_list(who)
        owed = Entitlement.objects.get()
        run("UPDATE support_programs_entitlement SET status = 'cancelled'")
        with refused("entitlement_amount_within_cap|null value"):
            copied(
                "support_programs_entitlement",
                owed.pk,
                reference=owed.reference,
                status="proposed",
                amount=amount,
            )

    def test_a_case_never_proposes_less_than_nothing(self, who: make.Staff) -> None:
        make.draft_list(who)
        run("UPDATE support_programs_case SET amount_proposed = 0")  # can't be calculated yet
        with refused("case_amount_not_negative"):
            run("UPDATE support_programs_case SET amount_proposed = -5")


class TestSnapshots:
    """I11."""

    @pytest.mark.parametrize(
        "change",
        [
            "amount = 1", "cap = cap * 2", "lines = '[]'", "version_hash = 'x'", "payee_name = 'Kẻ khác'",
            "payee_number_last3 = '000'", "claimant_id = claimant_id + 1", "case_id = case_id + 1", "period = 'x'",
            "case_list_id = case_list_id + 1", "exclusive_group = ''", "reference = 'x'", "area_code = '8988930463'",
        ],
    )  # fmt: skip
    def test_of_what_was_approved(self, who: make.Staff, change: str) -> None:
        make.decided_list(who)
        with refused("is not rewritten|claimant of an entitlement is the person of its case"):
            run(f"UPDATE support_programs_entitlement SET {change}")

    @pytest.mark.parametrize(
        "column", ["payee_name", "payee_number_encrypted", "version_hash", "cap", "lines", "claimant_id"]
    )
    def test_have_no_gaps(self, who: make.Staff, column: str) -> None:
        make.verified_list(who)
        with refused(
            "null value|is not rewritten|rewritten by its owner only|claimant of an entitlement is the person"
        ):
            run(f"UPDATE support_programs_entitlement SET {column} = NULL")

    @pytest.mark.parametrize(
        "table",
        ["eligibilitydetermination", "approvaldecision", "exclusion", "factconfirmation", "entitlement", "case", "caselist"],
    )  # fmt: skip
    def test_nothing_is_deleted(self, table: str) -> None:
        for statement in ("DELETE FROM", "TRUNCATE"):
            with refused("permission denied"):
                run(f"{statement} support_programs_{table}")


class TestLog:
    """I12: the lines of these records only grow."""

    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE core_event SET reason = 'khác' WHERE action = 'case.mark_eligible'",
            "DELETE FROM core_event WHERE action = 'case.mark_eligible'",
            "TRUNCATE core_event",
            "ALTER TABLE core_event DISABLE TRIGGER ALL",
        ],
    )
    def test_is_not_rewritten(self, who: make.Staff, statement: str) -> None:
        make.verified_list(who)
        with refused("permission denied|must be owner"):
            run(statement)
        assert Event.objects.filter(action="case.mark_eligible").count() == 1

    def test_the_application_switches_off_no_guard(self) -> None:
        for table in ("case", "caselist", "entitlement"):
            with refused("must be owner"):
                run(f"ALTER TABLE support_programs_{table} DISABLE TRIGGER USER")
            with refused("must be owner|permission denied"):
                run(f"DROP TRIGGER frozen ON support_programs_{table}")
        with refused("permission denied"):
            run("SET session_replication_role = replica")
