"""Celery entry points of the core."""

import logging

from celery import shared_task

from core.services import jobs, retention

logger = logging.getLogger(__name__)


@shared_task(name="core.run_job")
def run_job(job_id: int) -> None:
    jobs.run_job(job_id)


@shared_task(name="core.sweep_jobs")
def sweep_jobs() -> int:
    return jobs.sweep_jobs()


@shared_task(name="core.report_retention")
def report_retention() -> None:
    """Tell in the log what `apply_retention` would remove."""
    for outcome in retention.apply_retention(is_dry_run=True):
        logger.info("retention: %s", retention.said(outcome))
