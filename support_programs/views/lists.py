from django.http import HttpRequest, HttpResponse


def list_page(request: HttpRequest, reference: str) -> HttpResponse:
    return HttpResponse(reference)
