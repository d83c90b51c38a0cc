"""Celery entry points of reports: the work stands in the services."""

from celery import shared_task

from reports.services.figure_sums import fold_figures
from reports.services.schedule_mail import mail_scheduled_reports
from reports.services.scheduled_runs import make_due_reports


@shared_task(name="reports.make_due_reports")
def make_due() -> int:
    """Make the reports that have fallen due, then mail what waits; gives how many were made."""
    made = make_due_reports().made
    mail_scheduled_reports()
    return made


@shared_task(name="reports.fold_figures")
def fold() -> int:
    """Each act adds rows to the sums of the overview; at night they are put together. Gives how many rows fewer there are."""
    return fold_figures()
