"""Celery entry points of the core."""

from celery import shared_task

from core.services import jobs


@shared_task(name="core.run_job")
def run_job(job_id: int) -> None:
    jobs.run_job(job_id)


@shared_task(name="core.sweep_jobs")
def sweep_jobs() -> int:
    return jobs.sweep_jobs()
