"""Background jobs as their owner follows them: one page, one fragment that polls itself, one button to stop."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from core.models import Job
from core.requests import actor_of
from core.services.jobs import cancel_job
from core.shortcuts import get_visible


@require_GET
def job_page(request: HttpRequest, reference: str) -> HttpResponse:
    """How far the work is. A poll gets the fragment, and is sent on to the result when the work is over."""
    job = get_visible(Job, actor_of(request), reference=reference)
    if request.headers.get("HX-Request"):
        if job.is_finished:
            response = HttpResponse(status=200)
            response.headers["HX-Redirect"] = job.return_url or request.path
            return response
        return render(request, "core/job.html#progress", {"job": job})
    if job.is_finished and job.return_url:
        return redirect(job.return_url)
    return render(request, "core/job.html", {"job": job})


@require_POST
def job_cancel(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask one's own work to stop; what is done stays done."""
    actor = actor_of(request)
    job = get_visible(Job, actor, reference=reference)
    if job.created_by_id != actor.pk:
        raise PermissionDenied(_("Chỉ người bắt đầu việc nền mới dừng được việc đó."))
    cancel_job(job, actor=actor)
    return redirect("job", reference=job.reference)
