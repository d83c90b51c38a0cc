"""The search of the masthead. What is typed comes by POST only: an identity number never stands in an address or a log."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from core.requests import actor_of, open_to_readers
from core.search import find, nothing_found, only_page, page_of_reference, read_query


@open_to_readers
@sensitive_post_parameters("q")
@sensitive_variables("query")
@require_http_methods(["GET", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    """What the typed text may mean in the person's area; a reference, or the only record of a number, is opened at once."""
    actor = actor_of(request)
    query = read_query(request.POST.get("q", "") if actor.sees_records else "")
    if query.reference and (page := page_of_reference(str(query.reference))):
        return redirect(page)
    groups = [] if query.is_empty else find(query, actor)
    if query.numbers and (page := only_page(groups)):
        return redirect(page)
    is_missed = request.method == "POST" and not groups and not query.is_empty
    context = {
        "query": query,
        "groups": groups,
        "nothing": nothing_found(query, actor) if is_missed else None,
        "is_asked": request.method == "POST",
        "sees_records": actor.sees_records,
    }
    return render(request, "core/search.html", context)
