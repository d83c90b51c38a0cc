"""Filters kept under a name: saved, renamed, forgotten. Readers keep theirs too: no record is touched."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.requests import actor_of, open_to_readers
from core.transitions import TransitionRefused
from support_programs.forms.worklist import SavedViewForm
from support_programs.models import SavedView
from support_programs.queries.saved_views import PAGE_NAMES
from support_programs.queries.worklist import kept_query
from support_programs.services import saved_views as service


@open_to_readers
@require_POST
def saved_view_new(request: HttpRequest) -> HttpResponse:
    """Keep what the page filters, under the typed name."""
    actor = actor_of(request)
    page, query = request.POST.get("page", ""), request.POST.get("query", "")
    form = SavedViewForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(map(str, form.errors["name"])))
        return redirect(_address(page, query))
    try:
        view = service.save_view(page=page, name=form.cleaned_data["name"], query=query, actor=actor)
    except TransitionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Đã lưu bộ lọc «%(name)s».") % {"name": view.name})
    return redirect(_address(page, query))


@open_to_readers
@require_POST
def saved_view_rename(request: HttpRequest, pk: int) -> HttpResponse:
    """Another name for one of one's own; 404 for somebody else's."""
    view = _mine(request, pk)
    form = SavedViewForm(request.POST)
    if form.is_valid():
        try:
            service.rename_view(view, name=form.cleaned_data["name"], actor=actor_of(request))
        except TransitionRefused as refusal:
            messages.error(request, str(refusal))
    else:
        messages.error(request, " ".join(map(str, form.errors["name"])))
    return redirect(_address(view.page, view.query))


@open_to_readers
@require_POST
def saved_view_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget one of one's own; 404 for somebody else's. The page stays as it is filtered."""
    view = _mine(request, pk)
    service.delete_view(view, actor=actor_of(request))
    messages.success(request, _("Đã xóa bộ lọc «%(name)s».") % {"name": view.name})
    return redirect(_address(view.page, view.query))


def _mine(request: HttpRequest, pk: int) -> SavedView:
    view = SavedView.objects.filter(pk=pk, user_id=actor_of(request).pk).first()
    if view is None:
        raise Http404
    return view


def _address(page: str, query: str) -> str:
    kept = kept_query(query)
    address = reverse(PAGE_NAMES.get(page, "home"))
    return f"{address}?{kept}" if kept else address
