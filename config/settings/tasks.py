"""Celery: late acknowledgement, so that a killed worker's task comes back; jobs are made to be run again."""

from typing import Any

from celery.schedules import crontab

from config import env

CELERY_BROKER_URL = env.text("BROKER_URL")
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 3600}
CELERY_TIMEZONE = "Asia/Ho_Chi_Minh"
CELERY_BEAT_SCHEDULE: dict[str, dict[str, Any]] = {
    "sweep-jobs": {"task": "core.sweep_jobs", "schedule": 10.0},
    # only told in the worker's log: whoever runs the server decides and calls `apply_retention`
    "report-retention": {
        "task": "core.report_retention",
        "schedule": crontab(day_of_month=1, hour=3, minute=0),
    },
    # what waits for each officer this morning; run again, it does what an earlier run missed
    "send-digests": {"task": "support_programs.send_digests", "schedule": crontab(hour="7-11", minute=0)},
    # reports that come by themselves; a round finds what is due and what an earlier one missed
    "make-due-reports": {"task": "reports.make_due_reports", "schedule": crontab(minute="*/5")},
    # the sums of the overview, which grow by a row with each act
    "fold-figures": {"task": "reports.fold_figures", "schedule": crontab(hour=2, minute=30)},
    # people who may be registered twice: whom the day's entries and imports left open
    "find-duplicates": {"task": "beneficiaries.start_nightly_search", "schedule": crontab(hour=1, minute=30)},
}

# A running job that has not been heard of for this long is taken over by another worker.
JOB_STALE_SECONDS = env.whole("JOB_STALE_SECONDS", 45)
JOB_MAX_ATTEMPTS = 5

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": env.text("CACHE_URL", env.text("BROKER_URL")),
    }
}
