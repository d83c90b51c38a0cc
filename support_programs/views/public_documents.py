"""The public page that confirms an official paper: what it is, whether it is still valid, and whether a file is that paper."""

import hashlib

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.public_pages import public_page
from support_programs.enums import DocumentStatus
from support_programs.forms.documents import CheckFileForm
from support_programs.models import OfficialDocument
from support_programs.queries.documents.bodies import body_of


@require_http_methods(["GET", "POST"])
@public_page()
def public_document(request: HttpRequest, token: str) -> HttpResponse:
    """What the QR code of a paper leads to. Nothing of the person it is about stands here; an uploaded file is compared and not
    kept. 404 for a code that no paper has.
    """
    rows = OfficialDocument.objects.select_related("case__programme", "case_list__programme")
    document = rows.filter(token=token).first()
    if document is None:
        raise Http404(_("Không có văn bản nào có mã này. Hãy kiểm tra lại địa chỉ trên văn bản."))
    is_sent = request.method == "POST"
    form = CheckFileForm(request.POST, request.FILES) if is_sent else CheckFileForm()
    same: bool | None = None
    if is_sent and form.is_valid():
        digest = hashlib.sha256()
        for chunk in form.cleaned_data["file"].chunks():
            digest.update(chunk)
        same = bool(document.sha256) and digest.hexdigest() == document.sha256
    about = document.case or document.case_list
    context = {
        "document": document,
        "body": body_of(document.content["issuer"], document.area_code),
        "programme": about.programme.name if about else "",
        "is_valid": document.status == DocumentStatus.ISSUED,
        "is_revoked": document.status == DocumentStatus.REVOKED,
        "form": form,
        "same": same,
    }
    return render(request, "public/document.html", context, status=422 if is_sent and form.errors else 200)
