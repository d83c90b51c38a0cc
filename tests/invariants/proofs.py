"""Which tests hold which invariant, and which fault: a table that a test compares with the tests that are there.

Each invariant is held three times: the service refuses with its sentence, the database refuses whoever writes, and sequences of
random acts never get past it. `file::name` is a test, or a class of tests; `whole.py` and the guards of states are asked by the
machines after every act.
"""

from dataclasses import dataclass
from typing import Final

_OWN: Final = "tests/invariants"
_PAY: Final = "tests/disbursements"
_CASES: Final = "tests/support_programs"
_RAW: Final = f"{_OWN}/test_raw_sql.py::test_"
_MONEY: Final = f"{_OWN}/test_raw_sql_of_money.py::test_"
_MACHINE: Final = f"{_OWN}/test_random_actions.py::test_whatever_people_do_the_invariants_hold"
_CLAIMS: Final = (
    f"{_CASES}/services/test_exclusive_sequences.py::test_what_excludes_each_other_never_lives_together"
)


@dataclass(frozen=True, slots=True)
class Proof:
    """Where a service refuses, where raw SQL is refused, where random acts are played."""

    service: tuple[str, ...]
    raw_sql: tuple[str, ...]
    random: tuple[str, ...] = (_MACHINE,)


INVARIANTS: Final[dict[str, Proof]] = {
    "I1": Proof(
        (f"{_CASES}/services/test_joined_claims.py::test_a_second_claim_under_the_number_of_the_other_entry_is_refused",
         f"{_CASES}/services/test_joined_claims.py::test_a_second_case_of_one_human_is_not_found_eligible"),
        (f"{_RAW}i1_one_live_entitlement_of_a_person", f"{_CASES}/test_raw_sql.py::TestOneEntitlement",
         f"{_PAY}/services/test_blocked_people.py::TestTheDatabaseRefuses"),
        (_MACHINE, _CLAIMS, "tests/beneficiaries/services/test_random_joins.py::"),
    ),
    "I2": Proof(
        (f"{_PAY}/services/test_batches.py::test_the_same_results_twice_change_nothing",
         f"{_PAY}/services/test_requests.py::test_people_already_in_a_batch_are_not_taken_twice"),
        (f"{_RAW}i2_paid_is_final_and_one_live_line_per_entitlement", f"{_PAY}/guards/test_payouts.py::TestOneLiveLine",
         f"{_OWN}/test_separate_hands.py::test_only_committed_people_are_in_a_frozen_batch"),
    ),
    "I3": Proof(
        (f"{_PAY}/services/test_batches.py::test_who_was_not_paid_goes_into_a_new_batch_as_the_second_attempt",
         f"{_PAY}/services/test_bank_statements.py::test_until_somebody_records_the_answer"),
        (f"{_RAW}i3_attempts_count_by_one_and_follow_a_final_answer", f"{_PAY}/guards/test_payouts.py::TestAttempts"),
    ),
    "I4": Proof(
        (f"{_PAY}/services/test_requests.py::test_the_same_key_for_another_request_is_refused",
         f"{_PAY}/services/test_requests.py::test_the_same_request_twice_is_one_batch"),
        (f"{_RAW}i4_a_request_stays_and_its_key_serves_one_batch", f"{_PAY}/guards/test_payouts.py::TestRequestOnce"),
    ),
    "I5": Proof(
        (f"{_PAY}/services/test_requests.py::test_people_already_in_a_batch_are_not_taken_twice",),
        (f"{_RAW}i5_a_line_stays_in_its_batch",),
    ),
    "I6": Proof(
        (f"{_PAY}/services/test_batches.py::test_a_page_opened_before_a_change_is_noticed",
         f"{_PAY}/services/test_requests.py::test_the_job_does_it_and_a_second_delivery_changes_nothing"),
        (f"{_RAW}i6_a_frozen_batch_equals_its_lines", f"{_RAW}i6_nothing_is_frozen_that_does_not_tie",
         f"{_PAY}/guards/test_payouts.py::TestFrozen"),
    ),
    "I7": Proof(
        (f"{_PAY}/services/test_batches.py::test_who_made_the_batch_does_not",
         f"{_PAY}/services/test_batches.py::test_who_worked_on_its_people_does_not_also_after_a_move_to_the_province",
         f"{_OWN}/test_separate_hands.py::test_who_signed_a_batch_does_not_release_it",
         f"{_PAY}/services/test_signing.py::test_one_person_signs_once"),
        (f"{_RAW}i7_each_desk_is_another_person", f"{_RAW}i7_a_signature_stays_and_is_of_who_approved",
         f"{_RAW}i7_results_name_somebody_else", f"{_OWN}/test_separate_hands.py::test_nor_by_raw_sql"),
    ),
    "I8": Proof(
        ("tests/core/engine/test_transitions.py::test_refuses_a_state_that_the_action_does_not_start_from",
         f"{_PAY}/services/test_batches.py::test_not_before_it_is_approved"),
        (f"{_RAW}i8_no_jump_that_the_table_does_not_list", f"{_CASES}/test_raw_sql.py::TestOnlyListedJumps"),
    ),
    "I9": Proof(
        (f"{_PAY}/services/test_budget.py::test_what_is_typed_wrong_is_refused_and_nothing_changes",
         f"{_PAY}/services/test_recoveries.py::test_opening"),
        (f"{_MONEY}i9_money_is_whole_above_nothing_and_within_the_cap", f"{_CASES}/test_raw_sql.py::TestMoney"),
    ),
    "I10": Proof(
        (f"{_PAY}/services/test_requests.py::test_less_money_than_people_is_refused",
         f"{_PAY}/services/test_budget.py::test_a_line_takes_no_more_than_its_decision_has_for_the_district"),
        (f"{_MONEY}i10_a_budget_line_follows_the_ledger_and_never_falls_below_nothing",
         f"{_MONEY}i10_what_the_ledger_does_not_hold_is_not_committed", f"{_PAY}/services/test_budget.py::TestRawSql"),
        (_MACHINE, f"{_PAY}/services/test_budget_random.py::test_whatever_papers_come_no_line_is_overdrawn",
         f"{_PAY}/services/test_budget_random.py::test_papers_and_batches_at_once_overdraw_no_line"),
    ),
    "I11": Proof(
        (f"{_PAY}/services/test_requests.py::test_every_line_is_a_snapshot_of_what_was_approved",
         f"{_PAY}/services/test_asking.py::test_a_wrong_account_is_not_tried_again_until_it_was_corrected"),
        (f"{_MONEY}i11_a_line_is_a_snapshot", f"{_MONEY}i11_the_account_that_is_paid_to_stays",
         f"{_PAY}/guards/test_payouts.py::TestSnapshot"),
    ),
    "I15": Proof(
        (f"{_PAY}/services/test_batches.py::test_not_while_somebody_is_awaited",),
        (f"{_MONEY}i15_nothing_is_closed_that_does_not_tie", f"{_PAY}/guards/test_payouts.py::TestStates"),
    ),
    "I16": Proof(
        (f"{_PAY}/services/test_budget.py::test_a_wrong_record_goes_whole_and_the_paper_can_be_recorded_again",
         f"{_PAY}/services/test_goods_stock.py::test_a_receipt_whose_goods_are_gone_is_not_taken_back"),
        (f"{_MONEY}i16_papers_files_and_the_ledger_only_grow", f"{_MONEY}i16_the_ledger_is_posted_by_the_database_alone"),
    ),
    "I17": Proof(
        (f"{_CASES}/services/test_children.py::test_the_other_parent_is_refused_in_any_programme",
         f"{_CASES}/services/test_children.py::test_a_reopened_case_does_not_take_a_child_back_that_another_has"),
        (f"{_CASES}/test_raw_sql_claims.py::TestChildren", f"{_OWN}/test_separate_hands.py::test_i17_a_child_is_counted_once"),
        (_CLAIMS,),
    ),
    "I18": Proof(
        (f"{_PAY}/services/test_goods_handouts.py::test_too_little_in_the_store_starts_nothing",
         f"{_PAY}/services/test_goods_stock.py::test_more_than_there_is_stays"),
        (f"{_PAY}/guards/test_goods.py::TestStock", f"{_PAY}/guards/test_goods_owner.py::test_the_owner_is_refused_too"),
        (f"{_PAY}/services/test_goods_random.py::test_every_kilogram_is_somewhere",),
    ),
}  # fmt: skip
FAULTS: Final[dict[str, tuple[str, ...]]] = {
    "F1": (f"{_PAY}/concurrency/test_at_once.py::test_one_batch_is_built_once_by_many_workers",
           f"{_PAY}/concurrency/test_at_once.py::test_many_approvers_approve_once",
           "tests/concurrency/test_two_approvers.py::",
           f"{_PAY}/concurrency/test_goods_at_once.py::test_fifty_threads_hand_out_the_same_stock"),
    "F2": ("tests/faults/test_replayed.py::test_every_form_from_the_approval_to_the_lock",
           "tests/faults/test_replayed.py::test_two_tabs_with_different_answers_about_one_person",
           f"{_PAY}/api/test_batches.py::test_a_replayed_request_has_one_effect",
           f"{_CASES}/views/test_sent_twice.py::test_every_form_of_the_way"),
    "F3": (f"{_PAY}/concurrency/test_killed_worker.py::test_killed_before_the_commit",
           f"{_PAY}/concurrency/test_killed_worker.py::test_killed_after_the_commit_before_it_could_say_so",
           f"{_PAY}/concurrency/test_killed_files.py::test_killed_between_the_bytes_and_their_record",
           f"{_PAY}/concurrency/test_killed_files.py::test_killed_after_the_first_file",
           "tests/faults/test_killed_in_a_file.py::test_killed_in_the_middle_of_the_second_file"),
    "F4": ("tests/faults/test_database_killed.py::test_killed_in_the_middle_of_an_approval_a_build_and_a_payout",
           "tests/faults/test_database_killed.py::test_killed_at_any_moment_of_a_busy_day"),
    "F5": ("tests/faults/test_something_is_missing.py::test_the_broker_is_lost",
           "tests/faults/test_something_is_missing.py::test_the_database_answers_too_slowly",
           f"{_PAY}/services/test_files.py::test_a_full_disk_is_said_and_the_next_try_writes_what_is_missing"),
    "F6": ("tests/core/engine/test_jobs.py::test_the_sweeper_finds_what_nobody_tends",
           "tests/core/engine/test_jobs.py::test_a_worker_whose_job_was_taken_over_writes_nothing",
           f"{_PAY}/services/test_files.py::test_what_is_there_is_not_written_again"),
    "F7": (f"{_PAY}/services/test_bank_statements.py::test_the_same_movements_twice_change_nothing",
           f"{_PAY}/services/test_bank_statements.py::test_every_outcome_in_every_kind_of_statement",
           f"{_PAY}/services/test_bank_result_files.py::test_rows_of_a_result_file_that_make_no_sense_are_named_one_by_one"),
    "F17": (f"{_PAY}/services/test_bank_statements.py::test_until_somebody_records_the_answer",),
    "F18": ("tests/faults/test_references_of_banks.py::test_whatever_a_bank_does_to_it_it_finds_its_one_payment",),
}  # fmt: skip
