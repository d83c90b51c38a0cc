"""When duplicates are looked for: after an import, after an entry, every night, and when somebody asks from a shell.

Work after an import or an entry is handed to a worker once the transaction has committed; what is lost on the way (a broker that
is down) the night finds.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import partial
from typing import Final

from celery import signature
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from beneficiaries.models import IdentityDocument, ImportRow, PayoutAccount, Person
from beneficiaries.queries.actors import ShellActor
from beneficiaries.services.duplicates.finding import find_for_people
from core import clock
from core.audit import PROVINCE
from core.enums import JobState
from core.fence import fenced
from core.models import Job
from core.services.jobs import JobRun, start_job

FIND: Final = "beneficiaries.find_duplicates"
# a change that was written before the last night's search began may have committed after it
_OVERLAP: Final = dt.timedelta(hours=1)


def search_later(person_ids: Sequence[int]) -> None:
    """Let a worker compare people who were entered by hand, once the running transaction has committed."""
    task = signature("beneficiaries.find_duplicates_of", args=[list(person_ids)])
    transaction.on_commit(task.apply_async, robust=True)


def search_list_later(list_import_id: int) -> None:
    """The same for everybody whom a list brought in."""
    task = signature("beneficiaries.find_duplicates_of_list", args=[list_import_id])
    transaction.on_commit(task.apply_async, robust=True)


def find_in_list(list_import_id: int) -> int:
    """Compare the people of a list that went in; gives how many pairs are new or asked again."""
    with fenced(None, PROVINCE):
        rows = ImportRow.objects.filter(list_import_id=list_import_id, person__isnull=False)
        people = list(rows.values_list("person_id", flat=True).distinct())
    return find_for_people(people, found_by="import", on=clock.today())


def start_search(*, since: dt.datetime | None, key: str | None = None, is_background: bool = True) -> Job:
    """A job over everybody registered or changed since then, over all for None; the same key starts it once."""
    with fenced(None, PROVINCE):
        return start_job(
            FIND,
            params={"since": since.isoformat() if since else None},
            actor=ShellActor(PROVINCE),
            idempotency_key=key,
            is_handed_over=is_background,
        )


def start_nightly_search() -> Job:
    """Tonight's search: everybody changed since the last one that ended, over all the first time. Once a day."""
    with fenced(None, PROVINCE):
        last = Job.objects.filter(kind=FIND, state=JobState.DONE).order_by("-started_at").first()
    since = last.started_at - _OVERLAP if last and last.started_at else None
    return start_search(since=since, key=f"duplicates:{clock.now():%Y-%m-%d}")


def find_duplicates(run: JobRun) -> None:
    """Do a search job, chunk by chunk. Taken up again after a kill it goes on with the chunk that was open."""
    since = run.params["since"]
    with run.fenced():
        ids = changed_since(dt.datetime.fromisoformat(since) if since else None)
    done_before = run.job.progress_done if run.job.attempt > 1 else 0
    found = find_for_people(
        ids[done_before:],
        found_by="nightly",
        on=clock.today(),
        progress=partial(_tell, run, done_before, len(ids)),
    )
    run.result = {"people": len(ids), "pairs": found}


def _tell(run: JobRun, done_before: int, total: int, done: int, _of: int) -> None:
    run.progress(done_before + done, total, _("Đang tìm người có thể bị ghi hai lần"))


def changed_since(moment: dt.datetime | None) -> list[int]:
    """Who was registered, corrected, or got a number or an account since then; nobody who is joined to another."""
    people = Person.objects.filter(joined_to__isnull=True)
    if moment:
        papers = IdentityDocument.objects.filter(person=OuterRef("pk"), created_at__gte=moment)
        accounts = PayoutAccount.objects.filter(person=OuterRef("pk"), created_at__gte=moment)
        people = people.filter(Q(updated_at__gte=moment) | Exists(papers) | Exists(accounts))
    return list(people.order_by("pk").values_list("pk", flat=True))
