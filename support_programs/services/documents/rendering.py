"""A paper as PDF. It is Vietnamese whatever language the officer reads the pages in."""

from django.utils import translation

from core.documents import render_pdf
from support_programs.models import OfficialDocument
from support_programs.queries.documents import details_of
from support_programs.queries.documents.sheet import Signing, sheet_of


def render_document(document: OfficialDocument, signing: Signing) -> bytes:
    """The PDF of a paper as its record stands now; with an empty `signing` a draft that says so. The same record gives the same
    bytes. RendererMissingError where the machine has no Pango.
    """
    with translation.override("vi"):
        sheet = sheet_of(document, signing, details_of(document))
        return render_pdf(sheet.template, {"sheet": sheet, "details": sheet.details, **sheet.details.values})
