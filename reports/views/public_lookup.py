"""«Tra cứu»: people of public lists by name and district, posted so that no name stands in an address or a log."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from accounts.queries import area_name
from core.public_pages import public_page
from reports.forms.public import NameForm
from reports.queries.public_lookup import MOST, look_up


@public_page(is_personal=True)
@require_http_methods(["GET", "POST"])
def public_lookup(request: HttpRequest) -> HttpResponse:
    """Who stands in a public list under this name, told apart by birth, hamlet and three digits; at most twenty."""
    form = NameForm(request.POST if request.method == "POST" else None)
    context = {"form": form, "most": MOST}
    if request.method == "GET":
        return render(request, "public/name_lookup.html", context)
    if not form.is_valid():
        return render(request, "public/name_lookup.html", context, status=422)
    found = look_up(form.cleaned_data["name"], form.area)
    context |= {"found": found, "area": form.area, "place": area_name(form.area)}
    return render(request, "public/name_lookup.html", context)
