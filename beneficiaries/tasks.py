"""Celery entry points: ids only, the work stands in the services."""

from collections.abc import Sequence

from celery import shared_task

from beneficiaries.services.duplicates import finding, finding_jobs
from beneficiaries.services.imports import likely_rows
from core import clock


@shared_task(name="beneficiaries.find_duplicates_of")
def find_duplicates_of(person_ids: Sequence[int]) -> int:
    return finding.find_for_people(person_ids, found_by="entry", on=clock.today())


@shared_task(name="beneficiaries.find_duplicates_of_list")
def find_duplicates_of_list(list_import_id: int) -> int:
    return finding_jobs.find_in_list(list_import_id)


@shared_task(name="beneficiaries.mark_likely_rows")
def mark_likely_rows(list_import_id: int) -> None:
    likely_rows.mark_long_list(list_import_id)


@shared_task(name="beneficiaries.start_nightly_search")
def start_nightly_search() -> str:
    return finding_jobs.start_nightly_search().reference
