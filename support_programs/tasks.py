"""Celery entry points: the work stands in the services."""

from celery import shared_task

from support_programs.services import digests


@shared_task(name="support_programs.send_digests")
def send_digests() -> int:
    return digests.send_digests().made
